import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSession } from '../../support/mediation.js';
import { type FaultyHouse, openHouse } from './house.js';
import { sendNonsense } from './malformed.js';
import { collecting, heldBy, memoryOf } from './memory.js';

const frames = Number(process.env.FAULT_FRAMES ?? 50_000);
const parts = 5;
let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse({ cases: 1, hooks: collecting });
});
afterAll(() => house.close());

it(`refuses ${frames} frames of nonsense, with a memory that stays flat`, async () => {
  const [api, judge] = [house.apis[0]!, house.members[0]!];
  const { cookie } = await openSession(house.admin, judge.actor, new Date().toISOString());
  const attacked = { port: api.port, headers: { cookie, origin: house.wire.origin }, roomId: judge.rooms[0]! };
  await sendNonsense(attacked, frames / parts, 1); // until it is compiled and its heap has its size
  const held = [await heldBy(api)];
  const told = { sent: 0, sockets: 0, refused: 0, answeredAsRight: 0, closedByServer: 0 };
  const uncollectedMb: number[] = [];
  for (let part = 0; part < parts; part += 1) {
    const sent = await sendNonsense(attacked, frames / parts, 2 + part);
    for (const name of Object.keys(told) as (keyof typeof told)[]) told[name] += sent[name];
    uncollectedMb.push(memoryOf(api.pid));
    held.push(await heldBy(api));
  }
  console.log(
    `nonsense: ${JSON.stringify({ ...told, heldMb: held.map(({ heldMb }) => heldMb), rssMb: held.map(({ rssMb }) => rssMb), uncollectedMb })}`,
  );
  expect(told).toMatchObject({ sent: frames, answeredAsRight: 0 });
  // What one closed socket left behind would show ten thousand times.
  expect(held.at(-1)!.heldMb - held[0]!.heldMb).toBeLessThan(3);
  expect(held.at(-1)!.rssMb - held[0]!.rssMb).toBeLessThan(20);
  expect(api.hasEnded()).toBe(false);
  expect(await judge.post(judge.rooms[0]!, 'тірі')).toHaveProperty('seq');
});
