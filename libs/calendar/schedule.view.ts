import type { EntityManager } from 'typeorm';
import type { MeetingView, ProposalView, Schedule } from '#contract';

type SlotRow = { id: string; from: Date; to: Date; accepted: boolean; answered: boolean };
type ProposalRow = { id: string; mode: ProposalView['mode']; expires_at: Date; own: boolean };
type MeetingRow = { id: string; mode: MeetingView['mode']; from: Date; to: Date; cancelled: boolean };

/** What one participant sees of a case's hours: his own answers, never the others'. */
export async function scheduleOf(tx: EntityManager, viewerId: string, caseId: string, now: Date): Promise<Schedule> {
  const [open] = (await tx.query(
    `SELECT id, mode, expires_at, proposed_by = $2 AS own FROM proposals WHERE case_id = $1 AND closed_at IS NULL AND expires_at > $3`,
    [caseId, viewerId, now],
  )) as ProposalRow[];
  const meetings = (await tx.query(
    `SELECT id, mode, lower(during) AS "from", upper(during) AS "to", cancelled_at IS NOT NULL AS cancelled
     FROM meetings WHERE case_id = $1 ORDER BY lower(during), id`,
    [caseId],
  )) as MeetingRow[];
  return {
    proposal: open ? await proposalOf(tx, viewerId, open) : null,
    meetings: meetings.map(({ from, to, ...rest }) => ({ ...rest, caseId, from: from.toISOString(), to: to.toISOString() })),
  };
}

async function proposalOf(tx: EntityManager, viewerId: string, { id, mode, expires_at, own }: ProposalRow): Promise<ProposalView> {
  const slots = (await tx.query(
    `SELECT s.id, lower(s.during) AS "from", upper(s.during) AS "to", coalesce(a.accepts, false) AS accepted, a.slot_id IS NOT NULL AS answered
     FROM proposal_slots s LEFT JOIN slot_answers a ON a.slot_id = s.id AND a.person_id = $2
     WHERE s.proposal_id = $1 ORDER BY lower(s.during), s.id`,
    [id, viewerId],
  )) as SlotRow[];
  return {
    id,
    mode,
    expiresAt: expires_at.toISOString(),
    proposedByViewer: own,
    answeredByViewer: slots.some(({ answered }) => answered),
    slots: slots.map(({ id: slotId, from, to, accepted }) => ({
      id: slotId,
      from: from.toISOString(),
      to: to.toISOString(),
      acceptedByViewer: accepted,
    })),
  };
}
