import { bin, email, type PartyAnswer, phoneKz, type SaveAnswers } from '#contract';
import type { Day } from '#hours';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import { actsForAnother, partiesIn, representativeOf } from './application.answers.js';
import { unmended } from './application.records.js';
import { courtNumberFrom } from './case-number.js';
import { adultOrRepresented, attorneyRules, type Fault, faultIn, ifGiven, iinFault, memberRules, needed } from './party.rules.js';

/** What an application is judged with: the answers, what the account already says, the courts there are, and the day. */
export type Filing = { answers: SaveAnswers; account: { iin: string | null } | null; courts: ReadonlySet<string>; on: Day };
type Rule = (filing: Filing) => Fault;

const known = (list: readonly { code: string }[]) => new Set(list.map(({ code }) => code));
const knownCategories = known(categories.categories);
const knownDistricts = known(districts.districts);

/** Rules of the applicant; `kind` decides which of them speak. */
const own =
  (kind: PartyAnswer['kind'], rule: (party: PartyAnswer, filing: Filing) => Fault): Rule =>
  (filing) =>
    filing.answers.own?.kind === kind ? rule(filing.answers.own, filing) : null;
/** Names and contacts of the applicant stand in the account, but where he writes for another, or the desk writes for him. */
const ownNames =
  (rule: (party: PartyAnswer) => Fault): Rule =>
  ({ answers: { own: party }, account }) =>
    party?.kind === 'person' && (!account || actsForAnother(party)) ? rule(party) : null;
const attorney =
  (field: keyof typeof attorneyRules): Rule =>
  ({ answers: { own: party }, on }) => {
    const acting = party && representativeOf(party);
    return acting?.kind === 'poa' ? attorneyRules[field]!(acting.attorney ?? {}, on) : null;
  };

/**
 * What keeps an application from being sent: field -> what is wrong with it, in words `fields.CODE` of libs/language.
 * Rows are fields in the order in which they are asked; those of the other people follow, by party.rules.ts.
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
  'own.surname': ownNames((party) => needed(party.surname)),
  'own.given': ownNames((party) => needed(party.given)),
  'own.iin': own('person', (party, { account, on }) => {
    if (party.iin) return iinFault(party.iin, on);
    return account?.iin && !actsForAnother(party) ? null : 'required';
  }),
  'own.representative.kind': own('person', (party, { on }) => adultOrRepresented({ party, on })),
  'own.organisation': own('organisation', (party) => needed(party.organisation)),
  'own.bin': own('organisation', (party) => (party.bin ? faultIn(bin)(party.bin) : 'required')),
  'own.representative.name': own('organisation', (party) => needed(party.representative?.name)),
  'own.representative.attorney.number': attorney('number'),
  'own.representative.attorney.issuedOn': attorney('issuedOn'),
  'own.representative.attorney.validUntil': attorney('validUntil'),
  'own.representative.attorney.powers': attorney('powers'),
  'own.email': ({ answers }) => ifGiven(answers.own?.email, faultIn(email)),
  'own.phone': ({ answers, account }) =>
    ifGiven(answers.own?.phone, faultIn(phoneKz)) ??
    (answers.own && !account && !answers.own.phone && !answers.own.email ? 'contact_needed' : null),
  'other.kind': ({ answers }) => (answers.other ? null : 'choose'),
};

export function missingIn(filing: Filing): Record<string, string> {
  const { answers, on } = filing;
  const found: [string, Fault][] = Object.entries(applicationRules).map(([field, rule]) => [field, rule(filing)]);
  const parties = partiesIn(answers);
  for (const [path, party] of parties.filter(([at]) => at !== 'own'))
    for (const [field, rule] of Object.entries(memberRules)) found.push([`${path}.${field}`, rule({ party, on })]);
  for (const path of repeated(parties)) found.push([path, 'same_person']);
  return Object.fromEntries(found.filter((row): row is [string, string] => row[1] !== null));
}

/** What the desk sent back is mended, or it is said why it stays. */
export const notMended = (application: Parameters<typeof unmended>[0]): Record<string, string> =>
  Object.fromEntries(unmended(application).map((field) => [field, 'not_mended']));

/** The same number twice on one side; on both sides it is refused as a whole. */
function repeated(parties: [string, PartyAnswer][]): string[] {
  const seen = new Set<string>();
  return parties.flatMap(([path, { kind, iin, bin: number }]) => {
    const typed = (kind === 'person' ? iin : number)?.replaceAll(/\s/g, '');
    const mark = typed && `${path.startsWith('own')}:${typed}`;
    if (!mark) return [];
    if (seen.has(mark)) return [`${path}.${kind === 'person' ? 'iin' : 'bin'}`];
    seen.add(mark);
    return [];
  });
}
