import * as fc from 'fast-check';
import { RRule } from 'rrule';
import { expect, it } from 'vitest';
import { instantOf } from '#hours';
import { calendarOf, eventOf } from '../../../test/support/feeds.js';
import { busyTimesOf, TooMuch } from './busy-times.js';

const within = { from: Date.parse('2026-09-07T00:00:00Z'), to: Date.parse('2026-12-19T00:00:00Z') };
const busy = (...parts: string[]) =>
  busyTimesOf(calendarOf(...parts), within).map(({ from, to }) =>
    [new Date(from), new Date(to)].map((at) => at.toISOString().slice(0, 16)),
  );

it('reads hours in UTC, in a zone, and in none; and whole days', () => {
  expect(busy(eventOf('DTSTART:20260914T040000Z', 'DTEND:20260914T050000Z'))).toEqual([['2026-09-14T04:00', '2026-09-14T05:00']]);
  expect(busy(eventOf('DTSTART;TZID=Europe/Berlin:20260914T090000', 'DURATION:PT90M'))).toEqual([['2026-09-14T07:00', '2026-09-14T08:30']]);
  expect(busy(eventOf('DTSTART:20260914T090000', 'DTEND:20260914T100000'))).toEqual([['2026-09-14T04:00', '2026-09-14T05:00']]);
  expect(busy('X-WR-TIMEZONE:Europe/Berlin', eventOf('DTSTART:20260914T090000', 'DTEND:20260914T100000'))).toEqual([
    ['2026-09-14T07:00', '2026-09-14T08:00'],
  ]);
  expect(busy(eventOf('DTSTART;VALUE=DATE:20260914', 'DTEND;VALUE=DATE:20260916'))).toEqual([['2026-09-13T19:00', '2026-09-15T19:00']]);
  expect(busy(eventOf('DTSTART;VALUE=DATE:20260914'))).toEqual([['2026-09-13T19:00', '2026-09-14T19:00']]);
});

it('follows the clocks of today, whatever rules an old file carries', () => {
  const old = [
    'BEGIN:VTIMEZONE',
    'TZID:Asia/Almaty',
    'BEGIN:STANDARD',
    'DTSTART:20041031T030000',
    'TZOFFSETFROM:+0700',
    'TZOFFSETTO:+0600',
    'END:STANDARD',
    'END:VTIMEZONE',
  ].join('\r\n');
  const nine = eventOf('DTSTART;TZID=Asia/Almaty:20260914T090000', 'DTEND;TZID=Asia/Almaty:20260914T100000');
  expect(busy(old, nine)).toEqual([['2026-09-14T04:00', '2026-09-14T05:00']]); // UTC+5 since 1 March 2024
  const before = { from: Date.parse('2024-02-28T00:00:00Z'), to: Date.parse('2024-03-02T00:00:00Z') };
  const daily = calendarOf(eventOf('DTSTART;TZID=Asia/Almaty:20240226T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'));
  expect(busyTimesOf(daily, before).map(({ from }) => new Date(from).toISOString().slice(0, 16))).toEqual([
    '2024-02-28T03:00',
    '2024-02-29T03:00',
    '2024-03-01T04:00',
  ]);
  expect(busy(old.replaceAll('Asia/Almaty', 'Work'), nine.replaceAll('Asia/Almaty', 'Work'))).toEqual([['2026-09-14T03:00', '2026-09-14T04:00']]); // prettier-ignore
});

it('repeats through both changes of the clocks, without what was taken out or moved', () => {
  const weekly = eventOf(
    'DTSTART;TZID=Europe/Berlin:20260914T090000',
    'DURATION:PT1H',
    'RRULE:FREQ=WEEKLY;UNTIL=20261102T080000Z',
    'EXDATE;TZID=Europe/Berlin:20260921T090000',
    'EXDATE:20260928T070000Z',
    'RDATE;TZID=Europe/Berlin:20261003T120000',
  );
  const moved = eventOf('RECURRENCE-ID;TZID=Europe/Berlin:20261005T090000', 'DTSTART;TZID=Europe/Berlin:20261006T110000', 'DURATION:PT2H');
  const off = eventOf('RECURRENCE-ID:20261012T070000Z', 'DTSTART:20261012T070000Z', 'DURATION:PT1H', 'STATUS:CANCELLED');
  expect(busy(weekly, moved, off)).toEqual([
    ['2026-09-14T07:00', '2026-09-14T08:00'],
    ['2026-10-03T10:00', '2026-10-03T11:00'],
    ['2026-10-06T09:00', '2026-10-06T11:00'],
    ['2026-10-19T07:00', '2026-10-19T08:00'],
    ['2026-10-26T08:00', '2026-10-26T09:00'],
    ['2026-11-02T08:00', '2026-11-02T09:00'],
  ]);
});

