import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { startRedis } from '../../launcher/src/redis.js';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.js';
import { disputesIn } from '../../../test/support/disputes.js';
import { spawnWorker, workerEnvironment, type WorkerProcess } from '../../../test/support/worker.js';

let fresh: FreshDatabase;
let workers: WorkerProcess[];
const now = '2026-11-23T06:00:00Z';

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  fresh.clock.set(now);
  const env = workerEnvironment(fresh, { clock: now });
  workers = await Promise.all([spawnWorker(env), spawnWorker(env)]);
}, 60_000);
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.end()));
  await fresh.drop();
});

it('ends what ran out, once, and calls off its meetings, without a key to anything that was written', async () => {
  const arranged = disputesIn(fresh);
  const ended: string[] = [];
  for (let at = 0; at < 4; at += 1) {
    const { id } = await arranged.dispute('INVITED', {
      mediator: await arranged.mediator(),
      contractAt: new Date('2026-10-20T06:00:00Z'),
    });
    await fresh.admin(`UPDATE cases SET state = 'IN_MEDIATION' WHERE id = $1`, [id]);
    await fresh.admin(
      `INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'phone', '[2026-11-25T05:00:00Z, 2026-11-25T06:00:00Z)', '2026-11-20')`,
      [newId(), id],
    );
    await fresh.admin(
      `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'MEDIATION_TERM', '2026-10-20T06:00:00Z', '2026-11-19T18:59:59Z')`,
      [newId(), id],
    );
    ended.push(id);
  }
  await vi.waitFor(
    async () => {
      for (const id of ended) expect(await arranged.stateOf(id)).toBe('TERMINATED');
    },
    { timeout: 30_000, interval: 250 },
  );
  for (const id of ended) {
    expect(await fresh.admin('SELECT ground, cancelled_at FROM cases c JOIN meetings m ON m.case_id = c.id WHERE c.id = $1', [id])).toEqual(
      [{ ground: '5', cancelled_at: fresh.clock.now() }],
    );
    expect((await arranged.eventsOf(id)).toSorted()).toEqual(['case.terminated', 'meeting.cancelled']);
  }
  expect(workers.map((worker) => worker.said()).join('')).not.toContain('failed');
}, 60_000);

it('fires once at the start what became due while everything was down, and Redis had forgotten all', async () => {
  const arranged = disputesIn(fresh);
  await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
  const dir = mkdtempSync(join(tmpdir(), 'deadlines-'));
  const redis = await startRedis({ dir }); // empty, as after a flush
  try {
    const due = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { id } = await arranged.dispute('SUBMITTED');
        await fresh.admin(
          `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'SCREENING', '2026-11-18T06:00:00Z', '2026-11-20T18:59:59Z')`,
          [newId(), id],
        );
        return id;
      }),
    );
    const env = workerEnvironment(fresh, { clock: now, redisUrl: redis.url });
    workers = await Promise.all([spawnWorker(env), spawnWorker(env), spawnWorker(env)]);
    const fired = async () => {
      const facts = await fresh.admin<{ case_id: string }>(
        `SELECT case_id FROM events WHERE type = 'deadline.fired' AND case_id = ANY ($1)`,
        [due],
      );
      return facts.map((fact) => fact.case_id).toSorted();
    };
    await vi.waitFor(async () => expect(await fired()).toEqual(due.toSorted()), { timeout: 30_000, interval: 250 });
    await Promise.all(workers.map((worker) => worker.end('SIGKILL')));
    workers = [await spawnWorker(env)];
    await new Promise((again) => setTimeout(again, 6_000)); // longer than a sweep takes to come
    expect(await fired()).toEqual(due.toSorted());
  } finally {
    await Promise.all(workers.map((worker) => worker.end()));
    workers = [];
    await redis.stop();
  }
}, 90_000);
