import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { patienceMs } from '#platform';
import { all, audit, expectAnswers, forget, report, untilSettled } from './audit.js';
import { type House, openHouse } from './house.js';

const sends = Number(process.env.FAULT_SENDS ?? 1_000);
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => forget(house));
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
  // The way to a database that restarts is waited for (libs/platform/connecting.ts): only what was under way at that moment is refused.
  const isFast = down.every((ms) => ms < patienceMs - 500);
  const answered = expectAnswers(house, isFast ? 3 * 3 : asksIn(down));
  report('PostgreSQL restarted', { downMs: down, ...found, ...answered });
  expect(found).toEqual({ ...all(3 * sends), repeats: 0 });
});

it('is without PostgreSQL for ten seconds', async () => {
  const worker = await house.hire();
  await house.happen(sends);
  await pause(600);
  await house.stopPostgres();
  await pause(10_000);
  await house.startPostgres();
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  // Three seconds of it are waited for, then it is said at once; back by itself.
  const answered = expectAnswers(house, asksIn([13_000]));
  report('PostgreSQL away for 10 s', { ...found, ...answered });
  expect(found).toEqual({ ...all(sends), repeats: 0 });
  expect(answered.away).toBeGreaterThan(0);
});

/** It is asked ten times a second. */
const asksIn = (times: number[]) => times.reduce((sum, ms) => sum + Math.ceil(ms / 100) + 20, 0);
