import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, CaseEffects } from '#cases';
import { DraftPaper } from '#contract';
import { Mediator } from '#mediators';
import { type Config } from '#platform';
import { agreementsOf, settlement, signersOf } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-10-31T19:30:00Z'); // November already, in Oskemen
});
afterAll(() => fresh.drop());

it('adds what a settlement is worth to the sums of its month when all have confirmed it, without case or person', async () => {
  const arranged = disputesIn(fresh);
  const services = await caseServices(fresh, { config: { NODE_ENV: 'test', DEMO: false } as Config, effects: new CaseEffects() });
  const agreements = agreementsOf(fresh, services);
  const dispute = await agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
  const sums = () => fresh.admin('SELECT month::text AS month, n, total::float8 AS total FROM settled_amounts');
  const plain = await agreements.sent(dispute, settlement);
  const paper = await agreements.sent(dispute, { ...settlement, amountKzt: 486_000 });
  expect(paper).toMatchObject({ amountKzt: 486_000, text: settlement.text });
  expect(paper.hash).not.toBe(plain.hash); // the sum is a word of what is confirmed
  expect(await services.papers.read(dispute.b, paper.id)).toMatchObject({ amountKzt: 486_000 });
  const [last, ...others] = signersOf(dispute).toReversed();
  for (const actor of others) await agreements.confirm(actor, paper);
  expect(await sums()).toEqual([]);
  await agreements.confirm(last!, paper);
  expect(await sums()).toEqual([{ month: '2026-11-01', n: 1, total: 486_000 }]);
  const told = await fresh.admin(`SELECT 1 FROM events WHERE case_id = $1 AND data::text LIKE '%486%'`, [dispute.id]);
  expect(told).toEqual([]);
  const stranger = await arranged.person();
  await fresh.db.transaction(stranger, (tx) => tx.query(`SELECT add_settled_amount($1, '2026-11-01', 1000)`, [dispute.id]));
  expect(await sums()).toEqual([{ month: '2026-11-01', n: 1, total: 486_000 }]);
  const columns = await fresh.admin<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'settled_amounts'::regclass AND attnum > 0 ORDER BY attnum`,
  );
  expect(columns.map(({ name }) => name)).toEqual(['month', 'category', 'n', 'total']);
});

it('takes no sum that is none', () => {
  const taken = (amountKzt: unknown) => DraftPaper.safeParse({ ...settlement, amountKzt }).success;
  expect([1, null, undefined, 1_000_000_000_000].map(taken)).toEqual([true, true, true, true]);
  expect([0, -5, 1.5, '=1+1', 1e13].map(taken)).toEqual([false, false, false, false, false]);
});
