import type { AskHours, Binding } from '#contract';
import {
  type Attendance,
  bindingOf,
  dayOf,
  findHours,
  type HourRequest,
  type Instant,
  instantOf,
  type Interval,
  kazakhstan,
  openHours,
  plusDays,
  startsOf,
  union,
} from '#hours';
import { scheduling, unavailableOf } from '#times';
import type { CaseTimes, ResourceTimes } from './case.times.js';

export type Search = AskHours & { within: Interval; termEndsAt: Instant | null };
export type Found = { hours: (Interval & { afterTerm: boolean })[]; binding: Binding[] };

/** Tried for leaving in this order: what is named last is named first when either would explain it. */
const rules: Binding[] = [
  'daily_limit',
  'hour_not_free',
  'mediator_absent',
  'side_a_times',
  'side_b_times',
  'interpreter',
  'place',
  'mediator_hours',
  'term',
];
/** A holiday is a holiday: no search looks past it, and no one is named for it but where nothing else is left. */
const all: Binding[] = ['holiday', ...rules];

/** The earliest hours within the term; else the earliest after it, with what kept them from the term; else what binds. */
export function searchHours(times: CaseTimes, search: Search): Found {
  const inTime = hoursBy(times, search, all);
  if (inTime.length > 0) return { hours: inTime.map((hour) => ({ ...hour, afterTerm: false })), binding: [] };
  const later = hoursBy(
    times,
    search,
    all.filter((rule) => rule !== 'term'),
  );
  const binding = bindingOf(all, (kept) => startsOf(requestOf(times, search, kept)).length > 0);
  return { hours: later.map((hour) => ({ ...hour, afterTerm: true })), binding };
}

const hoursBy = (times: CaseTimes, search: Search, kept: readonly Binding[]) =>
  findHours({ ...requestOf(times, search, kept), count: scheduling.slots_proposed, step: scheduling.search_step_minutes });

/** What a meeting needs under some of the rules: each rule narrows somebody's or something's time and nothing else. */
export function requestOf(times: CaseTimes, { mode, minutes, weeks, within, termEndsAt }: Search, kept: readonly Binding[]): HourRequest {
  const has = (rule: Binding) => kept.includes(rule);
  const to = has('term') && termEndsAt !== null ? Math.min(within.to, termEndsAt) : within.to;
  const { mediator, parties } = times;
  const needs: Attendance[][] = [];
  const one = (attendance: Attendance) => needs.push([attendance]);
  if (has('holiday')) one({ busy: holidaysIn(within) });
  if (has('mediator_hours'))
    one({ free: mediator.modes.includes(mode) ? union(openHours(mediator.weekly, within, everyDay), mediator.open) : [] });
  if (has('mediator_absent')) one({ busy: mediator.absent });
  if (has('daily_limit')) one({ busy: fullDays(mediator.meetings, mediator.dailyLimit) });
  if (has('hour_not_free')) {
    one({ busy: mediator.meetings, buffer: mediator.bufferMinutes });
    one({ busy: union(mediator.outside, ...parties.map(({ meetings }) => meetings)) });
  }
  for (const { side, said } of parties) if (said && has(side === 'A' ? 'side_a_times' : 'side_b_times')) one(attendanceOf(said, within));
  const wants = wantedOf(times, mode);
  if (has('place') && wants.place) needs.push(wants.place.map((place) => timesOfResource(place, within)));
  if (has('interpreter')) for (const would of wants.interpreters) needs.push(would.map((person) => timesOfResource(person, within)));
  return { needs, minutes, weeks, from: within.from, to };
}

/** Rooms and interpreters that would do. Where the House has named no room at all, a meeting in person takes none. */
export function wantedOf({ parties, resources }: CaseTimes, mode: AskHours['mode']) {
  const places = resources.filter(({ kind }) => kind === 'place');
  const stepFree = parties.some(({ needs }) => needs.stepFree);
  const languages = [...new Set(parties.flatMap(({ needs }) => needs.interpreter ?? []))];
  const speaks = (language: string) =>
    resources.filter(({ kind, languages: spoken }) => kind === 'interpreter' && spoken.includes(language));
  return {
    place: mode === 'in_person' && places.length > 0 ? places.filter((place) => place.stepFree || !stepFree) : null,
    interpreters: languages.map(speaks),
  };
}

/** Is this room, or this interpreter, free for the whole of an hour? A room without a week of its own is open when the House is. */
export const isFree = (resource: ResourceTimes, { from, to }: Interval): boolean =>
  startsOf({ needs: [[timesOfResource(resource, { from, to })]], minutes: (to - from) / 60_000, from, to }).length > 0;

const timesOfResource = ({ weekly, meetings, bufferMinutes }: ResourceTimes, within: Interval): Attendance => ({
  ...(weekly.length > 0 ? { free: openHours(weekly, within, everyDay) } : {}),
  busy: meetings,
  buffer: bufferMinutes,
});

/** Picks narrow to themselves; what is unavailable is taken away from either. */
const attendanceOf = ({ zone, unavailable, picks }: NonNullable<CaseTimes['parties'][number]['said']>, within: Interval): Attendance => ({
  ...(picks.length > 0 ? { free: picks.map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) })) } : {}),
  busy: unavailableOf(unavailable, zone, within),
});

const everyDay = { zone: kazakhstan.zone, isHoliday: () => false };
const wholeDay = (day: string): Interval => ({
  from: instantOf(day, '00:00', kazakhstan.zone),
  to: instantOf(plusDays(day, 1), '00:00', kazakhstan.zone),
});

function holidaysIn({ from, to }: Interval): Interval[] {
  const days: Interval[] = [];
  for (let day = dayOf(from, kazakhstan.zone); day <= dayOf(to, kazakhstan.zone); day = plusDays(day, 1))
    if (kazakhstan.isHoliday(day)) days.push(wholeDay(day));
  return days;
}

/** Days on which the mediator has as many meetings as a day may hold. */
function fullDays(meetings: readonly Interval[], limit: number): Interval[] {
  const counts = new Map<string, number>();
  for (const { from } of meetings) counts.set(dayOf(from, kazakhstan.zone), (counts.get(dayOf(from, kazakhstan.zone)) ?? 0) + 1);
  return [...counts].filter(([, count]) => count >= limit).map(([day]) => wholeDay(day));
}
