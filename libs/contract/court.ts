import { z } from 'zod';
import { PartyAnswer } from './application.js';
import { Id, Instant, Page, plainText, requiredText } from './problem.js';
import { Language } from './roles.js';
import { caseStates, courtNextActors, grounds } from './states.js';

/** A court's row: facts of its own case, nothing of people. */
export const courtStates = [...caseStates, 'NOT_STARTED'] as const;
export type CourtState = (typeof courtStates)[number];
/** The columns of a court's board, in the order of a case's life. The database derives the same (court_board, 0096). */
export const courtBoards = {
  new: ['SUBMITTED', 'RETURNED'],
  invited: ['INVITED'],
  consented: ['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'],
  mediating: ['IN_MEDIATION', 'EXTENDED'],
  settling: ['SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING', 'SETTLED_FULL', 'SETTLED_PARTIAL', 'AT_COURT', 'COURT_REFUSED'],
  ended: ['NOT_STARTED', 'TERMINATED', 'COURT_APPROVED', 'PERFORMING', 'PERFORMED', 'BREACH_CLAIMED', 'BREACHED', 'CLOSED', 'ARCHIVED'],
} as const satisfies Record<string, CourtState[]>;
export type CourtBoard = keyof typeof courtBoards;
export const courtBoardNames = Object.keys(courtBoards) as [CourtBoard, ...CourtBoard[]];
/** What is out of order: a time ran out, nobody moves it, a legal notice came back, no mediator yet, the court's term ends within a week. */
export const courtTroubles = ['overdue', 'undelivered', 'stuck', 'no_mediator', 'term'] as const;
export type CourtTrouble = (typeof courtTroubles)[number];
export const courtSorts = ['since', 'age', 'due'] as const;
/** What of a list may be kept by name. */
const courtFilter = {
  board: z.enum(courtBoardNames).optional(),
  trouble: z.enum(courtTroubles).optional(),
  category: z.string().max(40).optional(),
  search: plainText(80).optional(),
  sort: z.enum(courtSorts).optional(),
  watched: z.literal('yes').optional(),
};
export const CourtQuery = Page.extend(courtFilter).strict();
export type CourtQuery = z.infer<typeof CourtQuery>;
export const CourtRow = z.object({
  id: Id,
  number: z.string(),
  courtCaseNumber: z.string().nullable(),
  category: z.string(),
  state: z.enum(courtStates),
  board: z.enum(courtBoardNames),
  since: Instant,
  filedAt: Instant,
  ageDays: z.number(),
  nextActor: z.enum(courtNextActors),
  mediator: z.string().nullable(),
  dueAt: Instant.nullable(),
  termAt: Instant.nullable(),
  ground: z.enum(grounds).nullable(),
  troubles: z.array(z.enum(courtTroubles)),
  watched: z.boolean(),
});
export type CourtRow = z.infer<typeof CourtRow>;
export const CourtRows = z.object({ rows: z.array(CourtRow), next: z.string().nullable() });
export type CourtRows = z.infer<typeof CourtRows>;
/** How many stand where, counted up to a limit. */
export const courtCountedTo = 1_000;
export const CourtCounts = z.object({
  boards: z.record(z.enum(courtBoardNames), z.number()),
  troubles: z.record(z.enum(courtTroubles), z.number()),
  watched: z.number(),
});
export type CourtCounts = z.infer<typeof CourtCounts>;
/** A fact as a court may know it: what and when, never who. */
export const CourtFact = z.object({
  id: Id,
  type: z.string(),
  at: Instant,
  dueAt: Instant.nullable(),
  ground: z.enum(grounds).nullable(),
});
export const CourtFacts = z.array(CourtFact);
export type CourtFact = z.infer<typeof CourtFact>;
export const KeepCourtFilter = z.object({ name: requiredText(60), query: z.object(courtFilter).strict() });
export type KeepCourtFilter = z.infer<typeof KeepCourtFilter>;
export const CourtFilter = KeepCourtFilter.extend({ id: Id });
export const CourtFilters = z.array(CourtFilter);
export type CourtFilters = z.infer<typeof CourtFilters>;
/** Many at once: those of another court are passed over, as if they were not there. */
export const WatchCases = z.object({ caseIds: z.array(Id).min(1).max(500), watched: z.boolean() });
export type WatchCases = z.infer<typeof WatchCases>;
export const WatchedCases = z.object({ changed: z.number() });

/** Why a court refuses a settlement, or gives it back. Coded: the ruling itself holds the words. (law.md 1.6; codes are our choice) */
export const rulingGrounds = {
  refused: ['against_law', 'third_party_rights', 'child_interests', 'condition', 'not_voluntary', 'no_power'],
  returned: ['papers_missing', 'signature_missing', 'terms_unclear', 'wrong_court'],
} as const;
export const allRulingGrounds = [...rulingGrounds.refused, ...rulingGrounds.returned] as const;
export type RulingGround = (typeof allRulingGrounds)[number];
export const rulingOutcomes = ['approved', 'refused', 'returned'] as const;
const Day = z.iso.date();
const act = { on: Day, number: plainText(60).optional(), /** The act that this one corrects. */ corrects: Id.optional() };
export const EnterCourtAct = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('term'), ...act, until: Day }),
    z.object({ kind: z.literal('suspension'), ...act, until: Day.optional() }),
    z.object({ kind: z.literal('resumption'), ...act }),
    z.object({
      kind: z.literal('ruling'),
      ...act,
      outcome: z.enum(rulingOutcomes),
      grounds: z.array(z.enum(allRulingGrounds)).max(10).default([]),
      dutyRefund: z.boolean().default(false),
      /** Whole tenge. */
      dutyAmount: z.number().int().min(1).max(1e12).optional(),
    }),
  ])
  .superRefine((asked, { addIssue }) => {
    const fault = (path: string) => addIssue({ code: 'custom', path: [path], message: 'choose' });
    if (asked.kind === 'resumption') return;
    if (asked.kind !== 'ruling') return void (asked.until && asked.until < asked.on && fault('until'));
    const allowed: readonly string[] = asked.outcome === 'approved' ? [] : rulingGrounds[asked.outcome];
    const fits = asked.grounds.every((ground) => allowed.includes(ground)) && asked.grounds.length > 0 === allowed.length > 0;
    if (!fits) fault('grounds');
    if (asked.outcome !== 'approved' && asked.dutyRefund) fault('dutyRefund');
    if (asked.dutyAmount && !asked.dutyRefund) fault('dutyAmount');
  });
export type EnterCourtAct = z.infer<typeof EnterCourtAct>;
export const CourtAct = z.object({
  id: Id,
  kind: z.enum(['term', 'suspension', 'resumption', 'ruling']),
  on: Day,
  until: Day.nullable(),
  number: z.string().nullable(),
  outcome: z.enum(rulingOutcomes).nullable(),
  grounds: z.array(z.enum(allRulingGrounds)),
  dutyRefund: z.boolean(),
  dutyAmount: z.number().nullable(),
  enteredBy: z.string(),
  enteredAt: Instant,
  corrects: Id.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: Instant.nullable(),
  accepted: z.boolean().nullable(),
  /** Of its line of corrections this one counts. */
  standing: z.boolean(),
  mayDecide: z.boolean(),
});
export type CourtAct = z.infer<typeof CourtAct>;
export const CourtActs = z.array(CourtAct);
export const DecideCorrection = z.object({ accepted: z.boolean() });

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
