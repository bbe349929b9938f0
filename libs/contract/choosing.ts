import { z } from 'zod';
import { Id, Instant } from './problem.js';
import { Side } from './roles.js';

/** One of the list: what the register says to anybody. Nothing of how loaded, tied or near in time he is. */
export const Listed = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(['professional', 'public']),
  languages: z.array(z.string()),
  district: z.string(),
  since: z.iso.date(),
});
export type Listed = z.infer<typeof Listed>;

/** Everybody of the list is in one of the two; the best first. */
export const AnswerChoosing = z.object({ struck: z.array(Id).max(30), ranked: z.array(Id).max(30) });
export type AnswerChoosing = z.infer<typeof AnswerChoosing>;

/** A round in which both sides choose. Of the other side's answer a side learns nothing, not even whether there is one. */
export const ChoosingView = z.object({
  id: Id,
  openedAt: Instant,
  until: Instant,
  open: z.boolean(),
  /** The same people in the same order, in the same words, for both sides. */
  listed: z.array(Listed),
  mine: AnswerChoosing.nullable(),
  /** For the desk alone: who has answered, and how it ended. */
  desk: z.object({ answered: z.array(Side), outcome: z.enum(['sides', 'house', 'nobody', 'lapsed']).nullable() }).nullable(),
});
export type ChoosingView = z.infer<typeof ChoosingView>;
