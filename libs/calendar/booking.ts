import type { EntityManager } from 'typeorm';
import type { ProposalView } from '#contract';
import { DomainError, newId, sqlState } from '#platform';

export type Booking = { caseId: string; proposalId: string; mode: ProposalView['mode']; mediatorId: string; partyIds: string[]; at: Date };
export type AgreedSlot = { id: string; startsAt: Date };

const overlap = '23P01';

/**
 * Books the first agreed hour in which everybody is free. The mediator's row is locked first, so bookings of one mediator queue up;
 * the exclusion constraint stands behind it for everybody else. Whose hour is taken is never said.
 */
export async function book(tx: EntityManager, booking: Booking, slots: AgreedSlot[]): Promise<{ meetingId: string; startsAt: Date }> {
  await tx.query('SELECT 1 FROM mediators WHERE person_id = $1 FOR NO KEY UPDATE', [booking.mediatorId]);
  for (const { id, startsAt } of slots) {
    const meetingId = await tryToBook(tx, booking, id);
    if (meetingId) return { meetingId, startsAt };
  }
  throw new DomainError('meeting.hour_not_free');
}

async function tryToBook(tx: EntityManager, booking: Booking, slotId: string): Promise<string | null> {
  const meetingId = newId();
  try {
    await tx.transaction((attempt) => insert(attempt, booking, slotId, meetingId)); // a savepoint
    return meetingId;
  } catch (error) {
    if (sqlState(error) === overlap) return null;
    throw error;
  }
}

/** Subjects in ascending id: two bookings that share people wait for one another in one order and can't deadlock. */
async function insert(
  tx: EntityManager,
  { caseId, proposalId, mode, mediatorId, partyIds, at }: Booking,
  slotId: string,
  meetingId: string,
) {
  await tx.query(
    `INSERT INTO meetings (id, case_id, proposal_id, mode, during, booked_at)
     SELECT $1, case_id, proposal_id, $3, during, $4 FROM proposal_slots WHERE id = $2 AND proposal_id = $5`,
    [meetingId, slotId, mode, at, proposalId],
  );
  const subjects = [...partyIds.map((id) => ({ id, kind: 'party' })), { id: mediatorId, kind: 'mediator' }];
  for (const { id, kind } of subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    await tx.query(
      `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) SELECT $1, $2, $3, $4, $5, during FROM meetings WHERE id = $2`,
      [newId(), meetingId, caseId, kind, id],
    );
}
