import type { Ranked } from '#contract';
import type { Day } from '#hours';
import { type CaseFacts, type MediatorFacts, noTie, type Tie, whyNot } from './facts.js';
import type { Rules } from './rules.js';
import { lotOf, scoreOf } from './score.js';

/** All that a choice depends on: kept with it, so that it can be made again. */
export type Inputs = { on: Day; asked: CaseFacts; mediators: MediatorFacts[]; ties: Record<string, Tie>; rules: string; seed: string };

/** Everybody in the register: those who may, the best first; then the others with what stands in their way. The order of input plays no part. */
export function rank({ on, asked, mediators, ties, seed }: Inputs, rules: Rules): Ranked[] {
  const ranked = mediators.map((mediator) => {
    const tie = ties[mediator.id] ?? noTie;
    const reasons = whyNot(mediator, asked, tie, on);
    const { total, terms } = reasons.length > 0 ? { total: 0, terms: [] } : scoreOf(asked, mediator, tie, rules);
    return { mediatorId: mediator.id, reasons, total, terms, lot: lotOf(seed, asked.id, mediator.id) };
  });
  ranked.sort(
    (one, other) =>
      Number(one.reasons.length > 0) - Number(other.reasons.length > 0) ||
      other.total - one.total ||
      other.lot - one.lot ||
      (one.mediatorId < other.mediatorId ? -1 : 1),
  );
  return ranked.map(({ mediatorId, reasons, total, terms }) => ({ mediatorId, reasons, total, terms }));
}
