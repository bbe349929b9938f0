import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BusinessCalendar } from './business-calendar.js';
import data from './data/holidays.json' with { type: 'json' };
import { computeHolidays } from './holidays.js';
import { kazakhstan } from './kazakhstan.js';
import { dayOf, plusDays, timeOf, weekdayOf } from './zone.js';

const local = (text: string) => Date.parse(`${text}+05:00`);
const daysOf = (year: number) => Array.from({ length: 365 }, (_, i) => plusDays(`${year}-01-01`, i));

describe('working days', () => {
  it.each([
    [2026, 261 - 14],
    [2027, 261 - 14],
  ])('%i has so many: %i', (year, count) => {
    expect(daysOf(year).filter((day) => kazakhstan.isWorkingDay(day))).toHaveLength(count);
  });

  it('is off on holidays and on the days they are observed', () => {
    const off = daysOf(2026).filter((day) => weekdayOf(day) < 6 && !kazakhstan.isWorkingDay(day));
    expect(off.map((day) => day.slice(5)).join(' ')).toBe(
      '01-01 01-02 01-07 03-09 03-23 03-24 03-25 05-01 05-07 05-11 05-27 07-06 10-26 12-16',
    );
  });

  it('moves no day for 7 January and the Kurban Ait', () => {
    expect(kazakhstan.isWorkingDay('2027-05-17')).toBe(true); // 16 May 2027 is a Sunday
    const christmas = computeHolidays(2028, data.recurring, data.meta.weekend).filter(({ date }) => date.startsWith('2028-01'));
    expect(christmas.map(({ date, observed }) => [date, observed])).toEqual([
      ['2028-01-01', '2028-01-03'],
      ['2028-01-02', '2028-01-04'],
      ['2028-01-07', null],
    ]);
  });

  it('knows 30 August until 2025 and 15 March from 2027', () => {
    expect(['2024-08-30', '2026-08-31', '2026-03-16', '2027-03-15', '2028-03-15'].map((day) => kazakhstan.isHoliday(day))).toEqual([
      true,
      false,
      false,
      true,
      true,
    ]);
  });

  it('says what day it is, in three languages', () => {
    expect(kazakhstan.holidayOn('2026-10-26')).toEqual({ kk: 'Республика күні', ru: 'День Республики', en: 'Republic Day' });
    expect(kazakhstan.holidayOn('2026-10-27')).toBeNull();
  });
});

it.each([2026, 2027])('computes the days that were published for %i', (year) => {
  const published = data.years[`${year}` as '2026'].filter(({ estimated }) => !estimated);
  expect(computeHolidays(year, data.recurring, data.meta.weekend)).toEqual(
    published.map(({ date, observed, kk, ru, en }) => ({ date, observed, kk, ru, en })),
  );
});

it('admits which years it only computes', () => {
  expect([2025, 2026, 2027, 2028].map((year) => kazakhstan.knows(year))).toEqual([false, true, true, false]);
});

it('swaps days as the government does', () => {
  const swapped = new BusinessCalendar({ ...data, swaps: [{ off: '2026-05-08', work: '2026-05-16' }] });
  expect([swapped.isWorkingDay('2026-05-08'), swapped.isHoliday('2026-05-08')]).toEqual([false, true]);
  expect(swapped.isWorkingDay('2026-05-16')).toBe(true);
  expect(swapped.nextWorkingDay('2026-05-06')).toBe('2026-05-12');
  expect(kazakhstan.nextWorkingDay('2026-05-06')).toBe('2026-05-08');
  const worked = new BusinessCalendar({ ...data, swaps: [{ off: null, work: '2026-03-09' }] });
  expect([worked.isWorkingDay('2026-03-09'), worked.isHoliday('2026-03-09')]).toEqual([true, false]);
});

