import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Case, findCase, type KnownCase, lockCase, subjectOf } from '#cases';
import type { MeetingState, MeetingView, SignedIn } from '#contract';
import { DomainError } from '#platform';

export type Meeting = {
  id: string;
  caseId: string;
  mode: MeetingView['mode'];
  place: string | null;
  from: Date;
  to: Date;
  cancelled: boolean;
  startedAt: Date | null;
  runningSince: Date | null;
  ranSeconds: number;
  endedAt: Date | null;
  outcome: 'held' | 'missed' | null;
};
export type Known = { meeting: Meeting; found: Case; subject: KnownCase };

/** A meeting with its case, for whoever takes part in it. */
export async function findMeeting(tx: EntityManager, actor: SignedIn, id: string): Promise<Known> {
  const { caseId } = await rowOf(tx, id);
  return knownTo(tx, actor, id, await findCase(tx, caseId));
}

/** The same, with the case held: what happens to its meetings happens one after another. */
export async function lockMeeting(tx: EntityManager, actor: SignedIn, id: string): Promise<Known> {
  const { caseId } = await rowOf(tx, id);
  return knownTo(tx, actor, id, await lockCase(tx, caseId));
}

async function knownTo(tx: EntityManager, actor: SignedIn, id: string, found: Case): Promise<Known> {
  const subject = await subjectOf(tx, found);
  authorize(actor, 'meeting.plan', subject);
  return { meeting: await rowOf(tx, id), found, subject };
}

async function rowOf(tx: EntityManager, id: string): Promise<Meeting> {
  const [row] = (await tx.query(
    `SELECT m.id, m.case_id AS "caseId", m.mode, r.name AS place, lower(m.during) AS "from", upper(m.during) AS "to", m.cancelled_at IS NOT NULL AS cancelled,
       c.started_at AS "startedAt", c.running_since AS "runningSince", coalesce(c.ran_seconds, 0) AS "ranSeconds", c.ended_at AS "endedAt", c.outcome
     FROM meetings m LEFT JOIN meeting_courses c ON c.meeting_id = m.id LEFT JOIN resources r ON r.id = m.place_id WHERE m.id = $1`,
    [id],
  )) as Meeting[];
  if (!row) throw new DomainError('not_found');
  return row;
}

export function stateOf({ cancelled, outcome, startedAt, runningSince }: Meeting): MeetingState {
  if (cancelled) return 'cancelled';
  if (outcome) return outcome;
  if (!startedAt) return 'booked';
  return runningSince ? 'running' : 'paused';
}

/** How long it has run by this moment, pauses left out. */
export const ranBy = ({ ranSeconds, runningSince }: Meeting, at: Date) =>
  ranSeconds + (runningSince ? Math.max(0, Math.round((at.getTime() - runningSince.getTime()) / 1000)) : 0);
