import { expect, it } from 'vitest';
import { momentFrom } from './moment.js';

it('reads a day and an hour by the clock of Kazakhstan, and nothing else', () => {
  expect(momentFrom('2026-11-20', '9:05')).toBe('2026-11-20T04:05:00.000Z');
  expect(momentFrom('2026-11-20', '23:30')).toBe('2026-11-20T18:30:00.000Z');
  expect([momentFrom('', '9:00'), momentFrom('2026-11-31', ''), momentFrom('2026-11-20', '25:00')]).toEqual(['', '', '']);
});
