import type { EntityManager } from 'typeorm';
import { book, type Booking } from '#calendar';
import type { SignedIn } from '#contract';
import { DomainError, newId } from '#platform';
import { timesOf } from '../../libs/calendar/case.times.js';
import type { FreshDatabase } from './database.js';

const at = '2026-09-07T12:00:00Z';
const noNeeds = { needsOf: () => Promise.resolve({ interpreter: null, stepFree: false }) };

export type Rival = { caseId: string; mediator: SignedIn; a: string; b: string; proposalId: string; slotId: string; from: Date; to: Date };

/** Many cases in mediation, each with an agreed hour that is about to be booked. Put there by SQL, a handful of statements for all. */
export async function arrangeRivals(
  fresh: Pick<FreshDatabase, 'admin'>,
  count: number,
  { mediators, hourOf }: { mediators: number; hourOf: (n: number) => { from: Date; to: Date } },
): Promise<Rival[]> {
  const judges = Array.from({ length: mediators }, () => newId());
  const rivals = Array.from({ length: count }, (_, n) => ({
    caseId: newId(),
    mediator: { id: judges[n % mediators]!, role: 'mediator' as const },
    a: newId(),
    b: newId(),
    proposalId: newId(),
    slotId: newId(),
    ...hourOf(n),
  }));
  const people = [...judges, ...rivals.flatMap(({ a, b }) => [a, b])];
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) SELECT id, 'С', 'И', 'kk', convert_to(id::text, 'UTF8'), $2 FROM unnest($1::uuid[]) id`,
    [people, at],
  );
  await fresh.admin(
    `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
     SELECT id, 'professional', 'R-' || id, '2020-01-01', '{kk,ru}', '{neighbours}', 'oskemen', 9999 FROM unnest($1::uuid[]) id`,
    [judges],
  );
  const column = <K extends keyof Rival>(name: K) => rivals.map((rival) => rival[name]);
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, created_at, filed_at, contract_at, rules_on)
     SELECT c, '26-' || right(c::text, 12), 'IN_MEDIATION', $4, 'neighbours', 'oskemen', 'kk', a, m, $4, $4, $4, '2026-09-07'
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t(c, a, m)`,
    [column('caseId'), column('a'), rivals.map(({ mediator }) => mediator.id), at],
  );
  for (const [side, of] of [['A', column('a')] as const, ['B', column('b')] as const])
    await fresh.admin(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language, joined_at)
       SELECT gen_random_uuid(), c, $3, 1, 'person', p, 'С', 'И', 'kk', $4 FROM unnest($1::uuid[], $2::uuid[]) t(c, p)`,
      [column('caseId'), of, side, at],
    );
  await fresh.admin(
    `INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at) SELECT p, c, m, 'room', $4, '2026-12-01' FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) t(p, c, m)`,
    [column('proposalId'), column('caseId'), rivals.map(({ mediator }) => mediator.id), at],
  );
  return rivals;
}

type Fresh = Pick<FreshDatabase, 'db' | 'clock'>;
const bookingOf = ({ caseId, proposalId, mediator, a, b }: Rival, mode: Booking['mode'], now: Date): Booking => ({
  caseId,
  proposalId,
  mode,
  mediatorId: mediator.id,
  partyIds: [a, b],
  weeks: 1,
  moves: null,
  at: now,
});

/** As the cabinet books. */
export const bookGuarded = (fresh: Fresh, rival: Rival, mode: Booking['mode'] = 'room') =>
  fresh.db.transaction(rival.mediator, (tx) =>
    book(tx, bookingOf(rival, mode, fresh.clock.now()), [{ id: rival.slotId, startsAt: rival.from, endsAt: rival.to }], (within) =>
      timesOf(tx, noNeeds, rival.caseId, within),
    ),
  );

/** As one would without a lock and without a constraint: look whether the hour is free, then take it. */
export const bookUnguarded = (fresh: Fresh, rival: Rival, mode: Booking['mode'] = 'room', placeId: string | null = null) =>
  fresh.db.transaction(rival.mediator, async (tx) => {
    const subjects = [rival.mediator.id, ...(placeId ? [placeId] : [])];
    const taken = (await tx.query(`SELECT 1 FROM calendars_of($1, $2, $3, NULL) WHERE subject_id = ANY($4) AND kind = 'meeting' LIMIT 1`, [
      rival.caseId,
      rival.from,
      rival.to,
      subjects,
    ])) as unknown[];
    if (taken.length > 0) throw new DomainError('meeting.hour_not_free');
    await takeBlindly(tx, rival, mode, subjects, fresh.clock.now());
  });

/** The constraint alone, no lock before it. */
export const bookByConstraint = (fresh: Fresh, rival: Rival) =>
  fresh.db.transaction(rival.mediator, (tx) => takeBlindly(tx, rival, 'room', [rival.mediator.id], fresh.clock.now()));

async function takeBlindly(tx: EntityManager, { caseId, from, to }: Rival, mode: string, subjects: string[], now: Date) {
  const meetingId = newId();
  await tx.query('INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, $3, tstzrange($4, $5), $6)', [
    meetingId,
    caseId,
    mode,
    from,
    to,
    now,
  ]);
  for (const id of subjects)
    await tx.query(
      `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ($1, $2, $3, 'mediator', $4, tstzrange($5, $6))`,
      [newId(), meetingId, caseId, id, from, to],
    );
}
