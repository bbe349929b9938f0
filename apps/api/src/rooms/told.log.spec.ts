import { array, assert, integer, nat, property } from 'fast-check';
import { expect, it } from 'vitest';
import { ToldLog } from './told.log.js';

it('tells each message once, in whatever order they come, and knows where a hole begins', () => {
  assert(
    property(array(integer({ min: 1, max: 30 }), { maxLength: 80 }), nat(10), (arrivals, start) => {
      const log = new ToldLog();
      const told: number[] = arrivals.slice(0, 5).filter((seq) => log.take(seq));
      log.startAt(start);
      told.push(...arrivals.slice(5).filter((seq) => log.take(seq)));
      const known = new Set([...arrivals, ...Array.from({ length: start }, (_, i) => i + 1)]);
      let head = 0;
      while (known.has(head + 1)) head += 1;
      expect(new Set(told).size).toBe(told.length);
      expect(log.head).toBe(Math.max(head, start));
      expect(log.hasHole).toBe([...known].some((seq) => seq > log.head!));
    }),
  );
});

it('tells nothing that was there before the room was entered', () => {
  const log = new ToldLog();
  log.startAt(7);
  expect([6, 7, 8, 8, 10].map((seq) => log.take(seq))).toEqual([false, false, true, false, true]);
  expect([log.head, log.hasHole]).toEqual([8, true]);
  expect([log.take(9), log.head, log.hasHole]).toEqual([true, 10, false]);
});

it('knows of a message that was told elsewhere while the room was being read as it was before', () => {
  const log = new ToldLog();
  log.hear(8);
  log.caughtUp(); // a reading that began before the room was known here, and read nothing
  expect(log.isBehind).toBe(false);
  log.startAt(7);
  expect(log.isBehind).toBe(true);
  log.take(8);
  expect(log.isBehind).toBe(false);
  log.hear(Infinity);
  expect(log.isBehind).toBe(true);
  log.caughtUp();
  expect([log.isBehind, log.hasHole]).toEqual([false, false]);
  log.take(10);
  expect([log.isBehind, log.hasHole]).toEqual([true, true]);
});
