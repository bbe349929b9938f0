import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, it } from 'vitest';
import { type FaultyHouse, openHouse, through } from './house.js';

let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('flushes Redis, and restarts it', async () => {
  await through('Redis flushed and restarted', house, async () => {
    const line = new Redis(house.redisUrl);
    for (let n = 0; n < 3; n += 1) {
      await pause(500);
      await line.flushall();
    }
    line.disconnect();
    await house.restartRedis(() => pause(3_000));
    await pause(1_000);
    await house.restartRedis(() => pause(100));
  });
});
