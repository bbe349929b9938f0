import type { AssignmentTerm } from '#contract';
import { DomainError } from '#platform';
import data from './data/terms.json' with { type: 'json' };

type TermRule = { code: AssignmentTerm; weight: number; other?: number; enough?: number; online?: number; days?: number };
/** Weights and measures of one time, as data (data/terms.json). */
export type Rules = {
  version: string;
  effective_from: string | null;
  effective_to: string | null;
  queue_day_points: number;
  queue_days: number;
  terms: TermRule[];
};
const versions = data.versions as Rules[];

/** The rules in force on a day. */
export function rulesOn(day: string, among: readonly Rules[] = versions): Rules {
  const found = among.filter(({ effective_from: from, effective_to: to }) => (from ?? day) <= day && (to === null || day < to));
  if (found.length !== 1) throw new RangeError(`${found.length} rules of assignment on ${day}`);
  return found[0]!;
}

/** The rules an assignment was made by, whatever has come since. One made by rules that nobody keeps cannot be replayed, and says so. */
export function rulesOf(version: string, among: readonly Rules[] = versions): Rules {
  const found = among.find((one) => one.version === version);
  if (!found) throw new DomainError('assignment.rules_unknown', { version });
  return found;
}
