import type { z } from 'zod';
import { ageOn, type Attorney, bin, birthDateOf, email, iin, type PartyAnswer, phoneKz } from '#contract';
import type { Day } from '#hours';
import data from './data/screening-rules.json' with { type: 'json' };
import { representativeOf } from './application.answers.js';

export type Fault = string | null;
/** One party and the day on which it is judged. */
export type Judged = { party: PartyAnswer; on: Day };
type Rule = (judged: Judged) => Fault;

export const needed = (text: string | null | undefined): Fault => (text ? null : 'required');
export const ifGiven = (text: string | null | undefined, faultOf: (given: string) => Fault): Fault => (text ? faultOf(text) : null);
/** The first thing wrong with what was typed; the schemas of identifiers name their faults by code. */
export const faultIn =
  (schema: z.ZodType<string>) =>
  (typed: string): Fault =>
    schema.safeParse(typed).error?.issues[0]?.message ?? null;

/** Nobody was born after today. */
export const iinFault = (typed: string, on: Day): Fault =>
  faultIn(iin)(typed) ?? ((birthDateOf(iin.parse(typed)) ?? on) > on ? 'iin_date' : null);

/** Rules of one kind of party. */
const person =
  (rule: Rule): Rule =>
  (judged) =>
    judged.party.kind === 'person' ? rule(judged) : null;
const organisation =
  (rule: Rule): Rule =>
  (judged) =>
    judged.party.kind === 'organisation' ? rule(judged) : null;

/** An invitation has to arrive somewhere: at the party itself or at who speaks for it, or on paper (lifecycle.md section 5: SMS, then e-mail, then paper). */
const reachable: Rule = ({ party }) => {
  const representative = representativeOf(party);
  return [party.phone, party.email, party.address, representative?.phone, representative?.email].some(Boolean) ? null : 'way_needed';
};

/** Under age (data/screening-rules.json), as the IIN tells. */
export function isMinor(typed: string | null | undefined, on: Day): boolean {
  const read = iin.safeParse(typed ?? '');
  const birth = read.success ? birthDateOf(read.data) : null;
  return birth !== null && ageOn(birth, on) < data.ages.adult;
}
/** For somebody under age a parent or guardian acts (lifecycle.md section 5). */
export const adultOrRepresented: Rule = ({ party, on }) =>
  isMinor(party.iin, on) && representativeOf(party)?.kind !== 'legal' ? 'minor_needs_parent' : null;

/** What any party but the applicant has to say. */
export const memberRules: Record<string, Rule> = {
  surname: person(({ party }) => needed(party.surname)),
  given: person(({ party }) => needed(party.given)),
  iin: person(({ party, on }) => ifGiven(party.iin, (typed) => iinFault(typed, on))),
  organisation: organisation(({ party }) => needed(party.organisation)),
  bin: organisation(({ party }) => ifGiven(party.bin, faultIn(bin))),
  phone: (judged) => ifGiven(judged.party.phone, faultIn(phoneKz)) ?? reachable(judged),
  email: ({ party }) => ifGiven(party.email, faultIn(email)),
  'representative.kind': adultOrRepresented,
  'representative.name': ({ party }) => (representativeOf(party)?.kind === 'legal' ? needed(representativeOf(party)?.name) : null),
  'representative.phone': ({ party }) => ifGiven(representativeOf(party)?.phone, faultIn(phoneKz)),
  'representative.email': ({ party }) => ifGiven(representativeOf(party)?.email, faultIn(email)),
};

export const isDay = (typed: string) =>
  /^\d{4}-\d\d-\d\d$/.test(typed) && new Date(`${typed}T00:00:00Z`).toJSON()?.startsWith(typed) === true;
type AttorneyRule = (attorney: Attorney, on: Day) => Fault;

/** A power of attorney that somebody acts by: complete, begun, and not yet over. */
export const attorneyRules: Record<string, AttorneyRule> = {
  number: ({ number }) => needed(number),
  issuedOn: ({ issuedOn }, on) => needed(issuedOn) ?? (!isDay(issuedOn!) ? 'date' : issuedOn! > on ? 'date_future' : null),
  validUntil: ({ validUntil, issuedOn }, on) =>
    ifGiven(validUntil, (day) => (!isDay(day) || (isDay(issuedOn ?? '') && issuedOn! > day) ? 'date' : day < on ? 'attorney_over' : null)),
  powers: ({ powers }) => (powers?.includes('take_part') ? null : 'attorney_take_part'),
};
