import { expect, it } from 'vitest';
import { dayByKey, dayOf, isDay, mondayOf, plusMonths, spanOf, stepFrom, weeksOf } from './calendar-days.js';

it('counts days by the clock of Oskemen', () => {
  expect([dayOf('2026-11-22T18:59:59Z'), dayOf('2026-11-22T19:00:00Z')]).toEqual(['2026-11-22', '2026-11-23']);
});

it('shows a month in whole weeks from Monday', () => {
  const weeks = weeksOf('2026-11-15');
  expect([weeks.length, weeks[0]![0], weeks.at(-1)![6]]).toEqual([6, '2026-10-26', '2026-12-06']);
  expect(weeksOf('2027-02-10')).toHaveLength(4); // begins on a Monday and has four weeks
});

it('goes on by a view’s own step, and to the last day of a shorter month', () => {
  expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(plusMonths('2026-01-31', -2)).toBe('2025-11-30');
  expect([stepFrom('day', '2026-12-31', 1), stepFrom('week', '2026-12-31', -1), stepFrom('month', '2026-12-31', 1)]).toEqual([
    '2027-01-01',
    '2026-12-24',
    '2027-01-31',
  ]);
  expect(spanOf('week', '2026-11-22')).toEqual(['2026-11-16', '2026-11-23']);
  expect(spanOf('agenda', '2026-11-22')[1]).toBe('2027-02-23');
});

it.each([
  ['ArrowLeft', '2026-11-30'],
  ['ArrowRight', '2026-12-02'],
  ['ArrowUp', '2026-11-24'],
  ['ArrowDown', '2026-12-08'],
  ['Home', '2026-11-30'],
  ['End', '2026-12-06'],
  ['PageUp', '2026-11-01'],
  ['PageDown', '2027-01-01'],
  ['a', null],
])('%s leads from 1 December 2026 to %s', (key, day) => expect(dayByKey(key, '2026-12-01')).toBe(day));

it('takes a day that there is, and no other, from an address', () => {
  expect(['2026-11-22', '2026-02-30', '2026-13-01', 'x', null].map(isDay)).toEqual([true, false, false, false, false]);
  expect(mondayOf('2026-11-22')).toBe('2026-11-16');
});
