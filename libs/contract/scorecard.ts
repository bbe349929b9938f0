import { z } from 'zod';
import { Instant } from './problem.js';
import { reportUnits } from './reports.js';

/** What the public page tells of the cabinet, each over all cases and by language of mediation. */
export const scorecardMeasures = ['join_rate', 'days_to_contract', 'days_to_end', 'settlement_share_ended', 'satisfaction'] as const;
export type ScorecardMeasure = (typeof scorecardMeasures)[number];
export const scorecardLanguages = ['kk', 'ru'] as const;
/** `null`: hidden, because it is of fewer than five, or would tell such a one; or nothing to divide by. */
const Number = z.number().nullable();
export const ScorecardRow = z.object({
  code: z.enum(scorecardMeasures),
  unit: z.enum(reportUnits),
  n: Number,
  languages: z.array(z.object({ value: z.enum(scorecardLanguages), n: Number })),
});
export type ScorecardRow = z.infer<typeof ScorecardRow>;
/** Since January to the end of the last closed month. */
export const Scorecard = z.object({ period: z.string().nullable(), closedAt: Instant.nullable(), rows: z.array(ScorecardRow) });
export type Scorecard = z.infer<typeof Scorecard>;
export const scorecardFormats = ['csv', 'json', 'dictionary'] as const;
export const ScorecardData = z.object({ format: z.enum(scorecardFormats), language: z.enum(['kk', 'ru']) }).strict();
export type ScorecardData = z.infer<typeof ScorecardData>;
