import { expect, it } from 'vitest';
import { exceptionFrom, pickFrom, unavailableFrom, weekFrom } from './times-from-form.js';

const form = (answers: Record<string, string | string[]>) => {
  const typed = new FormData();
  for (const [name, value] of Object.entries(answers)) for (const one of [value].flat()) typed.append(name, one);
  return typed;
};
const today = '2026-11-23';

it('reads one day, days with their weekdays, and hours of them', () => {
  expect(unavailableFrom(form({ from: '2026-11-24', hours: 'all' }), today).time).toEqual({
    from: '2026-11-24',
    to: '2026-11-24',
    weekdays: [],
    times: null,
  });
  const typed = form({ from: '2026-11-24', to: '2027-01-15', weekdays: ['2', '4'], hours: 'own', since: '10:00', until: '12:30' });
  expect(unavailableFrom(typed, today).time).toEqual({
    from: '2026-11-24',
    to: '2027-01-15',
    weekdays: [2, 4],
    times: { from: '10:00', to: '12:30' },
  });
});

it.each([
  [{ hours: 'all' }, { from: 'required' }],
  [{ from: '2026-11-20', to: '2026-11-22' }, { from: 'past' }],
  [{ from: '2026-11-25', to: '2026-11-24' }, { to: 'date' }],
  [{ from: '2026-11-25', hours: 'own', since: '12:00', until: '11:00' }, { until: 'date' }],
  [
    { from: '2026-11-25', hours: 'own' },
    { since: 'required', until: 'required' },
  ],
])('adds nothing from %o', (typed, faults) => expect(unavailableFrom(form(typed), today)).toEqual({ faults, time: null }));

it('reads a week with a break, and names the end that is missing', () => {
  const typed = form({ 'from-1-0': '09:00', 'to-1-0': '13:00', 'from-1-1': '14:00', 'to-1-1': '18:00', 'from-5-0': '10:00' });
  expect(weekFrom(typed)).toEqual({
    faults: { 'to-5-0': 'required' },
    weekly: [
      { day: 1, from: '09:00', to: '13:00' },
      { day: 1, from: '14:00', to: '18:00' },
      { day: 5, from: '10:00', to: '' },
    ],
  });
  expect(weekFrom(form({ 'from-2-0': '18:00', 'to-2-0': '09:00' })).faults).toEqual({ 'to-2-0': 'date' });
});

it('counts an absence in whole days and extra hours by the clock of the House', () => {
  expect(exceptionFrom(form({ kind: 'off', from: '2026-12-01', to: '2026-12-03' }), today).exception).toEqual({
    from: '2026-11-30T19:00:00.000Z',
    to: '2026-12-03T19:00:00.000Z',
    open: false,
  });
  expect(exceptionFrom(form({ kind: 'open', from: '2026-12-05', since: '10:00', until: '13:00' }), today).exception).toEqual({
    from: '2026-12-05T05:00:00.000Z',
    to: '2026-12-05T08:00:00.000Z',
    open: true,
  });
  expect(exceptionFrom(form({ kind: 'open', from: '2026-12-05' }), today)).toEqual({
    faults: { since: 'required', until: 'required' },
    exception: null,
  });
});

it('reads a pick by the clock of the zone, on both sides of its changes', () => {
  const now = Date.parse('2026-03-01T00:00:00Z');
  const read = (day: string, zone: string) =>
    pickFrom(form({ 'pick-day': day, 'pick-since': '09:00', 'pick-until': '10:30' }), zone, now).pick;
  expect(read('2026-03-10', 'Asia/Almaty')).toEqual({ from: '2026-03-10T04:00:00.000Z', to: '2026-03-10T05:30:00.000Z' });
  expect(read('2026-03-28', 'Europe/Berlin')!.from).toBe('2026-03-28T08:00:00.000Z');
  expect(read('2026-03-29', 'Europe/Berlin')!.from).toBe('2026-03-29T07:00:00.000Z');
  expect(read('2026-11-01', 'America/New_York')!.from).toBe('2026-11-01T14:00:00.000Z');
  expect(read('2026-02-20', 'Asia/Almaty')).toBeNull();
  expect(pickFrom(form({ 'pick-day': '2026-03-10', 'pick-since': '11:00', 'pick-until': '10:00' }), 'Asia/Almaty', now).faults).toEqual({
    'pick-until': 'date',
  });
});
