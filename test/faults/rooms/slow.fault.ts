import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RoomMember } from '../../support/member.js';
import { type FaultyHouse, openHouse, through } from './house.js';
import { collecting, heldBy, memoryOf } from './memory.js';
import { come } from './talk.js';

let house: FaultyHouse;
beforeAll(async () => {
  house = await openHouse({ cases: 1, hooks: collecting });
});
afterAll(() => house.close());

const saidByAll = () => house.members.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
/** The websocket under a member's socket, to stop reading from. */
const under = ({ socket }: RoomMember) => (socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws;

it('cuts off whoever does not read, at a bounded cost of memory, and lets him catch up', async () => {
  const api = house.apis[0]!;
  const slow = await come(house, `http://127.0.0.1:${api.port}`, house.members[0]!.actor, { saysFrom: house.wire.origin });
  await slow.connected();
  const cuts: string[] = [];
  slow.socket.on('disconnect', (reason) => void cuts.push(reason));
  await pause(500);
  await through(
    'slow consumer',
    house,
    async () => {
      const before = await heldBy(api);
      under(slow).pause();
      let [most, held] = [before.rssMb, before.heldMb];
      // His own side gives the line up after 35 seconds without a heartbeat: here it is the server that must do so.
      for (const until = Date.now() + 33_000; Date.now() < until && saidByAll() < 2_500; await pause(250)) {
        most = Math.max(most, memoryOf(api.pid));
        if (saidByAll() % 4 === 0) held = Math.max(held, (await heldBy(api)).heldMb);
      }
      const told = saidByAll();
      under(slow).resume();
      await expect.poll(() => cuts.length, { timeout: 30_000 }).toBeGreaterThan(0);
      const heldMoreMb = Math.round(held - before.heldMb);
      expect(heldMoreMb).toBeLessThan(20);
      return { unread: told, heldMoreMb, uncollectedMb: Math.round(most - before.rssMb), cuts };
    },
    { each: 600, perSecond: 45, body: '🤝'.repeat(3_900) },
  );
  for (const roomId of slow.rooms) {
    const kept = await house.admin<{ id: string }>('SELECT id FROM messages WHERE room_id = $1 ORDER BY seq', [roomId]);
    const log = await slow.until(roomId, kept.length, 60_000);
    expect(log.map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  }
  expect(cuts[0]).toMatch(/^transport (close|error)$/);
  slow.leave();
});
