import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { all, audit, expectAnswers, report, untilSettled } from './audit.js';
import { type House, openHouse } from './house.js';

const sends = Number(process.env.FAULT_SENDS ?? 5_000);
let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** What lay between two acts when a worker died. */
const stagesNow = async () => {
  const { rows } = await house.admin.query<Record<'relaying' | 'planning' | 'claimed', number>>(
    `SELECT (SELECT count(*) FROM outbox WHERE relayed_at IS NULL)::int AS relaying,
      (SELECT count(*) FROM outbox WHERE relayed_at IS NOT NULL AND handled_at IS NULL)::int AS planning,
      (SELECT count(*) FROM notifications WHERE state = 'waiting' AND attempts > 0)::int AS claimed`,
  );
  return rows[0]!;
};

const waiting = async () =>
  (await house.admin.query<{ id: string }>(`SELECT id FROM notifications WHERE channel = 'email' AND state = 'waiting'`)).rows.map(
    ({ id }) => id,
  );

it(`kills workers at every stage of ${sends} sends`, async () => {
  house.sink.behaviour.answerAfterMs = 15;
  const happening = house.trickle(sends, 150);
  const landed = { relaying: 0, planning: 0, claimed: 0, midSend: 0 };
  let [kills, unwritten] = [0, 0];
  while (house.sink.taken.length < sends * 0.97 && kills < 80) {
    const pair = [await house.hire(), await house.hire()];
    await pause(50 + Math.random() * 700);
    for (const worker of pair) {
      const { relaying, planning, claimed } = await stagesNow();
      const underWay = house.sink.underWay();
      await worker.kill();
      kills += 1;
      landed.relaying += Number(relaying > 0);
      landed.planning += Number(planning > 0);
      landed.claimed += Number(claimed > 0);
      landed.midSend += Number(underWay > 0);
    }
    unwritten += await house.sink.unwritten(waiting);
    house.clock.turn(95); // what the dead had claimed is due again
  }
  await happening;
  house.sink.behaviour.answerAfterMs = 0;
  const last = await house.hire();
  await untilSettled(house);
  await last.kill();
  const found = await audit(house);
  const answered = expectAnswers(house);
  report('workers killed', { kills, landed, unwritten, ...found, ...answered });
  expect(found).toMatchObject(all(sends));
  expect(landed.midSend).toBeGreaterThan(0);
  // A kill between the server's 250 and our commit costs one repeat of that mail, with the same Message-ID, and nothing more.
  expect(found.repeats).toBeLessThanOrEqual(unwritten);
});
