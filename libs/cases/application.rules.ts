import type { z } from 'zod';
import { bin, email, iin, type PartyAnswer, phoneKz, type SaveAnswers } from '#contract';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import { representativeOf } from './application.answers.js';
import { courtNumberFrom } from './case-number.js';

/** What an application is judged with: the answers, what the account already says, and the courts there are. */
export type Filing = { answers: SaveAnswers; account: { iin: string | null }; courts: ReadonlySet<string> };
type Fault = string | null;
type Rule = (filing: Filing) => Fault;

const known = (list: readonly { code: string }[]) => new Set(list.map(({ code }) => code));
const knownCategories = known(categories.categories);
const knownDistricts = known(districts.districts);

const needed = (text: string | null | undefined): Fault => (text ? null : 'required');
const ifGiven = (text: string | null | undefined, faultOf: (given: string) => Fault): Fault => (text ? faultOf(text) : null);
/** The first thing wrong with what was typed; the schemas of identifiers name their faults by code. */
const faultIn =
  (schema: z.ZodType<string>) =>
  (typed: string): Fault =>
    schema.safeParse(typed).error?.issues[0]?.message ?? null;

/** Rules of one side; `kind` decides which of them speak. */
const person = (party: PartyAnswer | null | undefined, rule: (party: PartyAnswer) => Fault): Fault =>
  party?.kind === 'person' ? rule(party) : null;
const organisation = (party: PartyAnswer | null | undefined, rule: (party: PartyAnswer) => Fault): Fault =>
  party?.kind === 'organisation' ? rule(party) : null;

/** An invitation has to arrive somewhere: at the party itself or at who speaks for it. */
const reachable = (party: PartyAnswer | null | undefined): Fault => {
  const representative = party ? representativeOf(party) : null;
  const ways = [party?.phone, party?.email, representative?.phone, representative?.email];
  return party && !ways.some(Boolean) ? 'contact_needed' : null;
};

/**
 * What keeps an application from being sent: field -> what is wrong with it, in words `fields.CODE` of libs/language.
 * Rows are fields in the order in which they are asked.
 */
export const applicationRules: Record<string, Rule> = {
  category: ({ answers }) => (answers.category && knownCategories.has(answers.category) ? null : 'choose'),
  subcategory: ({ answers }) => ifGiven(answers.subcategory, (code) => (/^[a-z0-9_]+$/.test(code) ? null : 'choose')),
  district: ({ answers }) => (answers.district && knownDistricts.has(answers.district) ? null : 'choose'),
  title: ({ answers }) => needed(answers.title),
  claimText: ({ answers }) => needed(answers.claimText),
  desiredOutcome: ({ answers }) => needed(answers.desiredOutcome),
  'court.courtId': ({ answers, courts }) => (answers.court && !courts.has(answers.court.courtId) ? 'choose' : null),
  'court.caseNumber': ({ answers }) => ifGiven(answers.court?.caseNumber, (typed) => (courtNumberFrom(typed) ? null : 'court_number')),
  'own.kind': ({ answers }) => (answers.own ? null : 'choose'),
  'own.iin': ({ answers, account }) => person(answers.own, (own) => (own.iin ? faultIn(iin)(own.iin) : account.iin ? null : 'required')),
  'own.organisation': ({ answers }) => organisation(answers.own, (own) => needed(own.organisation)),
  'own.bin': ({ answers }) => organisation(answers.own, (own) => (own.bin ? faultIn(bin)(own.bin) : 'required')),
  'own.representative.name': ({ answers }) => organisation(answers.own, (own) => needed(own.representative?.name)),
  'own.email': ({ answers }) => ifGiven(answers.own?.email, faultIn(email)),
  'own.phone': ({ answers }) => ifGiven(answers.own?.phone, faultIn(phoneKz)),
  'other.kind': ({ answers }) => (answers.other ? null : 'choose'),
  'other.surname': ({ answers }) => person(answers.other, (other) => needed(other.surname)),
  'other.given': ({ answers }) => person(answers.other, (other) => needed(other.given)),
  'other.iin': ({ answers }) => person(answers.other, (other) => ifGiven(other.iin, faultIn(iin))),
  'other.organisation': ({ answers }) => organisation(answers.other, (other) => needed(other.organisation)),
  'other.bin': ({ answers }) => organisation(answers.other, (other) => ifGiven(other.bin, faultIn(bin))),
  'other.phone': ({ answers }) => ifGiven(answers.other?.phone, faultIn(phoneKz)) ?? reachable(answers.other),
  'other.email': ({ answers }) => ifGiven(answers.other?.email, faultIn(email)),
  'other.representative.phone': ({ answers }) => ifGiven(answers.other?.representative?.phone, faultIn(phoneKz)),
  'other.representative.email': ({ answers }) => ifGiven(answers.other?.representative?.email, faultIn(email)),
};

export function missingIn(filing: Filing): Record<string, string> {
  const found = Object.entries(applicationRules).map(([field, rule]) => [field, rule(filing)] as const);
  return Object.fromEntries(found.filter((row): row is [string, string] => row[1] !== null));
}
