import type { EntityManager } from 'typeorm';
import type { MeetingMode } from '#contract';
import type { Interval } from '#hours';
import { DomainError, newId, sqlState } from '#platform';
import type { CaseTimes } from './case.times.js';
import { isFree, wantedOf } from './common.hours.js';

export type Booking = {
  caseId: string;
  proposalId: string;
  mode: MeetingMode;
  mediatorId: string;
  partyIds: string[];
  /** The same hour in so many weeks: all of them, or none. */
  weeks: number;
  /** Hours found by the cabinet keep clear of the mediator's other calendar; one who names an hour knows his own. */
  found?: boolean;
  /** The meeting that takes the new hour instead of its own. */
  moves: string | null;
  at: Date;
};
export type AgreedSlot = { id: string; startsAt: Date; endsAt: Date };
export type Booked = { meetingId: string; seriesId: string | null; startsAt: Date; endsAt: Date; sequence: number };
/** Who and what is free, read once everything that could be taken is held. */
type ReadTimes = (within: Interval) => Promise<CaseTimes>;
type Taking = { placeId: string | null; interpreterIds: string[] };

const overlap = '23P01';
const week = 7 * 86_400_000;

/**
 * Books the first agreed hour in which everybody, a room and an interpreter are free. Rows are locked first, in one order for all: the
 * mediator's, then people, then rooms and interpreters; so bookings that share anything queue up and can't deadlock, and behind the locks
 * stands the exclusion constraint. (Alone, with a thousand at once, it deadlocks for a minute.) Whose hour is taken is never said.
 */
export async function book(tx: EntityManager, booking: Booking, slots: AgreedSlot[], read: ReadTimes): Promise<Booked[]> {
  await hold(tx, booking);
  for (const slot of slots) {
    const booked = await tryToBook(tx, booking, slot, read);
    if (booked) return booked;
  }
  throw new DomainError('meeting.hour_not_free');
}

export async function hold(tx: EntityManager, { mediatorId, partyIds }: Pick<Booking, 'mediatorId' | 'partyIds'>) {
  await tx.query('SELECT 1 FROM mediators WHERE person_id = $1 FOR NO KEY UPDATE', [mediatorId]);
  await tx.query('SELECT 1 FROM persons WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [[...partyIds, mediatorId]]);
}

async function tryToBook(tx: EntityManager, booking: Booking, slot: AgreedSlot, read: ReadTimes): Promise<Booked[] | null> {
  const hours = Array.from({ length: booking.weeks }, (_, later) => ({
    from: +slot.startsAt + later * week,
    to: +slot.endsAt + later * week,
  }));
  const takings: Taking[] = [];
  for (const hour of hours) {
    const taking = await take(tx, booking, hour, read);
    if (!taking) return null;
    takings.push(taking);
  }
  try {
    return await tx.transaction((attempt) => insertAll(attempt, booking, hours, takings)); // a savepoint
  } catch (error) {
    if (sqlState(error) === overlap) return null;
    throw error;
  }
}

/** A room and interpreters for an hour, held. What needs none costs no look. */
async function take(tx: EntityManager, { mode, found = false }: Booking, hour: Interval, read: ReadTimes): Promise<Taking | null> {
  const times = await read(hour);
  if ([times.mediator, ...times.parties].some(({ meetings }) => meetings.length > 0)) return null; // told without trying
  if (found && times.mediator.outside.length > 0) return null;
  const wanted = wantedOf(times, mode);
  const groups = [...(wanted.place ? [wanted.place] : []), ...wanted.interpreters];
  if (groups.length === 0) return { placeId: null, interpreterIds: [] };
  const ids = [...new Set(groups.flat().map(({ id }) => id))];
  await tx.query('SELECT 1 FROM resources WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [ids]);
  const held = wantedOf(await read(hour), mode); // looked at again, now that nobody else can take them
  const place = held.place?.find((one) => isFree(one, hour));
  const interpreters = held.interpreters.map((would) => would.find((one) => isFree(one, hour)));
  if ((held.place && !place) || interpreters.some((one) => !one)) return null;
  return { placeId: place?.id ?? null, interpreterIds: [...new Set(interpreters.flatMap((one) => one?.id ?? []))] };
}

async function insertAll(tx: EntityManager, booking: Booking, hours: Interval[], takings: Taking[]): Promise<Booked[]> {
  if (booking.moves) return [await move(tx, booking, booking.moves, hours[0]!, takings[0]!)];
  const seriesId = hours.length > 1 ? newId() : null;
  const booked: Booked[] = [];
  for (const [index, { from, to }] of hours.entries()) {
    const [meetingId, startsAt, endsAt] = [newId(), new Date(from), new Date(to)];
    const { placeId, interpreterIds } = takings[index]!;
    await tx.query(
      `INSERT INTO meetings (id, case_id, proposal_id, mode, during, booked_at, place_id, interpreter_id, series_id, planned_at)
       VALUES ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, $9, $10, $5)`,
      [
        meetingId,
        booking.caseId,
        booking.proposalId,
        booking.mode,
        startsAt,
        endsAt,
        booking.at,
        placeId,
        interpreterIds[0] ?? null,
        seriesId,
      ],
    );
    await takeHour(tx, booking, meetingId, takings[index]!);
    booked.push({ meetingId, seriesId, startsAt, endsAt, sequence: 0 });
  }
  return booked;
}

/** The same meeting at another hour: what it held is given back in the statement before, so it is not in its own way. */
async function move(tx: EntityManager, booking: Booking, meetingId: string, { from, to }: Interval, taking: Taking): Promise<Booked> {
  const [startsAt, endsAt] = [new Date(from), new Date(to)];
  await tx.query('UPDATE bookings SET cancelled_at = $2 WHERE meeting_id = $1 AND cancelled_at IS NULL', [meetingId, booking.at]);
  const [rows] = (await tx.query(
    `UPDATE meetings SET during = tstzrange($2, $3), mode = $4, place_id = $5, interpreter_id = $6, sequence = sequence + 1
     WHERE id = $1 RETURNING sequence, series_id AS "seriesId"`,
    [meetingId, startsAt, endsAt, booking.mode, taking.placeId, taking.interpreterIds[0] ?? null],
  )) as [{ sequence: number; seriesId: string | null }[], number];
  await takeHour(tx, booking, meetingId, taking);
  return { meetingId, startsAt, endsAt, ...rows[0]! };
}

/** Subjects in ascending id, as they were locked. */
async function takeHour(
  tx: EntityManager,
  { caseId, mediatorId, partyIds }: Booking,
  meetingId: string,
  { placeId, interpreterIds }: Taking,
) {
  const subjects = [
    ...partyIds.map((id) => ({ id, kind: 'party' })),
    ...interpreterIds.map((id) => ({ id, kind: 'interpreter' })),
    ...(placeId ? [{ id: placeId, kind: 'place' }] : []),
    { id: mediatorId, kind: 'mediator' },
  ];
  for (const { id, kind } of subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    await tx.query(
      `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) SELECT $1, $2, $3, $4, $5, during FROM meetings WHERE id = $2`,
      [newId(), meetingId, caseId, kind, id],
    );
}
