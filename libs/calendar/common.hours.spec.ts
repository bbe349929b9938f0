import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { MeetingMode, Unavailable } from '#contract';
import { dayOf, type Interval, kazakhstan, timeOf, weekdayOf } from '#hours';
import { unavailableOf } from '#times';
import type { CaseTimes, ResourceTimes } from './case.times.js';
import { isFree, searchHours, wantedOf } from './common.hours.js';

const hour = 3_600_000;
const zone = 'Asia/Almaty';
const at = (text: string) => Date.parse(text);
/** Both changes of the clocks in Berlin and New York; holidays on working days in March, May, October and December; 2024 the change of our zone. */
const starts = ['2026-03-02', '2026-03-20', '2026-04-27', '2026-10-19', '2026-12-07', '2024-02-26'].map((day) => at(`${day}T00:00:00Z`));
const spans = (from: number): fc.Arbitrary<Interval[]> =>
  fc.array(
    fc.tuple(fc.nat(14 * 24 * 4), fc.integer({ min: 1, max: 40 })).map(([begin, length]) => ({ from: from + begin * (hour / 4), to: from + (begin + length) * (hour / 4) })), // prettier-ignore
    { maxLength: 6 },
  );
const line = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 7, max: 14 }), fc.integer({ min: 1, max: 6 }))
  .map(([day, from, length]) => ({ day, from: `${String(from).padStart(2, '0')}:00`, to: `${String(from + length).padStart(2, '0')}:00` }));
const resource = (from: number, kind: 'place' | 'interpreter'): fc.Arbitrary<ResourceTimes> =>
  fc.record({
    id: fc.uuid(),
    kind: fc.constant(kind),
    name: fc.constant('x'),
    languages: fc.constantFrom(['uz'], ['de', 'uz'], ['de']),
    stepFree: fc.boolean(),
    weekly: fc.constantFrom(
      [],
      [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '13:00' })),
    ),
    bufferMinutes: fc.constantFrom(0, 15),
    meetings: spans(from),
  });
const told = ({ from, to }: Interval) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
const zones = fc.constantFrom(zone, 'Europe/Berlin', 'America/New_York');
const party = (from: number, side: 'A' | 'B'): fc.Arbitrary<CaseTimes['parties'][number]> =>
  fc.record({
    id: fc.uuid(),
    side: fc.constant(side),
    said: fc.record({
      zone: zones,
      unavailable: fc.array(
        fc
          .tuple(
            fc.nat(10),
            fc.nat(5),
            fc.constantFrom<Unavailable['times']>(null, { from: '08:00', to: '12:00' }),
            fc.constantFrom<number[]>([], [1, 3], [2, 5]),
          )
          .map(
            ([first, more, times, weekdays]) => ({ from: dayOf(from + first * 24 * hour, 'UTC'), to: dayOf(from + (first + more) * 24 * hour, 'UTC'), weekdays, times }), // prettier-ignore
          ),
        { maxLength: 2 },
      ),
      picks: fc
        .oneof({ weight: 3, arbitrary: fc.constant<Interval[]>([]) }, { weight: 1, arbitrary: spans(from) })
        .map((all) => all.map(told)),
    }),
    needs: fc.record({ interpreter: fc.constantFrom(null, 'uz', 'de'), stepFree: fc.boolean() }),
    meetings: spans(from),
  });
const world = fc.constantFrom(...starts).chain((from) =>
  fc.record({
    from: fc.constant(from),
    minutes: fc.constantFrom(30, 60, 90),
    mode: fc.constantFrom('room' as const, 'in_person' as const),
    times: fc.record({
      mediator: fc.record({
        weekly: fc.array(line, { minLength: 1, maxLength: 8 }),
        modes: fc.constant<MeetingMode[]>(['room', 'in_person']),
        bufferMinutes: fc.constantFrom(0, 15),
        dailyLimit: fc.constantFrom(1, 2, 5),
        open: fc.constant<Interval[]>([]),
        absent: spans(from),
        outside: spans(from),
        meetings: spans(from),
      }),
      parties: fc.tuple(party(from, 'A'), party(from, 'B')),
      resources: fc.tuple(fc.array(resource(from, 'place'), { maxLength: 2 }), fc.array(resource(from, 'interpreter'), { maxLength: 2 })).map((all) => all.flat()), // prettier-ignore
    }),
  }),
);
const apart = (hours: readonly Interval[], { from, to }: Interval, buffer = 0) =>
  hours.every((taken) => to + buffer * 60_000 <= taken.from || taken.to + buffer * 60_000 <= from);

