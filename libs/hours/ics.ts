/** One appointment as calendars know it (RFC 5545, VEVENT). Its title says that there is one, and nothing of what. */
export type IcsEvent = {
  uid: string;
  sequence: number;
  /** When it came to stand as it stands now. */
  stamp: Date;
  from: Date;
  to: Date;
  title: string;
  /** So many weeks, one after another. */
  weeks?: number;
  /** Of a series: where this one stood first. */
  recurrenceOf?: Date;
  organizer?: string;
  attendee?: string;
};
/** RFC 5546: an invitation and every change of it is a REQUEST, its end a CANCEL; a feed publishes. */
export type IcsMethod = 'REQUEST' | 'CANCEL' | 'PUBLISH';

export function icsOf(method: IcsMethod, events: readonly IcsEvent[], name?: string): string {
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Kelisim//Kelisim//EN', 'CALSCALE:GREGORIAN', `METHOD:${method}`];
  const lines = [
    ...head,
    ...(name ? [`X-WR-CALNAME:${escape(name)}`] : []),
    ...events.flatMap((one) => linesOf(method, one)),
    'END:VCALENDAR',
  ];
  return lines.map((line) => `${fold(line)}\r\n`).join('');
}

const linesOf = (method: IcsMethod, { uid, sequence, stamp, from, to, title, weeks = 1, recurrenceOf, organizer, attendee }: IcsEvent) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  `SEQUENCE:${sequence}`,
  `DTSTAMP:${utc(stamp)}`,
  ...(recurrenceOf ? [`RECURRENCE-ID:${utc(recurrenceOf)}`] : []),
  `DTSTART:${utc(from)}`,
  `DTEND:${utc(to)}`,
  ...(weeks > 1 ? [`RRULE:FREQ=WEEKLY;COUNT=${weeks}`] : []),
  `SUMMARY:${escape(title)}`,
  'CLASS:PRIVATE',
  'TRANSP:OPAQUE',
  `STATUS:${method === 'CANCEL' ? 'CANCELLED' : 'CONFIRMED'}`,
  ...(organizer ? [`ORGANIZER:mailto:${organizer}`] : []),
  // Answers are given in the cabinet, where all of them meet.
  ...(attendee ? [`ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:${attendee}`] : []),
  'END:VEVENT',
];

const utc = (at: Date) => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
const escape = (text: string) => text.replaceAll(/[\\;,]/g, (sign) => `\\${sign}`).replaceAll(/\r?\n/g, '\\n');

/** 75 octets a line, never through a letter. */
function fold(line: string): string {
  const parts: string[] = [];
  let [part, octets] = ['', 0];
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > (parts.length === 0 ? 75 : 74)) {
      parts.push(part);
      [part, octets] = ['', 0];
    }
    part += letter;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
