import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { MessageView } from '#contract';
import { Problem } from '../api.js';
import { Outbox, type Outgoing } from './outbox.js';

/** What the cabinet keeps, by clientId and in order; a line that may be down, or lose what it answers. */
let kept: { clientId: string; body: string }[] = [];
let line: 'up' | 'down' | 'deaf' | Problem = 'up';
let shown: Outgoing[] = [];
const post = async ({ clientId, body }: Pick<Outgoing, 'clientId' | 'body'>) => {
  if (line instanceof Problem) throw line;
  if (line === 'down') throw new Problem('offline');
  if (!kept.some((one) => one.clientId === clientId)) kept.push({ clientId, body });
  if (line === 'deaf') throw new Problem('offline');
  return { clientId, body } as MessageView;
};
const make = () =>
  new Outbox(
    post,
    () => undefined,
    (list) => {
      shown = list;
    },
  );
const at = '2026-09-07T06:00:00Z';
const say = (outbox: Outbox, body: string, holdMs = 0) => outbox.add({ clientId: body, body, at }, holdMs);
const bodies = () => kept.map(({ body }) => body);
const states = () => shown.map(({ body, state }) => `${body} ${state}`);

beforeEach(() => {
  vi.useFakeTimers();
  [kept, line, shown] = [[], 'up', []];
});
afterEach(() => vi.useRealTimers());
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

it('sends in the order of writing when the line is back, each once, though answers were lost', async () => {
  const outbox = make();
  line = 'deaf';
  say(outbox, 'a');
  await pass(0);
  line = 'down';
  say(outbox, 'b');
  say(outbox, 'c');
  await pass(3_000);
  expect(states()).toEqual(['a waiting', 'b waiting', 'c waiting']);
  line = 'up';
  outbox.wake();
  await pass(0);
  expect([bodies(), states()]).toEqual([['a', 'b', 'c'], []]);
});

it('goes on by itself after a day without a line', async () => {
  const outbox = make();
  line = 'down';
  say(outbox, 'a');
  await pass(24 * 3_600_000);
  expect(states()).toEqual(['a waiting']);
  line = 'up';
  await pass(31_000);
  expect(bodies()).toEqual(['a']);
});

it('sends first what an earlier page left behind, and what was kept after all is not said twice', async () => {
  kept.push({ clientId: 'a', body: 'a' });
  const outbox = make();
  line = 'down';
  say(outbox, 'c');
  await pass(0);
  outbox.restore(['a', 'b', 'c'].map((body, turn) => ({ clientId: body, body, at, turn })));
  line = 'up';
  await pass(2_000);
  expect(bodies()).toEqual(['a', 'b', 'c']);
});

it('lets its author take back what is held, and holds what is written after it behind it', async () => {
  const outbox = make();
  say(outbox, 'wrong room', 10_000);
  say(outbox, 'next', 10_000);
  await pass(9_900);
  expect([bodies(), states()]).toEqual([[], ['wrong room held', 'next held']]);
  outbox.drop((clientId) => clientId === 'wrong room');
  await pass(200);
  expect(bodies()).toEqual(['next']);
  say(outbox, 'patient', 10_000);
  say(outbox, 'hasty');
  await pass(0);
  expect(bodies()).toEqual(['next']);
  outbox.letGo('patient');
  await pass(0);
  expect(bodies()).toEqual(['next', 'patient', 'hasty']);
});

it('goes on holding what an earlier page held, for what is left of it, and never longer than it is held at all', async () => {
  const outbox = make();
  const heldUntil = Date.now() + 4_000;
  outbox.restore([{ clientId: 'a', body: 'a', at, turn: 1, heldUntil }]);
  expect(states()).toEqual(['a held']);
  await pass(3_900);
  expect(bodies()).toEqual([]);
  await pass(200);
  expect(bodies()).toEqual(['a']);
  outbox.restore([{ clientId: 'b', body: 'b', at, turn: 2, heldUntil: Date.now() + 5 * 3_600_000 }]); // the device's clock was set back
  await pass(10_100);
  expect(bodies()).toEqual(['a', 'b']);
});

it('counts turns, not the time of a clock that jumps', () => {
  const outbox = make();
  line = 'down';
  say(outbox, 'late');
  vi.setSystemTime(Date.now() - 3 * 3_600_000);
  say(outbox, 'later');
  expect(shown.map(({ turn }) => turn)).toEqual([1, 2]);
});

it('tells a refusal for each message when the room was closed meanwhile, and loses none of them', async () => {
  const outbox = make();
  line = 'down';
  for (const body of ['a', 'b', 'c']) say(outbox, body);
  await pass(1_000);
  line = new Problem('room.closed', 409);
  outbox.wake();
  await pass(0);
  expect(states()).toEqual(['a refused', 'b refused', 'c refused']);
  line = 'up';
  outbox.retry('b');
  await pass(0);
  expect([bodies(), states()]).toEqual([['b'], ['a refused', 'c refused']]);
});

it('waits for its author to sign in again where the session has ended', async () => {
  const outbox = make();
  line = new Problem('unauthenticated', 401);
  say(outbox, 'a');
  await pass(120_000);
  expect(states()).toEqual(['a waiting']);
  line = 'up';
  outbox.wake();
  await pass(0);
  expect(bodies()).toEqual([]);
  outbox.retry();
  await pass(0);
  expect(bodies()).toEqual(['a']);
});
