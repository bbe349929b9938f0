import { z } from 'zod';
import { Id, Instant, plainText } from './problem.js';
import { Language } from './roles.js';

export const mediatorKinds = ['professional', 'public'] as const;
const Kind = z.enum(mediatorKinds);
const Code = z.string().regex(/^[a-z_]{2,40}$/);
const Day = z.iso.date();

/** What anybody may know of a mediator who agreed to be listed. */
export const PublicMediator = z.object({
  id: Id,
  name: z.string(),
  kind: Kind,
  languages: z.array(z.string()),
  fields: z.array(z.string()),
  district: z.string(),
  registerNumber: z.string(),
  enteredOn: Day,
  /** Of professional mediators alone: the law asks public ones for none. */
  certifiedUntil: Day.nullable(),
  /** Of the next two weeks, days on which an hour of his is free. */
  freeDays: z.array(Day),
});
export type PublicMediator = z.infer<typeof PublicMediator>;

export const DirectoryQuery = z.object({
  search: plainText(80).optional(),
  language: Code.optional(),
  field: Code.optional(),
  district: Code.optional(),
  kind: Kind.optional(),
  free: Day.optional(),
  from: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type DirectoryQuery = z.infer<typeof DirectoryQuery>;
export const DirectoryPage = z.object({
  mediators: z.array(PublicMediator),
  total: z.int(),
  /** Where the next stretch begins, if there is one. */
  next: z.int().nullable(),
  /** Every language that somebody of the directory works in. */
  languages: z.array(z.string()),
  /** Every day of the next two weeks on which somebody has a free hour. */
  freeDays: z.array(Day),
});
export type DirectoryPage = z.infer<typeof DirectoryPage>;

/** A mediator's own row of the register. */
export const RegisterEntry = z.object({
  kind: Kind,
  registerNumber: z.string(),
  enteredOn: Day,
  languages: z.array(z.string()),
  fields: z.array(z.string()),
  district: z.string(),
  standing: z.enum(['active', 'suspended', 'excluded']),
  certificateNumber: z.string().nullable(),
  certifiedUntil: Day.nullable(),
  certified: z.boolean(),
  capacity: z.int(),
  openCases: z.int(),
  /** Of the open ones, offers that wait for his answer. */
  offersWaiting: z.int(),
  /** Taken since the beginning of this year, and ended since. */
  takenThisYear: z.int(),
  endedThisYear: z.int(),
  /** The certificate ends within the days of warning. */
  endsSoon: z.boolean(),
  certificates: z.array(
    z.object({ course: z.string(), field: z.string().nullable(), number: z.string(), issuer: z.string(), validUntil: Day }),
  ),
  /** When he is away, from now on; the working hours' page changes it. */
  absences: z.array(z.object({ from: Instant, until: Instant })),
  published: z.boolean(),
});
export type RegisterEntry = z.infer<typeof RegisterEntry>;
/** How many cases at one time a mediator says that he can carry. */
export const capacityLimits = { least: 1, most: 20 } as const;
export const Capacity = z.coerce.number().int('whole_number').min(capacityLimits.least, 'capacity').max(capacityLimits.most, 'capacity');
export const SetCapacity = z.object({ capacity: Capacity });
export type SetCapacity = z.infer<typeof SetCapacity>;
export const SetPublication = z.object({ published: z.boolean() });
export type SetPublication = z.infer<typeof SetPublication>;
/** The journal of a mediator's own cases, as a table. */
export const ExportJournal = z.object({ language: Language });
export type ExportJournal = z.infer<typeof ExportJournal>;
