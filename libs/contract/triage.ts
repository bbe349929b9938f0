import { z } from 'zod';
import type { SaveAnswers } from './application.js';

/** What an answer says of the application that may follow it. */
type Carried = Pick<SaveAnswers, 'category' | 'flags'>;
type Question = { id: string; options: Readonly<Record<string, Carried>> };

const of = (...categories: string[]) => Object.fromEntries(categories.map((category) => [category, { category }]));

/**
 * "Is mediation for me?": what is asked, in this order, and what each answer carries into an application.
 * Texts: libs/language, area `triage`. Printed in docs/triage.md; a test compares.
 */
export const triageQuestions = [
  {
    id: 'about',
    options: {
      ...of('neighbours', 'housing', 'land', 'family', 'debt', 'labour', 'consumer', 'commercial', 'administrative', 'criminal'),
      court: { flags: { courtCaseOpen: true } },
      invited: {},
      other: { category: 'other' },
    },
  },
  {
    id: 'safety',
    options: { yes: { flags: { violence: false } }, no: { flags: { violence: true } }, unsure: { flags: { violence: true } } },
  },
  { id: 'other', options: { known: { flags: { stateBody: false } }, state: { flags: { stateBody: true } }, unknown: {} } },
  {
    id: 'crime',
    options: {
      none: {},
      police: { flags: { criminal: true } },
      serious: { flags: { criminal: true } },
      bribe: { flags: { corruption: true } },
    },
  },
  {
    id: 'people',
    options: {
      none: {},
      minor: { flags: { minorParty: true } },
      joining: { flags: { thirdPartyRights: true } },
      outside: { flags: { thirdPartyRights: true } },
      incapable: { flags: { incapableParty: true } },
    },
  },
  {
    id: 'court',
    options: {
      none: {},
      open: { flags: { courtCaseOpen: true } },
      order: { flags: { courtCaseOpen: true } },
      bailiff: { flags: { enforcementOpen: true } },
    },
  },
] as const satisfies Question[];

export type TriageQuestion = (typeof triageQuestions)[number]['id'];
export type TriageAnswers = Partial<Record<TriageQuestion, string>>;

/** Where a path may end, and what one can do there next. */
export const triageEnds = {
  fits: ['file'],
  person_looks: ['file', 'consult'],
  safe: ['file', 'consult', 'aid'],
  not_possible: ['consult', 'aid'],
  no_other_side: ['consult', 'aid'],
  invited: ['letter'],
} as const satisfies Record<string, readonly ('file' | 'consult' | 'aid' | 'letter')[]>;
export type TriageEnd = keyof typeof triageEnds;

type Row = {
  when: Partial<Record<TriageQuestion, readonly string[]>>;
  end: TriageEnd;
  /** The screening rule that says why, with its article and next step: libs/cases/data/screening-rules.json. */
  rule: string | null;
  /** Ends the dialogue as soon as it is true; the others are looked at when all has been asked. */
  atOnce?: true;
};

/** The decision table, in order: the first row that is true. The last one is always true, so every path ends. */
export const triageTable: readonly Row[] = [
  { when: { about: ['invited'] }, end: 'invited', rule: null, atOnce: true },
  { when: { safety: ['no', 'unsure'] }, end: 'safe', rule: 'VIOLENCE', atOnce: true },
  { when: { other: ['unknown'] }, end: 'no_other_side', rule: null, atOnce: true },
  { when: { crime: ['bribe'] }, end: 'not_possible', rule: 'CORRUPTION', atOnce: true },
  { when: { people: ['incapable'] }, end: 'not_possible', rule: 'INCAPABLE', atOnce: true },
  { when: { crime: ['serious'] }, end: 'not_possible', rule: 'CRIMINAL_SERIOUS', atOnce: true },
  { when: { people: ['outside'] }, end: 'not_possible', rule: 'THIRD_PARTY', atOnce: true },
  { when: { people: ['joining'] }, end: 'person_looks', rule: 'THIRD_PARTY_JOINS' },
  { when: { other: ['state'] }, end: 'person_looks', rule: 'STATE_BODY' },
  { when: { people: ['minor'] }, end: 'person_looks', rule: 'MINOR' },
  { when: { crime: ['police'] }, end: 'person_looks', rule: 'CRIMINAL' },
  { when: { about: ['administrative', 'criminal', 'other'] }, end: 'person_looks', rule: 'CATEGORY_REVIEW' },
  { when: { court: ['order'] }, end: 'person_looks', rule: 'COURT_PROCEDURE' },
  { when: { about: ['court'] }, end: 'fits', rule: 'COURT_CASE_OPEN' },
  { when: { court: ['open'] }, end: 'fits', rule: 'COURT_CASE_OPEN' },
  { when: { court: ['bailiff'] }, end: 'fits', rule: 'ENFORCEMENT' },
  { when: {}, end: 'fits', rule: 'DEFAULT' },
];

/** The next question, or the row the answers lead to. A question is asked once all before it are answered. */
export function triage(given: TriageAnswers): { ask: TriageQuestion } | { row: Row } {
  const decided = triageTable.find(({ when, atOnce }) => atOnce && isTrue(when, given));
  if (decided) return { row: decided };
  const open = triageQuestions.find((question) => !isAnswered(question, given));
  return open ? { ask: open.id } : { row: triageTable.find(({ when }) => isTrue(when, given))! };
}

/** What the answers say of an application, so that nothing is asked twice. */
export function carriedFrom(given: TriageAnswers): SaveAnswers {
  const told = triageQuestions.flatMap(({ id, options }) => (options as Question['options'])[given[id] ?? ''] ?? []);
  const flags = Object.assign({}, ...told.map((one) => one.flags ?? {})) as NonNullable<SaveAnswers['flags']>;
  const category = told.find((one) => one.category)?.category;
  return { ...(category && { category }), ...(Object.keys(flags).length > 0 && { flags }) };
}

const isTrue = (when: Row['when'], given: TriageAnswers) =>
  Object.entries(when).every(([question, options]) => options.includes(given[question as TriageQuestion] ?? ''));
const isAnswered = ({ id, options }: Question, given: TriageAnswers) => Object.hasOwn(options, given[id as TriageQuestion] ?? '');

const Texts = z.object({ kk: z.string(), ru: z.string(), en: z.string() });
/** The rules of scope as a lawyer reads them: what each finds, by which article, and what one can do next. */
export const ScreeningRuleView = z.object({
  code: z.string(),
  order: z.number(),
  outcome: z.enum(['allow', 'manual_review', 'refuse']),
  text: Texts,
  nextStep: Texts,
  /** Not confirmed: believed, and not yet checked by counsel. */
  articles: z.array(z.object({ act: z.string(), article: z.string(), confirmed: z.boolean() })),
});
export const ScreeningRules = z.array(ScreeningRuleView);
export type ScreeningRules = z.infer<typeof ScreeningRules>;
