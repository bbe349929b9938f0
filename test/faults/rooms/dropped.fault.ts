import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Line } from '../../../bench/rooms/line.js';
import { openSession } from '../../support/mediation.js';
import { type FaultyHouse, openHouse, through } from './house.js';

const sockets = 2_000;
let house: FaultyHouse;
let cookies: { cookie: string; roomId: string }[];
beforeAll(async () => {
  house = await openHouse();
  cookies = await Promise.all(
    house.members.map(async ({ actor, rooms }) => ({
      roomId: rooms[0]!,
      cookie: (await openSession(house.admin, actor, new Date().toISOString())).cookie,
    })),
  );
});
afterAll(() => house.close());

/** Comes and enters, and tries again as a page would: after a moment, not all in the same one. */
async function comes(at: number): Promise<Line> {
  const { cookie, roomId } = cookies[at % cookies.length]!;
  for (;;) {
    try {
      let answered: (text: string) => void = () => undefined;
      const entered = new Promise<string>((resolve) => (answered = resolve));
      const line = await Line.open(
        house.wire.port,
        { cookie, origin: house.wire.origin },
        {
          event: () => undefined,
          answer: (_, text) => answered(text),
        },
      );
      line.emit('room.enter', { roomId }, 1);
      const reply = await Promise.race([entered, pause(20_000).then(() => 'problem: no answer')]);
      if (!reply.includes('problem')) return line;
      line.close();
    } catch {
      // cut before it was open
    }
    await pause(200 + Math.random() * 800);
  }
}

it(`drops ${sockets} sockets at once, three times`, async () => {
  let lines: Line[] = [];
  for (let at = 0; at < sockets; at += 100) lines.push(...(await Promise.all(Array.from({ length: 100 }, (_, n) => comes(at + n)))));
  const backMs: number[] = [];
  await through(
    '2,000 sockets dropped at once',
    house,
    async () => {
      for (let time = 0; time < 3; time += 1) {
        await pause(1_000);
        const begun = Date.now();
        house.wire.cut();
        lines = await Promise.all(lines.map((_, at) => comes(at)));
        backMs.push(Date.now() - begun);
      }
      return { sockets: lines.length, backMs };
    },
    { each: 300, perSecond: 20 },
  );
  expect(lines.filter((line) => !line.isClosed)).toHaveLength(sockets);
  lines.forEach((line) => line.close());
});
