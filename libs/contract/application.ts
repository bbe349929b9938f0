import { z } from 'zod';
import { DataConsent, ShownCode } from './people.js';
import { Id, Instant, plainText } from './problem.js';
import { Language, Side } from './roles.js';
import { caseStates } from './states.js';

/** What a power of attorney may give. The power to settle has to be stated by itself (commentary to CPC art. 176). */
export const attorneyPowers = ['take_part', 'sign_contract', 'sign_settlement', 'receive_money'] as const;
export type AttorneyPower = (typeof attorneyPowers)[number];
/** A power of attorney as it is written down: its days as YYYY-MM-DD. */
export const Attorney = z.object({
  number: plainText(60).optional(),
  issuedBy: plainText(200).optional(),
  issuedOn: z.string().trim().max(10).optional(),
  validUntil: z.string().trim().max(10).optional(),
  powers: z.array(z.enum(attorneyPowers)).max(attorneyPowers.length).optional(),
});
export type Attorney = z.infer<typeof Attorney>;

/** Who acts for a party: the head of an organisation, somebody with a power of attorney, a parent or guardian. */
export const representativeKinds = ['head', 'poa', 'legal'] as const;
export const accessibilityNeeds = [
  'large_print',
  'screen_reader',
  'text_only',
  'phone_only',
  'sign_language',
  'assistant',
  'step_free',
] as const;
export type AccessibilityNeed = (typeof accessibilityNeeds)[number];
/** ISO 639-1; the cabinet speaks three of them itself. */
const LanguageCode = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2}$/);

/** One party as the applicant writes it. `email`, `phone` and `address`: at least one for everybody but the applicant. */
export const PartyAnswer = z.object({
  kind: z.enum(['person', 'organisation']),
  surname: plainText(80).optional(),
  given: plainText(80).optional(),
  patronymic: plainText(80).optional(),
  organisation: plainText(200).optional(),
  iin: z.string().trim().max(20).optional(),
  bin: z.string().trim().max(20).optional(),
  email: z.string().trim().max(254).optional(),
  phone: z.string().trim().max(30).optional(),
  /** Where a letter finds the party, for the desk that posts it. */
  address: plainText(300).optional(),
  language: Language.optional(),
  /** How the party prefers to be reached; `letter` for people without either. */
  channel: z.enum(['email', 'sms', 'letter']).optional(),
  accessibility: z.array(z.enum(accessibilityNeeds)).max(accessibilityNeeds.length).optional(),
  /** The language an interpreter translates from, for a party who speaks none of ours. */
  interpreter: LanguageCode.or(z.literal('')).optional(),
  representative: z
    .object({
      kind: z.enum(representativeKinds),
      name: plainText(160).optional(),
      position: plainText(120).optional(),
      phone: z.string().max(30).optional(),
      email: z.string().max(254).optional(),
      attorney: Attorney.optional(),
    })
    .nullable()
    .optional(),
});
export type PartyAnswer = z.infer<typeof PartyAnswer>;

export const screeningFlags = [
  'thirdPartyRights',
  'minorParty',
  'incapableParty',
  'stateBody',
  'corruption',
  'violence',
  'enforcementOpen',
  'criminal',
  'courtCaseOpen',
  'interpreter',
] as const;
export type ScreeningFlag = (typeof screeningFlags)[number];

/** The application, saved page by page: a key that is absent leaves the answer as it is; null takes it back. */
export const Answers = z.object({
  category: z.string().max(40).nullable(),
  subcategory: z.string().max(60).nullable(),
  district: z.string().max(40).nullable(),
  title: plainText(160).nullable(),
  claimText: plainText(4000).nullable(),
  desiredOutcome: plainText(4000).nullable(),
  amountKzt: z.number().int().positive().max(1e13).nullable(),
  flags: z.partialRecord(z.enum(screeningFlags), z.boolean()).nullable(),
  court: z.object({ courtId: z.string().max(40), caseNumber: plainText(60).optional() }).nullable(),
  /** The applicant as a party: kind and, for an organisation, its names; a person's names come from the account that acts for himself. */
  own: PartyAnswer.nullable(),
  other: PartyAnswer.nullable(),
  /** Others on either side. A list is saved whole. */
  ownMore: z.array(PartyAnswer).max(9).nullable(),
  otherMore: z.array(PartyAnswer).max(9).nullable(),
});
export type Answers = z.infer<typeof Answers>;
export const SaveAnswers = Answers.partial();
export type SaveAnswers = z.infer<typeof SaveAnswers>;
/** Answers that the desk may send back with a note of its own, by the beginning of their path. */
export const returnFields = [
  'category',
  'district',
  'claimText',
  'desiredOutcome',
  'amountKzt',
  'court',
  'flags',
  'own',
  'ownMore',
  'other',
  'other.phone',
  'otherMore',
  'own.accessibility',
  'title',
] as const;
export type ReturnField = (typeof returnFields)[number];
/** A new draft. The browser makes the id, so that pressing twice makes one; others leave it out and send an `Idempotency-Key`. */
export const OpenCase = z.object({ id: Id.optional(), language: Language, answers: SaveAnswers.default({}) });
export type OpenCase = z.infer<typeof OpenCase>;
/** `replies`: why an answer that the desk sent back is right as it stands; an emptied one is taken back. */
export const SaveApplication = z.object({
  answers: SaveAnswers,
  replies: z.partialRecord(z.enum(returnFields), plainText(600)).optional(),
});
export type SaveApplication = z.infer<typeof SaveApplication>;
export const ApplicationView = z.object({
  caseId: Id,
  state: z.enum(caseStates),
  version: z.number(),
  savedAt: Instant,
  answers: SaveAnswers,
  /** What is missing before it can be sent: field -> code. */
  missing: z.record(z.string(), z.string()),
  returnNotes: z.string().nullable(),
  /** Notes to single answers, whether the answer has changed since, and why it need not. */
  returnFields: z.array(z.object({ field: z.enum(returnFields), note: z.string(), changed: z.boolean(), reply: z.string().nullable() })),
  /** That the question of safety was answered; what was answered comes back to no screen. */
  safetyAnswered: z.boolean(),
});
export type ApplicationView = z.infer<typeof ApplicationView>;

/** At the desk the citizen confirms with a code what the operator has written down. */
export const AskFilingCode = z.object({ channel: z.enum(['email', 'sms']).optional() }).default({});
export type AskFilingCode = z.infer<typeof AskFilingCode>;
export const ConfirmFiling = ShownCode.extend({ consent: DataConsent });
export type ConfirmFiling = z.infer<typeof ConfirmFiling>;

/** Somebody who is not sure is treated as somebody who is not safe: a person looks first. */
export const SafetyAnswer = z.object({ safe: z.enum(['yes', 'no', 'unsure']), words: plainText(2000).optional() });
export type SafetyAnswer = z.infer<typeof SafetyAnswer>;
export const SafetyAnswers = z.array(SafetyAnswer.extend({ side: Side, at: Instant }));
export type SafetyAnswers = z.infer<typeof SafetyAnswers>;
