import { birthDateOf, iin, type SaveAnswers } from '#contract';
import type { Day } from '#hours';
import { factsOf, factsOfBirths, screen, type Screening } from './screening.js';

/** What the machine proposes for an application: flags the applicant raised, and what the numbers tell of ages. */
export function screenAnswers(answers: SaveAnswers, accountIin: string | null, on: Day): Screening {
  const flags = answers.flags ?? {};
  const births = [answers.own?.iin || accountIin, answers.other?.iin].flatMap((typed) => birthOf(typed) ?? []);
  const told = factsOf(flags, answers);
  const numbers = factsOfBirths(births, on);
  return screen({ ...told, ...numbers, minor_party: told.minor_party || numbers.minor_party }, on);
}

function birthOf(typed?: string | null): Day | null {
  const checked = iin.safeParse(typed ?? '');
  return checked.success ? birthDateOf(checked.data) : null;
}
