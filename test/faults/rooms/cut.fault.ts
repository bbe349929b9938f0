import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultyHouse, minute, openHouse, through } from './house.js';

let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('loses acknowledgements on the wire, again and again', async () => {
  const { answersLost } = await through('acknowledgements dropped', house, async () => {
    for (let n = 0; n < 5; n += 1) {
      await pause(1_000);
      house.wire.deafen();
      await pause(500);
      house.wire.cut();
      house.wire.up();
    }
  });
  expect(answersLost).toBeGreaterThan(0);
});

it.each([5_000, 3 * minute])('cuts the line for %d ms', async (ms) => {
  await through(
    `line cut for ${ms / 1_000} s`,
    house,
    async () => {
      await pause(1_000);
      house.wire.down();
      await pause(ms);
      house.wire.up();
    },
    { each: 400 },
  );
});
