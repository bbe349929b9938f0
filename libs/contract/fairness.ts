import { z } from 'zod';
import { Id, Instant } from './problem.js';

export const fairnessMonths = [1, 3, 6, 12] as const;
export const FairnessQuery = z.object({
  months: z.coerce
    .number()
    .pipe(z.literal([...fairnessMonths]))
    .default(3),
});
export type FairnessQuery = z.infer<typeof FairnessQuery>;

/** How offers and cases fell on one mediator. */
export const FairnessRow = z.object({
  mediatorId: Id,
  name: z.string(),
  languages: z.array(z.string()),
  district: z.string(),
  capacity: z.int(),
  /** Cases and open offers now. */
  open: z.int(),
  offered: z.int(),
  accepted: z.int(),
  declined: z.int(),
  expired: z.int(),
  /** Half of the answers came within so many hours. */
  hours: z.number().nullable(),
});
export type FairnessRow = z.infer<typeof FairnessRow>;
/** A group of mediators; what would tell of single ones in a group under five is null. */
export const FairnessGroup = z.object({
  code: z.string().nullable(),
  mediators: z.int(),
  accepted: z.int().nullable(),
  acceptance: z.number().nullable(),
  load: z.number().nullable(),
  hours: z.number().nullable(),
  gini: z.number().nullable(),
});
export type FairnessGroup = z.infer<typeof FairnessGroup>;
export const FairnessBoard = z.object({
  since: Instant,
  until: Instant,
  mediators: z.array(FairnessRow),
  all: FairnessGroup,
  byLanguage: z.array(FairnessGroup),
  byDistrict: z.array(FairnessGroup),
});
export type FairnessBoard = z.infer<typeof FairnessBoard>;
