import { describe, expect, it } from 'vitest';
import type { MessageView } from '#contract';
import { begin, hasEarlier, headOf, take, takeEarlier, unopened } from './room-log.js';

const message = (seq: number): MessageView => ({
  roomId: 'room',
  seq,
  id: `m${seq}`,
  authorId: 'somebody',
  clientId: `c${seq}`,
  body: String(seq),
  postedAt: '2026-11-22T10:00:00Z',
});
const messages = (...seqs: number[]) => seqs.map(message);
const shown = ({ messages }: { messages: MessageView[] }) => messages.map(({ seq }) => seq);

describe('the log of a room in the browser', () => {
  it('keeps what is heard before the first page, and shows it after it', () => {
    const heard = take(unopened, messages(5, 6));
    expect(shown(heard)).toEqual([]);
    expect(shown(begin(heard, messages(3, 4, 5)))).toEqual([3, 4, 5, 6]);
  });

  it('starts an empty room at one: what comes before its first message waits', () => {
    const empty = begin(unopened, []);
    expect([headOf(empty), hasEarlier(empty)]).toEqual([0, false]);
    const ahead = take(empty, messages(2, 3));
    expect(shown(ahead)).toEqual([]);
    expect(shown(take(ahead, messages(1)))).toEqual([1, 2, 3]);
  });

  it('shows one order without gap or double, however it was heard', () => {
    const log = begin(unopened, messages(8, 9));
    const torn = take(take(take(log, messages(12)), messages(9, 8, 12)), messages(11));
    expect(shown(torn)).toEqual([8, 9]);
    expect(headOf(torn)).toBe(9);
    const mended = take(torn, messages(10, 11, 12));
    expect(shown(mended)).toEqual([8, 9, 10, 11, 12]);
    expect(mended.beyond).toEqual([]);
  });

  it('scrolls back only by a stretch that touches what is known', () => {
    const log = begin(unopened, messages(8, 9));
    expect(shown(takeEarlier(log, messages(5, 6, 7)))).toEqual([5, 6, 7, 8, 9]);
    expect(takeEarlier(log, messages(4, 5))).toBe(log);
    expect(hasEarlier(takeEarlier(log, messages(1, 2, 3, 4, 5, 6, 7)))).toBe(false);
  });
});
