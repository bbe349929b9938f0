import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSession } from '../../support/mediation.js';
import { type FaultyHouse, openHouse } from './house.js';
import { sendNonsense } from './malformed.js';

const frames = Number(process.env.FAULT_FRAMES ?? 50_000);
let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse({ cases: 1 });
});
afterAll(() => house.close());

it(`refuses ${frames} frames of nonsense, with a memory that stays flat`, async () => {
  const [api, judge] = [house.apis[0]!, house.members[0]!];
  const { cookie } = await openSession(house.admin, judge.actor, new Date().toISOString());
  const attacked = { port: api.port, pid: api.pid, headers: { cookie, origin: house.wire.origin }, roomId: judge.rooms[0]! };
  await sendNonsense(attacked, frames / 5, 1); // until it is compiled and its heap has its size
  const { rssKb, ...told } = await sendNonsense(attacked, frames, 2);
  const memoryMb = rssKb.map((kb) => Math.round(kb / 1024));
  console.log(
    `nonsense: ${JSON.stringify({ ...told, memoryMb: memoryMb.filter((_, at) => at % Math.ceil(memoryMb.length / 10) === 0), atTheEnd: memoryMb.at(-1) })}`,
  );
  expect(told).toMatchObject({ sent: frames, answeredAsRight: 0 });
  expect(memoryMb.at(-1)! - memoryMb[0]!).toBeLessThan(40);
  expect(api.hasEnded()).toBe(false);
  expect(await judge.post(judge.rooms[0]!, 'тірі')).toHaveProperty('seq');
});
