import { z } from 'zod';
import { PartyAnswer } from './application.js';
import { Id, Instant, Page, plainText, requiredText } from './problem.js';
import { Language } from './roles.js';
import { caseStates, courtNextActors, grounds } from './states.js';

/** A court's row: facts of its own case, nothing of people. */
export const courtStates = [...caseStates, 'NOT_STARTED'] as const;
export type CourtState = (typeof courtStates)[number];
/** By what a court filters its list. */
export const courtGroups = {
  starting: [
    'SUBMITTED',
    'RETURNED',
    'INVITED',
    'CONSENTED',
    'MEDIATOR_OFFERED',
    'MEDIATOR_ACCEPTED',
    'CONTRACT_DRAFT',
    'CONTRACT_SIGNING',
  ],
  mediating: ['IN_MEDIATION', 'EXTENDED', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING'],
  settled: [
    'SETTLED_FULL',
    'SETTLED_PARTIAL',
    'AT_COURT',
    'COURT_APPROVED',
    'COURT_REFUSED',
    'PERFORMING',
    'PERFORMED',
    'BREACH_CLAIMED',
    'BREACHED',
  ],
  ended: ['NOT_STARTED', 'TERMINATED', 'CLOSED', 'ARCHIVED'],
} as const satisfies Record<string, CourtState[]>;
export type CourtGroup = keyof typeof courtGroups;
export const CourtQuery = Page.extend({ group: z.enum(Object.keys(courtGroups) as [CourtGroup, ...CourtGroup[]]).optional() });
export type CourtQuery = z.infer<typeof CourtQuery>;
export const CourtRow = z.object({
  id: Id,
  number: z.string(),
  courtCaseNumber: z.string().nullable(),
  category: z.string(),
  state: z.enum(courtStates),
  since: Instant,
  ageDays: z.number(),
  nextActor: z.enum(courtNextActors),
  dueAt: Instant.nullable(),
  ground: z.enum(grounds).nullable(),
});
export type CourtRow = z.infer<typeof CourtRow>;
export const CourtRows = z.object({ rows: z.array(CourtRow), next: z.string().nullable() });
export type CourtRows = z.infer<typeof CourtRows>;

/** A court's referral by form: the case, the ruling and its term, the parties and how to reach them. Nothing of what the dispute says. */
export const ReferCase = z.object({
  id: Id.optional(),
  language: Language,
  category: z.string().max(40),
  subcategory: z.string().max(60).optional(),
  district: z.string().max(40),
  caseNumber: requiredText(60),
  judge: plainText(160).optional(),
  rulingOn: z.string().trim().max(10),
  termDays: z.number().int().min(1).max(365),
  /** Violence or a protective order is known: the sides never meet. Why is not written. */
  safeProcess: z.boolean().default(false),
  sideA: z.array(PartyAnswer).min(1).max(10),
  sideB: z.array(PartyAnswer).min(1).max(10),
});
export type ReferCase = z.infer<typeof ReferCase>;
export const ReferredCase = z.object({ caseId: Id });
