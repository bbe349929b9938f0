import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type RedisServer, startRedis } from '../../apps/launcher/src/redis.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { arrangeNotices, type NoticeWorld } from '../support/notices.js';
import { type Sink, startSink } from '../support/smtp.js';
import { spawnWorker, workerEnvironment } from '../support/worker.js';

const dir = mkdtempSync(join(tmpdir(), 'killed-'));
const clock = join(dir, 'clock');
let [fresh, world, sink, redis]: [FreshDatabase, NoticeWorld, Sink, RedisServer] = [] as never;
beforeAll(async () => {
  [fresh, redis] = await Promise.all([freshDatabase(), startRedis({ dir: join(dir, 'redis') })]);
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  // Slow to answer, so that a kill lands while mails are under way.
  sink = await startSink({ answerAfterMs: 40 });
});
afterAll(async () => {
  await sink.stop();
  await redis.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

const [facts, kills] = [120, 5];
const tick = (seconds: number) => {
  fresh.clock.advance({ seconds });
  writeFileSync(clock, fresh.clock.now().toISOString());
};

it(`sends ${facts} mails once through ${kills} kills of the worker`, async () => {
  tick(0);
  const env = workerEnvironment(fresh, { smtpUrl: sink.url, redisUrl: redis.url, clockFile: clock });
  const ids = await Promise.all(Array.from({ length: facts }, () => world.happen('case.mediation_started', world.caseId)));
  const waiting = async () =>
    (await fresh.admin<{ id: string }>(`SELECT id FROM notifications WHERE channel = 'email' AND state = 'waiting'`)).map(({ id }) => id);
  let [midSend, unwritten] = [0, 0];
  for (let killed = 0; killed < kills; killed += 1) {
    const worker = await spawnWorker(env);
    const before = sink.taken.length;
    await vi.waitFor(() => expect(sink.taken.length).toBeGreaterThan(before + 10), { timeout: 30_000, interval: 5 });
    midSend += sink.underWay();
    await worker.end('SIGKILL');
    unwritten += await sink.unwritten(waiting);
    tick(95); // what the dead one had claimed is due again
  }
  expect(midSend).toBeGreaterThan(0);

  const last = await spawnWorker(env);
  const mails = await vi.waitFor(
    async () => {
      const rows = await fresh.admin<{ id: string; state: string }>(
        `SELECT id, state FROM notifications WHERE source_id = ANY($1) AND channel = 'email'`,
        [ids],
      );
      expect([rows.length, rows.filter(({ state }) => state === 'waiting').length]).toEqual([facts, 0]);
      return rows;
    },
    { timeout: 60_000, interval: 500 },
  );
  await last.end();

  const times = new Map<string, number>();
  for (const { messageId } of sink.taken) times.set(messageId, (times.get(messageId) ?? 0) + 1);
  const expected = mails.map(({ id }) => `<${id}@kelisim.test>`);
  expect([...times.keys()].toSorted()).toEqual(expected.toSorted());
  // A kill between the server's 250 and our commit costs one repeat of that mail, with the same Message-ID, and nothing more.
  expect(sink.taken.length - facts).toBeLessThanOrEqual(unwritten);
}, 180_000);

it('goes on by itself when Redis was away while facts happened', async () => {
  const env = workerEnvironment(fresh, { smtpUrl: sink.url, redisUrl: redis.url, clockFile: clock });
  const worker = await spawnWorker(env);
  await redis.stop();
  const ids = await Promise.all(Array.from({ length: 20 }, () => world.happen('case.mediation_started', world.caseId)));
  await pause(1_000);
  redis = await startRedis({ dir: join(dir, 'redis') });
  await vi.waitFor(
    async () => {
      const rows = await fresh.admin(`SELECT 1 FROM notifications WHERE source_id = ANY($1) AND channel = 'email' AND state = 'sent'`, [
        ids,
      ]);
      expect(rows).toHaveLength(20);
    },
    { timeout: 20_000, interval: 250 },
  );
  await worker.end();
}, 60_000);
