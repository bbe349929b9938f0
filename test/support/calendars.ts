import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

export type Heard = {
  uid: string;
  sequence: number;
  stamp: number;
  from: string;
  to: string;
  title: string;
  recurrenceOf: string | null;
  count: number | null;
};
export type Message = { method: string; events: Heard[] };

const iso = (value: Date) => value.toISOString();

/** One file read by two parsers that share no code. They have to agree on everything. */
export function readTwice(text: string): Message {
  const [one, other] = [byIcalJs(text), byNodeIcal(text)];
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`Two readings:\n${JSON.stringify(one)}\n${JSON.stringify(other)}`);
  return one;
}

function byIcalJs(text: string): Message {
  const root = new ICAL.Component(ICAL.parse(text) as never);
  const at = (part: ICAL.Component, name: string) => part.getFirstPropertyValue(name) as unknown as ICAL.Time | null;
  return {
    method: String(root.getFirstPropertyValue('method')),
    events: root.getAllSubcomponents('vevent').map((part) => ({
      uid: String(part.getFirstPropertyValue('uid')),
      sequence: Number(part.getFirstPropertyValue('sequence')),
      stamp: +at(part, 'dtstamp')!.toJSDate(),
      from: iso(at(part, 'dtstart')!.toJSDate()),
      to: iso(at(part, 'dtend')!.toJSDate()),
      title: String(part.getFirstPropertyValue('summary')),
      recurrenceOf: at(part, 'recurrence-id') ? iso(at(part, 'recurrence-id')!.toJSDate()) : null,
      count: (part.getFirstPropertyValue('rrule') as unknown as { count: number } | null)?.count ?? null,
    })),
  };
}

type Parsed = {
  uid: string;
  sequence: string;
  dtstamp: Date;
  start: Date;
  end: Date;
  summary: string;
  recurrenceid?: Date;
  rrule?: { options?: { count: number }; origOptions?: { count?: number }; toString(): string };
  recurrences?: Record<string, Parsed>;
};

function byNodeIcal(text: string): Message {
  const parsed = nodeIcal.sync.parseICS(text) as unknown as Record<string, Parsed & { type: string; method?: string }>;
  const method = /^METHOD:(\w+)/m.exec(text)?.[1] ?? '';
  // It keeps hours of one series under the first of them, each by more than one name.
  const first = Object.values(parsed).filter(({ type }) => type === 'VEVENT');
  const events = first.flatMap((event) => {
    const others = [...new Set(Object.values(event.recurrences ?? {}))].filter(
      ({ recurrenceid }) => +recurrenceid! !== +event.recurrenceid!,
    );
    return [event as Parsed, ...others];
  });
  return {
    method: String((parsed['vcalendar'] as { method?: string } | undefined)?.method ?? method),
    events: events.map(({ uid, sequence, dtstamp, start, end, summary, recurrenceid, rrule }) => ({
      uid,
      sequence: Number(sequence),
      stamp: +dtstamp,
      from: iso(start),
      to: iso(end),
      title: summary,
      recurrenceOf: recurrenceid ? iso(recurrenceid) : null,
      count: rrule ? Number(/COUNT=(\d+)/.exec(rrule.toString())?.[1] ?? 0) || null : null,
    })),
  };
}

/** What an attendee's calendar holds of one appointment: nothing, or as it was last told. */
type State = 'none' | 'standing' | 'cancelled';
/** RFC 5546, 3.2.2 and 3.2.5: state by what arrives; a hole changes nothing. What is older than what is held is never heard (2.1.5). */
const heard: Record<State, Partial<Record<string, State>>> = {
  none: { REQUEST: 'standing' },
  standing: { REQUEST: 'standing', CANCEL: 'cancelled' },
  cancelled: { REQUEST: 'standing' },
};

/** A calendar that hears messages in the order in which they arrive. */
export function replay(messages: Message[]) {
  const kept = new Map<string, Heard & { state: State }>();
  for (const { method, events } of messages)
    for (const event of events) {
      const name = `${event.uid} ${event.recurrenceOf ?? ''}`;
      const before = kept.get(name) ?? (event.recurrenceOf ? kept.get(`${event.uid} `) : undefined);
      const own = kept.get(name);
      if (own && (event.sequence < own.sequence || (event.sequence === own.sequence && event.stamp < own.stamp))) continue;
      const state = heard[before?.state ?? 'none'][method];
      if (state) kept.set(name, { ...event, state });
    }
  return kept;
}
