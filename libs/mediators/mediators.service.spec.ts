import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { Mediator, MediatorsService, type Needs } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
const mediators = new MediatorsService();
const desk: Actor = { id: newId(), role: 'coordinator' };
const today = '2026-11-23';
const needs: Needs = { field: 'neighbours', kinds: ['public'], languages: ['kk'], partyIds: [], partyIdNumbers: [] };

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  await person('Қоржын', { id: desk.id! });
});
afterAll(() => fresh.drop());

it('puts the eligible first, then the least busy, then by name as Kazakh sorts it', async () => {
  const [aqan, ilias, ybyrai, erlan] = [
    await enter('Ақан'),
    await enter('Ілияс'),
    await enter('Ыбырай'),
    await enter('Ержан', { languages: ['ru'] }),
  ];
  const busy = await enter('Абай');
  await openCase(busy);
  const found = await candidates();
  const order = [aqan, ybyrai, ilias, busy, erlan];
  expect(found.map(({ mediatorId }) => mediatorId).filter((id) => order.includes(id))).toEqual(order);
  expect(found.find(({ mediatorId }) => mediatorId === busy)).toMatchObject({ openCases: 1, eligible: true, name: 'Абай Айдар' });
  expect(found.find(({ mediatorId }) => mediatorId === erlan)).toMatchObject({ eligible: false, reasons: ['language_missing'] });
});

it('counts open offers and cases, not ended ones', async () => {
  const one = await enter('Есептік', { capacity: 2 });
  await openCase(one, 'CLOSED');
  await openCase(one);
  const offered = await openCase(null, 'MEDIATOR_OFFERED');
  await fresh.admin(
    `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, '2026-11-20', '2026-11-25')`,
    [newId(), offered, one, desk.id],
  );
  expect((await candidates()).find(({ mediatorId }) => mediatorId === one)).toMatchObject({ openCases: 2, reasons: ['at_capacity'] });
  await expect(lock(one)).rejects.toMatchObject({ code: 'mediator.at_capacity' });
});

it('knows a party by account and by the number in the papers', async () => {
  const iin = fresh.hashes.of('iin', '710504499003');
  const [account, papers, stranger] = [await enter('Тарап'), await enter('Құжат', { iin }), await enter('Бөтен')];
  const asked = { ...needs, partyIds: [account], partyIdNumbers: [iin] };
  const reasons = (id: string, found: Awaited<ReturnType<typeof candidates>>) => found.find(({ mediatorId }) => mediatorId === id)?.reasons;
  const found = await candidates(asked);
  expect([reasons(account, found), reasons(papers, found), reasons(stranger, found)]).toEqual([['is_party'], ['is_party'], []]);
  await expect(lock(account, asked)).rejects.toMatchObject({ code: 'mediator.not_eligible', details: { reasons: ['is_party'] } });
  await expect(lock(stranger, asked)).resolves.toMatchObject({ personId: stranger });
});

it('leaves out whoever lost the role or the account', async () => {
  const [gone, roleless] = [await enter('Жоқ'), await enter('Рөлсіз')];
  await fresh.admin(`UPDATE persons SET disabled_at = '2026-11-01' WHERE id = $1`, [gone]);
  await fresh.admin('DELETE FROM person_roles WHERE person_id = $1', [roleless]);
  const ids = (await candidates()).map(({ mediatorId }) => mediatorId);
  expect(ids).not.toContain(gone);
  expect(ids).not.toContain(roleless);
  await expect(lock(gone)).rejects.toMatchObject({ code: 'not_found' });
  await expect(lock(newId())).rejects.toMatchObject({ code: 'not_found' });
});

it('writes an entry anew without losing the person', async () => {
  const id = await enter('Қайта');
  await fresh.db.transaction(desk, (tx) => mediators.register(tx, entry(id, { capacity: 9 })));
  expect((await candidates()).find(({ mediatorId }) => mediatorId === id)).toMatchObject({ capacity: 9 });
  const card = await fresh.db.transaction(desk, (tx) => mediators.cardOf(tx, id));
  expect(card).toEqual({ id, name: 'Қайта Айдар', kind: 'public', registerNumber: `N-${id}` });
});

const candidates = (asked = needs) => fresh.db.transaction(desk, (tx) => mediators.candidates(tx, asked, today));
const lock = (id: string, asked = needs) => fresh.db.transaction(desk, (tx) => mediators.lockEligible(tx, id, asked, today));

async function enter(surname: string, { iin, ...values }: Partial<Mediator> & { iin?: Buffer } = {}) {
  const id = await person(surname, { iin });
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2026-01-01')`, [id]);
  await fresh.db.transaction(desk, (tx) => mediators.register(tx, entry(id, values)));
  return id;
}

const entry = (personId: string, values: Partial<Mediator> = {}) =>
  Object.assign(new Mediator(), {
    personId,
    kind: 'public',
    registerNumber: `N-${personId}`,
    registerEntryDate: '2021-01-03',
    languages: ['kk', 'ru'],
    fields: ['neighbours'],
    district: 'oskemen',
    capacity: 2,
    ...values,
  });

async function person(surname: string, { id = newId(), iin = null }: { id?: string; iin?: Buffer | null } = {}) {
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, phone_hash, iin_hash, created_at) VALUES ($1, $2, 'Айдар', 'kk', $3, $4, '2026-01-01')`,
    [id, surname, fresh.hashes.of('contact', id), iin],
  );
  return id;
}

async function openCase(mediatorId: string | null, state = 'CONTRACT_DRAFT') {
  const id = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, created_at, rules_on)
     VALUES ($1, $2, $3, '2026-11-01', 'neighbours', 'oskemen', 'kk', $4, $5, '2026-11-01', '2026-11-01')`,
    [id, id, state, desk.id, mediatorId],
  );
  return id;
}
