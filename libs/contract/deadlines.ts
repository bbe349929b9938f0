import { z } from 'zod';
import { Instant } from './problem.js';
import { nextActors } from './states.js';

const Texts = z.object({ kk: z.string(), ru: z.string(), en: z.string() });

/** A time limit that runs in a case: its rule, its last moment, and who acts until then. */
export const RunningDeadline = z.object({
  code: z.string(),
  name: Texts,
  /** Null where the last day was named for this case alone: by its court, or by the longest term there may be. */
  rule: z.object({ value: z.number(), unit: z.enum(['day', 'month', 'year']), dayType: z.enum(['calendar', 'working']) }).nullable(),
  /** Whether the Law sets it, or the House for itself. */
  setBy: z.enum(['law', 'house']),
  dueAt: Instant,
  nextActor: z.enum(nextActors),
});
export type RunningDeadline = z.infer<typeof RunningDeadline>;
export const RunningDeadlines = z.array(RunningDeadline);
