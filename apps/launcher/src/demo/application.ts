import { languages, type PartyAnswer, type SaveAnswers, screeningFlags } from '#contract';
import type { Names } from './person.js';
import type { Scenario, ScenarioParty } from './scenario.js';

/** The application as its pages are answered, one after another. */
export const pages = (scenario: Scenario): SaveAnswers[] => {
  const [own, ...ownMore] = side(scenario, 'A');
  const [other, ...otherMore] = side(scenario, 'B');
  return [
    { category: scenario.category, subcategory: scenario.subcategory, district: districtOf(scenario) },
    { title: scenario.title },
    { claimText: scenario.claimText },
    { desiredOutcome: scenario.desiredOutcome },
    ...(scenario.amountKzt === null ? [] : [{ amountKzt: scenario.amountKzt }]),
    { flags: Object.fromEntries(screeningFlags.map((flag) => [flag, Boolean(scenario.flags[flag])])) },
    { own: { ...answersOf(own!), ...interpreterFor(scenario, own!) } },
    { other: answersOf(other!) },
    ...(ownMore.length + otherMore.length ? [{ ownMore: ownMore.map(answersOf), otherMore: otherMore.map(answersOf) }] : []),
  ];
};

/** The register of districts writes its codes with a low line. */
export const districtOf = ({ district }: Scenario) => district.replaceAll('-', '_');

const side = ({ parties }: Scenario, which: 'A' | 'B') => parties.filter((party) => party.side === which);

function interpreterFor({ flags }: Scenario, { id }: ScenarioParty) {
  const needed = flags.interpreter as { party: string; from: string } | null;
  return needed?.party === id ? { interpreter: needed.from } : {};
}

export function answersOf(party: ScenarioParty): PartyAnswer {
  const { kind, surname, given, patronymic, orgName, iin, bin, email, phone, language, representative, accessibility = [] } = party;
  const names = kind === 'person' ? { surname, given, patronymic, iin } : { organisation: orgName, bin };
  return {
    kind,
    ...names,
    phone,
    ...(languages.includes(language) ? { language } : {}),
    accessibility,
    ...(email ? { email } : {}),
    ...(representative ? { representative: actingFor(party) } : {}),
  } as PartyAnswer;
}

function actingFor({ representative }: ScenarioParty) {
  const { kind, surname, given, patronymic, position, phone, email } = representative!;
  const attorney = attorneyOf(representative);
  return {
    kind,
    name: [surname, given, patronymic].filter(Boolean).join(' '),
    phone,
    ...(position ? { position } : {}),
    ...(email ? { email } : {}),
    ...(attorney ? { attorney } : {}),
  };
}

/** The power of attorney by which somebody acts; a head needs none. */
export function attorneyOf(representative: ScenarioParty['representative']) {
  if (representative?.kind !== 'poa' || !representative.poa) return null;
  const { number, date, issuedBy, validUntil, powers } = representative.poa;
  return { number, issuedOn: date, issuedBy, validUntil, powers };
}

/** A person's own names, or those of who acts for somebody. */
export function namesOf({ representative, surname, given, patronymic }: ScenarioParty): Names {
  const who = representative ?? { surname, given, patronymic };
  return { surname: who.surname || (who.given ?? ''), given: who.given ?? '', patronymic: who.patronymic ?? '' };
}

/** Where somebody is reached: who acts for a person reads his own mail. */
export function contactOf({ kind, representative, email, phone }: ScenarioParty): string {
  const who = representative && kind === 'person' ? representative : { email, phone };
  return who.email ?? who.phone;
}