it('takes no time for what is free, called off or without length; and all of what another program calls busy', () => {
  const hour = ['DTSTART:20260914T040000Z', 'DTEND:20260914T050000Z'];
  expect(busy(eventOf(...hour, 'TRANSP:TRANSPARENT'))).toEqual([]);
  expect(busy(eventOf(...hour, 'STATUS:CANCELLED'))).toEqual([]);
  expect(busy(eventOf(...hour, 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'))).toEqual([]);
  expect(busy(eventOf('DTSTART:20260914T040000Z'))).toEqual([]);
  expect(busy(eventOf('DTSTART:20260914T040000Z', 'DTEND:20260914T030000Z'))).toEqual([]);
  const said = ['FREEBUSY:20260914T040000Z/PT1H,20260914T060000Z/20260914T070000Z', 'FREEBUSY;FBTYPE=FREE:20260915T040000Z/PT1H'];
  expect(busy('BEGIN:VFREEBUSY', 'UID:2', ...said, 'END:VFREEBUSY')).toEqual([
    ['2026-09-14T04:00', '2026-09-14T05:00'],
    ['2026-09-14T06:00', '2026-09-14T07:00'],
  ]);
});

it('repeats as another library does', () => {
  const days = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
  const rule = fc.oneof(
    fc.tuple(fc.subarray(days, { minLength: 1 }), fc.integer({ min: 1, max: 4 })).map(([by, n]) => `FREQ=WEEKLY;INTERVAL=${n};BYDAY=${by.join()}`), // prettier-ignore
    fc.integer({ min: 1, max: 9 }).map((n) => `FREQ=DAILY;INTERVAL=${n}`),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...days)).map(([n, day]) => `FREQ=MONTHLY;BYDAY=${n}${day}`),
    fc.integer({ min: 1, max: 31 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
  );
  const count = fc.option(fc.integer({ min: 1, max: 30 }));
  fc.assert(
    fc.property(rule, count, fc.integer({ min: 0, max: 400 }), (line, some, later) => {
      const first = new Date(Date.UTC(2026, 0, 1 + later, 9));
      const whole = some ? `${line};COUNT=${some}` : line;
      const wall = first.toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
      const ours = busyTimesOf(calendarOf(eventOf(`DTSTART;TZID=Europe/Berlin:${wall}`, 'DURATION:PT1H', `RRULE:${whole}`)), within);
      const theirs = new RRule({ ...RRule.parseString(whole), dtstart: first })
        .between(new Date(within.from - 86_400_000), new Date(within.to + 86_400_000), true)
        .map((at) => instantOf(at.toISOString().slice(0, 10), '09:00', 'Europe/Berlin'))
        .filter((at) => at + 3_600_000 > within.from && at < within.to);
      expect(ours.map(({ from }) => from)).toEqual(theirs);
    }),
    { numRuns: 200 },
  );
});

it('refuses what is no calendar and what is too much of one', () => {
  for (const text of ['', 'BEGIN:VCALENDAR', 'BEGIN:VCARD\r\nEND:VCARD\r\n', 'a b c', '<html>', 'BEGIN:VCALENDAR\r\nEND:VEVENT\r\n'])
    expect(() => busyTimesOf(text, within)).toThrow();
  const odd = eventOf('DTSTART:20269914T040000Z', 'DURATION:PT1H', 'RRULE:FREQ=SOMETIMES');
  expect(() => busy(odd)).toThrow();
  expect(busy(odd, eventOf('DTSTART:20260914T040000Z', 'DURATION:PT1H'))).toHaveLength(1);
  const endless = calendarOf(eventOf('DTSTART:20260914T040000Z', 'DURATION:PT1S', 'RRULE:FREQ=MINUTELY'));
  expect(() => busyTimesOf(endless, within)).toThrow(TooMuch);
});
