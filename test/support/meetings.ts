import { newId } from '#platform';
import type { Mediation } from './mediation.js';

type Admin = (sql: string, values?: unknown[]) => Promise<unknown>;
export type Hour = { from: string; to: string; mode?: string; bookedAt?: string };

/** A booked meeting of everybody in the case, put there by SQL. */
export async function bookMeeting(admin: Admin, people: Pick<Mediation, 'caseId' | 'sideA' | 'sideB' | 'mediator'>, hour: Hour) {
  const { from, to, mode = 'room', bookedAt = '2026-09-07T12:00:00Z' } = hour;
  const id = newId();
  await admin(`INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, $3, tstzrange($4, $5), $6)`, [
    id,
    people.caseId,
    mode,
    from,
    to,
    bookedAt,
  ]);
  const subjects = [...people.sideA, ...people.sideB].map(({ id: subject }) => [subject, 'party']);
  for (const [subject, kind] of [...subjects, [people.mediator.id, 'mediator']])
    await admin(
      `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ($1, $2, $3, $4, $5, tstzrange($6, $7))`,
      [newId(), id, people.caseId, kind, subject, from, to],
    );
  return id;
}
