import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, SetCapacity, type SignedIn } from '#contract';
import { CertificateReminders, Mediator, MediatorsService, RegisterEntryService, RegisterReader, RegisterService } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { peopleOn } from '../../test/support/people.js';
import { general, paper } from '../../test/support/register.js';

let fresh: FreshDatabase;
let entries: RegisterEntryService;
let register: RegisterService;
let desk: SignedIn;
let arranged: ReturnType<typeof disputesIn>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  entries = new RegisterEntryService(fresh.db, fresh.clock);
  register = new RegisterService(fresh.db, fresh.clock, fresh.keys, fresh.hashes, peopleOn(fresh).people, new MediatorsService());
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

async function mediator(values: Record<string, unknown> = {}): Promise<SignedIn> {
  const id = await register.keep(desk, paper(values));
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2026-01-01')`, [id]);
  return { id, role: 'mediator' };
}

it('shows what he carries, what waits for his answer, and his year', async () => {
  const own = await mediator({ capacity: 4 });
  await arranged.dispute('IN_MEDIATION', { mediator: own });
  const { id: offered } = await arranged.dispute('CONSENTED');
  await fresh.admin(
    `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, '2026-11-22', '2026-11-25')`,
    [newId(), offered, own.id, desk.id],
  );
  await fresh.admin(
    `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at, answered_at, answer, declaration)
     SELECT gen_random_uuid(), $1, $2, $3, day, day, day, 'accepted', '{}' FROM unnest(ARRAY['2025-12-30'::timestamptz, '2026-02-01']) day`,
    [offered, own.id, desk.id],
  );
  await fresh.admin(
    `INSERT INTO hour_exceptions VALUES ($1, $2, '[2026-12-01T00:00Z,2026-12-08T00:00Z)', false), ($3, $2, '[2026-10-01T00:00Z,2026-10-08T00:00Z)', false)`,
    [newId(), own.id, newId()],
  );
  expect(await entries.read(own)).toMatchObject({
    openCases: 2,
    offersWaiting: 1,
    takenThisYear: 1,
    endedThisYear: 0,
    absences: [{ from: '2026-12-01T00:00:00.000Z', until: '2026-12-08T00:00:00.000Z' }],
    certificates: [{ course: 'general' }],
  });
});

it.each([
  ['2027-01-23', false],
  ['2027-01-22', true], // sixty days from today
  ['2026-11-23', true],
  ['2026-11-22', false], // over, which is said in other words
])('warns of a certificate until %s: %s', async (validUntil, endsSoon) => {
  const own = await mediator({ certificates: [general({ validUntil })] });
  expect(await entries.read(own)).toMatchObject({ endsSoon, certified: validUntil >= '2026-11-23' });
});

it('is told of its end with the desk, thirty and seven days before, each once; who renewed it or may not act is not', async () => {
  const ends = (validUntil: string) => mediator({ certificates: [general({ validUntil })] });
  const [own, later, suspended, renewed] = [await ends('2026-12-23'), await ends('2026-12-24'), await ends('2026-12-23'), await ends('2026-12-23')];
  await register.setStanding(desk, suspended.id, { status: 'suspended', from: '2026-11-01', until: null, ground: 'own_request', version: 1 });
  const next = general({ issuedOn: '2026-11-20', validFrom: '2026-12-24', validUntil: '2029-12-23' });
  await fresh.db.transaction(desk, (tx) => register.certify(tx, desk, renewed.id, next));
  const reminders = new CertificateReminders(fresh.workerDb, fresh.clock);
  const told = async () =>
    fresh.admin(
      `SELECT data->>'personId' AS id, data->>'dueAt' AS until FROM events WHERE type = 'register.certificate_ending' AND data->>'personId' = ANY ($1) ORDER BY at, id`,
      [[own, later, suspended, renewed].map(({ id }) => id)],
    );
  const first = { id: own.id, until: '2026-12-23T18:59:59.000Z' };
  await Promise.all([reminders.remindDue(), reminders.remindDue()]);
  expect(await told()).toEqual([first]);
  fresh.clock.set('2026-12-17T06:00:00Z'); // six days before: the second one, and for the other his first and second as one
  await reminders.remindDue();
  await reminders.remindDue();
  expect(await told()).toEqual(expect.arrayContaining([first, first, { id: later.id, until: '2026-12-24T18:59:59.000Z' }]));
  expect(await told()).toHaveLength(3);
  fresh.clock.set('2026-11-23T06:00:00Z');
}); // prettier-ignore

it('carries more or fewer cases from now on, told once to the desk', async () => {
  const own = await mediator({ capacity: 4 });
  await entries.setCapacity(own, 1);
  await entries.setCapacity(own, 1);
  expect((await entries.read(own)).capacity).toBe(1);
  const { history, entry } = await new RegisterReader(fresh.db, fresh.clock, fresh.keys, fresh.hashes).read(desk, own.id);
  expect(history.filter(({ kind }) => kind === 'capacity')).toMatchObject([{ changes: [{ what: 'capacity', before: '4', after: '1' }] }]);
  // Who has the old entry open on his page does not write the old number over the new one.
  const stale = { ...paper(), ...entry, iin: entry.iin!, isAnother: false, version: 1, capacity: 4 };
  await expect(register.keep(desk, stale, own.id)).rejects.toMatchObject({ code: 'stale' });
  for (const capacity of [0, 21, 1.5, -1]) expect(SetCapacity.safeParse({ capacity }).success).toBe(false);
});

it('lets nobody else say it', async () => {
  const own = await mediator();
  for (const stranger of [
    desk,
    { id: own.id, role: 'citizen' },
    { id: newId(), role: 'mediator' },
    { id: null, role: 'visitor' },
  ] as Actor[])
    await expect(entries.setCapacity(stranger, 9)).rejects.toMatchObject({ code: 'not_found' });
  expect((await entries.read(own)).capacity).toBe(3);
});

it('is given no case by somebody who reads the register while he is being excluded', async () => {
  const own = await mediator();
  const needs = { field: 'debt', kinds: ['professional' as const], languages: ['kk' as const], partyIds: [], partyIdNumbers: [] };
  const offer = () => fresh.db.transaction(desk, (tx) => new MediatorsService().lockEligible(tx, own.id, needs, '2026-11-23'));
  expect((await offer()).personId).toBe(own.id);
  let offered: Promise<string> | undefined;
  await fresh.db.transaction(desk, async (tx) => {
    await register.setStandingIn(tx, desk, own.id, {
      status: 'excluded',
      from: '2026-11-23',
      until: null,
      ground: 'ethics_breach',
      version: 1,
    });
    offered = offer().then(
      () => 'offered',
      (error: { code: string }) => error.code,
    );
    await pause(150); // the offer has begun and waits for the row
  });
  expect(await offered).toBe('mediator.not_eligible');
});
