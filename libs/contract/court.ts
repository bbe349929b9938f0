import { z } from 'zod';
import { Id, Instant, Page } from './problem.js';
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
