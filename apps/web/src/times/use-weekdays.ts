import { useDates } from '../words.js';

/** The name of a weekday, 1 Monday … 7 Sunday, in the reader's language. */
export function useWeekdays() {
  const dates = useDates();
  return (day: number) => dates.parts(`2026-06-0${day}`).weekday; // 1 June 2026 is a Monday
}
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
