import type { HourRequest, Interval } from '#hours';

const minute = 60_000;

/** Slot after slot, person after person, interval after interval: what one writes first. */
export function scanSlots({ needs, minutes, from, to, count = 3, step = 5 }: HourRequest): Interval[] {
  const hours: Interval[] = [];
  const [grid, length] = [step * minute, minutes * minute];
  let earliest = -Infinity;
  for (let start = Math.ceil(from / grid) * grid; start + length <= to && hours.length < count; start += grid) {
    if (start < earliest) continue;
    const end = start + length;
    const suits = needs.every((would) =>
      would.some(
        ({ free, busy = [], buffer = 0 }) =>
          (!free || free.some((open) => open.from <= start && end <= open.to)) &&
          busy.every((taken) => end + buffer * minute <= taken.from || taken.to + buffer * minute <= start),
      ),
    );
    if (!suits) continue;
    hours.push({ from: start, to: end });
    earliest = end;
  }
  return hours;
}
