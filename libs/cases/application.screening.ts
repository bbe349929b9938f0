import { birthDateOf, iin, type SaveAnswers } from '#contract';
import type { Day } from '#hours';
import { partiesIn } from './application.answers.js';
import { factsOf, factsOfBirths, screen, type Screening } from './screening.js';

/** What the machine proposes for an application: flags the applicant raised, the case's own mark that it needs care, and what the numbers tell of ages. */
export function screenAnswers(answers: SaveAnswers, accountIin: string | null, on: Day, needsCare: boolean): Screening {
  const flags = { ...answers.flags, violence: needsCare };
  const told = partiesIn(answers).map(([path, { iin: typed }]) => typed || (path === 'own' ? accountIin : null));
  const births = told.flatMap((typed) => birthOf(typed) ?? []);
  const said = factsOf(flags, answers);
  const numbers = factsOfBirths(births, on);
  const other_language = said.other_language || partiesIn(answers).some(([, { interpreter }]) => interpreter);
  return screen({ ...said, ...numbers, other_language, minor_party: said.minor_party || numbers.minor_party }, on);
}

/** A court's referral has no answers: its kind, that a case is open, and what the numbers of the parties tell. */
export function screenReferral(category: string, idNumbers: (string | null)[], on: Day, needsCare: boolean): Screening {
  const births = idNumbers.flatMap((typed) => birthOf(typed) ?? []);
  const said = factsOf({ courtCaseOpen: true, violence: needsCare, criminal: category === 'criminal' }, { category });
  return screen({ ...said, ...factsOfBirths(births, on) }, on);
}

function birthOf(typed?: string | null): Day | null {
  const checked = iin.safeParse(typed ?? '');
  return checked.success ? birthDateOf(checked.data) : null;
}
