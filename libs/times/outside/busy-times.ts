import ICAL from 'ical.js';
import { dayOf, instantOf, type Instant, type Interval, kazakhstan, plusDays, timeOf, union } from '#hours';

const { Component, Period, Recur, Time, Timezone } = ICAL;
const floats = Timezone.localTimezone;
type Part = InstanceType<typeof Component>;
type Property = NonNullable<ReturnType<Part['getFirstProperty']>>;
type Moment = InstanceType<typeof Time>;
type Span = { from: Instant; to: Instant };
/** By which clock a calendar's times are meant: an IANA zone; or null, when its own file defines the zone. */
type Clock = string | null;

/** More pieces than this in four months is no calendar of a person. */
export const mostSpans = 20_000;
export class TooMuch extends Error {}

/**
 * Busy time of a calendar (RFC 5545, RFC 7953's VFREEBUSY) within a span: intervals and nothing else, titles are not looked at. Times of a
 * known zone follow the time-zone database and not the rules in the file: files still carry UTC+6 for Almaty (UTC+5 since 1 March 2024).
 */
export function busyTimesOf(text: string, within: Interval): Interval[] {
  const { root, events, odd } = calendarIn(text);
  const floating = knownZone(root.getFirstPropertyValue('x-wr-timezone')) ?? kazakhstan.zone;
  const spans: Span[] = [];
  for (const part of root.getAllSubcomponents('vfreebusy')) add(spans, periodsOf(part));
  const moved = movedOf(events, floating);
  const unread = events.filter((event) => isBusy(event) && !isRead(() => add(spans, spansOf(event, { floating, within, moved }))));
  if (odd + unread.length > 0 && unread.length === events.length) throw new Error('no event can be read');
  return union(spans.map(({ from, to }) => ({ from: Math.max(from, within.from), to: Math.min(to, within.to) })));
}

function add(spans: Span[], more: Iterable<Span>) {
  for (const span of more) {
    spans.push(span);
    if (spans.length > mostSpans) throw new TooMuch();
  }
}

/** One odd entry among many does not take the others' time away. */
function isRead(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof TooMuch) throw error;
    return false;
  }
}

const entries = /^BEGIN:VEVENT[ \t]*\r?\n[\s\S]*?^END:VEVENT[ \t]*\r?\n?/gim;

/** Each entry is read by itself, for one odd line would take the whole file away. A file that was cut short is none. */
function calendarIn(text: string): { root: Part; events: Part[]; odd: number } {
  if (!/END:VCALENDAR\s*$/i.test(text.slice(-200))) throw new Error('no calendar');
  const rest = ICAL.parse(text.replaceAll(entries, '')) as unknown[];
  const root = new Component((typeof rest[0] === 'string' ? rest : rest[0]) as never);
  if (root.name !== 'vcalendar') throw new Error('no calendar');
  const events: Part[] = [];
  let odd = 0;
  for (const [entry] of text.matchAll(entries))
    if (!isRead(() => events.push(root.addSubcomponent(new Component(ICAL.parse(entry) as never))))) odd += 1;
  return { root, events, odd };
}

/** What its owner marked as free, or called off, takes no time. */
function isBusy(event: Part): boolean {
  const says = (name: string) => String(event.getFirstPropertyValue(name) ?? '').toUpperCase();
  return says('transp') !== 'TRANSPARENT' && says('status') !== 'CANCELLED' && says('x-microsoft-cdo-busystatus') !== 'FREE';
}

function* periodsOf(part: Part): Iterable<Span> {
  for (const property of part.getAllProperties('freebusy')) {
    if (String(property.getParameter('fbtype') ?? 'BUSY').toUpperCase() === 'FREE') continue;
    for (const value of property.getValues() as unknown[])
      if (value instanceof Period) yield { from: unixOf(value.start as Moment), to: unixOf(value.getEnd() as Moment) };
  }
}

/** Occurrences that stand elsewhere, or were called off: by series and by the moment at which they stood first. */
function movedOf(events: Part[], floating: string): Set<string> {
  const moved = new Set<string>();
  for (const event of events) {
    const property = event.getFirstProperty('recurrence-id');
    if (property) for (const at of instantsOf(property, floating)) moved.add(nameOf(event, at));
  }
  return moved;
}

const nameOf = (event: Part, at: Instant) => `${String(event.getFirstPropertyValue('uid'))} ${at}`;

type Reading = { floating: string; within: Interval; moved: Set<string> };

