import { ageOn, type ScreeningFlag } from '#contract';
import type { Day } from '#hours';
import categories from './data/dispute-categories.json' with { type: 'json' };
import data from './data/screening-rules.json' with { type: 'json' };
import { isInForce } from './deadline.rules.js';

/** What a rule may ask: answers of the applicant, findings of the coordinator, what an IIN or the category tells. */
export const screeningFacts = [
  'corruption_or_state_service_crime',
  'person_incapable_or_limited',
  'third_party_affected',
  'third_party_joins',
  'criminal',
  'criminal_serious',
  'criminal_art_68_2',
  'criminal_especially_serious',
  'violence_or_protective_order',
  'state_body_party',
  'minor_party',
  'court_procedure_order_or_special',
  'court_case_open',
  'enforcement_open',
  'admin_offence',
  'other_language',
  'identity_implausible',
  'category_needs_review',
] as const;
export type ScreeningFact = (typeof screeningFacts)[number];
export type ScreeningFacts = Partial<Record<ScreeningFact, boolean>>;

export const proposals = ['allow', 'manual_review', 'refuse'] as const;
export type Proposal = (typeof proposals)[number];
/** An article a refusal names. Not confirmed: believed, and not yet checked by counsel. */
export type Article = { act: string; article: string; confirmed: boolean };

export type ScreeningRule = {
  order: number;
  reason_code: string;
  when: { all?: string[]; any?: string[]; not?: string[] };
  outcome: string;
  basis: Article[];
  next_step: string;
  effect?: string[];
  effective_from: Day | null;
  effective_to: Day | null;
};

/** A proposal to a person, never a decision: a coordinator decides, and a second one confirms a refusal. */
export type Screening = { proposal: Proposal; reasons: string[]; articles: Article[]; nextStep: string; effects: string[] };

/**
 * Every rule of the day in its order. The first that matches sets the proposal, later ones add their reasons; the rule that always
 * matches speaks only when no other does. Articles are those that carry the proposal.
 */
export function screen(facts: ScreeningFacts, on: Day, rules: readonly ScreeningRule[] = data.rules): Screening {
  const matching = rules.filter((rule) => isInForce(rule, on) && matches(rule.when, facts)).toSorted((a, b) => a.order - b.order);
  const special = matching.filter(({ when }) => Object.keys(when).length > 0);
  const told = special.length > 0 ? special : matching.slice(0, 1);
  const [first] = told;
  if (!first) throw new RangeError(`no screening rule speaks on ${on}`);
  const carrying = told.filter(({ outcome }) => outcome === first.outcome);
  return {
    proposal: first.outcome as Proposal,
    reasons: told.map((rule) => rule.reason_code),
    articles: once(carrying.flatMap(({ basis }) => basis)),
    nextStep: first.next_step,
    effects: [...new Set(told.flatMap(({ effect = [] }) => effect))],
  };
}

function matches({ all = [], any, not = [] }: ScreeningRule['when'], facts: ScreeningFacts): boolean {
  const holds = (code: string) => facts[code as ScreeningFact] === true;
  return all.every(holds) && (!any || any.some(holds)) && !not.some(holds);
}

const once = (articles: Article[]) =>
  articles.filter((it, i) => articles.findIndex(({ act, article }) => act === it.act && article === it.article) === i);

const asked: Record<ScreeningFlag, ScreeningFact> = {
  thirdPartyRights: 'third_party_affected',
  minorParty: 'minor_party',
  incapableParty: 'person_incapable_or_limited',
  stateBody: 'state_body_party',
  corruption: 'corruption_or_state_service_crime',
  violence: 'violence_or_protective_order',
  enforcementOpen: 'enforcement_open',
  criminal: 'criminal',
  courtCaseOpen: 'court_case_open',
  interpreter: 'other_language',
};

/** The answers of an application in the words of the rules. */
export function factsOf(
  flags: Partial<Record<ScreeningFlag, boolean>>,
  { category, subcategory }: { category?: string | null; subcategory?: string | null } = {},
): ScreeningFacts {
  const told = Object.entries(asked).map(([flag, fact]) => [fact, flags[flag as ScreeningFlag] === true]);
  return { ...Object.fromEntries(told), category_needs_review: defaultRuleOf(category, subcategory) !== 'allow' };
}

function defaultRuleOf(category?: string | null, subcategory?: string | null): string {
  const found = categories.categories.find(({ code }) => code === category);
  const part = found?.subcategories.find(({ code }) => code === subcategory) as { default_rule?: string } | undefined;
  return part?.default_rule ?? found?.default_rule ?? 'allow';
}

/** What birth dates tell on a day: that somebody is a minor, or that a date cannot be. */
export function factsOfBirths(births: readonly Day[], on: Day): Pick<ScreeningFacts, 'minor_party' | 'identity_implausible'> {
  const ages = births.map((birth) => ageOn(birth, on));
  return {
    minor_party: ages.some((age) => age < data.ages.adult),
    identity_implausible: births.some((birth) => birth > on) || ages.some((age) => age > data.ages.implausible_over),
  };
}
