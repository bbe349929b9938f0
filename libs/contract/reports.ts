import { z } from 'zod';
import { Instant } from './problem.js';

/** What a report line is a number of. */
export const reportUnits = ['count', 'percent', 'average', 'average_days', 'kzt', 'score'] as const;
/** By what lines are cut; `own` cuts a line has of its own: why refused, by which ground ended, at which court, what kind of party. */
export const reportDims = [
  'district',
  'category',
  'subcategory',
  'language',
  'mediator_kind',
  'door',
  'reason',
  'ground',
  'court',
  'person_kind',
  'stage',
  'question',
  'sex',
  'age_band',
  'event_kind',
] as const;
export type ReportDim = (typeof reportDims)[number];
/** `2026-09`, `2026-Q3`, `2026-H2`, `2026`, or `2026-T09`: since 1 January, to the end of September. */
const named = /^20\d\d(-(0[1-9]|1[0-2])|-Q[1-4]|-H[12]|-T(0[1-9]|1[0-2]))?$/;
/** `2025-11..2026-02`: from one month to another, both in it. */
const free = /^(20\d\d-(?:0[1-9]|1[0-2]))\.\.(20\d\d-(?:0[1-9]|1[0-2]))$/;
export const ReportPeriod = z
  .string()
  .refine((code) => named.test(code) || free.test(code), 'wrong')
  .refine((code) => {
    const [, from = '', to = ''] = free.exec(code) ?? [];
    return from <= to;
  }, 'before_start');
const Names = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
/** `null`: hidden, because it is of fewer than five, or would tell such a one. */
const Number = z.number().nullable();
export const ReportCell = z.object({ value: z.string(), name: Names, n: Number });
export type ReportCell = z.infer<typeof ReportCell>;
export const ReportLine = z.object({
  no: z.string(),
  code: z.string(),
  name: Names,
  unit: z.enum(reportUnits),
  n: Number,
  /** In the period before, where that is closed. */
  before: Number.optional(),
  cuts: z.array(z.object({ dim: z.enum(reportDims), cells: z.array(ReportCell) })),
});
export type ReportLine = z.infer<typeof ReportLine>;
export const Report = z.object({
  period: ReportPeriod,
  /** When its last month was counted: what happened later is not in it. */
  closedAt: Instant,
  compared: z.string().nullable(),
  lines: z.array(ReportLine),
});
export type Report = z.infer<typeof Report>;
export const ReportPeriods = z.object({
  months: z.array(z.object({ month: z.string(), closedAt: Instant })),
  periods: z.array(z.string()),
});
export type ReportPeriods = z.infer<typeof ReportPeriods>;
export const reportFormats = ['xlsx', 'csv', 'dictionary', 'pdf'] as const;
export type ReportFormat = (typeof reportFormats)[number];
export const ReportQuery = z.object({ period: ReportPeriod }).strict();
export type ReportQuery = z.infer<typeof ReportQuery>;
