import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { hearTime, nowIso } from './clock.js';

const real = '2026-09-07T06:00:00.000Z';
beforeEach(() => void vi.useFakeTimers({ now: new Date(real) }));
afterEach(() => {
  hearTime(new Date().toUTCString());
  vi.useRealTimers();
});

it.each([3, -5])('goes by the cabinet’s clock where the device is off by %i hours', (hours) => {
  vi.setSystemTime(Date.parse(real) + hours * 3_600_000);
  hearTime(new Date(real).toUTCString());
  vi.advanceTimersByTime(60_000);
  expect(nowIso()).toBe('2026-09-07T06:01:00.000Z');
});

it('leaves a clock alone that is right but for the time of an answer, and hears nothing in a reply that tells no time', () => {
  hearTime(new Date(Date.parse(real) - 4_000).toUTCString());
  expect(nowIso()).toBe(real);
  hearTime(null);
  hearTime('soon');
  expect(nowIso()).toBe(real);
});
