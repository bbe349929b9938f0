import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kazakhstan } from './kazakhstan.js';
import { openHours } from './working-hours.js';
import { dayOf, instantOf, timeOf, weekdayOf } from './zone.js';

const zone = 'Asia/Almaty';
const at = (day: string, time: string) => instantOf(day, time, zone);
const week = [
  { day: 1, from: '18:00', to: '21:00' },
  { day: 3, from: '18:00', to: '21:00' },
  { day: 6, from: '10:00', to: '14:00' },
];
const shown = (hours: { from: number; to: number }[]) =>
  hours.map(({ from, to }) => `${dayOf(from, zone)} ${timeOf(from, zone).slice(0, 5)}-${timeOf(to, zone).slice(0, 5)}`);

it('opens the hours of the week, a Saturday that is offered included', () => {
  expect(shown(openHours(week, { from: at('2026-11-23', '00:00'), to: at('2026-11-30', '00:00') }, kazakhstan))).toEqual([
    '2026-11-23 18:00-21:00',
    '2026-11-25 18:00-21:00',
    '2026-11-28 10:00-14:00',
  ]);
});

it('keeps to the range asked for', () => {
  expect(shown(openHours(week, { from: at('2026-11-23', '19:15'), to: at('2026-11-25', '18:30') }, kazakhstan))).toEqual([
    '2026-11-23 19:15-21:00',
    '2026-11-25 18:00-18:30',
  ]);
  expect(openHours(week, { from: 1000, to: 1000 }, kazakhstan)).toEqual([]);
});

it('leaves out what is busy', () => {
  const busy = [{ from: at('2026-11-23', '18:30'), to: at('2026-11-23', '19:00') }];
  const monday = { from: at('2026-11-23', '00:00'), to: at('2026-11-24', '00:00') };
  expect(shown(openHours(week, monday, kazakhstan, { busy }))).toEqual(['2026-11-23 18:00-18:30', '2026-11-23 19:00-21:00']);
});

it('is closed on a holiday and on the day it is observed', () => {
  const october = { from: at('2026-10-24', '00:00'), to: at('2026-10-29', '00:00') };
  expect(shown(openHours(week, october, kazakhstan))).toEqual(['2026-10-24 10:00-14:00', '2026-10-28 18:00-21:00']);
});

it('keeps the wall clock of a mediator abroad, and the holidays of Kazakhstan', () => {
  const week = [
    { day: 1, from: '08:00', to: '23:00' },
    { day: 6, from: '20:00', to: '23:00' },
  ];
  const range = { from: at('2026-10-18', '00:00'), to: at('2026-11-04', '00:00') };
  // Berlin leaves summer time on 25 October. In Oskemen 25 and 26 October are off: from Saturday 21:00 to Monday 20:00 in Berlin.
  expect(shown(openHours(week, range, kazakhstan, { zone: 'Europe/Berlin' }))).toEqual([
    '2026-10-18 00:00-02:00',
    '2026-10-19 11:00-02:00',
    '2026-10-24 23:00-00:00',
    '2026-10-27 00:00-03:00',
    '2026-11-01 00:00-03:00',
    '2026-11-02 12:00-03:00',
  ]);
});

it('ignores a line that ends before it starts and refuses a time that is none', () => {
  const range = { from: at('2026-11-23', '00:00'), to: at('2026-11-30', '00:00') };
  expect(openHours([{ day: 1, from: '12:00', to: '09:00' }], range, kazakhstan)).toEqual([]);
  expect(() => openHours([{ day: 1, from: 'nine', to: '12:00' }], range, kazakhstan)).toThrow(RangeError);
});

describe('whatever the week', () => {
  const quarter = fc.nat(96).map((n) => `${String(Math.floor(n / 4)).padStart(2, '0')}:${String((n % 4) * 15).padStart(2, '0')}`);
  const lines = fc.array(fc.record({ day: fc.integer({ min: 1, max: 7 }), from: quarter, to: quarter }), { maxLength: 6 });
  const start = fc.integer({ min: 0, max: 600 * 96 }).map((n) => at('2026-01-01', '00:00') + n * 900_000);

  it('an hour is open exactly when its line says so and the day is no holiday', () => {
    fc.assert(
      fc.property(lines, start, (week, from) => {
        const hours = openHours(week, { from, to: from + 10 * 86_400_000 }, kazakhstan);
        for (let now = from; now < from + 10 * 86_400_000; now += 900_000) {
          const [day, time] = [dayOf(now, zone), timeOf(now, zone).slice(0, 5)];
          const offered = week.some((line) => line.day === weekdayOf(day) && line.from <= time && time < line.to);
          const isOpen = hours.some(({ from, to }) => from <= now && now < to);
          if (isOpen !== (offered && !kazakhstan.isHoliday(day))) throw new Error(`${day} ${time}: open ${isOpen}`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
