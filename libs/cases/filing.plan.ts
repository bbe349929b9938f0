import type { PartyAnswer, SaveAnswers, Side } from '#contract';
import type { Day } from '#hours';
import { DomainError } from '#platform';
import { screenAnswers } from './application.screening.js';
import type { Case } from './case.entity.js';
import { courtNumberFrom } from './case-number.js';
import { type Account, isOnBothSides, ownParty, partyFrom, type PartyRecord } from './party.records.js';

/** Everybody whom a complete application names, both sides in their order. */
export function partiesOf(answers: SaveAnswers, account: Account, language: Case['language']): PartyRecord[] {
  const { own, other, ownMore, otherMore } = answers;
  const members = (more: PartyAnswer[] | null | undefined, side: Side) =>
    (more ?? []).map((party, index) => partyFrom(party, side, language, index + 2));
  const mine = [ownParty(own!, account, language), ...members(ownMore, 'A')];
  const theirs = [partyFrom(other!, 'B', language), ...members(otherMore, 'B')];
  if (isOnBothSides(mine, account, theirs)) throw new DomainError('case.person_on_both_sides');
  return [...mine, ...theirs];
}

/** What of the answers lists and totals go by. */
export const placeOf = ({ category, subcategory, district }: SaveAnswers) => ({
  category: category ?? '',
  subcategory: subcategory ?? null,
  district: district ?? '',
});

/** What of the answers stands in clear: places, the court, and that this case needs care, without saying why. */
export function clearOf(answers: SaveAnswers, accountIin: string | null, found: { rulesOn: Day; safeProcess: boolean }) {
  const { effects } = screenAnswers(answers, accountIin, found.rulesOn, found.safeProcess);
  const shuttle: Case['shuttle'] = found.safeProcess ? 'required' : effects.includes('separate_meetings_default') ? 'default' : null;
  return {
    ...placeOf(answers),
    courtId: answers.court?.courtId ?? null,
    courtCaseNumber: answers.court?.caseNumber ? courtNumberFrom(answers.court.caseNumber) : null,
    shuttle,
  };
}
