import type { Instant } from './zone.js';

/** From and including `from`, up to and not including `to`. */
export type Interval = { from: Instant; to: Instant };

/** Sorted, apart from one another, nothing empty: the form every function here answers in. */
export function union(...lists: readonly (readonly Interval[])[]): Interval[] {
  const sorted = lists
    .flat()
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const { from, to } of sorted) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

export function intersect(left: readonly Interval[], right: readonly Interval[]): Interval[] {
  const [a, b] = [union(left), union(right)];
  const shared: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const from = Math.max(a[i]!.from, b[j]!.from);
    const to = Math.min(a[i]!.to, b[j]!.to);
    if (from < to) shared.push({ from, to });
    if (a[i]!.to < b[j]!.to) i += 1;
    else j += 1;
  }
  return shared;
}

export const subtract = (whole: readonly Interval[], taken: readonly Interval[]): Interval[] => intersect(whole, gaps(union(taken)));

/** Everything outside. */
function gaps(taken: readonly Interval[]): Interval[] {
  const starts = [-Infinity, ...taken.map(({ to }) => to)];
  const ends = [...taken.map(({ from }) => from), Infinity];
  return starts.map((from, i) => ({ from, to: ends[i]! }));
}

/** Busy time with room to breathe on both sides. */
export const widen = (list: readonly Interval[], by: number): Interval[] =>
  list.filter(({ from, to }) => from < to).map(({ from, to }) => ({ from: from - by, to: to + by }));

/** What suits everybody: inside everyone's free time where it is said, outside everyone's busy time. */
export function commonFree(people: readonly { free?: readonly Interval[]; busy?: readonly Interval[] }[], within: Interval): Interval[] {
  const open = people.reduce<Interval[]>((shared, { free }) => (free ? intersect(shared, free) : shared), union([within]));
  return subtract(open, union(...people.map(({ busy = [] }) => busy)));
}
