import type { AssignmentTerm, TermPoints } from '#contract';
import type { CaseFacts, MediatorFacts, Tie } from './facts.js';
import type { Rules } from './rules.js';

type Measure = (
  asked: CaseFacts,
  mediator: MediatorFacts,
  tie: Tie,
  rule: Rules['terms'][number],
) => { part: number; says: string; n?: number };
const whole = 1000;
const share = (value: number, of: number) => Math.round((whole * Math.max(0, Math.min(value, of))) / of);

/** Each term: how much of its weight, in thousandths, and the words for it (`assignment.why.TERM.SAYS`). Whole numbers, so that a replay adds up alike everywhere. */
const measures: Record<AssignmentTerm, Measure> = {
  language: ({ languages: [own] }, { languages: [first] }, _, { other = 0 }) =>
    own === first ? { part: whole, says: 'first' } : { part: other, says: 'other' },
  field: ({ field }, { concluded }, _, { enough = 1 }) => {
    const n = concluded[field ?? ''] ?? 0;
    return { part: share(n, enough), says: n > 0 ? 'some' : 'none', n };
  },
  district: ({ district }, mediator, _, { online = 0 }) =>
    district === mediator.district ? { part: whole, says: 'same' } : { part: online, says: 'online' },
  load: (_, { capacity, openCases }) => ({
    part: capacity > 0 ? share(capacity - openCases, capacity) : 0,
    says: 'free',
    n: Math.max(0, capacity - openCases),
  }),
  waiting: (_, { idleDays }, __, { days = 1 }) =>
    idleDays === null ? { part: whole, says: 'never' } : { part: share(idleDays, days), says: 'days', n: idleDays },
  hour: (_, { freeInDays }, __, { days = 1 }) =>
    freeInDays === null ? { part: 0, says: 'unknown' } : { part: share(days - freeInDays, days), says: 'days', n: freeInDays },
  continuity: (_, __, { before }) => ({ part: before ? whole : 0, says: before ? 'before' : 'new' }),
};

export type Score = { total: number; terms: TermPoints[] };

export function scoreOf(asked: CaseFacts, mediator: MediatorFacts, tie: Tie, { terms }: Rules): Score {
  const told = terms.map((rule) => {
    const { part, says, n = null } = measures[rule.code](asked, mediator, tie, rule);
    return { code: rule.code, points: rule.weight * part, of: rule.weight * whole, says, n };
  });
  return { total: told.reduce((sum, { points }) => sum + points, 0), terms: told };
}

/** Of two equal scores the seed decides, the same way whenever it is asked, and whatever the order of asking (FNV-1a). */
export function lotOf(seed: string, caseId: string, mediatorId: string): number {
  let hash = 0x811c9dc5;
  for (const letter of `${seed}|${caseId}|${mediatorId}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return hash % lots;
}
export const lots = 1000;
