import { meetingModes, type Unavailable, type WorkingHours } from '#contract';
import { instantOf, type Interval, plusDays, weekdayOf } from '#hours';
import scheduling from './data/scheduling.json' with { type: 'json' };

/** Numbers of scheduling, as data of the House. */
export { scheduling };

/** What a mediator works who has not said otherwise; a week in the register comes first. */
export const workingDefaults = (weekly?: WorkingHours['weekly']): WorkingHours => ({
  weekly: weekly?.length ? weekly : scheduling.default_week,
  exceptions: [],
  modes: [...meetingModes],
  bufferMinutes: scheduling.default_buffer_minutes,
  dailyLimit: scheduling.default_daily_limit,
});

const dayMs = 86_400_000;

/** The days and hours somebody can't, as instants within a span; on the clock of that person's own zone. */
export function unavailableOf(said: readonly Unavailable[], zone: string, within: Interval): Interval[] {
  const [first, last] = [new Date(within.from - dayMs).toISOString().slice(0, 10), new Date(within.to + dayMs).toISOString().slice(0, 10)];
  return said.flatMap(({ from, to, weekdays, times }) => {
    const taken: Interval[] = [];
    for (let day = from > first ? from : first; day <= (to < last ? to : last); day = plusDays(day, 1)) {
      if (weekdays.length > 0 && !weekdays.includes(weekdayOf(day))) continue;
      taken.push({ from: instantOf(day, times?.from ?? '00:00', zone), to: instantOf(day, times?.to ?? '24:00', zone) });
    }
    return taken;
  });
}
