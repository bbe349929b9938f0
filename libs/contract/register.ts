import { z } from 'zod';
import { bin, email, iin, phoneKz } from './identifiers.js';
import { Capacity, mediatorKinds } from './mediators.js';
import { Names } from './people.js';
import { Id, Instant, plainText, requiredText } from './problem.js';
import { Language } from './roles.js';

const Day = z.iso.date('date');
const Code = z.string().regex(/^[a-z_-]{2,40}$/, 'choose');
/** Left empty where there is none. */
const orNothing = <S extends z.ZodType<string>>(schema: S) => z.preprocess((typed) => (typed === '' ? null : typed), schema.nullable());

export const certificateCourses = ['general', 'specialised', 'trainer'] as const;
export const Certificate = z.object({
  course: z.enum(certificateCourses),
  /** Of a specialised course, the kind of dispute. */
  field: orNothing(Code),
  number: requiredText(60),
  issuer: requiredText(200),
  issuedOn: Day,
  /** Of one that renews another before its end; null: from the day of issue. */
  validFrom: orNothing(Day).default(null),
  validUntil: Day,
});
export type Certificate = z.infer<typeof Certificate>;

/** An entry of the register of mediators as the law names its fields (domain/law.md 1.3). The day of birth stands in the IIN. */
export const KeepEntry = z.object({
  ...Names.shape,
  iin,
  language: Language,
  email: orNothing(email),
  phone: orNothing(phoneKz),
  address: plainText(300).default(''),
  kind: z.enum(mediatorKinds),
  registerNumber: requiredText(40),
  enteredOn: Day,
  languages: z.array(Code).min(1, 'choose').max(12),
  fields: z.array(Code).min(1, 'choose').max(30),
  district: Code,
  capacity: Capacity,
  /** Of a professional mediator: who keeps the register that he stands in. */
  organisation: plainText(200).default(''),
  organisationBin: orNothing(bin),
  /** Of a public one: the community that elected him, and its protocol. */
  community: plainText(200).default(''),
  protocolNumber: plainText(40).default(''),
  protocolDate: orNothing(Day),
  /** Where he works besides: seen by the desk and the machine that looks for conflicts. */
  employer: plainText(200).default(''),
  employerBin: orNothing(bin),
  certificates: z.array(Certificate).max(20),
  /** Said by the coordinator who was told of an entry that looks the same: it is somebody else. */
  isAnother: z.boolean().default(false),
  /** What the entry was when it was read; null for a new one. */
  version: z.int().nullable().default(null),
});
export type KeepEntry = z.infer<typeof KeepEntry>;

export const standings = ['active', 'suspended', 'excluded'] as const;
export type MediatorStanding = (typeof standings)[number];
/** Why somebody may not mediate, or may again. The words of law differ; these are the grounds the register tells apart. */
export const standingGrounds = {
  suspended: ['own_request', 'holds_public_office', 'under_inquiry', 'court_decision', 'other'],
  excluded: ['own_request', 'ethics_breach', 'term_of_election_ended', 'conviction', 'incapacity', 'death', 'other'],
  active: ['ground_ended', 'court_decision', 'mistake', 'other'],
} as const satisfies Record<MediatorStanding, readonly string[]>;
export const allGrounds = [...new Set(Object.values(standingGrounds).flat())] as const;
export const SetStanding = z
  .object({
    status: z.enum(standings),
    from: Day,
    /** The day it ends by itself, if it is known; of a suspension alone. */
    until: orNothing(Day),
    ground: z.enum(allGrounds, 'choose'),
    version: z.int(),
  })
  .refine(({ until, from }) => until === null || until > from, { path: ['until'], message: 'ends_first' })
  .refine(({ until, status }) => until === null || status === 'suspended', { path: ['until'], message: 'until_suspended' })
  .refine(({ status, ground }) => (standingGrounds[status] as readonly string[]).includes(ground), { path: ['ground'], message: 'choose' });
export type SetStanding = z.infer<typeof SetStanding>;

export const EntryRow = z.object({
  id: Id,
  name: z.string(),
  kind: z.enum(mediatorKinds),
  registerNumber: z.string(),
  district: z.string(),
  standing: z.enum(standings),
  certifiedUntil: Day.nullable(),
  certified: z.boolean(),
  capacity: z.int(),
  openCases: z.int(),
  /** Whether there is an account that may act as a mediator; without one nothing can be offered. */
  hasAccount: z.boolean(),
});
export type EntryRow = z.infer<typeof EntryRow>;
export const registerShows = ['all', 'active', 'barred', 'expiring'] as const;
export const EntriesQuery = z.object({
  search: plainText(80).optional(),
  show: z.enum(registerShows).default('all'),
  from: z.coerce.number().int().min(0).max(100_000).default(0),
  limit: z.coerce.number().int().min(1).max(50).default(50),
});
export type EntriesQuery = z.infer<typeof EntriesQuery>;
export const EntriesPage = z.object({ rows: z.array(EntryRow), total: z.int(), next: z.int().nullable() });
export type EntriesPage = z.infer<typeof EntriesPage>;

export const registerChangeKinds = ['entered', 'corrected', 'suspended', 'excluded', 'restored', 'certified', 'capacity'] as const;
export const RegisterChange = z.object({
  id: Id,
  kind: z.enum(registerChangeKinds),
  from: Day.nullable(),
  until: Day.nullable(),
  ground: z.enum(allGrounds).nullable(),
  /** Name of what changed, what it was and what it is; of what is internal the name alone. */
  changes: z.array(z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  by: z.string().nullable(),
  at: Instant,
});
export type RegisterChange = z.infer<typeof RegisterChange>;

const Text = z.string();
const Maybe = z.string().nullable();
/** An entry as it is kept; an old one may have no details yet. */
export const KeptEntry = z.object({
  surname: Text,
  given: Text,
  patronymic: Text,
  iin: Maybe,
  language: Language,
  email: Maybe,
  phone: Maybe,
  address: Text,
  kind: z.enum(mediatorKinds),
  registerNumber: Text,
  enteredOn: Text,
  languages: z.array(Text),
  fields: z.array(Text),
  district: Text,
  capacity: z.int(),
  organisation: Text,
  organisationBin: Maybe,
  community: Text,
  protocolNumber: Text,
  protocolDate: Maybe,
  employer: Text,
  employerBin: Maybe,
  certificates: z.array(
    z.object({
      course: z.enum(certificateCourses),
      field: Maybe,
      number: Text,
      issuer: Text,
      issuedOn: Text,
      validFrom: Maybe,
      validUntil: Text,
    }),
  ),
  version: z.int(),
});
export type KeptEntry = z.infer<typeof KeptEntry>;
/** All of an entry, for the coordinator who keeps it. */
export const RegisterFile = z.object({
  row: EntryRow,
  entry: KeptEntry,
  status: z.enum(standings),
  statusFrom: Day.nullable(),
  statusUntil: Day.nullable(),
  statusGround: z.string().nullable(),
  published: z.boolean(),
  modes: z.array(z.string()),
  /** His own entry is another coordinator's business. */
  mayChange: z.boolean(),
  history: z.array(RegisterChange),
});
export type RegisterFile = z.infer<typeof RegisterFile>;
export const EntryKept = z.object({ id: Id });
