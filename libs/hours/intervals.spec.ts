import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { commonFree, intersect, subtract, union, type Interval } from './intervals.js';

const between = (from: number, to: number): Interval => ({ from, to });
const list = fc.array(
  fc.tuple(fc.nat(40), fc.integer({ min: -3, max: 12 })).map(([from, length]) => between(from, from + length)),
  { maxLength: 8 },
);
/** The same set of points, the slow way. */
const points = (intervals: readonly Interval[]) =>
  Array.from({ length: 60 }, (_, at) => at).filter((at) => intervals.some(({ from, to }) => from <= at && at < to));
const isTidy = (intervals: readonly Interval[]) =>
  intervals.every(({ from, to }, i) => from < to && (i === 0 || intervals[i - 1]!.to < from));

it('joins what overlaps or touches and drops what is empty', () => {
  expect(union([between(5, 7), between(1, 3)], [between(3, 4), between(9, 9), between(8, 6)])).toEqual([between(1, 4), between(5, 7)]);
});

it('takes the end out and the start in', () => {
  expect(subtract([between(0, 10)], [between(3, 5)])).toEqual([between(0, 3), between(5, 10)]);
  expect(intersect([between(0, 5)], [between(5, 9)])).toEqual([]);
});

it('is the algebra of the sets of points', () => {
  fc.assert(
    fc.property(list, list, (a, b) => {
      const [inA, inB] = [new Set(points(a)), new Set(points(b))];
      const all = Array.from({ length: 60 }, (_, at) => at);
      for (const [found, holds] of [
        [union(a, b), (at: number) => inA.has(at) || inB.has(at)],
        [intersect(a, b), (at: number) => inA.has(at) && inB.has(at)],
        [subtract(a, b), (at: number) => inA.has(at) && !inB.has(at)],
      ] as const) {
        expect(points(found)).toEqual(all.filter(holds));
        expect(isTidy(found)).toBe(true);
      }
    }),
  );
});

it('finds the time that is free for everybody and busy for nobody', () => {
  const person = fc.record({ free: fc.option(list, { nil: undefined }), busy: list });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 4 }), (people) => {
      const suits = (at: number) =>
        people.every(({ free, busy }) => (!free || points(free).includes(at)) && !points(busy).includes(at)) && at >= 5 && at < 50;
      expect(points(commonFree(people, between(5, 50)))).toEqual(Array.from({ length: 60 }, (_, at) => at).filter(suits));
    }),
  );
});

it('leaves its arguments alone', () => {
  const given = [between(5, 7), between(1, 6)];
  union(given);
  subtract(given, given);
  expect(given).toEqual([between(5, 7), between(1, 6)]);
});
