import { z } from 'zod';
import { accessibilityNeeds, returnFields } from './application.js';
import { TermPoints } from './terms.js';
import { Id, Instant, plainText, requiredText } from './problem.js';
import { ShownCode } from './people.js';
import { Language, Side } from './roles.js';
import { caseActions, caseStates, grounds, nextActors } from './states.js';

const State = z.enum(caseStates);

export const PartyView = z.object({
  id: Id,
  side: Side,
  kind: z.enum(['person', 'organisation']),
  name: z.string(),
  representative: z.string().nullable(),
  /** A power of attorney that the reader may end: his own, or, for the desk, whose principal withdrew it. */
  mayEndAttorney: z.boolean(),
  joined: z.boolean(),
  isViewer: z.boolean(),
  /** Only for the desk, and for oneself. */
  email: z.string().nullable(),
  phone: z.string().nullable(),
  /** Where a letter finds who has neither of both. */
  address: z.string().nullable(),
  /** What the hour and the papers have to allow for: for the desk, the mediator and oneself. */
  needs: z.object({ accessibility: z.array(z.enum(accessibilityNeeds)), interpreter: z.string().nullable() }).nullable(),
});
export type PartyView = z.infer<typeof PartyView>;

export const CaseRow = z.object({
  id: Id,
  number: z.string().nullable(),
  state: State,
  category: z.string(),
  district: z.string(),
  /** The applicant's own title for side A, the names of the parties for everybody else. */
  title: z.string(),
  since: Instant,
  nextActor: z.enum(nextActors),
  yourTurn: z.boolean(),
  dueAt: Instant.nullable(),
});
export type CaseRow = z.infer<typeof CaseRow>;
/** An extension is an addendum to the contract. */
export const paperKinds = ['contract', 'settlement', 'extension'] as const;
export const PaperView = z.object({
  id: Id,
  caseId: Id,
  kind: z.enum(paperKinds),
  scope: z.enum(['full', 'partial']).nullable(),
  text: z.object({ kk: z.string(), ru: z.string(), en: z.string().optional() }),
  /** What a settlement is worth in money, as the mediator wrote it and all confirm it: line 14 of the reports. */
  amountKzt: z.number().nullable(),
  hash: z.string(),
  frozen: z.boolean(),
  concluded: z.boolean(),
  superseded: z.boolean(),
  confirmedBy: z.array(z.object({ name: z.string(), side: Side.nullable(), at: Instant })),
  waitsFor: z.array(z.string()),
  mayConfirm: z.boolean(),
  /** For whom the reader has still to confirm, where he acts for several: each is a word of its own. `lacksPower`: his power of attorney does not give it. */
  confirmsFor: z.array(z.object({ partyId: Id, name: z.string(), lacksPower: z.boolean() })),
  method: z.enum(['otp', 'slip']).nullable(),
});
export type PaperView = z.infer<typeof PaperView>;

/** What ties a mediator to somebody; what each means is data (libs/mediators/data/relations.json). In words: `conflicts.relation.CODE`. */
export const relationKinds = [
  'kin',
  'financial_interest',
  'worked_for_party',
  'represented_party',
  'expert_for_party',
  'former_judge',
  'former_teacher',
  'neighbour',
  'schoolmate',
  'same_village',
  'other',
] as const;
export type RelationKind = (typeof relationKinds)[number];
/** What a machine sees between a mediator and a party: a hint for a person to look at, and in words `conflicts.hint.CODE`. */
export const conflictHints = [...relationKinds, 'contact', 'surname', 'employer', 'shared_case', 'mediated_before'] as const;
export type ConflictHint = (typeof conflictHints)[number];

export const OfferView = z.object({
  id: Id,
  caseId: Id,
  category: z.string(),
  district: z.string(),
  languages: z.array(Language),
  parties: z.array(z.object({ side: Side, name: z.string() })),
  offeredAt: Instant,
  expiresAt: Instant,
  /** What the cabinet sees between the reader and the parties, and whether the parties are being asked about it. */
  hints: z.array(z.enum(conflictHints)),
  disclosed: z.boolean(),
});
export type OfferView = z.infer<typeof OfferView>;
/** Conflict declaration: each question answered; a "yes" to any of them can't be accepted. */
export const conflictQuestions = ['related', 'employed', 'interested', 'advised'] as const;
const Declaration = z.record(z.enum(conflictQuestions), z.boolean());
export const AnswerOffer = z.discriminatedUnion('answer', [
  z.object({ answer: z.literal('accepted'), declaration: Declaration }),
  /** Nothing of these, but he knows somebody: in words to all parties, who may each say no. */
  z.object({ answer: z.literal('disclosed'), declaration: Declaration, words: requiredText(600) }),
  z.object({ answer: z.literal('declined') }),
]);
export type AnswerOffer = z.infer<typeof AnswerOffer>;

