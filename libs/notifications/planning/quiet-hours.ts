import type { NoticeHours } from '#contract';
import { dayOf, instantOf, plusDays, timeOf } from '#hours';
import { leastNoticeMs, usualHours } from '../rules/kinds.js';

/** When a courtesy notice may go out: at once by day, at the end of the quiet hours when it is night where the reader lives. */
export function afterQuietHours(at: Date, { zone, quietFrom, quietTo }: NoticeHours = usualHours): Date {
  const [day, time] = [dayOf(at.getTime(), zone), timeOf(at.getTime(), zone).slice(0, 5)];
  const overMidnight = quietFrom > quietTo;
  const isQuiet = overMidnight ? time >= quietFrom || time < quietTo : time >= quietFrom && time < quietTo;
  if (!isQuiet) return at;
  return new Date(instantOf(overMidnight && time >= quietFrom ? plusDays(day, 1) : day, quietTo, zone));
}

/** The same, but for an appointment that the morning would tell too late. */
export function courteousHour(at: Date, hours: NoticeHours | undefined, appointment?: string): Date {
  const due = afterQuietHours(at, hours);
  return appointment && due.getTime() > Date.parse(appointment) - leastNoticeMs ? at : due;
}
