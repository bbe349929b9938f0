import type { BusinessCalendar } from './business-calendar.js';
import { subtract, union, type Interval } from './intervals.js';
import { dayOf, instantOf, minutesOf, plusDays, weekdayOf } from './zone.js';

/** One line of somebody's week: day 1 Monday … 7 Sunday, wall-clock times. */
export type WeeklyHours = { day: number; from: string; to: string };

/**
 * Weekly hours as intervals within a range: never on a holiday, minus what is busy. A Saturday that is in the week counts;
 * the week is what its owner offers. The times are those of `zone`, the holidays those of the calendar.
 */
export function openHours(
  weekly: readonly WeeklyHours[],
  within: Interval,
  calendar: Pick<BusinessCalendar, 'zone' | 'isHoliday'>,
  { busy = [], zone = calendar.zone }: { busy?: readonly Interval[]; zone?: string } = {},
): Interval[] {
  if (within.from >= within.to) return [];
  const lines = weekly.filter(({ from, to }) => minutesOf(from) < minutesOf(to));
  const last = dayOf(within.to - 1, zone);
  const hours: Interval[] = [];
  const holidays: Interval[] = [];
  for (let day = plusDays(dayOf(within.from, zone), -1); day <= plusDays(last, 1); day = plusDays(day, 1)) {
    const weekday = weekdayOf(day);
    for (const line of lines) {
      if (line.day === weekday) hours.push({ from: instantOf(day, line.from, zone), to: instantOf(day, line.to, zone) });
    }
    if (calendar.isHoliday(day)) {
      holidays.push({ from: instantOf(day, '00:00', calendar.zone), to: instantOf(plusDays(day, 1), '00:00', calendar.zone) });
    }
  }
  const inside = union(hours).map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) }));
  return subtract(inside, union(holidays, busy));
}
