import type { EntityManager } from 'typeorm';
import type { MeetingView, ProposalView, Schedule, SignedIn } from '#contract';
import { scheduling } from '#times';
import { countCancels, countMoves } from './meeting.moves.js';

type SlotRow = { id: string; from: Date; to: Date; accepted: boolean; answered: boolean; afterTerm: boolean };
type ProposalRow = { id: string; mode: ProposalView['mode']; expires_at: Date; own: boolean; weeks: number; moves: string | null };
type MeetingRow = Omit<MeetingView, 'from' | 'to' | 'movesLeft' | 'cancelsLeft'> & {
  from: Date;
  to: Date;
  moved: number;
  calledOff: number;
};

/** What one participant sees of a case's hours: his own answers, never the others'. */
export async function scheduleOf(tx: EntityManager, viewer: SignedIn, caseId: string, now: Date): Promise<Schedule> {
  const [open] = (await tx.query(
    `SELECT id, mode, expires_at, proposed_by = $2 AS own, weeks, moves FROM proposals WHERE case_id = $1 AND closed_at IS NULL AND expires_at > $3`,
    [caseId, viewer.id, now],
  )) as ProposalRow[];
  const meetings = (await tx.query(`${meetingColumns} WHERE m.case_id = $2 ORDER BY lower(m.during), m.id`, [
    viewer.id,
    caseId,
  ])) as MeetingRow[];
  return {
    proposal: open ? await proposalOf(tx, viewer.id, caseId, open) : null,
    meetings: meetings.map((row) => meetingOf(viewer, row)),
  };
}

const meetingColumns = `
  SELECT m.id, m.case_id AS "caseId", m.mode, lower(m.during) AS "from", upper(m.during) AS "to", m.cancelled_at IS NOT NULL AS cancelled,
    p.name AS place, m.interpreter_id IS NOT NULL AS interpreter, m.series_id AS "seriesId",
    coalesce(upper(m.during) > c.term_ends_at, false) AS "afterTerm",
    ${countMoves('m.id', '$1')} AS moved, ${countCancels('m.case_id', '$1')} AS "calledOff"
  FROM meetings m JOIN cases c ON c.id = m.case_id LEFT JOIN resources p ON p.id = m.place_id`;

const meetingOf = ({ role }: SignedIn, { from, to, moved, calledOff, ...rest }: MeetingRow): MeetingView => ({
  ...rest,
  from: from.toISOString(),
  to: to.toISOString(),
  movesLeft: role === 'mediator' ? null : Math.max(0, scheduling.moves_per_meeting - moved),
  cancelsLeft: role === 'mediator' ? null : Math.max(0, scheduling.cancels_per_case - calledOff),
});

async function proposalOf(
  tx: EntityManager,
  viewerId: string,
  caseId: string,
  { id, mode, expires_at, own, weeks, moves }: ProposalRow,
): Promise<ProposalView> {
  const slots = (await tx.query(
    `SELECT s.id, lower(s.during) AS "from", upper(s.during) AS "to", coalesce(a.accepts, false) AS accepted, a.slot_id IS NOT NULL AS answered,
       coalesce(upper(s.during) + ($4 - 1) * interval '7 days' > (SELECT term_ends_at FROM cases WHERE id = $3), false) AS "afterTerm"
     FROM proposal_slots s LEFT JOIN slot_answers a ON a.slot_id = s.id AND a.person_id = $2
     WHERE s.proposal_id = $1 ORDER BY lower(s.during), s.id`,
    [id, viewerId, caseId, weeks],
  )) as SlotRow[];
  return {
    id,
    mode,
    expiresAt: expires_at.toISOString(),
    proposedByViewer: own,
    answeredByViewer: slots.some(({ answered }) => answered),
    weeks,
    moves,
    slots: slots.map(({ id: slotId, from, to, accepted, afterTerm }) => ({
      id: slotId,
      from: from.toISOString(),
      to: to.toISOString(),
      acceptedByViewer: accepted,
      afterTerm,
    })),
  };
}
