import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, DirectoryQuery } from '#contract';
import { Mediator, MediatorsService, RegisterEntryService } from '#mediators';
import { newId } from '#platform';
import { DirectoryService } from '#portal';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

/** Monday, 7 September 2026, in the evening. */
const now = '2026-09-07T16:00:00Z';
let fresh: FreshDatabase;
let directory: DirectoryService;
let entries: RegisterEntryService;
const desk: Actor = { id: newId(), role: 'coordinator' };

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  fresh.clock.set(now);
  directory = new DirectoryService(fresh.db, fresh.clock);
  entries = new RegisterEntryService(fresh.db, fresh.clock);
});
afterAll(() => fresh.drop());

it('lists who may take a case today and agreed to be listed, and nobody else', async () => {
  const [listed, silent] = [await enter('Әлиев'), await enter('Үнсізов', { publishedAt: null })];
  const gone = await Promise.all([
    enter('Шығарылғанов', { status: 'excluded', statusFrom: '2026-09-01' }),
    enter('Тоқтатылғанов', { status: 'suspended', statusFrom: '2026-09-01', statusUntil: '2026-09-08' }),
    enter('Ескіров', { kind: 'professional', certificateUntil: '2026-09-06' }),
    enter('Ертеңов', { registerEntryDate: '2026-09-08' }),
  ]);
  const roleless = await enter('Рөлсізов');
  await fresh.admin('DELETE FROM person_roles WHERE person_id = $1', [roleless]);
  const closed = await enter('Жабықов');
  await fresh.admin('UPDATE persons SET disabled_at = $2 WHERE id = $1', [closed, now]);
  const still = await Promise.all([
    enter('Соңғыкүнов', { kind: 'professional', certificateUntil: '2026-09-07' }),
    enter('Қайтқанов', { status: 'suspended', statusFrom: '2026-08-01', statusUntil: '2026-09-07' }),
    enter('Кейінов', { status: 'excluded', statusFrom: '2026-09-08' }),
  ]);
  const ids = (await list()).mediators.map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining([listed, ...still]));
  for (const hidden of [silent, ...gone, roleless, closed]) {
    expect(ids).not.toContain(hidden);
    await expect(directory.read(hidden)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(directory.read(newId())).rejects.toMatchObject({ code: 'not_found' });
});

it('says what the register lets everybody know, and not a field more', async () => {
  const id = await enter('Толықов', { kind: 'professional', certificateUntil: '2027-01-28', certificateNumber: 'EK-1' });
  const { freeDays, ...told } = await directory.read(id);
  expect(told).toEqual({
    id,
    name: 'Толықов Айдар',
    kind: 'professional',
    languages: ['kk', 'ru'],
    fields: ['neighbours'],
    district: 'oskemen',
    registerNumber: `N-${id}`,
    enteredOn: '2021-01-03',
    certifiedUntil: '2027-01-28',
  });
  expect(freeDays).toEqual([]);
});

it('is found by a name typed without Kazakh letters, by number, and by each of the filters', async () => {
  const id = await enter('Құдайбергенов', { languages: ['kk', 'en'], fields: ['family'], district: 'ulan', kind: 'public' });
  const found = async (asked: Record<string, unknown>) => (await list(asked)).mediators.map((one) => one.id);
  expect(await found({ search: 'кудайберген' })).toEqual([id]);
  expect(await found({ search: `n-${id}` })).toEqual([id]);
  expect(await found({ search: 'жоқтай' })).toEqual([]);
  for (const asked of [{ language: 'en' }, { field: 'family' }, { district: 'ulan' }]) expect(await found(asked)).toEqual([id]);
  expect(await found({ kind: 'professional' })).not.toContain(id);
  expect((await list()).languages).toContain('en');
});

it('knows of the next two weeks the days with a free hour, not the booked ones', async () => {
  const id = await enter('Бос', { weekly: [{ day: 3, from: '18:00', to: '20:00' }] });
  expect((await directory.read(id)).freeDays).toEqual(['2026-09-09', '2026-09-16']);
  const away = `INSERT INTO hour_exceptions (id, person_id, during, open) VALUES ($1, $2, $3, false)`;
  await fresh.admin(away, [newId(), id, '[2026-09-09T13:30:00Z,2026-09-09T14:30:00Z)']);
  expect((await directory.read(id)).freeDays, 'half an hour on either side is no hour').toEqual(['2026-09-16']);
  expect((await list({ free: '2026-09-16' })).mediators.map((one) => one.id)).toEqual([id]);
  expect((await list({ free: '2026-09-09' })).mediators).toEqual([]);
});

it('goes on where it stopped', async () => {
  for (let at = 0; at < 25; at++) await enter('Көптеген');
  const first = await list({ search: 'Көптеген' });
  expect([first.mediators.length, first.total, first.next]).toEqual([24, 25, 24]);
  const second = await list({ search: 'Көптеген', from: 24 });
  expect([second.mediators.length, second.next]).toEqual([1, null]);
  expect(first.mediators.map(({ id }) => id)).not.toContain(second.mediators[0]!.id);
});

it('is read by a role that reaches no column of a person or of the register', async () => {
  for (const table of ['persons', 'mediators', 'person_roles', 'mediator_hours', 'bookings'])
    await expect(fresh.db.asReport({ id: null, role: 'visitor' }, (tx) => tx.query(`SELECT 1 FROM ${table}`))).rejects.toThrow(
      'permission denied',
    );
  await expect(
    fresh.db.transaction({ id: null, role: 'visitor' }, (tx) => tx.query(`SELECT 1 FROM published_mediators('${now}')`)),
  ).rejects.toThrow('permission denied');
});

it('lists a mediator when he agrees and drops him when he takes it back; nobody does it for him', async () => {
  const id = await enter('Өзім', { publishedAt: null, capacity: 0 });
  const own: Actor = { id, role: 'mediator' };
  expect(await entries.read(own)).toMatchObject({ published: false, standing: 'active', capacity: 0, openCases: 0, certified: true });
  await entries.setPublished(own, true);
  await entries.setPublished(own, true);
  expect((await directory.read(id)).name).toBe('Өзім Айдар');
  await entries.setPublished(own, false);
  await expect(directory.read(id)).rejects.toMatchObject({ code: 'not_found' });
  const facts = await fresh.admin<{ data: unknown }>(`SELECT data FROM events WHERE type = 'person.publication_changed' ORDER BY at, seq`);
  expect(facts.map(({ data }) => data)).toEqual([
    { personId: id, published: true },
    { personId: id, published: false },
  ]);
  for (const stranger of [desk, { id, role: 'citizen' }, { id: newId(), role: 'mediator' }, { id: null, role: 'visitor' }] as Actor[]) {
    await expect(entries.read(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(entries.setPublished(stranger, true)).rejects.toMatchObject({ code: 'not_found' });
  }
});

const list = (asked: Record<string, unknown> = {}) => directory.list(DirectoryQuery.parse(asked));

async function enter(surname: string, values: Partial<Mediator> = {}) {
  const id = newId();
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1, $2, 'Айдар', 'kk', $3, '2026-01-01')`,
    [id, surname, fresh.hashes.of('contact', id)],
  );
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2026-01-01')`, [id]);
  const entry = {
    personId: id,
    kind: 'public',
    registerNumber: `N-${id}`,
    registerEntryDate: '2021-01-03',
    capacity: 2,
    district: 'oskemen',
    languages: ['kk', 'ru'],
    fields: ['neighbours'],
    publishedAt: new Date('2026-09-01T00:00:00Z'),
    ...values,
  };
  await fresh.db.transaction(desk, (tx) => new MediatorsService().register(tx, Object.assign(new Mediator(), entry)));
  return id;
}
