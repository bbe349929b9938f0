import type { Language, PartyAnswer, ReferCase, Side } from '#contract';
import type { Day } from '#hours';
import { courtNumberFrom } from './case-number.js';
import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };
import { isOnBothSides, partyFrom, type PartyRecord } from './party.records.js';
import { type Fault, isDay, memberRules } from './party.rules.js';

/** Both sides as they go into the database. */
export function sidesOf({ sideA, sideB, language }: ReferCase): [PartyRecord[], PartyRecord[]] {
  return [recordsOf(sideA, 'A', language), recordsOf(sideB, 'B', language)];
}
const recordsOf = (parties: PartyAnswer[], side: Side, language: Language) =>
  parties.map((party, at) => partyFrom(party, side, language, at + 1));

/** The same for who judges a table before anything is written, with the person who stands on both sides. */
export function referralFaults(asked: ReferCase, on: Day): Record<string, string> {
  const found = faultsIn(asked, on);
  if (Object.keys(found).length > 0) return found;
  const [sideA, sideB] = sidesOf(asked);
  return isOnBothSides(sideA, null, sideB) ? { 'sideB.0.iin': 'same_person' } : {};
}

/** Field -> what is wrong with it, all at once. */
export function faultsIn({ category, district, caseNumber, rulingOn, sideA, sideB }: ReferCase, on: Day): Record<string, string> {
  const found: [string, Fault][] = [
    ['category', categories.categories.some(({ code }) => code === category) ? null : 'choose'],
    ['district', districts.districts.some(({ code }) => code === district) ? null : 'choose'],
    ['caseNumber', courtNumberFrom(caseNumber) ? null : 'court_number'],
    ['rulingOn', !isDay(rulingOn) ? 'date' : rulingOn > on ? 'date_future' : null],
  ];
  for (const [name, parties] of [
    ['sideA', sideA],
    ['sideB', sideB],
  ] as const)
    for (const [at, party] of parties.entries())
      for (const [field, rule] of Object.entries(memberRules)) found.push([`${name}.${at}.${field}`, rule({ party, on })]);
  return Object.fromEntries(found.filter((row): row is [string, string] => row[1] !== null));
}
