import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { findCommonSlots, type SlotRequest } from './common-slots.js';
import type { Interval } from './intervals.js';
import { kazakhstan } from './kazakhstan.js';
import { openHours } from './working-hours.js';
import { instantOf } from './zone.js';

const MINUTE = 60_000;
const at = (day: string, time: string) => instantOf(day, time, 'Asia/Almaty');
const on = (day: string, from: string, to: string): Interval => ({ from: at(day, from), to: at(day, to) });

/** Start by start, person by person, minute distances by hand. */
function scan({ people, minutes, buffer = 0, from, to, count = 3, step = 5 }: SlotRequest): Interval[] {
  const slots: Interval[] = [];
  for (let start = Math.ceil(from / (step * MINUTE)) * step * MINUTE; slots.length < count && start < to; start += step * MINUTE) {
    const end = start + minutes * MINUTE;
    const isClear = people.every(({ busy = [] }) =>
      busy.every((b) => b.from >= b.to || end + buffer * MINUTE <= b.from || b.to + buffer * MINUTE <= start),
    );
    const isOffered = people.every(({ free }) => {
      const each = Array.from({ length: minutes }, (_, i) => start + i * MINUTE);
      return !free || each.every((now) => free.some((f) => f.from <= now && now < f.to));
    });
    if (end <= to && isClear && isOffered && start >= (slots.at(-1)?.to ?? start)) slots.push({ from: start, to: end });
  }
  return slots;
}

it('equals a scan of every start, over random calendars', () => {
  const spans = fc.array(
    fc
      .tuple(fc.nat(600), fc.integer({ min: -5, max: 150 }))
      .map(([from, length]) => ({ from: from * MINUTE, to: (from + length) * MINUTE })),
    { maxLength: 10 },
  );
  const person = fc.record({ free: fc.option(spans, { nil: undefined }), busy: spans });
  const request = fc.record({
    people: fc.array(person, { maxLength: 4 }),
    minutes: fc.integer({ min: 1, max: 90 }),
    buffer: fc.nat(20),
    from: fc.nat(60).map((n) => n * MINUTE),
    to: fc.integer({ min: 0, max: 700 }).map((n) => n * MINUTE),
    count: fc.nat(5),
    step: fc.constantFrom(1, 5, 15),
  });
  fc.assert(
    fc.property(request, (asked) => {
      expect(findCommonSlots(asked)).toEqual(scan(asked));
    }),
    { numRuns: 400 },
  );
});

it('proposes the three earliest hours of a mediator that suit both sides', () => {
  const range = { from: at('2026-10-23', '12:00'), to: at('2026-11-23', '00:00') };
  const mediator = openHours(
    [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '13:00' })),
    range,
    kazakhstan,
  );
  const slots = findCommonSlots({
    people: [
      { free: mediator, busy: [on('2026-10-23', '12:00', '12:30'), on('2026-10-27', '09:00', '10:00')] },
      { busy: [on('2026-10-28', '00:00', '24:00')] },
      { busy: [on('2026-10-27', '12:40', '18:00')] },
    ],
    ...range,
    minutes: 60,
    buffer: 15,
  });
  // Friday is too short, Monday 26 October is the observed Republic Day, on the 27th the second hour would come too close.
  expect(slots).toEqual([on('2026-10-27', '10:15', '11:15'), on('2026-10-27', '11:15', '12:15'), on('2026-10-29', '09:00', '10:00')]);
});

it('fills a gap of exactly the length asked for', () => {
  const busy = [on('2026-11-24', '09:00', '10:00'), on('2026-11-24', '11:00', '12:00')];
  const asked = { people: [{ busy }], from: at('2026-11-24', '09:00'), to: at('2026-11-24', '12:00') };
  expect(findCommonSlots({ ...asked, minutes: 60 })).toEqual([on('2026-11-24', '10:00', '11:00')]);
  expect(findCommonSlots({ ...asked, minutes: 61 })).toEqual([]);
  expect(findCommonSlots({ ...asked, minutes: 60, buffer: 1 })).toEqual([]);
});

it('says nothing suits when nothing does', () => {
  const asked = { from: at('2026-11-24', '09:00'), to: at('2026-11-24', '18:00'), minutes: 30 };
  expect(findCommonSlots({ ...asked, people: [{ free: [] }] })).toEqual([]);
  expect(findCommonSlots({ ...asked, people: [], to: asked.from })).toEqual([]);
});

it.each([{ minutes: 0 }, { minutes: -30 }, { minutes: Number.NaN }, { minutes: 60, buffer: -1 }, { minutes: 60, step: 0 }])(
  'refuses %o',
  (wrong) => {
    expect(() => findCommonSlots({ people: [], from: 0, to: MINUTE, ...wrong })).toThrow(RangeError);
  },
);

it('finds an hour for four people with 200 meetings each over 90 days quickly', () => {
  const people = Array.from({ length: 4 }, (_, p) => ({
    busy: Array.from({ length: 200 }, (_, i) => ({
      from: i * 648 * MINUTE + p * 150 * MINUTE,
      to: i * 648 * MINUTE + (p * 150 + 170) * MINUTE,
    })),
  }));
  const started = performance.now();
  for (let i = 0; i < 20; i += 1) findCommonSlots({ people, minutes: 60, from: 0, to: 90 * 1440 * MINUTE });
  expect((performance.now() - started) / 20).toBeLessThan(100);
});
