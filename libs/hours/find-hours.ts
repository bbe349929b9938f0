import { commonFree, intersect, type Interval, union, widen } from './intervals.js';
import { MINUTE, type Instant } from './zone.js';

/** Somebody, or something, that a meeting may need. */
export type Attendance = {
  /** Hours offered; absent means any hour. */
  free?: readonly Interval[];
  busy?: readonly Interval[];
  /** Minutes kept clear before and after what is busy. */
  buffer?: number;
};

export type HourRequest = {
  /** What the meeting needs, each with everything that would do: a person, or any one of several rooms. */
  needs: readonly (readonly Attendance[])[];
  minutes: number;
  from: Instant;
  to: Instant;
  count?: number;
  /** Hours start at whole multiples of so many minutes. */
  step?: number;
  /** The same hour in so many weeks. */
  weeks?: number;
};

const week = 7 * 24 * 60 * MINUTE;

/**
 * The earliest hours that suit all, apart from one another. Exact, and by intervals: for each that would do the instants at which the
 * meeting could begin, joined over what can stand in for one another, cut with those of all others. n busy intervals cost n log n, however
 * long the span is. The first is the earliest start on the grid; each next the earliest that begins when the one before has ended.
 */
export function findHours({ count = 3, step = 5, minutes, ...request }: HourRequest): Interval[] {
  if (!(step > 0)) throw new RangeError('hours need a step');
  const [grid, length] = [step * MINUTE, minutes * MINUTE];
  const hours: Interval[] = [];
  let earliest = -Infinity;
  for (const { from, to } of startsOf({ minutes, ...request })) {
    let start = Math.ceil(Math.max(from, earliest) / grid) * grid;
    for (; start < to && hours.length < count; start = Math.ceil(earliest / grid) * grid) {
      hours.push({ from: start, to: start + length });
      earliest = start + length;
    }
    if (hours.length >= count) break;
  }
  return hours;
}

/** Every instant at which the meeting could begin, as intervals that do not include their end. */
export function startsOf({ needs, minutes, from, to, weeks = 1 }: Omit<HourRequest, 'count' | 'step'>): Interval[] {
  if (!(minutes > 0) || !(weeks >= 1)) throw new RangeError('a meeting needs a length');
  const length = minutes * MINUTE;
  const within = { from, to };
  const inOneWeek = needs
    .map((would) => union(...would.map((one) => beginnings(freeOf(one, within), length))))
    .reduce(intersect, beginnings(from < to ? [within] : [], length));
  let starts = inOneWeek;
  for (let later = 1; later < weeks; later += 1)
    starts = intersect(
      starts,
      inOneWeek.map(({ from: begin, to: end }) => ({ from: begin - later * week, to: end - later * week })),
    );
  return starts;
}

const freeOf = ({ free, busy = [], buffer = 0 }: Attendance, within: Interval) =>
  commonFree([{ free, busy: buffer > 0 ? widen(busy, buffer * MINUTE) : busy }], within);

/** The last beginning that still ends in time counts: instants are whole milliseconds. */
const beginnings = (open: readonly Interval[], length: number): Interval[] =>
  open.flatMap(({ from, to }) => (to - length >= from ? [{ from, to: to - length + 1 }] : []));

/**
 * Which of several rules together leave nothing: take any one of the answer away, and there is something. Rules are tried for leaving
 * in their order, so those named last are told first. Nothing binds when all of them together leave something.
 */
export function bindingOf<T>(rules: readonly T[], isPossible: (kept: readonly T[]) => boolean): T[] {
  if (isPossible(rules)) return [];
  let kept = [...rules];
  for (const rule of rules) {
    const without = kept.filter((one) => one !== rule);
    if (!isPossible(without)) kept = without;
  }
  return kept;
}
