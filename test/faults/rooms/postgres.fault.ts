import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FaultyHouse, openHouse, through } from './house.js';

let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

it.each([
  ['fast', 'SIGINT'],
  ['immediate', 'SIGQUIT'],
] as const)('restarts PostgreSQL (%s)', async (how, signal) => {
  const { retries } = await through(`PostgreSQL restarted (${how})`, house, async () => {
    await pause(2_000);
    await house.restartPostgres(signal, () => pause(1_000));
    await pause(1_000);
    await house.restartPostgres(signal, () => pause(5_000));
  });
  expect(retries).toBeGreaterThan(0);
});

it('ends the sessions of api in PostgreSQL, again and again', async () => {
  await through('PostgreSQL backends killed', house, async () => {
    let backends = 0;
    for (let n = 0; n < 5; n += 1) {
      await pause(1_000);
      backends += (await house.admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cabinet_app'`)).length;
    }
    return { backends };
  });
});
