import { expect, it } from 'vitest';
import { dayFrom, partsOf } from './day-from.js';

it.each([
  ['2026-09-05', { year: '2026', month: '09', day: '5' }],
  ['2026-11-30', { year: '2026', month: '11', day: '30' }],
  ['', { year: '', month: '', day: '' }],
])('takes %j apart and puts it together', (day, parts) => {
  expect(partsOf(day)).toEqual(parts);
  expect(dayFrom(parts)).toBe(day);
});

it.each([
  [{ year: '', month: '09', day: '5' }, '-09-05'],
  [{ year: '2026', month: '', day: '5' }, '2026-00-05'],
  [{ year: ' 2026 ', month: '02', day: ' 30' }, '2026-02-30'],
  [{ year: '20266', month: '02', day: '1' }, '20266-02-0'],
])('hides no half of a day from the rules: %j', (parts, sent) => {
  expect(dayFrom(parts)).toBe(sent);
});
