import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newId } from '#platform';
import { type RedisServer, startRedis } from '../../apps/launcher/src/redis.js';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { arrangeNotices, type NoticeWorld } from '../support/notices.js';
import { type Sink, startSink } from '../support/smtp.js';
import { spawnWorker, type WorkerProcess, workerEnvironment } from '../support/worker.js';

const dir = mkdtempSync(join(tmpdir(), 'reminders-'));
const clock = join(dir, 'clock');
let [fresh, world, sink, redis]: [FreshDatabase, NoticeWorld, Sink, RedisServer] = [] as never;
const workers = new Set<WorkerProcess>();
beforeAll(async () => {
  [fresh, redis] = await Promise.all([freshDatabase(), startRedis({ dir: join(dir, 'redis') })]);
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
  sink = await startSink({ answerAfterMs: 150 }); // so that a kill lands between a fact and its mail
});
afterAll(async () => {
  await Promise.all([...workers].map((one) => one.end('SIGKILL')));
  await sink.stop();
  await redis.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

const setTime = (at: string) => {
  fresh.clock.set(at);
  writeFileSync(clock, at);
};
async function start() {
  const worker = await spawnWorker(workerEnvironment(fresh, { smtpUrl: sink.url, redisUrl: redis.url, clockFile: clock }));
  workers.add(worker);
  return worker;
}
const kill = async (worker: WorkerProcess) => {
  workers.delete(worker);
  await worker.end('SIGKILL');
};
async function flush() {
  const client = new Redis(redis.url);
  await client.flushall();
  client.disconnect();
}
const facts = async () =>
  (await fresh.admin<{ kind: string; at: string }>(`SELECT data->>'kind' AS kind, data->>'startsAt' AS at FROM events WHERE type = 'meeting.reminded' ORDER BY seq`)) // prettier-ignore
    .map(({ kind, at }) => `${kind} ${at.slice(5, 10)}`);
/** By Message-ID: a mail cut between the server's 250 and our commit may repeat, and is the same mail. */
const mailsToAna = () => new Set(sink.taken.filter(({ to }) => to.includes('ana@')).map(({ messageId }) => messageId)).size;
const soon = { timeout: 30_000, interval: 20 };
const reminded = (count: number) => vi.waitFor(async () => expect(await facts()).toHaveLength(count), soon);
const delivered = (count: number) => vi.waitFor(() => expect(mailsToAna()).toBe(count), soon);

it('fires each reminder once, through kills, restarts, an emptied Redis and a meeting that moves', async () => {
  const id = newId();
  await fresh.admin(
    `INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', '[2026-09-20T05:00Z,2026-09-20T06:00Z)', '2026-09-05T05:00Z')`,
    [id, world.caseId],
  );
  setTime('2026-09-13T05:00:01.000Z');
  const [first, second] = await Promise.all([start(), start()]);
  await reminded(1);
  await Promise.all([kill(first), kill(second)]);
  await flush();
  setTime('2026-09-13T05:05:00.000Z'); // what the dead had claimed is due again
  const third = await start();
  await delivered(1);

  await flush(); // while it works
  setTime('2026-09-19T05:00:01.000Z');
  await reminded(2);
  await flush();
  setTime('2026-09-19T05:05:00.000Z'); // what was handed over and lost is due again
  await delivered(2);

  await fresh.admin(`UPDATE meetings SET during = '[2026-09-25T05:00Z,2026-09-25T06:00Z)', sequence = 1 WHERE id = $1`, [id]);
  setTime('2026-09-20T04:10:00.000Z'); // an hour before the hour that is no more; a week before the new one has passed
  await reminded(3);
  await kill(third);
  await flush();
  setTime('2026-09-20T04:20:00.000Z');
  await Promise.all([start(), start()]);
  await delivered(3);
  for (const at of ['2026-09-24T05:00:01.000Z', '2026-09-25T04:00:01.000Z']) {
    const before = await facts();
    setTime(at);
    await reminded(before.length + 1);
    await delivered(before.length + 1);
  }
  setTime('2026-09-25T05:30:00.000Z');
  await flush();
  await pause(6_000); // one sweep more of each
  expect(await facts()).toEqual(['week 09-20', 'day 09-20', 'week 09-25', 'day 09-25', 'hour 09-25']);
  expect(mailsToAna()).toBe(5);
  const rows = await fresh.admin<{ n: number }>(
    `SELECT count(*)::int AS n FROM notifications n JOIN events e ON e.id = n.source_id WHERE e.type = 'meeting.reminded' GROUP BY n.source_id, n.recipient_id, n.channel`,
  );
  expect(rows.every(({ n }) => n === 1)).toBe(true);
}, 180_000);
