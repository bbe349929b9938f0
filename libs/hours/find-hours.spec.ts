import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Attendance, bindingOf, findHours, type HourRequest } from './find-hours.js';
import type { Interval } from './intervals.js';
import { kazakhstan } from './kazakhstan.js';
import { openHours } from './working-hours.js';
import { instantOf } from './zone.js';

const MINUTE = 60_000;
const WEEK = 7 * 1440 * MINUTE;
const at = (day: string, time: string) => instantOf(day, time, 'Asia/Almaty');
const on = (day: string, from: string, to: string): Interval => ({ from: at(day, from), to: at(day, to) });

/** Start by start, need by need, week by week, minute distances by hand. */
function scan({ needs, minutes, from, to, count = 3, step = 5, weeks = 1 }: HourRequest): Interval[] {
  const hours: Interval[] = [];
  const suits = ({ free, busy = [], buffer = 0 }: Attendance, start: number, end: number) => {
    const each = Array.from({ length: minutes }, (_, i) => start + i * MINUTE);
    const isOffered = !free || each.every((now) => free.some((f) => f.from <= now && now < f.to));
    return isOffered && busy.every((b) => b.from >= b.to || end + buffer * MINUTE <= b.from || b.to + buffer * MINUTE <= start);
  };
  for (let start = Math.ceil(from / (step * MINUTE)) * step * MINUTE; hours.length < count && start < to; start += step * MINUTE) {
    const suitsAll = Array.from({ length: weeks }, (_, later) => start + later * WEEK).every((begin) => {
      const end = begin + minutes * MINUTE;
      return end <= to && needs.every((would) => would.some((one) => suits(one, begin, end)));
    });
    if (suitsAll && start >= (hours.at(-1)?.to ?? start)) hours.push({ from: start, to: start + minutes * MINUTE });
  }
  return hours;
}

const spansUpTo = (latest: number, most: number) =>
  fc.array(
    fc
      .tuple(fc.nat(latest), fc.integer({ min: -5, max: 150 }))
      .map(([from, length]) => ({ from: from * MINUTE, to: (from + length) * MINUTE })),
    { maxLength: most },
  );
const attendanceIn = (latest: number) =>
  fc.record({
    free: fc.option(spansUpTo(latest, 10), { nil: undefined }),
    busy: spansUpTo(latest, 10),
    buffer: fc.constantFrom(0, 0, 7, 20),
  });

