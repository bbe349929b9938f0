import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { newId } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { Sweeper } from '../delivery/sweeper.js';
import { Planner } from '../planning/planner.js';
import { HealthService } from './health.service.js';

const provider = 'mx.example.kz:25';
let [fresh, world, health]: [FreshDatabase, NoticeWorld, HealthService] = [] as never;
let [desk, admin]: Actor[] = [];
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  health = new HealthService(fresh.db, fresh.clock);
  desk = { id: world.people.desk.id, role: 'coordinator' };
  admin = { id: world.people.desk2.id, role: 'administrator' };
  await new Planner(fresh.workerDb, fresh.clock).plan([
    await world.happen('contract.sent', world.caseId, { dueAt: '2026-09-12T13:00:00Z' }),
  ]);
  await fresh.admin(
    `INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, error)
     SELECT $1, id, '2026-09-07T05:59:00Z', $2, 'retry', '451 4.3.0 EENVELOPE' FROM notifications WHERE channel = 'email' LIMIT 1`,
    [newId(), provider],
  );
  fresh.clock.advance({ minutes: 2 });
});
afterAll(() => fresh.drop());

it('tells the desk and the administrator in totals what waits, for how long, and how providers answer', async () => {
  for (const actor of [desk!, admin!]) {
    const { lines, providers } = await health.read(actor);
    expect(lines.find(({ channel }) => channel === 'email')).toEqual({
      channel: 'email',
      state: 'waiting',
      legal: true,
      count: expect.any(Number),
      oldestSeconds: 120,
    });
    expect(providers).toMatchObject([
      { channel: 'email', provider, sent: 0, retried: 1, failed: 0, lastError: '451 4.3.0 EENVELOPE', restsSince: null },
    ]);
    expect(JSON.stringify({ lines, providers })).not.toMatch(/example\.kz"|@|7701|M-2026/);
  }
});

it('lets a provider rest and serve again, once each; who did it is a fact, and the worker reads it', async () => {
  const sweeper = new Sweeper(fresh.workerDb, fresh.clock);
  await health.rest(desk!, { provider, rests: true });
  await health.rest(admin!, { provider, rests: true });
  expect((await health.read(desk!)).providers).toMatchObject([{ provider, restsSince: '2026-09-07T06:02:00.000Z' }]);
  expect([...(await sweeper.resting())]).toEqual([provider]);
  await health.rest(admin!, { provider, rests: false });
  expect([...(await sweeper.resting())]).toEqual([]);
  const facts = await fresh.admin(
    `SELECT data->>'code' AS code, actor_id AS by FROM events WHERE type = 'staff.provider_switched' ORDER BY id`,
  );
  expect(facts).toEqual([
    { code: 'rests', by: desk!.id },
    { code: 'serves', by: admin!.id },
  ]);
});

it('takes no name that never delivered anything', async () => {
  await health.rest(desk!, { provider: 'made.up:25', rests: true });
  expect((await health.read(desk!)).providers.map((one) => one.provider)).toEqual([provider]);
});

it('is nothing to anybody else, in the service and in the database', async () => {
  const outsiders: Actor[] = [
    { id: world.people.ana.id, role: 'citizen' },
    { id: world.people.judge.id, role: 'mediator' },
    { id: world.people.desk.id, role: 'court', courtId: 'X' },
  ];
  for (const actor of outsiders) {
    await expect(health.read(actor)).rejects.toMatchObject({ code: 'not_found' });
    await expect(health.rest(actor, { provider, rests: true })).rejects.toMatchObject({ code: 'not_found' });
    const [row] = await fresh.db.transaction(actor, (tx) =>
      tx.query('SELECT delivery_health($1) AS h, rest_provider($2, true, $1) AS r', [fresh.clock.now(), provider]),
    );
    expect(row).toEqual({ h: null, r: false });
  }
});
