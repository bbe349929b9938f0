import { z } from 'zod';
import { obstacles } from './cases.js';
import { Id, Instant } from './problem.js';
import { TermPoints } from './terms.js';

export const Ranked = z.object({ mediatorId: Id, reasons: z.array(z.enum(obstacles)), total: z.number(), terms: z.array(TermPoints) });
export type Ranked = z.infer<typeof Ranked>;

/** How the mediator of a case was chosen, for the desk; `place` is his place in the list of that moment. */
export const AssignmentView = z.object({
  id: Id,
  mediatorId: Id,
  mediator: z.string(),
  rules: z.string(),
  seed: z.string(),
  place: z.number(),
  among: z.number(),
  at: Instant,
  /** By the desk, or by itself after somebody declined. */
  by: z.enum(['house', 'system']),
  terms: z.array(TermPoints),
});
export type AssignmentView = z.infer<typeof AssignmentView>;
/** The choice made again from what was kept of it. */
/** `batch`: where it was chosen together with others, whether the whole matching came out the same, and how many cases it held. */
export const AssignmentReplay = z.object({
  same: z.boolean(),
  rules: z.string(),
  ranked: z.array(Ranked),
  batch: z.object({ same: z.boolean(), cases: z.number() }).nullable(),
});
export type AssignmentReplay = z.infer<typeof AssignmentReplay>;
/** For the parties: why this mediator. Nothing of other cases, nothing that differs where a case is kept safe. */
export const WhyMediator = z.object({
  mediator: z.string(),
  kind: z.enum(['professional', 'public']),
  terms: z.array(TermPoints.pick({ code: true, says: true, n: true })),
});
export type WhyMediator = z.infer<typeof WhyMediator>;