function* spansOf(event: Part, { floating, within, moved }: Reading): Iterable<Span> {
  const property = event.getFirstProperty('dtstart');
  const start = property?.getFirstValue() as Moment | null | undefined;
  if (!property || !start) return;
  const clock = clockOf(property, start, floating);
  const endOf = lengthOf(event, start, clock, floating);
  const isOne = event.getFirstProperty('recurrence-id') !== null;
  const except = new Set(event.getAllProperties('exdate').flatMap((one) => instantsOf(one, floating)));
  for (const at of isOne ? [start] : occurrencesOf(event, start, clock)) {
    const from = instantBy(at, clock);
    if (from >= within.to) break;
    const to = endOf(at, from);
    if (to > within.from && to > from && !except.has(from) && (isOne || !moved.has(nameOf(event, from)))) yield { from, to };
  }
  for (const more of event.getAllProperties('rdate'))
    for (const value of more.getValues() as unknown[]) {
      const at = (value instanceof Period ? value.start : value) as Moment;
      const from = instantBy(at, clockOf(more, at, floating));
      const to = value instanceof Period ? instantBy(value.getEnd() as Moment, clockOf(more, at, floating)) : endOf(at, from);
      if (from < within.to && to > within.from && !except.has(from)) yield { from, to };
    }
}

/** In ascending order, each rule for itself, the first always among them. Without an end where the rule has none: whoever asks stops. */
function* occurrencesOf(event: Part, start: Moment, clock: Clock): Iterable<Moment> {
  const rules = (event.getAllProperties('rrule') as Property[]).map((one) => one.getFirstValue()).filter((one) => one instanceof Recur);
  const [rule] = rules;
  if (!rule) {
    yield start;
    return;
  }
  const wall = clock === null || start.isDate ? start : floatingOf(start);
  const until = rule.until as Moment | null;
  if (clock !== null && until && !until.isDate && until.zone === Timezone.utcTimezone) rule.until = wallOf(unixOf(until), clock);
  const steps = rule.iterator(wall as never);
  for (let at = steps.next() as Moment | null; at; at = steps.next() as Moment | null) yield at;
}

function lengthOf(event: Part, start: Moment, clock: Clock, floating: string) {
  const property = event.getFirstProperty('dtend');
  const end = property?.getFirstValue() as Moment | null | undefined;
  const lasts = event.getFirstPropertyValue('duration') as unknown as { toSeconds(): number } | null;
  if (start.isDate) {
    const given = end
      ? Math.round((Date.parse(dayText(end)) - Date.parse(dayText(start))) / 86_400_000)
      : (lasts?.toSeconds() ?? 0) / 86_400;
    const days = Math.max(1, Math.ceil(given));
    return (at: Moment) => instantOf(plusDays(dayText(at), days), '00:00', clock ?? floating);
  }
  const length =
    property && end ? instantBy(end, clockOf(property, end, floating)) - instantBy(start, clock) : (lasts?.toSeconds() ?? 0) * 1000;
  return (_: Moment, from: Instant) => from + length;
}

function instantsOf(property: Property, floating: string): Instant[] {
  return (property.getValues() as Moment[]).map((at) => instantBy(at, clockOf(property, at, floating)));
}

/** A known zone by its name; else the zone that the file defines; else, for what floats, the calendar's or the House's. */
function clockOf(property: Property, at: Moment, floating: string): Clock {
  if (at.zone === Timezone.utcTimezone && !at.isDate) return null;
  const named = knownZone(property.getParameter('tzid'));
  return named ?? (at.isDate || at.zone === Timezone.localTimezone || !at.zone ? floating : null);
}

/** A file names few zones, and each many times. */
const zones = new Map<string, string | null>();

function knownZone(name: unknown): string | null {
  if (typeof name !== 'string' || !/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)+$/.test(name)) return null;
  let known = zones.get(name);
  if (known === undefined) {
    known = zoneOf(name);
    if (zones.size < 1_000) zones.set(name, known);
  }
  return known;
}

function zoneOf(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

const two = (value: number) => String(value).padStart(2, '0');
const dayText = ({ year, month, day }: Moment) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
const unixOf = (at: Moment): Instant => at.toUnixTime() * 1000;
const floatingOf = ({ year, month, day, hour, minute, second }: Moment): Moment =>
  new Time({ year, month, day, hour, minute, second }, floats);

function instantBy(at: Moment, clock: Clock): Instant {
  if (clock === null) return unixOf(at);
  return at.isDate
    ? instantOf(dayText(at), '00:00', clock)
    : instantOf(dayText(at), `${two(at.hour)}:${two(at.minute)}`, clock) + at.second * 1000;
}

function wallOf(at: Instant, zone: string): Moment {
  const [year, month, day] = dayOf(at, zone).split('-').map(Number);
  const [hour, minute, second] = timeOf(at, zone).split(':').map(Number);
  return new Time({ year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second! }, floats);
}
