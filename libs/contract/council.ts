import { z } from 'zod';
import { Id } from './problem.js';

const Day = z.iso.date();
/** A partner body: a court of the register, or any other by name. */
export const NoteMemorandum = z
  .object({
    partner: z.string().trim().min(2).max(200),
    courtId: z.string().max(40).nullish(),
    /** Whether it may send people to mediation. */
    refers: z.boolean(),
    number: z.string().trim().max(60).optional(),
    since: Day,
    until: Day.nullish(),
  })
  .strict()
  .refine(({ since, until }) => !until || until >= since, { path: ['until'], message: 'ends_first' });
export type NoteMemorandum = z.infer<typeof NoteMemorandum>;
export const Memorandum = z.object({
  id: Id,
  partner: z.string(),
  courtId: z.string().nullable(),
  refers: z.boolean(),
  number: z.string().nullable(),
  since: Day,
  until: Day.nullable(),
  endedOn: Day.nullable(),
  state: z.enum(['coming', 'open', 'lapsed', 'ended']),
  /** Cases referred while it stood; a court's as it sends them, any other partner's as the desk notes them. The council reads them by fives, and none below. */
  referred: z.number().nullable(),
});
export type Memorandum = z.infer<typeof Memorandum>;
/** Which partner sent the people of a case, where the desk noted one, and which it may note. */
export const CasePartner = z.object({
  memorandumId: Id.nullable(),
  partner: z.string().nullable(),
  choices: z.array(z.object({ id: Id, partner: z.string() })),
});
export type CasePartner = z.infer<typeof CasePartner>;
export const NotePartner = z.object({ memorandumId: Id }).strict();
export type NotePartner = z.infer<typeof NotePartner>;

export const CallCouncil = z
  .object({
    startsAt: z.iso.datetime(),
    place: z.string().trim().min(2).max(300),
    topics: z.array(z.string().trim().min(2).max(500)).min(1).max(30),
    materials: z.string().trim().max(4000),
    /** The report of a closed period that is to be looked at. */
    period: z
      .string()
      .regex(/^20\d\d(-(0[1-9]|1[0-2]|Q[1-4]|H[12]|T(0[1-9]|1[0-2])))?$/)
      .nullish(),
  })
  .strict();
export type CallCouncil = z.infer<typeof CallCouncil>;
/** What was decided on each item, by its number; and how many were there. */
export const WriteMinutes = z
  .object({
    attended: z.number().int().min(0).max(500),
    decisions: z.array(z.object({ no: z.number().int().min(1).max(30), decision: z.string().trim().max(2000) }).strict()).max(30),
  })
  .strict();
export type WriteMinutes = z.infer<typeof WriteMinutes>;
export const SetTask = z
  .object({ task: z.string().trim().min(5).max(1000), responsible: z.string().trim().min(2).max(200), dueOn: Day })
  .strict();
export type SetTask = z.infer<typeof SetTask>;
export const EndTask = z.object({ outcome: z.string().trim().max(1000) }).strict();
export type EndTask = z.infer<typeof EndTask>;
export const CouncilTask = z.object({
  id: Id,
  task: z.string(),
  responsible: z.string(),
  dueOn: Day,
  doneAt: z.iso.datetime().nullable(),
  outcome: z.string().nullable(),
  overdue: z.boolean(),
});
export type CouncilTask = z.infer<typeof CouncilTask>;
export const CouncilMeeting = z.object({
  id: Id,
  startsAt: z.iso.datetime(),
  place: z.string(),
  materials: z.string(),
  period: z.string().nullable(),
  heldAt: z.iso.datetime().nullable(),
  attended: z.number().nullable(),
  items: z.array(z.object({ no: z.number(), topic: z.string(), decision: z.string().nullable() })),
  tasks: z.array(CouncilTask),
});
export type CouncilMeeting = z.infer<typeof CouncilMeeting>;

export const houseEventKinds = ['training', 'mediation_day', 'open_day', 'lecture', 'other'] as const;
/** Something the House held for people: line 18 of the reports. */
export const NoteHouseEvent = z
  .object({
    kind: z.enum(houseEventKinds),
    title: z.string().trim().min(3).max(200),
    heldOn: Day,
    people: z.number().int().min(0).max(1_000_000),
  })
  .strict();
export type NoteHouseEvent = z.infer<typeof NoteHouseEvent>;
export const HouseEvent = NoteHouseEvent.extend({ id: Id });
export type HouseEvent = z.infer<typeof HouseEvent>;
