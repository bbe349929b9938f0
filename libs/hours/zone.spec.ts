import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, endOfDay, instantOf, offsetAt, plusDays, plusMonths, timeOf, weekdayOf } from './zone.js';

const almaty = 'Asia/Almaty';
const utc = (text: string) => Date.parse(text);
const HOUR = 3_600_000;

describe('Kazakhstan around 1 March 2024', () => {
  it('is six hours ahead before and five from then on', () => {
    expect(offsetAt(utc('2024-02-29T17:59:59Z'), almaty)).toBe(6 * HOUR);
    expect(offsetAt(utc('2024-02-29T18:00:00Z'), almaty)).toBe(5 * HOUR);
    expect(offsetAt(utc('2026-11-23T00:00:00Z'), almaty)).toBe(5 * HOUR);
  });

  it('shows the last hour of 29 February twice', () => {
    expect(timeOf(utc('2024-02-29T17:59:59Z'), almaty)).toBe('23:59:59');
    expect(timeOf(utc('2024-02-29T18:00:00Z'), almaty)).toBe('23:00:00');
    expect(instantOf('2024-02-29', '23:30', almaty)).toBe(utc('2024-02-29T17:30:00Z'));
  });

  it('gives a deadline the whole day, the second such hour included', () => {
    expect(endOfDay('2024-02-28', almaty)).toBe(utc('2024-02-28T17:59:59Z'));
    expect(endOfDay('2024-02-29', almaty)).toBe(utc('2024-02-29T18:59:59Z'));
    expect(endOfDay('2024-03-01', almaty)).toBe(utc('2024-03-01T18:59:59Z'));
  });
});

it.each([
  ['skipped in spring, moves on by the gap', '2026-03-29', '02:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
  ['shown twice in autumn, the first', '2026-10-25', '02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['winter', '2026-01-15', '09:00', 'America/New_York', '2026-01-15T14:00:00Z'],
  ['summer', '2026-07-15', '09:00', 'America/New_York', '2026-07-15T13:00:00Z'],
  ['skipped', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00Z'],
  ['a quarter of an hour', '2026-01-15', '00:00', 'Asia/Kathmandu', '2026-01-14T18:15:00Z'],
  ['the end of the day', '2026-11-23', '24:00', almaty, '2026-11-23T19:00:00Z'],
])('knows the instant of a wall clock: %s', (_, day, time, zone, expected) => {
  expect(new Date(instantOf(day, time, zone))).toEqual(new Date(expected));
});

it('agrees with the clock it is read from, in every zone and season', () => {
  const zones = fc.constantFrom(
    almaty,
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'UTC',
    'Pacific/Apia',
  );
  const minutes = fc.integer({ min: utc('2020-01-01') / 60_000, max: utc('2036-01-01') / 60_000 });
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const at = minute * 60_000;
      const shown = [dayOf(at, zone), timeOf(at, zone)];
      const back = instantOf(shown[0]!, shown[1]!.slice(0, 5), zone);
      expect(back <= at && [dayOf(back, zone), timeOf(back, zone)]).toEqual(shown);
      const plain = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
      expect(shown.join(' ')).toBe(plain);
    }),
    { numRuns: 2000 },
  );
});

it('counts days and months without a zone', () => {
  expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
  expect(plusDays('2024-03-01', -1)).toBe('2024-02-29');
  expect(plusMonths('2026-01-31', 1)).toBe('2026-02-28');
  expect(plusMonths('2024-02-29', 12)).toBe('2025-02-28');
  expect(plusMonths('2026-11-15', 3)).toBe('2027-02-15');
  expect([weekdayOf('2026-11-22'), weekdayOf('2026-11-23')]).toEqual([7, 1]);
});

it.each(['2026-02-29', '2026-13-01', '26-01-01', 'tomorrow', ''])('refuses the day %j', (day) => {
  expect(() => plusDays(day, 1)).toThrow(RangeError);
});

it.each(['9:00', '25:00', '24:01', '12:60', ''])('refuses the time %j', (time) => {
  expect(() => instantOf('2026-11-23', time, almaty)).toThrow(RangeError);
});

it('refuses a zone that does not exist', () => {
  expect(() => dayOf(0, 'Asia/Oskemen')).toThrow(RangeError);
});
