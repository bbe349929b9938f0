import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Mediator } from '#mediators';
import { newId } from '#platform';
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
