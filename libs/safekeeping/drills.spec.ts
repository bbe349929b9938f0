import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { Planner } from '#notifications';
import { DrillsSweep } from '#safekeeping';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let sweep: DrillsSweep;
let admins: SignedIn[];

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-01T04:00:00Z');
  sweep = new DrillsSweep(fresh.workerDb, fresh.clock);
  const arranged = disputesIn(fresh);
  admins = [await arranged.person('administrator'), await arranged.person('administrator')];
  await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const raisedAt = async (day: string) => {
  fresh.clock.set(`${day}T06:00:00Z`);
  const tries = await Promise.all([sweep.raiseDue(), new DrillsSweep(fresh.workerDb, fresh.clock).raiseDue(), sweep.raiseDue()]);
  return tries.filter(Boolean).length;
};
const drilled = (day: string, holds: boolean) =>
  fresh.admin(`INSERT INTO drills VALUES (gen_random_uuid(), $1, $1, $2, '{}')`, [`${day}T02:00:00Z`, holds]);

it('asks for a drill when the house is a month old, once, then every week until one has held', async () => {
  expect(await raisedAt('2026-09-01')).toBe(0); // nothing to lose yet
  await fresh.admin(
    `INSERT INTO audit_roots (day, chains, tree, previous, root, made_at) VALUES ('2026-09-01', 1, '\\x00', '\\x00', sha256('x'), '2026-09-01T19:10:00Z')`,
  );
  expect(await raisedAt('2026-10-01')).toBe(0);
  expect(await raisedAt('2026-10-02')).toBe(1);
  expect(await raisedAt('2026-10-08')).toBe(0);
  await drilled('2026-10-08', false); // it was tried, and did not hold
  expect(await raisedAt('2026-10-09')).toBe(1);
  await drilled('2026-10-10', true);
  expect(await raisedAt('2026-10-20')).toBe(0);
  expect(await raisedAt('2026-11-08')).toBe(0);
  expect(await raisedAt('2026-11-09')).toBe(1);
});

it('tells every administrator and nobody else', async () => {
  const [fact] = await fresh.admin<{ id: string }>(`SELECT id FROM events WHERE type = 'drill.due' LIMIT 1`);
  await new Planner(fresh.workerDb, fresh.clock).plan([fact!.id]);
  const told = await fresh.admin<{ who: string }>(`SELECT DISTINCT recipient_id AS who FROM notifications WHERE source_type = 'drill.due'`);
  expect(told.map(({ who }) => who).toSorted()).toEqual(admins.map(({ id }) => id).toSorted());
});
