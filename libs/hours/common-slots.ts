import { commonFree, widen, type Interval } from './intervals.js';
import { MINUTE, type Instant } from './zone.js';

export type Attendance = {
  /** Hours the person offers; absent means any hour. */
  free?: readonly Interval[];
  busy?: readonly Interval[];
};

export type SlotRequest = {
  people: readonly Attendance[];
  minutes: number;
  /** Minutes kept clear before and after, against everybody's busy time. */
  buffer?: number;
  from: Instant;
  to: Instant;
  count?: number;
  /** Slots start at whole multiples of so many minutes. */
  step?: number;
};

/**
 * The earliest slots that suit everybody, apart from one another. Exact: the first is the earliest start on the grid that fits,
 * each next the earliest that starts when the one before has ended or later.
 */
export function findCommonSlots({ people, minutes, buffer = 0, from, to, count = 3, step = 5 }: SlotRequest): Interval[] {
  if (!(minutes > 0) || !(buffer >= 0) || !(step > 0)) throw new RangeError('a slot needs a length, a buffer and a step');
  const padded = people.map(({ free, busy = [] }) => ({ free, busy: widen(busy, buffer * MINUTE) }));
  const grid = step * MINUTE;
  const slots: Interval[] = [];
  for (const open of commonFree(padded, { from, to })) {
    let start = Math.ceil(open.from / grid) * grid;
    while (slots.length < count && start + minutes * MINUTE <= open.to) {
      const end = start + minutes * MINUTE;
      slots.push({ from: start, to: end });
      start = Math.ceil(end / grid) * grid;
    }
    if (slots.length >= count) break;
  }
  return slots;
}
