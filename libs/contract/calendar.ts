import { z } from 'zod';
import { Id, Instant } from './problem.js';

export const meetingModes = ['room', 'video', 'phone', 'in_person'] as const;
export type MeetingMode = (typeof meetingModes)[number];
const Slot = z.object({ from: Instant, to: Instant });
/** Why somebody asks for another hour, or calls one off: for the mediator, never for the other side. Nothing about health. */
export const moveGrounds = ['personal', 'work', 'preparation', 'technical'] as const;
export type MoveGround = (typeof moveGrounds)[number];

/** Hours by hand (`slots`), or "find three" of so many `minutes`. */
export const ProposeMeeting = z
  .object({
    id: Id,
    mode: z.enum(meetingModes),
    slots: z.array(Slot).min(1).max(3).optional(),
    minutes: z.int().min(15).max(480).optional(),
    /** The same hour in so many weeks, one after another: each slot stands for all of them. */
    weeks: z.int().min(1).max(8).default(1),
    /** The meeting that is to move, and why. */
    moves: Id.optional(),
    ground: z.enum(moveGrounds).optional(),
    /** The proposal that this one answers: it closes. */
    counters: Id.optional(),
  })
  .refine(({ slots, minutes }) => (slots === undefined) !== (minutes === undefined), { path: ['slots'] })
  .refine(({ moves, ground, weeks }) => moves === undefined || (ground !== undefined && weeks === 1), { path: ['ground'] });
export type ProposeMeeting = z.input<typeof ProposeMeeting>;
export const AnswerProposal = z.object({ acceptedSlotIds: z.array(Id).max(3) });
export type AnswerProposal = z.infer<typeof AnswerProposal>;
/** One meeting; or, of a series, all that are still to come. */
export const CancelMeeting = z.object({
  ground: z.enum(moveGrounds).default('personal'),
  series: z
    .enum(['true', 'false'])
    .default('false')
    .transform((said) => said === 'true'),
});
export type CancelMeeting = z.infer<typeof CancelMeeting>;

export const ProposalView = z.object({
  id: Id,
  mode: z.enum(meetingModes),
  expiresAt: Instant,
  proposedByViewer: z.boolean(),
  answeredByViewer: z.boolean(),
  /** How many weeks each slot stands for. */
  weeks: z.int(),
  /** The booked meeting that would move to the agreed hour. */
  moves: Id.nullable(),
  slots: z.array(z.object({ id: Id, from: Instant, to: Instant, acceptedByViewer: z.boolean(), afterTerm: z.boolean() })),
});
export type ProposalView = z.infer<typeof ProposalView>;
export const MeetingView = z.object({
  id: Id,
  caseId: Id,
  mode: z.enum(meetingModes),
  from: Instant,
  to: Instant,
  cancelled: z.boolean(),
  /** The room of the House, for a meeting in person. */
  place: z.string().nullable(),
  interpreter: z.boolean(),
  seriesId: Id.nullable(),
  /** It ends when the term of mediation is over: the mediator is warned, nobody is stopped. */
  afterTerm: z.boolean(),
  /** How often the viewer may still ask for another hour of this meeting; how often call one off in this case. The mediator is not counted. */
  movesLeft: z.int().nullable(),
  cancelsLeft: z.int().nullable(),
});
export type MeetingView = z.infer<typeof MeetingView>;
export const Schedule = z.object({ proposal: ProposalView.nullable(), meetings: z.array(MeetingView) });
export type Schedule = z.infer<typeof Schedule>;

/** What keeps all from one hour: told to the mediator and the desk. A clash with another case reads `hour_not_free`, whoever's it is. */
export const bindings = [
  'mediator_hours',
  'mediator_absent',
  'daily_limit',
  'hour_not_free',
  'side_a_times',
  'side_b_times',
  'interpreter',
  'place',
  'holiday',
  'term',
] as const;
export type Binding = (typeof bindings)[number];
export const AskHours = z.object({
  mode: z.enum(meetingModes).default('room'),
  minutes: z.coerce.number().int().min(15).max(480).default(60),
  weeks: z.coerce.number().int().min(1).max(8).default(1),
});
export type AskHours = z.infer<typeof AskHours>;
export const CommonHours = z.object({
  hours: z.array(Slot.extend({ afterTerm: z.boolean(), place: z.string().nullable() })),
  /** Together they leave no hour; take one away and there is one. Empty when hours were found. */
  binding: z.array(z.enum(bindings)),
});
export type CommonHours = z.infer<typeof CommonHours>;
