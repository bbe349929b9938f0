import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startMailbox, type Mailbox } from '../../launcher/src/mailbox.js';
import { freePort } from '../../launcher/src/port.js';
import { type RedisServer, startRedis } from '../../launcher/src/redis.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { spawnWorker, workerEnvironment, type WorkerProcess } from '../../../test/support/worker.js';
import type { LiveHint } from '#contract';
import { eventually } from '../../../test/support/eventually.js';

const dir = mkdtempSync(join(tmpdir(), 'worker-'));
let [fresh, world, mailbox, server, redis, ear]: [FreshDatabase, NoticeWorld, Mailbox, RedisServer, Redis, Redis] = [] as never;
let workers: WorkerProcess[] = [];
const clock = join(dir, 'clock');
const hints: LiveHint[] = [];
let metricsPort = 0;
beforeAll(async () => {
  writeFileSync(clock, '2026-09-07T06:00:00Z');
  // A Redis of its own: this file empties it.
  [fresh, mailbox, server] = await Promise.all([freshDatabase(), startMailbox({ dir }), startRedis({ dir: join(dir, 'redis') })]);
  world = await arrangeNotices(fresh);
  await world.join();
  redis = new Redis(server.url);
  ear = redis.duplicate();
  ear.on('message', (_, text: string) => hints.push(JSON.parse(text) as LiveHint));
  await ear.subscribe(`${fresh.name}:live`);
  const env = workerEnvironment(fresh, { smtpUrl: mailbox.smtpUrl, sms: mailbox, redisUrl: server.url, clockFile: clock });
  fresh.clock.set('2026-09-07T06:00:00Z');
  metricsPort = await freePort(0);
  workers = await Promise.all([spawnWorker({ ...env, WORKER_PORT: String(metricsPort) }), spawnWorker(env)]);
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  ear.disconnect();
  redis.disconnect();
  await server.stop();
  await mailbox.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

const raws = () =>
  readdirSync(dir)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(dir, name), 'latin1'));
const messageIds = () => raws().map((raw) => /^message-id: *(<[^>]+>)/im.exec(raw)![1]!);
const waiting = async () =>
  (
    await fresh.admin<{ n: number }>(
      `SELECT (SELECT count(*) FROM outbox WHERE handled_at IS NULL)::int + (SELECT count(*) FROM notifications WHERE state = 'waiting')::int AS n`,
    )
  )[0]!.n;
const settled = () => vi.waitFor(async () => expect(await waiting()).toBe(0), { timeout: 25_000, interval: 100 });

it('carries a fact from its commit to the mail server, once, with two workers', async () => {
  const ids = await Promise.all(
    Array.from({ length: 10 }, () => world.happen('contract.sent', world.caseId, { dueAt: '2026-09-12T13:00:00Z' })),
  );
  await settled();
  const mails = await fresh.admin<{ id: string }>(`SELECT id FROM notifications WHERE source_id = ANY($1) AND channel = 'email'`, [ids]);
  expect(mails).toHaveLength(10);
  expect(messageIds().toSorted()).toEqual(mails.map(({ id }) => `<${id}@kelisim.test>`).toSorted());
});

it('hints at those whose pages show it, by ids alone', async () => {
  hints.length = 0;
  await world.happen('meeting.proposed', world.caseId, {}, world.people.ana.id);
  await settled();
  const people = [world.people.ana.id, world.people.boris.id];
  await eventually(() => expect(hints).toHaveLength(2));
  expect(hints).toEqual([
    { caseId: world.caseId, personIds: people, courtId: null, desk: false, notice: false },
    { caseId: null, personIds: [world.people.boris.id], courtId: null, desk: false, notice: true },
  ]);
});

it('sends a one-time code that no fact tells of', async () => {
  await world.code('fresh@example.kz', 'email');
  await vi.waitFor(() => expect(raws().some((raw) => raw.includes('Delivered-To: fresh@example.kz'))).toBe(true), { timeout: 10_000 });
});

it('tells its lag, rates and failures, and whether it lives', async () => {
  const asked = async (path: string) => {
    const reply = await fetch(`http://127.0.0.1:${metricsPort}${path}`);
    return [reply.status, await reply.text()] as const;
  };
  expect((await asked('/health/live'))[0]).toBe(200);
  expect((await asked('/health/ready'))[0]).toBe(200);
  expect((await asked('/else'))[0]).toBe(404);
  const [, metrics] = await asked('/metrics');
  expect(metrics).toMatch(/^kelisim_delivery_attempts_total\{channel="(email|sms)",provider="127\.0\.0\.1:\d+",outcome="sent"\} \d+$/m);
  expect(metrics).toMatch(/^kelisim_delivery_lag_seconds_count\{channel="(email|sms)",urgency="legal"\} \d+$/m);
  expect(metrics).toMatch(/^kelisim_backlog\{what="facts",channel="",state="waiting",weight=""\} 0$/m);
  expect(metrics).not.toMatch(/example\.kz|rooms|7701\d{7}/);
});

it('finds again what Redis lost between the hand-over and the sending', async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  const ids = await Promise.all(Array.from({ length: 5 }, () => world.happen('case.settled', world.caseId)));
  const before = messageIds().length;
  // As if a worker had handed all of it over, and planned a part, before Redis lost everything.
  await fresh.admin(`UPDATE outbox SET relayed_at = $2 WHERE event_id = ANY($1)`, [ids, new Date('2026-09-07T05:59:00Z')]);
  await redis.flushall();
  const env = workerEnvironment(fresh, { smtpUrl: mailbox.smtpUrl, sms: mailbox, redisUrl: server.url, clockFile: clock });
  workers = await Promise.all([spawnWorker(env), spawnWorker(env)]);
  await settled();
  expect(messageIds()).toHaveLength(before + 5);
  expect(new Set(messageIds()).size).toBe(before + 5);
});

it('survives a flush in the middle of a burst', async () => {
  const before = messageIds().length;
  const burst = Array.from({ length: 60 }, () => world.happen('contract.sent', world.caseId));
  for (let flushes = 0; flushes < 10; flushes += 1) {
    await redis.flushall();
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await Promise.all(burst);
  // The sweep that restores lost facts looks at the clock, which stands still here: the rows are made to look old.
  await vi.waitFor(
    async () => {
      await fresh.admin(`UPDATE outbox SET relayed_at = $1 WHERE handled_at IS NULL AND relayed_at IS NOT NULL`, ['2026-09-07T05:59:00Z']);
      expect(await waiting()).toBe(0);
    },
    { timeout: 25_000, interval: 500 },
  );
  expect(messageIds()).toHaveLength(before + 60);
  expect(new Set(messageIds()).size).toBe(before + 60);
});

it('keeps ids in Redis and nothing else', async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  await Promise.all(Array.from({ length: 3 }, () => world.happen('contract.sent', world.caseId)));
  const { Queues } = await import('./queues.js');
  const queues = new Queues(redis, { QUEUE_PREFIX: fresh.name } as never);
  await queues.addEvents(['one-id']);
  const shown: string[] = [];
  for (const key of await redis.keys(`${fresh.name}:*`)) {
    const type = await redis.type(key);
    if (type === 'hash')
      shown.push(
        ...Object.entries(await redis.hgetall(key))
          .filter(([name]) => name === 'data')
          .map(([, value]) => value),
      );
  }
  expect(shown).toEqual(['{"ids":["one-id"]}']);
  const all = (await redis.keys('*')).join(' ');
  for (const secret of ['example.kz', '77010', 'Асанова', world.number]) expect(all).not.toContain(secret);
});
