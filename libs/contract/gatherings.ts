import { z } from 'zod';
import { conflictQuestions } from './cases.js';
import { Spoken } from './hours.js';
import { Contact } from './people.js';
import { Id, Instant, requiredText } from './problem.js';

/** Who may be asked into a case's rooms beside its parties and its mediator. */
export const guestCapacities = ['co_mediator', 'interpreter', 'observer'] as const;
/** What every guest pledges before he reads a word; a new version asks again. */
export const guestPledge = { version: '1' } as const;

/** By the mediator. The contact is the guest's own: whoever holds it finds the request after signing in. An interpreter stands between two languages. */
export const AskGuest = z
  .object({
    id: Id,
    capacity: z.enum(guestCapacities),
    name: requiredText(160),
    contact: Contact,
    languages: z.array(Spoken).max(2).default([]),
  })
  .refine(({ capacity, languages }) => capacity !== 'interpreter' || new Set(languages).size === 2, { path: ['languages'] });
export type AskGuest = z.infer<typeof AskGuest>;
/** By a party: to the guest at all, and to him in her own private rooms. May be changed at any time. */
export const AnswerGuest = z.object({ agrees: z.boolean(), own: z.boolean().default(false) });
export type AnswerGuest = z.infer<typeof AnswerGuest>;
/** A co-mediator declares, too, that no interest of his own is in the case: each question answered; a "yes" to any can't be accepted. */
export const PledgeGuest = z.object({
  version: z.string().max(40),
  declaration: z.record(z.enum(conflictQuestions), z.boolean()).optional(),
});
export type PledgeGuest = z.infer<typeof PledgeGuest>;
export const GuestView = z.object({
  id: Id,
  caseId: Id,
  capacity: z.enum(guestCapacities),
  name: z.string(),
  languages: z.array(z.string()),
  /** The mediator who asked. */
  askedBy: z.string(),
  askedAt: Instant,
  hasPledged: z.boolean(),
  /** Of a co-mediator: that no interest of his own is in it; and whose case it is, to himself alone. */
  hasDeclared: z.boolean(),
  parties: z.array(z.string()),
  /** In a room that the reader reads too. Why not, is told to nobody: no answer and "no" look alike. */
  isAdmitted: z.boolean(),
  /** The reader's own answer, if it is a party. */
  answer: z.object({ agrees: z.boolean(), own: z.boolean() }).nullable(),
});
export type GuestView = z.infer<typeof GuestView>;
export const GuestViews = z.array(GuestView);

/** A smaller room with some of the parties; `id` is made by whoever asks, so that asking twice opens one. */
export const OpenSubRoom = z.object({ id: Id, personIds: z.array(Id).min(1).max(20) });
export type OpenSubRoom = z.infer<typeof OpenSubRoom>;
export const LeaveRoom = z.object({ personId: Id });
export type LeaveRoom = z.infer<typeof LeaveRoom>;

/** May the sides meet? `apart` is told to the mediator alone; to a party there is a question, or none. */
export const JointRoomView = z.object({
  apart: z.enum(['default', 'required']).nullable(),
  isAsked: z.boolean(),
  /** The reader's own answer. */
  agrees: z.boolean().nullable(),
});
export type JointRoomView = z.infer<typeof JointRoomView>;
export const AskJointRoom = z.object({ asked: z.boolean() });
export const AnswerJointRoom = z.object({ agrees: z.boolean() });
