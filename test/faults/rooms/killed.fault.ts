import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultyHouse, openHouse, through } from './house.js';
import { killMidCommit } from './talk.js';

const each = Number(process.env.FAULT_SAID ?? 4_000);
let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it(`kills api five times while 20 people send ${each} messages each`, async () => {
  let midCommit = 0;
  await through(
    'api killed',
    house,
    async () => {
      for (let kill = 0; kill < 5; kill += 1) {
        await pause(3_000);
        midCommit += Number(await killMidCommit(house.admin, () => house.renew(kill % 2, 'SIGKILL')));
      }
      return { kills: 5, midCommit };
    },
    { each, perSecond: 95 },
  );
  expect(midCommit).toBeGreaterThan(0);
});
