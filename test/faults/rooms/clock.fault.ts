import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spawnWorker, type WorkerProcess, workerEnvironment } from '../../support/worker.js';
import { type FaultyHouse, openHouse, through } from './house.js';
import { provideFaketime } from './faketime.js';

let [house, worker]: [FaultyHouse, WorkerProcess] = [] as never;
const file = join(mkdtempSync(join(tmpdir(), 'kelisim-time-')), 'offset');
const turn = (offset: string) => {
  writeFileSync(`${file}.next`, `${offset}\n`);
  renameSync(`${file}.next`, file);
};

beforeAll(async () => {
  turn('+0');
  const under = [
    'env',
    `LD_PRELOAD=${provideFaketime()}`,
    `FAKETIME_TIMESTAMP_FILE=${file}`,
    'FAKETIME_CACHE_DURATION=1',
    'FAKETIME_DONT_FAKE_MONOTONIC=1',
    'DONT_FAKE_MONOTONIC=1',
  ];
  house = await openHouse({ under });
  worker = await spawnWorker(workerEnvironment(house as never, { redisUrl: house.redisUrl }), under);
});
afterAll(async () => {
  await worker.end('SIGKILL');
  await house.close();
});

it('moves the clock of api and worker by two hours, forward and back, under talk', async () => {
  const [{ at: before }] = (await house.admin<{ at: Date }>('SELECT now() AS at')) as [{ at: Date }];
  await through('clock moved by 2 h', house, async () => {
    await pause(2_000);
    turn('+2h');
    await pause(4_000);
    turn('-2h');
    await pause(4_000);
    turn('+0');
  });
  const [{ ahead, behind }] = (await house.admin<{ ahead: string; behind: string }>(
    `SELECT count(*) FILTER (WHERE posted_at > $1::timestamptz + interval '110 min') AS ahead,
      count(*) FILTER (WHERE posted_at < $1::timestamptz - interval '110 min') AS behind FROM messages`,
    [before],
  )) as [{ ahead: string; behind: string }];
  console.log(`messages dated two hours ahead: ${ahead}, behind: ${behind}`);
  expect([Number(ahead) > 0, Number(behind) > 0]).toEqual([true, true]);
  expect(worker.said()).not.toMatch(/"level":"fatal"/);
});