describe('time limits', () => {
  it('begins on the day after and ends at the end of a working day, whatever is asked', () => {
    const days = fc.integer({ min: 0, max: 730 }).map((i) => plusDays('2026-01-01', i));
    fc.assert(
      fc.property(days, fc.nat(40), fc.constantFrom('calendar' as const, 'working' as const), (day, count, dayType) => {
        const last = kazakhstan.addDays(day, count, dayType);
        const between = Array.from({ length: 120 }, (_, i) => plusDays(day, i + 1)).filter((next) => next <= last);
        expect(kazakhstan.isWorkingDay(last)).toBe(true);
        if (dayType === 'working' && count > 0) expect(between.filter((next) => kazakhstan.isWorkingDay(next))).toHaveLength(count);
        if (dayType === 'calendar') {
          expect(last >= plusDays(day, count)).toBe(true);
          expect(between.slice(Math.max(count - 1, 0), -1).some((next) => kazakhstan.isWorkingDay(next))).toBe(false);
        }
      }),
    );
  });

  it('runs out at 23:59:59 in Oskemen', () => {
    const due = kazakhstan.dueAfter(local('2026-09-01T00:00:00'), { value: 10, unit: 'day', dayType: 'calendar' });
    expect([dayOf(due, 'Asia/Almaty'), timeOf(due, 'Asia/Almaty'), new Date(due).toISOString()]).toEqual([
      '2026-09-11',
      '23:59:59',
      '2026-09-11T18:59:59.000Z',
    ]);
  });

  it.each([
    ['2026-09-07T08:00:00', '2026-09-07'],
    ['2026-09-07T18:29:59', '2026-09-07'],
    ['2026-09-07T18:30:00', '2026-09-08'],
    ['2026-09-11T23:59:59', '2026-09-14'],
    ['2026-09-12T10:00:00', '2026-09-14'],
    ['2026-10-23T19:00:00', '2026-10-27'],
    ['2026-12-31T18:31:00', '2027-01-05'],
  ])('an office takes what came at %s for come on %s', (at, day) => {
    expect(kazakhstan.officeDay(local(at))).toBe(day);
  });

  it('asks for office hours only where days are working days and the rule says so', () => {
    const friday = local('2026-09-11T20:00:00');
    const due = (dayType: 'working' | 'calendar', officeHours: boolean) =>
      dayOf(kazakhstan.dueAfter(friday, { value: 3, unit: 'day', dayType, officeHours }), 'Asia/Almaty');
    expect([due('working', true), due('working', false), due('calendar', true), due('calendar', false)]).toEqual([
      '2026-09-17',
      '2026-09-16',
      '2026-09-14',
      '2026-09-14',
    ]);
  });

  it.each([
    ['2026-10-26T12:00:00', 'month', 1, '2026-11-26'],
    ['2026-01-31T12:00:00', 'month', 1, '2026-03-02'], // the last day of February is a Saturday
    ['2026-02-08T12:00:00', 'month', 1, '2026-03-10'], // 8 March is a Sunday, observed on the 9th
    ['2026-11-23T12:00:00', 'year', 3, '2029-11-23'],
    ['2028-02-29T12:00:00', 'year', 1, '2029-02-28'],
  ] as const)('counts from %s a %s or more (%i) to %s', (from, unit, value, day) => {
    expect(dayOf(kazakhstan.dueAfter(local(from), { value, unit, dayType: 'calendar' }), 'Asia/Almaty')).toBe(day);
  });

  it('leaves clock time alone', () => {
    const sunday = local('2026-10-25T23:58:00');
    expect(kazakhstan.dueAfter(sunday, { value: 5, unit: 'minute', dayType: null })).toBe(sunday + 300_000);
    expect(kazakhstan.dueAfter(sunday, { value: 180, unit: 'second', dayType: null })).toBe(sunday + 180_000);
  });

  it.each([-1, 1.5, Number.NaN])('refuses %d days', (count) => {
    expect(() => kazakhstan.addDays('2026-09-01', count, 'calendar')).toThrow(RangeError);
  });
});
