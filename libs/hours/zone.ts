/** A local calendar day, `YYYY-MM-DD`. Days are compared as text and counted in UTC: no zone is involved. */
export type Day = string;
/** Milliseconds since the epoch. */
export type Instant = number;

export const MINUTE = 60_000;
export const DAY = 86_400_000;

const asUtc = (day: Day): Instant => {
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(ms) || asDay(ms) !== day) throw new RangeError(`no such day: ${day}`);
  return ms;
};
const asDay = (ms: Instant): Day => new Date(ms).toISOString().slice(0, 10);

export const plusDays = (day: Day, count: number): Day => asDay(asUtc(day) + count * DAY);

/** The same day of the month, or the last one when that month is shorter. */
export function plusMonths(day: Day, count: number): Day {
  const from = new Date(asUtc(day));
  const first = Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count, 1);
  const length = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + count + 1, 0)).getUTCDate();
  return asDay(first + (Math.min(from.getUTCDate(), length) - 1) * DAY);
}

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: Day): number => new Date(asUtc(day)).getUTCDay() || 7;

export const dayOf = (at: Instant, zone: string): Day => asDay(at + offsetAt(at, zone));

/** Wall-clock time of day, `HH:MM:SS`. */
export const timeOf = (at: Instant, zone: string): string => new Date(at + offsetAt(at, zone)).toISOString().slice(11, 19);

/**
 * The instant at which the clocks of a zone show this. A time that is skipped in spring moves on by the gap;
 * of a time shown twice in autumn the first is meant.
 */
export function instantOf(day: Day, time: string, zone: string): Instant {
  const local = asUtc(day) + minutesOf(time) * MINUTE;
  const before = offsetAt(local - DAY, zone);
  const after = offsetAt(local + DAY, zone);
  const first = local - Math.max(before, after);
  const second = local - Math.min(before, after);
  return [first, second].find((at) => at + offsetAt(at, zone) === local) ?? local - before;
}

/** The last second of the day, 23:59:59, and of a 23:59:59 shown twice the later: a deadline gives the whole day. */
export const endOfDay = (day: Day, zone: string): Instant => instantOf(plusDays(day, 1), '00:00', zone) - 1000;

/** Minutes since midnight of `HH:MM`; `24:00` is the next midnight. */
export function minutesOf(time: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (!(total <= 24 * 60)) throw new RangeError(`no such time: ${time}`);
  return total;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** Offset by zone and UTC day; null where it changes within the day. */
const steady = new Map<string, number | null>();

/** What a zone adds to UTC at an instant, in milliseconds, from the time-zone database of the runtime. */
export function offsetAt(at: Instant, zone: string): number {
  const utcDay = Math.floor(at / DAY);
  const key = `${zone} ${utcDay}`;
  let known = steady.get(key);
  if (known === undefined) {
    const opening = readOffset(utcDay * DAY, zone);
    known = opening === readOffset((utcDay + 1) * DAY - 1, zone) ? opening : null;
    if (steady.size > 20_000) steady.clear();
    steady.set(key, known);
  }
  return known ?? readOffset(at, zone);
}

function readOffset(at: Instant, zone: string): number {
  let clock = clocks.get(zone);
  if (!clock) {
    const fields = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' } as const;
    clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    clocks.set(zone, clock);
  }
  const shown = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const local = Date.UTC(shown.year!, shown.month! - 1, shown.day!, shown.hour!, shown.minute!, shown.second!);
  return local - Math.floor(at / 1000) * 1000;
}