/** What a mediator told about himself before he took the case. Who said no, or nothing, is told to nobody but that one. */
export const DisclosureView = z.object({
  id: Id,
  mediator: z.object({ name: z.string(), kind: z.enum(['professional', 'public']) }),
  words: z.string(),
  at: Instant,
  until: Instant.nullable(),
  outcome: z.enum(['accepted', 'refused', 'lapsed']).nullable(),
  agrees: z.boolean().nullable(),
});
export type DisclosureView = z.infer<typeof DisclosureView>;
export const AnswerDisclosure = z.object({ agrees: z.boolean() });
export type AnswerDisclosure = z.infer<typeof AnswerDisclosure>;

/** A party does not trust the mediator to be impartial. For who said it, and the desk, which decides in two working days. */
export const MakeObjection = z.object({ reason: requiredText(2000) });
export type MakeObjection = z.infer<typeof MakeObjection>;
export const DecideObjection = z.object({ upheld: z.boolean(), words: plainText(1000).optional() });
export type DecideObjection = z.infer<typeof DecideObjection>;
export const ObjectionView = z.object({
  id: Id,
  side: Side,
  by: z.string(),
  mediator: z.string(),
  reason: z.string(),
  at: Instant,
  due: Instant,
  outcome: z.enum(['upheld', 'dismissed', 'lapsed']).nullable(),
  answer: z.string().nullable(),
});
export type ObjectionView = z.infer<typeof ObjectionView>;

/** Whom a mediator is tied to: kept by himself. Of the number only a keyed hash is kept. */
export const KeepRelation = z.object({
  id: Id,
  idNumber: z.string().regex(/^\d{12}$/),
  label: requiredText(120),
  kind: z.enum(relationKinds),
  until: z.iso.date().nullable(),
  bars: z.boolean(),
});
export type KeepRelation = z.infer<typeof KeepRelation>;
export const RelationView = KeepRelation.omit({ idNumber: true });
export type RelationView = z.infer<typeof RelationView>;

export const CaseView = z.object({
  ...CaseRow.shape,
  language: Language,
  viewerIs: z.enum(['party_a', 'party_b', 'mediator', 'coordinator']),
  ground: z.enum(grounds).nullable(),
  /** Short codes of what this viewer may do now; a page shows just these. */
  actions: z.array(z.enum(caseActions)),
  parties: z.array(PartyView),
  mediator: z.object({ id: Id, name: z.string(), kind: z.enum(['professional', 'public']) }).nullable(),
  summary: z.string().nullable(),
  court: z.object({ id: z.string(), caseNumber: z.string().nullable() }).nullable(),
  filedAt: Instant.nullable(),
  contractAt: Instant.nullable(),
  termEndsAt: Instant.nullable(),
  papers: z.array(
    z.object({
      id: Id,
      kind: z.enum(paperKinds),
      frozen: z.boolean(),
      concluded: z.boolean(),
      /** The court did not approve it, and another is being written. */
      superseded: z.boolean(),
      confirmedByViewer: z.boolean(),
    }),
  ),
  /** For the desk only. */
  desk: z
    .object({
      needsSafeProcess: z.boolean(),
      proposal: z.enum(['allow', 'manual_review', 'refuse']),
      reasons: z.array(z.string()),
      refusalProposedBy: z.string().nullable(),
      refusalCode: z.string().nullable(),
      mayConfirmRefusal: z.boolean(),
      application: z
        .object({ title: z.string(), claimText: z.string(), desiredOutcome: z.string(), amountKzt: z.number().nullable() })
        .nullable(),
      /** What the applicant answered to notes of the desk instead of mending. */
      replies: z.array(z.object({ field: z.enum(returnFields), reply: z.string() })),
      invitation: z
        .object({
          round: z.number(),
          issuedAt: Instant,
          expiresAt: Instant,
          opened: z.boolean(),
          understood: z.boolean(),
          /** No message was answered: somebody is to telephone. */
          callDue: z.boolean(),
        })
        .nullable(),
      offer: z.object({ mediator: z.string(), expiresAt: Instant }).nullable(),
    })
    .nullable(),
  /** For side A and the accepted mediator. */
  claim: z.object({ title: z.string(), claimText: z.string(), desiredOutcome: z.string(), amountKzt: z.number().nullable() }).nullable(),
});
export type CaseView = z.infer<typeof CaseView>;

