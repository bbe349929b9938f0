import type { EntityManager } from 'typeorm';
import { icsOf } from '#hours';
import { translate } from '#language';
import type { OutgoingMail } from '#platform';
import type { TemplateName } from '../rules/templates.js';
import type { Claimed } from './claims.js';

/** Mails that a calendar can read too. */
export const appointments: readonly TemplateName[] = ['meeting.booked', 'meeting.moved', 'meeting.cancelled'];
/** A fact of a meeting: as it was then, so that late mails, in whatever order they arrive, are told apart by their number. */
export type Appointment = {
  uid: string;
  recurrenceOf: Date | null;
  weeks: number;
  sequence: number;
  stamp: Date;
  from: Date;
  to: Date;
};
type Row = Omit<Appointment, 'uid'> & { sourceId: string; meetingId: string; seriesId: string | null };

/** The hours that a batch of mails tells of, by the fact that is told. A worker reads facts and hours, never what a meeting is about. */
export async function appointmentsOf(tx: EntityManager, notices: Claimed[]): Promise<Map<string, Appointment[]>> {
  const told = notices.filter(({ channel, template }) => channel === 'email' && appointments.includes(template));
  if (told.length === 0) return new Map();
  const rows = (await tx.query(byFact, [told.map(({ sourceId }) => sourceId)])) as Row[];
  const facts = new Map<string, Appointment[]>();
  for (const { sourceId, meetingId, seriesId, recurrenceOf, weeks, ...rest } of rows) {
    // A series is one thing in a calendar; what happens to one of its hours names that hour.
    const one = { ...rest, weeks, uid: seriesId ?? meetingId, recurrenceOf: seriesId && weeks === 1 ? recurrenceOf : null };
    facts.set(sourceId, [...(facts.get(sourceId) ?? []), one]);
  }
  return facts;
}

/** The rest of a series that was called off at once: each of its hours by its name, in one message (RFC 5546, 3.2.5). */
const byFact = `
  SELECT e.id AS "sourceId", m.id AS "meetingId", m.series_id AS "seriesId", m.planned_at AS "recurrenceOf", e.at AS stamp,
    coalesce((e.data->>'weeks')::int, 1) AS weeks, coalesce((e.data->>'sequence')::int, m.sequence) AS sequence,
    coalesce((e.data->>'startsAt')::timestamptz, lower(m.during)) AS "from", coalesce((e.data->>'endsAt')::timestamptz, upper(m.during)) AS "to"
  FROM events e JOIN meetings m ON m.id = (e.data->>'meetingId')::uuid WHERE e.id = ANY($1) AND e.data->>'whole' IS NULL
  UNION ALL
  SELECT e.id, m.id, m.series_id, m.planned_at, e.at, 1, m.sequence, lower(m.during), upper(m.during)
  FROM events e JOIN meetings m ON m.series_id = (e.data->>'seriesId')::uuid AND m.cancelled_at = e.at
  WHERE e.id = ANY($1) AND e.data->>'whole' IS NOT NULL
  ORDER BY "from"`;

/** Title and hour, the sender and the reader's own address: nobody else's, no place, no words. */
export function calendarOf({ template, language }: Pick<Claimed, 'template' | 'language'>, hours: Appointment[], from: string, to: string) {
  const method = template === 'meeting.cancelled' ? 'CANCEL' : 'REQUEST';
  const events = hours.map(({ recurrenceOf, uid, ...rest }) => ({
    ...rest,
    uid: `${uid}@${from.slice(from.indexOf('@') + 1)}`,
    title: translate(language, 'mails.appointment'),
    organizer: from,
    attendee: to,
    ...(recurrenceOf ? { recurrenceOf } : {}),
  }));
  return { method, content: icsOf(method, events) } satisfies OutgoingMail['calendar'];
}
