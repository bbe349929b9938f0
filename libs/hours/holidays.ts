import { plusDays, weekdayOf, type Day } from './zone.js';

export type Name = { kk: string; ru: string; en: string };
export type Holiday = Name & { date: Day; observed: Day | null };
export type RecurringHoliday = Name & { month_day: string; moves_if_weekend: boolean; from: number | null; to: number | null };

/** The form of data/holidays.json. */
export type CalendarData = {
  zone: string;
  office_hours: { from: string; to: string };
  meta: { weekend: readonly string[] };
  swaps: readonly { off: Day | null; work: Day | null }[];
  recurring: readonly RecurringHoliday[];
  years: Readonly<Record<string, readonly Holiday[] | undefined>>;
};

const weekdays = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
export const isWeekend = (day: Day, weekend: readonly string[]): boolean => weekend.includes(weekdays[weekdayOf(day) - 1]!);

/** The fixed holidays of a year; one that falls on a weekend gives the next day that is not off already, if it moves. */
export function computeHolidays(year: number, recurring: readonly RecurringHoliday[], weekend: readonly string[]): Holiday[] {
  const held = recurring
    .filter(({ from, to }) => year >= (from ?? year) && year < (to ?? Infinity))
    .map((row) => ({ ...row, date: `${year}-${row.month_day}` }))
    .toSorted((a, b) => a.date.localeCompare(b.date));
  const off = new Set(held.map(({ date }) => date));
  return held.map(({ date, kk, ru, en, moves_if_weekend: moves }) => {
    if (!moves || !isWeekend(date, weekend)) return { date, kk, ru, en, observed: null };
    let observed = plusDays(date, 1);
    while (off.has(observed) || isWeekend(observed, weekend)) observed = plusDays(observed, 1);
    off.add(observed);
    return { date, kk, ru, en, observed };
  });
}