export const TimelineEntry = z.object({
  id: Id,
  type: z.string(),
  at: Instant,
  by: z.enum(['you', 'party_a', 'party_b', 'mediator', 'house', 'court', 'system']),
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;
export const Timeline = z.array(TimelineEntry);

/** Moves that need nothing but the case and, at an end, a ground; the reason stays private. */
export const MoveCase = z.object({
  action: z.enum(['submit', 'resubmit', 'withdraw', 'decline', 'terminate', 'close', 'reinvite', 'send_to_court', 'resume_settlement']),
  ground: z.enum(grounds).optional(),
  reason: plainText(4000).optional(),
});
export type MoveCase = z.infer<typeof MoveCase>;
export const Screen = z.discriminatedUnion('decision', [
  z.object({ decision: z.literal('allow'), summary: requiredText(600) }),
  z
    .object({
      decision: z.literal('return'),
      notes: plainText(4000).optional(),
      /** What to mend, by the answer it stands at. */
      fields: z.partialRecord(z.enum(returnFields), requiredText(600)).optional(),
    })
    .refine(({ notes, fields = {} }) => notes || Object.keys(fields).length > 0, { path: ['notes'], message: 'required' }),
  z.object({ decision: z.literal('refuse'), code: z.string().max(40) }),
]);
export type Screen = z.infer<typeof Screen>;
export const ConfirmRefusal = z.object({ confirm: z.boolean() });
export type ConfirmRefusal = z.infer<typeof ConfirmRefusal>;
export const NameCourt = z.object({ courtId: z.string().max(40), caseNumber: plainText(60) });
export type NameCourt = z.infer<typeof NameCourt>;
/** What keeps a mediator from a case; in words: `desk.obstacle.CODE`. */
export const obstacles = [
  'is_party',
  'in_conflict',
  'not_registered',
  'excluded',
  'suspended',
  'certificate_expired',
  'wrong_kind',
  'language_missing',
  'field_missing',
  'at_capacity',
] as const;
export type Obstacle = (typeof obstacles)[number];
export const Candidate = z.object({
  mediatorId: Id,
  name: z.string(),
  kind: z.enum(['professional', 'public']),
  /** ISO 639-1: mediators also speak languages that the cabinet does not. */
  languages: z.array(z.string().max(10)),
  district: z.string(),
  openCases: z.number(),
  capacity: z.number(),
  eligible: z.boolean(),
  reasons: z.array(z.enum(obstacles)),
  hints: z.array(z.enum(conflictHints)),
  /** What speaks for him, term by term; empty for who may not. */
  terms: z.array(TermPoints),
  total: z.number(),
});
export type Candidate = z.infer<typeof Candidate>;
export const Candidates = z.array(Candidate);
export const OfferCase = z.object({ mediatorId: Id });
export type OfferCase = z.infer<typeof OfferCase>;

export const DraftPaper = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('contract') }),
  z.object({ kind: z.literal('extension') }),
  z.object({
    kind: z.literal('settlement'),
    scope: z.enum(['full', 'partial']),
    text: z.object({ kk: requiredText(20_000), ru: requiredText(20_000), en: plainText(20_000).optional() }),
    amountKzt: z.number().int().min(1).max(1_000_000_000_000).nullable().optional(),
  }),
]);
export type DraftPaper = z.infer<typeof DraftPaper>;
const Confirmed = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  /** For whom, where somebody acts for several; without it for all whom he may confirm for. */
  partyIds: z.array(Id).min(1).max(50).optional(),
});
/** By a one-time code; or by the code of his slip, at the House's computer, by who has no contact that a code could go to. */
export const ConfirmPaper = z.union([ShownCode.extend(Confirmed.shape), Confirmed.extend({ slip: requiredText(40) })]);
export type ConfirmPaper = z.infer<typeof ConfirmPaper>;
