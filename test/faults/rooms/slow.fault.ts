import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RoomMember } from '../../support/member.js';
import { type FaultyHouse, openHouse, through } from './house.js';
import { come } from './talk.js';

let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse({ cases: 1 });
});
afterAll(() => house.close());

const memoryOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
/** The websocket under a member's socket, to stop reading from. */
const under = ({ socket }: RoomMember) => (socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws;

it('cuts off whoever does not read, at a bounded cost of memory, and lets him catch up', async () => {
  const api = house.apis[0]!;
  const slow = await come(house, `http://127.0.0.1:${api.port}`, house.members[0]!.actor, { saysFrom: house.wire.origin });
  await slow.connected();
  let cuts = 0;
  slow.socket.on('disconnect', () => (cuts += 1));
  await pause(500);
  await through(
    'slow consumer',
    house,
    async () => {
      const before = memoryOf(api.pid);
      under(slow).pause();
      let most = before;
      for (let n = 0; n < 40; n += 1, await pause(500)) most = Math.max(most, memoryOf(api.pid));
      const isCutWhileTheyTalk = house.members.some(({ acknowledged }) => acknowledged.length < 1_200);
      under(slow).resume();
      return { grewMb: Math.round(most - before), isCutWhileTheyTalk };
    },
    { each: 1_200, perSecond: 45, body: `${'ұзақ '.repeat(780)}` },
  );
  for (const roomId of slow.rooms) {
    const kept = await house.admin<{ id: string }>('SELECT id FROM messages WHERE room_id = $1 ORDER BY seq', [roomId]);
    const log = await slow.until(roomId, kept.length, 60_000);
    expect(log.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  }
  expect(cuts).toBeGreaterThan(0);
  slow.leave();
});
