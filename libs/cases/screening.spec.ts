import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { birthDateOf, screeningFlags } from '#contract';
import data from './data/screening-rules.json' with { type: 'json' };
import {
  factsOf,
  factsOfBirths,
  proposals,
  screen,
  type ScreeningFact,
  type ScreeningFacts,
  screeningFacts,
  type ScreeningRule,
} from './screening.js';

type Scenario = {
  slug: string;
  category: string;
  subcategory: string;
  filedAtLocal: string;
  flags: Record<string, unknown>;
  parties: { iin?: string }[];
  screeningExpected: string;
  reasonCode: string | null;
};
const folder = 'test/scenarios/';
const scenarios = readdirSync(folder)
  .filter((name) => /^\d\d-.*\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(folder + name, 'utf8')) as Scenario);

/** A flag is set when it is true, or when it describes something: an interpreter, a criminal matter. */
function factsOfScenario({ flags, parties, filedAtLocal, ...dispute }: Scenario): ScreeningFacts {
  const day = filedAtLocal.slice(0, 10);
  const births = parties.flatMap(({ iin = '' }) => birthDateOf(iin) ?? []);
  const isSet = Object.fromEntries(screeningFlags.map((flag) => [flag, Boolean(flags[flag])]));
  const known = factsOf(isSet, dispute);
  expect(factsOfBirths(births, day).minor_party).toBe(known.minor_party ?? false);
  return { ...known, ...factsOfBirths(births, day) };
}

describe('the 24 disputes', () => {
  it('are all here', () => expect(scenarios).toHaveLength(24));

  it.each(scenarios.map((scenario) => [scenario.slug, scenario] as const))('%s', (_, scenario) => {
    const { proposal, reasons } = screen(factsOfScenario(scenario), scenario.filedAtLocal.slice(0, 10));
    expect(proposal).toBe(scenario.screeningExpected);
    if (scenario.reasonCode) expect(reasons[0]).toBe(scenario.reasonCode);
    else expect(reasons.every((reason) => ['DEFAULT', 'COURT_CASE_OPEN', 'LANGUAGE', 'ENFORCEMENT'].includes(reason))).toBe(true);
  });
});

const on = '2026-11-23';
const given = (...facts: ScreeningFact[]) => screen(Object.fromEntries(facts.map((fact) => [fact, true])), on);

describe('one fact', () => {
  it.each<[ScreeningFact[], string, string[], string]>([
    [[], 'allow', ['DEFAULT'], 'invite_other_side'],
    [['corruption_or_state_service_crime'], 'refuse', ['CORRUPTION'], 'apply_to_investigators'],
    [['person_incapable_or_limited'], 'refuse', ['INCAPABLE'], 'apply_to_court'],
    [['third_party_affected'], 'refuse', ['THIRD_PARTY'], 'bring_third_party_in'],
    [['third_party_affected', 'third_party_joins'], 'manual_review', ['THIRD_PARTY_JOINS'], 'wait_for_specialist'],
    [['criminal'], 'manual_review', ['CRIMINAL'], 'wait_for_specialist'],
    [['criminal', 'criminal_serious'], 'refuse', ['CRIMINAL_SERIOUS'], 'apply_to_investigators'],
    [['criminal', 'criminal_serious', 'criminal_art_68_2'], 'manual_review', ['CRIMINAL_SERIOUS_EXCEPTION'], 'wait_for_specialist'],
    [['criminal', 'criminal_especially_serious'], 'refuse', ['CRIMINAL_ESPECIALLY_SERIOUS'], 'apply_to_investigators'],
    [['violence_or_protective_order'], 'manual_review', ['VIOLENCE'], 'wait_for_specialist'],
    [['state_body_party'], 'manual_review', ['STATE_BODY'], 'wait_for_specialist'],
    [['minor_party'], 'manual_review', ['MINOR'], 'name_representative'],
    [['identity_implausible'], 'manual_review', ['IDENTITY_CHECK'], 'show_identity'],
    [['court_procedure_order_or_special'], 'manual_review', ['COURT_PROCEDURE'], 'wait_for_specialist'],
    [['court_case_open'], 'allow', ['COURT_CASE_OPEN'], 'give_case_number'],
    [['enforcement_open'], 'allow', ['ENFORCEMENT'], 'invite_other_side'],
    [['admin_offence'], 'allow', ['ADMIN_OFFENCE'], 'invite_other_side'],
    [['other_language'], 'allow', ['LANGUAGE'], 'arrange_interpreter'],
    [['category_needs_review'], 'manual_review', ['CATEGORY_REVIEW'], 'wait_for_specialist'],
    [['third_party_joins'], 'allow', ['DEFAULT'], 'invite_other_side'],
  ])('%j: %s', (facts, proposal, reasons, nextStep) => {
    expect(given(...facts)).toMatchObject({ proposal, reasons, nextStep });
  });
});

