import { z } from 'zod';
import { meetingModes } from './calendar.js';
import { Id, Instant, requiredText } from './problem.js';
import { Zone } from './zones.js';

const WallTime = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const Span = z.object({ from: WallTime, to: WallTime }).refine(({ from, to }) => from < to, { path: ['to'] });
const forward = { path: ['to'] };
const Weekday = z.int().min(1).max(7);
const ExactSpan = z.object({ from: Instant, to: Instant }).refine(({ from, to }) => Date.parse(from) < Date.parse(to), forward);

/** One line of a week: day 1 Monday … 7 Sunday, on the clock of the House. */
export const WeekLine = z.object({ day: Weekday, from: WallTime, to: WallTime }).refine(({ from, to }) => from < to, forward);
export const Week = z.array(WeekLine).max(42);

/** A mediator's own working hours. An exception is an absence, or, when `open`, an hour offered besides. */
export const WorkingHours = z.object({
  weekly: Week,
  exceptions: z.array(ExactSpan.safeExtend({ open: z.boolean() })).max(200),
  modes: z.array(z.enum(meetingModes)).min(1).max(meetingModes.length),
  /** Minutes kept clear before and after each meeting. */
  bufferMinutes: z.int().min(0).max(240),
  /** Meetings a day. */
  dailyLimit: z.int().min(1).max(24),
});
export type WorkingHours = z.infer<typeof WorkingHours>;

/** Days on which somebody can't: all of them or some weekdays, the whole day or an hour of it, on the clock of his own zone. */
export const Unavailable = z
  .object({ from: z.iso.date(), to: z.iso.date(), weekdays: z.array(Weekday).max(7).default([]), times: Span.nullable().default(null) })
  .refine(({ from, to }) => from <= to, forward);
export type Unavailable = z.infer<typeof Unavailable>;
/** Languages an interpreter may be asked for: ISO 639 codes; `sgn` is sign language. */
export const Spoken = z.string().regex(/^[a-z]{2,3}$/);
export const MeetingNeeds = z.object({ interpreter: Spoken.nullable(), stepFree: z.boolean() });
export type MeetingNeeds = z.infer<typeof MeetingNeeds>;
/** A party's own times: when not, or, if there are picks, only when. Read by nobody else; the cabinet reckons with them. */
export const Availability = z.object({
  zone: Zone,
  unavailable: z.array(Unavailable).max(100),
  picks: z.array(ExactSpan).max(60),
  needs: MeetingNeeds,
});
export type Availability = z.infer<typeof Availability>;
export const AvailabilityView = Availability.safeExtend({ saidAt: Instant.nullable() });
export type AvailabilityView = z.infer<typeof AvailabilityView>;

/** A calendar kept elsewhere, by the address other programs give for it (`webcal:` is https). It is never shown again, only where it is. */
export const NameOutsideCalendar = z.object({
  address: z
    .string()
    .trim()
    .max(2000)
    .transform((address) => address.replace(/^webcals?:/i, 'https:'))
    .pipe(z.url({ protocol: /^https?$/ }).regex(/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i)), // no name or password in it
});
export type NameOutsideCalendar = z.infer<typeof NameOutsideCalendar>;
export const outsideFailures = [
  'unreachable',
  'refused',
  'too_large',
  'too_slow',
  'too_many_redirects',
  'private_address',
  'not_a_calendar',
] as const;
export type OutsideFailure = (typeof outsideFailures)[number];
export const OutsideCalendarView = z.object({
  calendar: z
    .object({ host: z.string(), fetchedAt: Instant.nullable(), failure: z.enum(outsideFailures).nullable(), busy: z.int() })
    .nullable(),
});
export type OutsideCalendarView = z.infer<typeof OutsideCalendarView>;

/** The private feed of one's meetings. The address is told once, when it is made; making it anew revokes the one before. */
export const FeedView = z.object({ openedAt: Instant.nullable() });
export type FeedView = z.infer<typeof FeedView>;
export const FeedAddress = z.object({ address: z.string(), openedAt: Instant });
export type FeedAddress = z.infer<typeof FeedAddress>;

export const resourceKinds = ['place', 'interpreter'] as const;
/** A room of the House, or an interpreter: what a meeting may need besides people. */
export const ResourceView = z.object({
  id: Id,
  kind: z.enum(resourceKinds),
  name: requiredText(120),
  languages: z.array(Spoken).max(20),
  stepFree: z.boolean(),
  weekly: Week,
  bufferMinutes: z.int().min(0).max(240),
  closed: z.boolean(),
});
export type ResourceView = z.infer<typeof ResourceView>;
export const KeepResource = ResourceView.omit({ id: true });
export type KeepResource = z.infer<typeof KeepResource>;
