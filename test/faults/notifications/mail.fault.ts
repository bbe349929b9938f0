import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { all, audit, expectAnswers, forget, report, untilSettled } from './audit.js';
import { type House, openHouse, people } from './house.js';

const sends = Number(process.env.FAULT_SENDS ?? 1_000);
/** `FAULT_WALL=1`: five minutes by the clock on the wall too. */
const minuteMs = process.env.FAULT_WALL ? 60_000 : 6_000;
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterEach(() => forget(house));
afterAll(() => house.close());

/** Five minutes of the house's own clock, by which it plans its next tries; on the wall half a minute, unless it is asked to be as long. */
it('has no mail server for five minutes', async () => {
  const worker = await house.hire();
  await house.sink.away();
  await house.trickle(sends);
  for (let minute = 0; minute < 5; minute += 1) {
    await pause(minuteMs);
    house.clock.turn(60 - minuteMs / 1_000);
  }
  expect(house.sink.taken).toEqual([]);
  await house.sink.back();
  await untilSettled(house);
  await worker.kill();
  const found = await audit(house);
  const { rows } = await house.admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM delivery_attempts WHERE outcome = 'retry'`);
  report('no mail server', { triedInVain: rows[0]!.n, ...found, ...expectAnswers(house) });
  expect(found).toEqual({ ...all(sends), repeats: 0 });
});

it('stands in a storm of 451, after refusals for ever and slow greetings', async () => {
  const worker = await house.hire();
  house.sink.behaviour.greetAfterMs = 1_500;
  let storm = 0;
  house.sink.behaviour.onRcpt = (address) => {
    if (/^person[1-5]@/.test(address)) return '550 5.1.1 nobody';
    if (Math.random() > 0.4) return undefined;
    storm += 1;
    return '451 4.2.0 later';
  };
  await house.happen(sends);
  await untilSettled(house);
  await worker.kill();
  house.sink.behaviour.greetAfterMs = 0;
  house.sink.behaviour.onRcpt = undefined;
  const found = await audit(house);
  const gone = (sends / people) * 5;
  report('451 storm, 550, slow greeting', { refusedForNow: storm, ...found, ...expectAnswers(house) });
  expect(found).toEqual({ ...all(sends), delivered: sends - gone, failed: gone, repeats: 0 });
});

it('is cut off after the text, one time in ten', async () => {
  const worker = await house.hire();
  let cuts = 0;
  house.sink.behaviour.onText = () => {
    if (Math.random() > 0.1) return undefined;
    cuts += 1;
    return 'cut';
  };
  await house.happen(sends);
  await untilSettled(house);
  await worker.kill();
  house.sink.behaviour.onText = undefined;
  const found = await audit(house);
  report('cut after the text', { cuts, ...found, ...expectAnswers(house) });
  expect(found).toMatchObject(all(sends));
  expect(cuts).toBeGreaterThan(0);
  expect(found.repeats).toBeLessThanOrEqual(cuts); // each cut mail comes once more, with the same Message-ID
});
