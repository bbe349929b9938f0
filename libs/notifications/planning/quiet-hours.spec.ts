import { expect, it } from 'vitest';
import { newCheckCodes, readCheckCode } from './check-code.js';
import { afterQuietHours } from './quiet-hours.js';

/** Hours on the wall in Oskemen, UTC+5. */
it.each([
  ['2026-09-07T08:00:00+05:00', '2026-09-07T08:00:00+05:00'],
  ['2026-09-07T20:59:59+05:00', '2026-09-07T20:59:59+05:00'],
  ['2026-09-07T21:00:00+05:00', '2026-09-08T08:00:00+05:00'],
  ['2026-09-07T23:59:59+05:00', '2026-09-08T08:00:00+05:00'],
  ['2026-09-08T00:00:00+05:00', '2026-09-08T08:00:00+05:00'],
  ['2026-09-08T07:59:59+05:00', '2026-09-08T08:00:00+05:00'],
  ['2026-12-31T22:00:00+05:00', '2027-01-01T08:00:00+05:00'],
])('what comes up at %s may go at %s', (at, expected) => expect(afterQuietHours(new Date(at))).toEqual(new Date(expected)));

it('makes check codes that are read back however they are typed', () => {
  const codes = newCheckCodes(1_000);
  expect(new Set(codes).size).toBe(1_000);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
  expect(readCheckCode(' ab1o-cdl4 ')).toBe('AB10CD14');
});
