import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EventType } from '#contract';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices } from '../../../test/support/notices.js';
import { Sweeper } from '../delivery/sweeper.js';
import { Planner } from '../planning/planner.js';
import { holesIn } from './holes.js';
import { type Rule, rules } from './rules.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

it('has none', () => {
  expect(holesIn(rules)).toEqual([]);
  expect(() => new Planner(fresh.workerDb, fresh.clock).onModuleInit()).not.toThrow();
});

it.each<[string, Record<string, Rule[] | undefined>, string]>([
  ['a fact without a rule', { ...rules, 'case.submitted': undefined }, 'case.submitted: neither a rule nor a "nobody"'],
  ['a rule without a fact', { ...rules, 'case.vanished': [] }, 'case.vanished: no such fact'],
  [
    'a rule without a template',
    { ...rules, 'case.closed': [{ to: 'parties', template: 'case.gone' as never, by: 'reach', weight: 'courtesy' }] },
    'case.closed: no template case.gone',
  ],
  [
    'a legal notice that only stands in the cabinet',
    { ...rules, 'case.closed': [{ to: 'parties', template: 'case.closed', by: 'centre', weight: 'legal' }] },
    "case.closed: case.closed is legal and goes to nobody's door",
  ],
])('finds %s', (_, broken, hole) => expect(holesIn(broken)).toEqual([hole]));

it('leaves a fact that it has no rule for to a worker that has: it is not lost, and stands among what waits', async () => {
  fresh.clock.set('2026-09-07T06:00:00Z');
  const world = await arrangeNotices(fresh);
  const [known, unknown] = [
    await world.happen('case.submitted', world.caseId),
    await world.happen('case.of_a_later_build' as EventType, world.caseId),
  ];
  await fresh.admin('UPDATE outbox SET relayed_at = $1', [fresh.clock.now()]);
  const planned = await new Planner(fresh.workerDb, fresh.clock).plan([known, unknown]);
  expect(planned.length).toBeGreaterThan(0);
  expect(await fresh.admin('SELECT event_id AS id FROM outbox WHERE handled_at IS NULL')).toEqual([{ id: unknown }]);
  fresh.clock.advance({ minutes: 1 });
  expect(await new Sweeper(fresh.workerDb, fresh.clock).unhandled(15_000, 10)).toEqual([unknown]);
});
