import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { expect, it } from 'vitest';
import { all, audit, report, untilSettled } from './audit.js';
import { type House, openHouse } from './house.js';

const sends = Number(process.env.FAULT_SENDS ?? 500);

/** Every fact comes out of the queue again and again, at both workers at once: a queue promises at least once and no more. */
async function handedOutAgain(house: House) {
  const pair = [await house.hire(), await house.hire()];
  const redis = new Redis(house.redisUrl, { maxRetriesPerRequest: null });
  const queue = new Queue('events', { connection: redis, prefix: 'kelisim' });
  for (let at = 0; at < sends; at += 50) {
    await house.happen(50);
    const { rows } = await house.admin.query<{ id: string }>('SELECT event_id AS id FROM outbox ORDER BY event_id DESC LIMIT 50');
    const again = rows.flatMap(({ id }) =>
      [1, 2, 3, 4].map((n) => ({ name: 'plan', data: { ids: [id] }, opts: { jobId: `${id}-again-${n}`, removeOnComplete: true } })),
    );
    await queue.addBulk(again);
  }
  await untilSettled(house);
  await Promise.all(pair.map((worker) => worker.kill()));
  await queue.close();
  redis.disconnect();
  return audit(house);
}

it('is handed every fact again and again', async () => {
  const house = await openHouse();
  const found = await handedOutAgain(house).finally(() => house.close());
  report('facts handed out five times', found);
  expect(found).toEqual({ ...all(sends), repeats: 0 });
});

it('doubles notices in a build without the unique key, and the audit says so', async () => {
  const without = buildWithoutTheKey();
  const house = await openHouse({ build: join(without, 'dist') });
  await house.admin.query('ALTER TABLE notifications DROP CONSTRAINT notifications_once');
  const found = await handedOutAgain(house).finally(() => house.close());
  rmSync(without, { recursive: true });
  report('the same without the unique key', found);
  expect(found.doubled).toBeGreaterThan(0);
  expect(found).not.toMatchObject(all(sends));
});

/** The same server but for the one clause that rests on the key. */
function buildWithoutTheKey(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-without-'));
  cpSync('dist', join(folder, 'dist'), { recursive: true });
  cpSync('package.json', join(folder, 'package.json'));
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const file = join(folder, 'dist/libs/notifications/planning/notice.js');
  const clause = /ON CONFLICT \(source_id, recipient_id, channel\) DO NOTHING/;
  const source = readFileSync(file, 'utf8');
  expect(source).toMatch(clause);
  writeFileSync(file, source.replace(clause, ''));
  return folder;
}
