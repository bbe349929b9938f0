import type { EntityManager } from 'typeorm';
import type { ProposalView, SignedIn } from '#contract';
import { DomainError, newId } from '#platform';
import type { AgreedSlot } from './booking.js';
import { expiryOf, type Slot } from './proposed.slots.js';

export type Proposal = {
  id: string;
  caseId: string;
  proposedBy: string;
  mode: ProposalView['mode'];
  weeks: number;
  /** By the cabinet, not named by a person. */
  found: boolean;
  moves: string | null;
  closed: boolean;
  expiresAt: Date;
};
type NewProposal = Pick<Proposal, 'id' | 'caseId' | 'mode' | 'weeks' | 'found' | 'moves'> & { slots: Slot[]; at: Date };

/** The proposer accepts his own hours by proposing them. */
export async function addProposal(tx: EntityManager, actor: SignedIn, { id, caseId, mode, weeks, found, moves, slots, at }: NewProposal) {
  await tx.query(
    'INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at, weeks, moves, found) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [id, caseId, actor.id, mode, at, expiryOf(slots, at), weeks, moves, found],
  );
  for (const { from, to } of slots) {
    const slotId = newId();
    await tx.query('INSERT INTO proposal_slots (id, proposal_id, case_id, during) VALUES ($1, $2, $3, tstzrange($4, $5))', [
      slotId,
      id,
      caseId,
      from,
      to,
    ]);
    await answerSlot(tx, actor, { slotId, caseId, accepts: true, at });
  }
}

export const answerSlot = (tx: EntityManager, actor: SignedIn, answer: { slotId: string; caseId: string; accepts: boolean; at: Date }) =>
  tx.query(
    `INSERT INTO slot_answers (slot_id, case_id, person_id, accepts, answered_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (slot_id, person_id) DO UPDATE SET accepts = excluded.accepts, answered_at = excluded.answered_at`,
    [answer.slotId, answer.caseId, actor.id, answer.accepts, answer.at],
  );

export const closeProposal = (tx: EntityManager, id: string, outcome: 'booked' | 'declined' | 'countered' | 'withdrawn', at: Date) =>
  tx.query('UPDATE proposals SET closed_at = $2, outcome = $3 WHERE id = $1', [id, at, outcome]);

export const closeOverdue = (tx: EntityManager, caseId: string, at: Date) =>
  tx.query(`UPDATE proposals SET closed_at = $2, outcome = 'expired' WHERE case_id = $1 AND closed_at IS NULL AND expires_at <= $2`, [
    caseId,
    at,
  ]);

export const isHopeLeft = async (tx: EntityManager, id: string) =>
  (
    (await tx.query(
      `SELECT 1 FROM proposal_slots s WHERE s.proposal_id = $1 AND NOT EXISTS (SELECT 1 FROM slot_answers a WHERE a.slot_id = s.id AND NOT a.accepts) LIMIT 1`,
      [id],
    )) as unknown[]
  ).length > 0;

export const isOneOpen = async (tx: EntityManager, caseId: string) =>
  ((await tx.query('SELECT 1 FROM proposals WHERE case_id = $1 AND closed_at IS NULL', [caseId])) as unknown[]).length > 0;

/** Was this very proposal made before, by the same person? Another's id is refused without a word on whose it is. */
export async function isProposed(tx: EntityManager, id: string, caseId: string, { id: personId }: SignedIn) {
  const [known] = (await tx.query('SELECT case_id, proposed_by FROM proposals WHERE id = $1', [id])) as {
    case_id: string;
    proposed_by: string;
  }[];
  if (known && (known.case_id !== caseId || known.proposed_by !== personId)) throw new DomainError('conflict');
  return known !== undefined;
}

export async function findProposal(tx: EntityManager, id: string): Promise<Proposal> {
  const [row] = (await tx.query(
    `SELECT id, case_id AS "caseId", proposed_by AS "proposedBy", mode, weeks, found, moves, closed_at IS NOT NULL AS closed, expires_at AS "expiresAt"
     FROM proposals WHERE id = $1`,
    [id],
  )) as Proposal[];
  if (!row) throw new DomainError('not_found');
  return row;
}

/** The slots of a proposal with this person's answer: accepted, declined, or null. */
export async function slotsAnswered(
  tx: EntityManager,
  { id: personId }: SignedIn,
  proposalId: string,
): Promise<Map<string, boolean | null>> {
  const rows = (await tx.query(
    `SELECT s.id, a.accepts FROM proposal_slots s LEFT JOIN slot_answers a ON a.slot_id = s.id AND a.person_id = $2 WHERE s.proposal_id = $1`,
    [proposalId, personId],
  )) as { id: string; accepts: boolean | null }[];
  return new Map(rows.map(({ id, accepts }) => [id, accepts]));
}

/** The hours that all of these people accepted and that have not passed, earliest first. */
export const agreedSlots = (tx: EntityManager, id: string, people: string[], at: Date) =>
  tx.query(
    `SELECT s.id, lower(s.during) AS "startsAt", upper(s.during) AS "endsAt" FROM proposal_slots s WHERE s.proposal_id = $1 AND lower(s.during) > $3
       AND NOT EXISTS (SELECT 1 FROM unnest($2::uuid[]) who WHERE NOT EXISTS
         (SELECT 1 FROM slot_answers a WHERE a.slot_id = s.id AND a.person_id = who AND a.accepts)) ORDER BY lower(s.during), s.id`,
    [id, people, at],
  ) as Promise<AgreedSlot[]>;
