import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { all, audit, expectAnswers, report, untilSettled } from './audit.js';
import { type House, openHouse } from './house.js';

const sends = 1_000;
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it('loses PostgreSQL in the middle and finds it again, three times', async () => {
  const worker = await house.hire();
  const down: number[] = [];
  house.sink.behaviour.answerAfterMs = 5;
  for (let restarts = 0; restarts < 3; restarts += 1) {
    await house.happen(sends);
    await pause(600);
    const began = performance.now();
    await house.restartPostgres();
    down.push(Math.round(performance.now() - began));
  }
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  // Without its database the api can answer nothing; as soon as there is one again it does. It is asked ten times a second.
  const answered = expectAnswers(
    house,
    down.reduce((sum, ms) => sum + Math.ceil(ms / 100) + 20, 0),
  );
  report('PostgreSQL restarted', { downMs: down, ...found, ...answered });
  expect(found).toEqual({ ...all(3 * sends), repeats: 0 });
});
