import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { Mediator } from '#mediators';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { addTraits, traitOf } from './party.traits.js';

it.each([
  ['600905399004', '2026-11-20', 'male', 'from_60'],
  ['600905399004', '2020-09-04', 'male', 'from_45'],
  ['950101400003', '2026-11-20', 'female', 'from_30'],
  ['030229500001', '2026-11-20', null, null],
  ['040229600001', '2034-02-28', 'female', 'under_30'],
  ['040229600001', '2034-03-01', 'female', 'from_30'],
])('reads of %s on %s: %s, %s', (iin, on, sex, band) => {
  expect(traitOf(iin, on)).toEqual(sex ? { sex, band } : null);
});

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-10-31T19:30:00Z'); // November already, in Oskemen
});
afterAll(() => fresh.drop());

it('adds a contract to the sums of its month, without case or person, and for nobody whose contract it is not', async () => {
  const arranged = disputesIn(fresh);
  const dispute = await arranged.dispute('IN_MEDIATION');
  for (const [side, iin] of [
    ['A', '600905399004'],
    ['B', '950101400003'],
  ] as const) {
    const id = dispute.parties[side === 'A' ? 'a' : 'b'];
    const sealed = await fresh.db.transaction(dispute.a, (tx) => fresh.keys.seal(tx, { scope: 'party', id }, iin, 'id_number'));
    await fresh.admin('UPDATE parties SET id_number_sealed = $2 WHERE id = $1', [id, sealed]);
  }
  const sums = () => fresh.admin('SELECT month::text AS month, sex, age_band AS band, n FROM party_traits ORDER BY sex');
  const stranger = await arranged.person();
  await fresh.db.transaction(stranger, (tx) => tx.query(`SELECT add_traits($1, '2026-11-01', '{male}', '{from_60}')`, [dispute.id]));
  expect(await sums()).toEqual([]);
  await fresh.db.transaction(dispute.b, (tx) => addTraits(tx, fresh.keys, dispute.id, fresh.clock.now()));
  expect(await sums()).toEqual([
    { month: '2026-11-01', sex: 'female', band: 'from_30', n: 1 },
    { month: '2026-11-01', sex: 'male', band: 'from_60', n: 1 },
  ]);
  const columns = await fresh.admin<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'party_traits'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  expect(columns.map(({ name }) => name)).toEqual(['month', 'sex', 'age_band', 'n']);
});
