import { z } from 'zod';
import { meetingModes } from './calendar.js';
import { Id, Instant } from './problem.js';
import { Side } from './roles.js';

/** How far a meeting has come. `held` and `missed` are its two ends; `missed` blames nobody. */
export const meetingStates = ['booked', 'running', 'paused', 'held', 'missed', 'cancelled'] as const;
export type MeetingState = (typeof meetingStates)[number];
export const meetingActs = ['wait', 'excuse', 'start', 'pause', 'resume', 'end', 'record'] as const;
export type MeetingAct = (typeof meetingActs)[number];

/** Somebody of one's own side, or the mediator; all of them for the mediator alone. */
export const Attendee = z.object({
  personId: Id,
  name: z.string(),
  /** Null for the mediator. */
  side: Side.nullable(),
  isViewer: z.boolean(),
  /** On the meeting's page now. */
  here: z.boolean(),
  /** Has said that he can not come. */
  excused: z.boolean(),
  attended: z.boolean().nullable(),
  minutes: z.number().int().nullable(),
});
export type Attendee = z.infer<typeof Attendee>;
export const MeetingDay = z.object({
  id: Id,
  caseId: Id,
  mode: z.enum(meetingModes),
  /** The room of the House, for a meeting in person. */
  place: z.string().nullable(),
  from: Instant,
  to: Instant,
  number: z.string().nullable(),
  state: z.enum(meetingStates),
  viewerIs: z.enum(['party', 'mediator']),
  startedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** How long it has run, pauses left out. */
  minutes: z.number().int(),
  opensAt: Instant,
  people: z.array(Attendee),
  actions: z.array(z.enum(meetingActs)),
  /** After a meeting that did not come about: is the next one the first, which costs nobody anything? */
  againFree: z.boolean(),
});
export type MeetingDay = z.infer<typeof MeetingDay>;

export const SteerMeeting = z.object({ state: z.enum(['running', 'paused', 'held']) });
export type SteerMeeting = z.infer<typeof SteerMeeting>;
/** Facts and no content: who was there, for how many minutes. */
export const RecordAttendance = z.object({
  held: z.boolean(),
  people: z.array(z.object({ personId: Id, attended: z.boolean(), minutes: z.number().int().min(0).max(1440).nullable() })).max(50),
});
export type RecordAttendance = z.infer<typeof RecordAttendance>;

/** One's own meetings of all cases, between two moments at most half a year apart. */
export const MeetingsQuery = z.object({ from: Instant, to: Instant });
export type MeetingsQuery = z.infer<typeof MeetingsQuery>;
export const OwnMeeting = z.object({
  id: Id,
  caseId: Id,
  number: z.string().nullable(),
  mode: z.enum(meetingModes),
  /** The room of the House, for a meeting in person. */
  place: z.string().nullable(),
  from: Instant,
  to: Instant,
});
export type OwnMeeting = z.infer<typeof OwnMeeting>;
export const OwnMeetings = z.array(OwnMeeting);

/** The House's diary, for the desk: who meets when, how and where; of no case a word. */
export const DiaryEntry = z.object({
  id: Id,
  mode: z.enum(meetingModes),
  place: z.string().nullable(),
  mediator: z.string(),
  from: Instant,
  to: Instant,
});
export type DiaryEntry = z.infer<typeof DiaryEntry>;
