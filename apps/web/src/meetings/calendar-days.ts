/** A day of Oskemen, `YYYY-MM-DD`. Counted in UTC: no zone is involved. */
export type Day = string;
export const views = ['month', 'week', 'day', 'agenda'] as const;
export type View = (typeof views)[number];

const dayMs = 86_400_000;
/** Kazakhstan is one zone, UTC+5; older meetings than of 1 March 2024 there are none. */
const offsetMs = 5 * 3_600_000;
const agendaDays = 93;

export const dayOf = (instant: string | number): Day => new Date(new Date(instant).getTime() + offsetMs).toISOString().slice(0, 10);
export const plusDays = (day: Day, count: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
export const startOf = (day: Day) => `${day}T00:00:00+05:00`;
export const monthOf = (day: Day) => day.slice(0, 7);
export const mondayOf = (day: Day) => plusDays(day, 1 - weekdayOf(day));

export const isDay = (text: string | null): text is Day =>
  text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

/** The same day of another month, or its last one. */
export function plusMonths(day: Day, count: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const length = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, length))).toISOString().slice(0, 10);
}

/** Whole weeks that show a month. */
export function weeksOf(month: Day): Day[][] {
  const first = mondayOf(`${monthOf(month)}-01`);
  const last = plusDays(plusMonths(`${monthOf(month)}-01`, 1), -1);
  const weeks: Day[][] = [];
  for (let monday = first; monday <= last; monday = plusDays(monday, 7)) weeks.push(daysFrom(monday, 7));
  return weeks;
}

export const daysFrom = (first: Day, count: number) => Array.from({ length: count }, (_, at) => plusDays(first, at));

/** The days a view shows: the first, and the first after the last. */
export function spanOf(view: View, day: Day): [Day, Day] {
  if (view === 'day') return [day, plusDays(day, 1)];
  if (view === 'week') return [mondayOf(day), plusDays(mondayOf(day), 7)];
  if (view === 'agenda') return [day, plusDays(day, agendaDays)];
  const weeks = weeksOf(day);
  return [weeks[0]![0]!, plusDays(weeks.at(-1)![6]!, 1)];
}

/** One step back or on. */
export function stepFrom(view: View, day: Day, by: 1 | -1): Day {
  if (view === 'month') return plusMonths(day, by);
  return plusDays(day, by * { day: 1, week: 7, agenda: agendaDays }[view]);
}

const byKey: Record<string, (day: Day) => Day> = {
  ArrowLeft: (day) => plusDays(day, -1),
  ArrowRight: (day) => plusDays(day, 1),
  ArrowUp: (day) => plusDays(day, -7),
  ArrowDown: (day) => plusDays(day, 7),
  Home: mondayOf,
  End: (day) => plusDays(mondayOf(day), 6),
  PageUp: (day) => plusMonths(day, -1),
  PageDown: (day) => plusMonths(day, 1),
};
/** Where a key leads from a day, or nowhere. */
export const dayByKey = (key: string, day: Day): Day | null => byKey[key]?.(day) ?? null;
