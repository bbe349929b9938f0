import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { all, audit, expectAnswers, forget, report, untilSettled } from './audit.js';
import { type House, openHouse } from './house.js';

const sends = Number(process.env.FAULT_SENDS ?? 1_000);
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => forget(house));
afterAll(() => house.close());

it.each([3, 60])('loses Redis for %d seconds', async (seconds) => {
  const worker = await house.hire();
  const happening = house.trickle(sends);
  await pause(500);
  await house.stopRedis();
  await pause(seconds * 1_000);
  const meanwhile = house.sink.taken.length;
  await house.startRedis();
  await happening;
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  report(`Redis away for ${seconds} s`, { meanwhile, ...found, ...expectAnswers(house) });
  expect(found).toEqual({ ...all(sends), repeats: 0 });
});

it('has Redis restarted under it, five times', async () => {
  const worker = await house.hire();
  const happening = house.trickle(sends, 150);
  for (let restarts = 0; restarts < 5; restarts += 1) {
    await pause(500);
    await house.stopRedis();
    await house.startRedis();
  }
  await happening;
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  report('Redis restarted', { ...found, ...expectAnswers(house) });
  expect(found).toEqual({ ...all(sends), repeats: 0 });
});

it('flushes Redis again and again', async () => {
  const redis = new Redis(house.redisUrl);
  const worker = await house.hire();
  const happening = house.trickle(sends);
  for (let flushes = 0; flushes < 30; flushes += 1) {
    await redis.flushall();
    await pause(100);
  }
  await happening;
  redis.disconnect();
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  report('Redis flushed', { flushes: 30, ...found, ...expectAnswers(house) });
  expect(found).toEqual({ ...all(sends), repeats: 0 });
});