it('equals a scan of every start, over random calendars and rooms that stand in for one another', () => {
  const request = fc.record({
    needs: fc.array(fc.array(attendanceIn(600), { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
    minutes: fc.integer({ min: 1, max: 90 }),
    from: fc.nat(60).map((n) => n * MINUTE),
    to: fc.integer({ min: 0, max: 700 }).map((n) => n * MINUTE),
    count: fc.nat(5),
    step: fc.constantFrom(1, 5, 15),
  });
  fc.assert(
    fc.property(request, (asked) => {
      expect(findHours(asked)).toEqual(scan(asked));
    }),
    { numRuns: 400 },
  );
});

it('equals a scan over weeks that repeat', () => {
  const week = 7 * 1440;
  const around = fc
    .tuple(fc.nat(3), spansUpTo(600, 4))
    .map(([later, spans]) => spans.map(({ from, to }) => ({ from: from + later * WEEK, to: to + later * WEEK })));
  const request = fc.record({
    needs: fc.array(
      fc.array(fc.record({ busy: fc.array(around, { maxLength: 4 }).map((all) => all.flat()) }), { minLength: 1, maxLength: 2 }),
      {
        maxLength: 3,
      },
    ),
    minutes: fc.integer({ min: 10, max: 90 }),
    from: fc.constant(0),
    to: fc.integer({ min: 0, max: 4 }).map((n) => (n * week + 400) * MINUTE),
    step: fc.constantFrom(15, 30),
    weeks: fc.integer({ min: 1, max: 4 }),
  });
  fc.assert(
    fc.property(request, (asked) => {
      expect(findHours(asked)).toEqual(scan(asked));
    }),
    { numRuns: 60 },
  );
});

it('proposes the three earliest hours of a mediator that suit both sides', () => {
  const range = { from: at('2026-10-23', '12:00'), to: at('2026-11-23', '00:00') };
  const mediator = openHours(
    [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '13:00' })),
    range,
    kazakhstan,
  );
  const hours = findHours({
    needs: [
      [{ free: mediator, busy: [on('2026-10-23', '12:00', '12:30'), on('2026-10-27', '09:00', '10:00')], buffer: 15 }],
      [{ busy: [on('2026-10-28', '00:00', '24:00')] }],
      [{ busy: [on('2026-10-27', '12:40', '18:00')], buffer: 15 }],
    ],
    ...range,
    minutes: 60,
  });
  // Friday is too short, Monday 26 October is the observed Republic Day, on the 27th the second hour would come too close.
  expect(hours).toEqual([on('2026-10-27', '10:15', '11:15'), on('2026-10-27', '11:15', '12:15'), on('2026-10-29', '09:00', '10:00')]);
});

it('fills a gap of exactly the length asked for', () => {
  const busy = [on('2026-11-24', '09:00', '10:00'), on('2026-11-24', '11:00', '12:00')];
  const asked = { needs: [[{ busy }]], from: at('2026-11-24', '09:00'), to: at('2026-11-24', '12:00') };
  expect(findHours({ ...asked, minutes: 60 })).toEqual([on('2026-11-24', '10:00', '11:00')]);
  expect(findHours({ ...asked, minutes: 61 })).toEqual([]);
  expect(findHours({ ...asked, needs: [[{ busy, buffer: 1 }]], minutes: 60 })).toEqual([]);
});

it('takes no hour that two rooms could only share between them', () => {
  const [one, other] = [{ free: [on('2026-11-24', '09:00', '09:30')] }, { free: [on('2026-11-24', '09:30', '11:00')] }];
  const asked = { needs: [[one, other]], from: at('2026-11-24', '09:00'), to: at('2026-11-24', '12:00'), minutes: 60, count: 1 };
  expect(findHours(asked)).toEqual([on('2026-11-24', '09:30', '10:30')]);
});

it('says nothing suits when nothing does', () => {
  const asked = { from: at('2026-11-24', '09:00'), to: at('2026-11-24', '18:00'), minutes: 30 };
  expect(findHours({ ...asked, needs: [[{ free: [] }]] })).toEqual([]);
  expect(findHours({ ...asked, needs: [[]] })).toEqual([]);
  expect(findHours({ ...asked, needs: [], to: asked.from })).toEqual([]);
});

it.each([{ minutes: 0 }, { minutes: -30 }, { minutes: Number.NaN }, { minutes: 60, weeks: 0 }, { minutes: 60, step: 0 }])(
  'refuses %o',
  (wrong) => {
    expect(() => findHours({ needs: [], from: 0, to: MINUTE, ...wrong })).toThrow(RangeError);
  },
);

it('names rules that together leave nothing, none of which could be spared', () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.nat(6), { maxLength: 4 }), { maxLength: 6 }), (conflicts) => {
      const rules = [0, 1, 2, 3, 4, 5, 6];
      const isPossible = (kept: readonly number[]) => !conflicts.some((each) => each.every((rule) => kept.includes(rule)));
      const binding = bindingOf(rules, isPossible);
      const anyConflict = conflicts.length > 0;
      if (!anyConflict) expect(binding).toEqual([]);
      else if (conflicts.every((each) => each.length > 0)) {
        expect(isPossible(binding)).toBe(false);
        for (const one of binding) expect(isPossible(binding.filter((rule) => rule !== one))).toBe(true);
      }
    }),
  );
});
