import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation } from '../../test/support/mediation.js';
import { startRooms } from '../../test/support/rooms.js';
import { RoomPace } from './room.pace.js';

let fresh: FreshDatabase;
beforeEach(async () => {
  fresh = await freshDatabase();
});
afterEach(() => fresh.drop());

it('takes a burst, then so much a second, room by room', () => {
  const pace = new RoomPace();
  const taken = (roomId: string, now: number, tries: number) => {
    let count = 0;
    for (let at = 0; at < tries; at += 1) {
      try {
        pace.take(roomId, now);
        count += 1;
      } catch {
        // refused
      }
    }
    return count;
  };
  expect(taken('one', 0, 2_000)).toBe(1_500);
  expect(taken('one', 500, 1_000)).toBe(100);
  expect(taken('two', 500, 2_000)).toBe(1_500);
  expect(taken('one', 60_000, 2_000)).toBe(1_500);
});

it('refuses a flood of one room by name, keeps what it took, and leaves the other rooms and the strangers as they were', async () => {
  const rooms = startRooms(fresh);
  const { caseId, mediator, sideA, sideB } = await arrangeMediation(fresh);
  const opened = await rooms.open(mediator, caseId).then(() => rooms.rooms.list(mediator, caseId));
  const caucus = (side: string) => opened.find((room) => room.side === side)!.id;
  const flood = (who: typeof mediator, roomId: string) =>
    Promise.all(
      Array.from({ length: 1_600 }, () =>
        rooms.say(who, roomId, 'х').then(
          () => 'posted',
          (error: { code: string }) => error.code,
        ),
      ),
    );
  const stranger = await flood(sideB[0]!, caucus('A'));
  expect(new Set(stranger)).toEqual(new Set(['not_found']));
  const told = await flood(sideA[0]!, caucus('A'));
  const posted = told.filter((one) => one === 'posted').length;
  expect(posted).toBeGreaterThanOrEqual(1_500);
  expect(new Set(told)).toEqual(new Set(['posted', 'too_many_attempts']));
  expect((await rooms.rooms.read(mediator, caucus('A'))).lastSeq).toBe(posted);
  expect(await rooms.say(mediator, caucus('B'), 'тыныш')).toMatchObject({ seq: 1 });
});