/** Within what was picked, stretches that touch taken as one; without picks any hour will do. */
function isPicked(picks: { from: string; to: string }[], { from, to }: Interval): boolean {
  let reached = from;
  for (const pick of picks.toSorted((a, b) => at(a.from) - at(b.from)))
    if (at(pick.from) <= reached && at(pick.to) > reached) reached = at(pick.to);
  return picks.length === 0 || reached >= to;
}

/** One hour, judged by hand against everything that was said. */
function suits(times: CaseTimes, mode: 'room' | 'in_person', one: Interval): boolean {
  const { mediator, parties } = times;
  const [day, begins, ends] = [dayOf(one.from, zone), timeOf(one.from, zone).slice(0, 5), timeOf(one.to, zone).slice(0, 5)];
  const lines = mediator.weekly.filter((each) => each.day === weekdayOf(day)).toSorted((a, b) => a.from.localeCompare(b.from));
  let reached = begins;
  for (const each of lines) if (each.from <= reached && each.to > reached) reached = each.to;
  const wanted = wantedOf(times, mode);
  return (
    dayOf(one.to - 1, zone) === day &&
    reached >= ends &&
    ends > begins &&
    !kazakhstan.isHoliday(day) &&
    apart([...mediator.absent, ...mediator.outside], one) &&
    apart(mediator.meetings, one, mediator.bufferMinutes) &&
    mediator.meetings.filter(({ from }) => dayOf(from, zone) === day).length < mediator.dailyLimit &&
    parties.every(({ said }) => isPicked(said!.picks, one)) &&
    parties.every(({ meetings, said }) => apart(meetings, one) && apart(unavailableOf(said!.unavailable, said!.zone, one), one)) &&
    (!wanted.place || wanted.place.some((place) => isFree(place, one))) &&
    wanted.interpreters.every((would) => would.some((person) => isFree(person, one)))
  );
}

it('equals a search by hand over random weeks, rooms, interpreters and zones', () => {
  fc.assert(
    fc.property(world, ({ from, minutes, mode, times }) => {
      const within = { from, to: from + 16 * 24 * hour };
      const { hours, binding } = searchHours(times, { mode, minutes, weeks: 1, within, termEndsAt: null });
      const byHand: Interval[] = [];
      for (let start = from; start + minutes * 60_000 <= within.to && byHand.length < 3; start += hour / 2) {
        const one = { from: start, to: start + minutes * 60_000 };
        if (start >= (byHand.at(-1)?.to ?? start) && suits(times, mode, one)) byHand.push(one);
      }
      expect(hours.map(({ from: begin, to }) => ({ from: begin, to }))).toEqual(byHand);
      if (byHand.length > 0) expect(binding).toEqual([]);
    }),
    { numRuns: 200 },
  );
}, 30_000);

/** A party abroad who can't from nine to five on the clock there. */
const working = { from: '2020-01-01', to: '2030-01-01', weekdays: [], times: { from: '09:00', to: '17:00' } };
it.each([
  ['Berlin before the spring change', 'Europe/Berlin', '2026-03-28T00:00:00Z', '2026-03-28T08:00:00Z'],
  ['Berlin after it', 'Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29T07:00:00Z'],
  ['Berlin before the autumn change', 'Europe/Berlin', '2026-10-24T00:00:00Z', '2026-10-24T07:00:00Z'],
  ['Berlin after it', 'Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25T08:00:00Z'],
  ['New York before the spring change', 'America/New_York', '2026-03-07T06:00:00Z', '2026-03-07T14:00:00Z'],
  ['New York after it', 'America/New_York', '2026-03-08T06:00:00Z', '2026-03-08T13:00:00Z'],
  ['New York before the autumn change', 'America/New_York', '2026-10-31T06:00:00Z', '2026-10-31T13:00:00Z'],
  ['New York after it', 'America/New_York', '2026-11-01T06:00:00Z', '2026-11-01T14:00:00Z'],
  ['Oskemen before 1 March 2024', zone, '2024-02-28T18:00:00Z', '2024-02-29T03:00:00Z'],
  ['Oskemen from 1 March 2024', zone, '2024-02-29T19:00:00Z', '2024-03-01T04:00:00Z'],
])('counts on the clock of a party abroad: %s', (_, where, from, begins) => {
  const within = { from: at(from), to: at(from) + 23 * hour };
  const taken = unavailableOf([working], where, within).filter(({ from: start }) => start >= within.from && start < within.to);
  expect(taken.map(({ from: start, to }) => [new Date(start).toISOString(), (to - start) / hour])).toEqual([
    [new Date(begins).toISOString(), 8],
  ]);
});
