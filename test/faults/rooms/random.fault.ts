import { afterAll, beforeAll, expect, it } from 'vitest';
import { disconnectAtRandom } from './disconnects.js';
import { type FaultyHouse, openHouse } from './house.js';

const schedules = Number(process.env.FAULT_SCHEDULES ?? 2_000);
const seed = Number(process.env.FAULT_SEED ?? Date.now() % 1e9);
let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse({ cases: 0 });
});
afterAll(() => house.close());

it(`keeps everything once through ${schedules} random schedules of a failing line`, async () => {
  const told = await disconnectAtRandom(house, house.redisUrl, schedules, seed);
  console.log(`random schedules, seed ${seed}: ${JSON.stringify(told)}`);
  expect(told.schedules).toBe(schedules);
});