describe('several facts', () => {
  it('the first in order decides, the others add their reasons and what they ask for', () => {
    expect(given('other_language', 'court_case_open', 'minor_party', 'third_party_affected')).toEqual({
      proposal: 'refuse',
      reasons: ['THIRD_PARTY', 'MINOR', 'COURT_CASE_OPEN', 'LANGUAGE'],
      articles: [{ act: 'mediation_law', article: '1', confirmed: false }],
      nextStep: 'bring_third_party_in',
      effects: ['legal_representative_required', 'children_checklist', 'ask_case_number', 'notify_suspension', 'interpreter_needed'],
    });
  });

  it('an article is named once, and only for what it carries', () => {
    expect(given('court_case_open', 'enforcement_open').articles).toEqual([
      { act: 'mediation_law', article: '20', confirmed: true },
      { act: 'mediation_law', article: '1', confirmed: false },
    ]);
    expect(given('violence_or_protective_order', 'court_case_open').articles).toEqual([]);
    expect(given('criminal', 'criminal_serious', 'criminal_art_68_2').articles.map(({ act }) => act)).toEqual([
      'mediation_law',
      'criminal_code',
    ]);
  });

  it('whatever is said, one fact more never makes the proposal milder, but for those whose rules say so', () => {
    const softening: ScreeningFact[] = ['third_party_joins', 'criminal_art_68_2', 'criminal_serious'];
    const hardening = screeningFacts.filter((fact) => !softening.includes(fact));
    fc.assert(
      fc.property(fc.subarray([...screeningFacts]), fc.constantFrom(...hardening), (facts, more) => {
        const [before, after] = [given(...facts), given(...facts, more)];
        expect(proposals.indexOf(after.proposal)).toBeGreaterThanOrEqual(proposals.indexOf(before.proposal));
        expect(data.next_steps.map(({ code }) => code)).toContain(after.nextStep);
      }),
    );
  });
});

describe('rules by the day', () => {
  const rules: ScreeningRule[] = data.rules.map((rule) =>
    rule.code === 'STATE_BODY' ? { ...rule, effective_from: '2026-07-01', effective_to: '2027-01-01' } : rule,
  );
  it.each([
    ['2026-06-30', 'allow'],
    ['2026-07-01', 'manual_review'],
    ['2026-12-31', 'manual_review'],
    ['2027-01-01', 'allow'],
  ])('a rule speaks in its time: %s %s', (day, proposal) => {
    expect(screen({ state_body_party: true }, day, rules).proposal).toBe(proposal);
  });

  it('order is the number, not the place in the file', () => {
    const facts = { corruption_or_state_service_crime: true, state_body_party: true };
    expect(screen(facts, on, data.rules.toReversed()).reasons).toEqual(['CORRUPTION', 'STATE_BODY']);
  });

  it('any needs one of its facts', () => {
    const rule: ScreeningRule = { ...data.rules[0]!, when: { any: ['criminal', 'admin_offence'] } };
    expect(screen({ admin_offence: true }, on, [rule, data.rules.at(-1)!]).proposal).toBe('refuse');
    expect(screen({ minor_party: true }, on, [rule, data.rules.at(-1)!]).proposal).toBe('allow');
  });

  it('no rule at all is an error, not a yes', () => {
    expect(() => screen({}, on, [])).toThrow(RangeError);
  });
});

describe('what is derived', () => {
  it('a category that needs a look is looked at, wherever it stands', () => {
    const proposalFor = (category: string, subcategory?: string) => screen(factsOf({}, { category, subcategory }), on).proposal;
    expect(['neighbours', 'administrative', 'criminal', 'other'].map((category) => proposalFor(category))).toEqual([
      'allow',
      'manual_review',
      'manual_review',
      'manual_review',
    ]);
    expect(proposalFor('family', 'divorce')).toBe('allow');
  });

  it.each([
    [['2008-11-24'], { minor_party: true, identity_implausible: false }],
    [['1985-08-08', '2008-11-23'], { minor_party: false, identity_implausible: false }],
    [['1915-11-23'], { minor_party: false, identity_implausible: true }],
    [['1915-11-24'], { minor_party: false, identity_implausible: false }],
    [['2026-11-24'], { minor_party: true, identity_implausible: true }],
    [[], { minor_party: false, identity_implausible: false }],
  ])('births %j', (births, facts) => {
    expect(factsOfBirths(births, on)).toEqual(facts);
  });
});

describe('the data', () => {
  it('asks for the facts the engine knows', () => {
    expect(data.flags.map(({ code }) => code).toSorted()).toEqual([...screeningFacts].toSorted());
    const asked = data.rules.flatMap(({ when }) => Object.values(when as ScreeningRule['when']).flat());
    expect(new Set(asked)).toEqual(new Set(screeningFacts));
  });

  it('has a next step and three languages for everything it can say', () => {
    const steps = new Set(data.next_steps.map(({ code }) => code));
    expect(new Set(data.rules.map((rule) => rule.next_step))).toEqual(steps);
    for (const { kk, ru, en } of [...data.rules.map(({ text }) => text), ...data.next_steps])
      expect([kk, ru, en].every(Boolean)).toBe(true);
    for (const { code, outcome, basis } of data.rules) if (outcome === 'refuse') expect(basis.length, code).toBeGreaterThan(0);
  });
});
