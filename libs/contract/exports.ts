import { z } from 'zod';
import { Id, Instant } from './problem.js';
import { reportFormats, ReportPeriod } from './reports.js';

/** Whose cases a register lists: those that came in between two days, or those of which a letter went out between them. */
export const registerBy = ['filed', 'sent'] as const;
const Day = z.iso.date();
/** Both days are part of it, by the clocks of Kazakhstan. */
const days = { from: Day, to: Day, by: z.enum(registerBy).default('filed') };
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to;
const order = { path: ['to'], message: 'before_start' };
export const RegisterQuery = z
  .object({ ...days, after: z.string().max(80).optional(), limit: z.coerce.number().int().min(1).max(200).default(100) })
  .strict()
  .refine(inOrder, order);
export type RegisterQuery = z.infer<typeof RegisterQuery>;
export const RegisterRow = z.object({
  id: Id,
  number: z.string(),
  courtCaseNumber: z.string().nullable(),
  category: z.string(),
  filedAt: Instant,
  state: z.string(),
  since: Instant,
  mediator: z.string().nullable(),
  termAt: Instant.nullable(),
  ground: z.string().nullable(),
  /** What went out to the court, under which number. */
  letters: z.array(z.object({ number: z.string(), kind: z.enum(['not_started', 'settled', 'terminated', 'sent']), at: Instant })),
  outcome: z.string().nullable(),
  ruledOn: Day.nullable(),
  rulingNumber: z.string().nullable(),
  dutyRefund: z.boolean().nullable(),
  dutyAmount: z.number().nullable(),
});
export type RegisterRow = z.infer<typeof RegisterRow>;
export const RegisterRows = z.object({ rows: z.array(RegisterRow), next: z.string().nullable() });
export type RegisterRows = z.infer<typeof RegisterRows>;

const file = { format: z.enum(reportFormats), language: z.enum(['kk', 'ru']) };
export const AskExport = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('register'), ...days, ...file })
    .strict()
    .refine(inOrder, order),
  z.object({ kind: z.literal('report'), period: ReportPeriod, ...file }).strict(),
]);
export type AskExport = z.infer<typeof AskExport>;
export const exportStates = ['waiting', 'making', 'ready', 'failed', 'expired'] as const;
/** Why a file was not made. */
export const exportReasons = ['too_many_rows', 'not_closed', 'broken'] as const;
/** How many rows a file of a kind holds; more is asked for in parts. */
export const exportRows = { pdf: 3_000, xlsx: 100_000, csv: 300_000, dictionary: 300_000 } as const;
export const ExportView = z.object({
  id: Id,
  asked: AskExport,
  askedAt: Instant,
  state: z.enum(exportStates),
  reason: z.enum(exportReasons).nullable(),
  done: z.number(),
  total: z.number().nullable(),
  expiresAt: Instant.nullable(),
  size: z.number().nullable(),
  /** Made by the cabinet itself when a month was closed. */
  scheduled: z.boolean(),
});
export type ExportView = z.infer<typeof ExportView>;
export const ExportViews = z.array(ExportView);
