import { z } from 'zod';
import { Id, Instant } from './problem.js';

/** How much of a table is taken: bytes of the file, rows of it, rows that go in within one transaction, mistakes that are told at once. */
export const importLimits = { bytes: 8 * 1024 * 1024, rows: 10_000, batch: 200, faults: 200 } as const;
/** What a table may be of. Cases and mediators are the desk's; days off and courts the administrator's. */
export const registerKinds = ['mediators', 'holidays', 'courts'] as const;
export const importKinds = ['referrals', ...registerKinds] as const;
export type ImportKind = (typeof importKinds)[number];
export const RegisterKind = z.enum(registerKinds);
export type RegisterKind = z.infer<typeof RegisterKind>;
export const RegisterImportQuery = z.object({ kind: RegisterKind });
export type RegisterImportQuery = z.infer<typeof RegisterImportQuery>;

export const partyColumns = [
  'Surname',
  'Given',
  'Patronymic',
  'Iin',
  'Organisation',
  'Bin',
  'Phone',
  'Email',
  'Address',
  'Language',
] as const;
/** The columns of each kind of table. How people call them: libs/imports/data. */
export const importColumns = {
  referrals: [
    'court',
    'caseNumber',
    'rulingOn',
    'termDays',
    'category',
    'subcategory',
    'district',
    'language',
    'judge',
    'safeProcess',
    ...partyColumns.map((name) => `a${name}` as const),
    ...partyColumns.map((name) => `b${name}` as const),
  ],
  mediators: [
    'surname',
    'given',
    'patronymic',
    'iin',
    'language',
    'email',
    'phone',
    'address',
    'kind',
    'registerNumber',
    'enteredOn',
    'languages',
    'fields',
    'district',
    'capacity',
    'organisation',
    'organisationBin',
    'community',
    'protocolNumber',
    'protocolDate',
    'employer',
    'employerBin',
    'certificateNumber',
    'certificateIssuer',
    'certificateIssuedOn',
    'certificateUntil',
  ],
  holidays: ['day', 'off', 'kk', 'ru', 'en'],
  courts: ['court', 'code', 'level', 'kk', 'ru', 'en'],
} as const satisfies Record<ImportKind, readonly string[]>;
export type ColumnOf<K extends ImportKind> = (typeof importColumns)[K][number];
export type ImportColumn = ColumnOf<ImportKind>;
const Column = z.enum([...new Set(Object.values(importColumns).flat())] as [ImportColumn, ...ImportColumn[]]);
/** What is wrong with one cell: the line as a spreadsheet counts it, the column (none: the whole row), `fields.CODE`. */
export const ImportFault = z.object({ line: z.number(), column: Column.nullable(), code: z.string() });
export type ImportFault = z.infer<typeof ImportFault>;
/** A file that has gone in, or is on its way. `kept`: what something has happened to since, and so stays when it is undone. */
export const ImportView = z.object({
  id: Id,
  madeAt: Instant,
  rows: z.number(),
  good: z.number(),
  done: z.number(),
  undoneAt: Instant.nullable(),
  undone: z.number(),
  kept: z.array(z.object({ line: z.number(), name: z.string().nullable() })),
});
export type ImportView = z.infer<typeof ImportView>;
export const ImportViews = z.array(ImportView);
/** What would happen. `known`: this very file has gone in already, or began to. */
export const ImportPreview = z.object({
  rows: z.number(),
  good: z.number(),
  missing: z.array(Column),
  faults: z.array(ImportFault),
  known: ImportView.nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;
