import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startMailbox, type Mailbox } from '../../launcher/src/mailbox.js';
import { type RedisServer, startRedis } from '../../launcher/src/redis.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { bookMeeting } from '../../../test/support/meetings.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { spawnWorker, workerEnvironment, type WorkerProcess } from '../../../test/support/worker.js';

const dir = mkdtempSync(join(tmpdir(), 'reminders-'));
const clock = join(dir, 'clock');
let [fresh, world, mailbox, server, redis]: [FreshDatabase, NoticeWorld, Mailbox, RedisServer, Redis] = [] as never;
let workers: WorkerProcess[] = [];

beforeAll(async () => {
  writeFileSync(clock, '2026-10-04T04:00:00Z');
  [fresh, mailbox, server] = await Promise.all([freshDatabase(), startMailbox({ dir }), startRedis({ dir: join(dir, 'redis') })]);
  world = await arrangeNotices(fresh);
  await Promise.all([world.join(), world.accept()]);
  redis = new Redis(server.url);
  await start();
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  redis.disconnect();
  await server.stop();
  await mailbox.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true, force: true });
});

async function start() {
  const env = workerEnvironment(fresh, { smtpUrl: mailbox.smtpUrl, sms: mailbox, redisUrl: server.url, clockFile: clock });
  workers = await Promise.all([spawnWorker(env), spawnWorker(env)]);
}
/** Reminders alone, not the notice of the move; a mail that was on its way when its worker was killed may come again, as itself. */
async function remindersTo(person: string) {
  const rows = await fresh.admin<{ id: string }>(`SELECT id FROM notifications WHERE template = 'meeting.reminder'`);
  const mails = readdirSync(dir)
    .filter((name) => name.endsWith('.eml'))
    .map((name) => readFileSync(join(dir, name), 'latin1'))
    .filter((raw) => raw.includes(`Delivered-To: ${person}@example.kz`));
  return rows.filter(({ id }) => mails.some((raw) => raw.includes(`<${id}@`))).length;
}
const sent = (count: number) =>
  vi.waitFor(async () => expect([await remindersTo('ana'), await remindersTo('judge')]).toEqual([count, count]), {
    timeout: 20_000,
    interval: 100,
  });

it('reminds once, over killed workers, a flushed Redis and a meeting that moved', async () => {
  const { ana, boris, judge } = world.people;
  const people = { caseId: world.caseId, sideA: [ana], sideB: [boris], mediator: judge } as never;
  const id = await bookMeeting(fresh.admin, people, {
    from: '2026-10-05T05:00:00Z',
    to: '2026-10-05T06:00:00Z',
    bookedAt: '2026-10-01T04:00:00Z',
  });
  // A day before: one worker is killed while it looks, Redis forgets everything, two others begin.
  writeFileSync(clock, '2026-10-04T05:00:00Z');
  await vi.waitFor(async () => expect(await fresh.admin('SELECT 1 FROM meeting_reminders')).toHaveLength(1), {
    timeout: 15_000,
    interval: 5,
  });
  await Promise.all([redis.flushall(), ...workers.map((worker) => worker.end('SIGKILL'))]);
  await redis.flushall();
  writeFileSync(clock, '2026-10-04T05:01:00Z');
  await start();
  await sent(1);
  // It moves by a day within that day: the old hour is not told again, the new one has its own two.
  await fresh.admin(`UPDATE meetings SET during = tstzrange('2026-10-06T05:00:00Z', '2026-10-06T06:00:00Z'), sequence = 1 WHERE id = $1`, [
    id,
  ]);
  fresh.clock.set('2026-10-04T05:01:00Z');
  await world.happen('meeting.moved', world.caseId, { meetingId: id, startsAt: '2026-10-06T05:00:00Z' });
  writeFileSync(clock, '2026-10-05T04:00:00Z');
  await redis.flushall();
  await new Promise((resolve) => setTimeout(resolve, 6_000));
  await sent(1);
  for (const [instant, count] of [
    ['2026-10-05T05:00:00Z', 2],
    ['2026-10-06T04:00:00Z', 3],
  ] as const) {
    writeFileSync(clock, instant);
    await sent(count);
  }
  const told = await fresh.admin<{ kind: string; n: number }>(
    `SELECT kind, count(*)::int AS n FROM meeting_reminders GROUP BY kind ORDER BY kind`,
  );
  expect(told).toEqual([
    { kind: 'day', n: 2 },
    { kind: 'hour', n: 1 },
  ]);
}, 90_000);
