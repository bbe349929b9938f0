import { munkres } from 'munkres';
import type { Day } from '#hours';
import { type CaseFacts, type MediatorFacts, noTie, type Tie, whyNot } from './facts.js';
import type { Rules } from './rules.js';
import { lotOf, lots, scoreOf } from './score.js';

/** A whole queue at once. `ties`: by case, then by mediator. */
export type Queue = {
  on: Day;
  cases: CaseFacts[];
  mediators: MediatorFacts[];
  ties: Record<string, Record<string, Tie>>;
  /** Days to the first hour in common, where it differs from case to case: by case, then by mediator. */
  hours?: Record<string, Record<string, number | null>>;
  rules: string;
  seed: string;
};
export type Matching = { pairs: Map<string, string>; total: number };
type Edge = { row: number; column: number; value: number };

/**
 * As many cases as can be have a mediator, and among all such choices the one with the highest sum of points; a case that has waited
 * longer counts for more, so that where places are short it is not the oldest that goes without. Exact: a minimum-cost matching (munkres) in
 * each connected part of who may take what. A mediator has as many columns as places. Order of input plays no part: both sides are sorted.
 */
export function match(queue: Queue, rules: Rules): Matching {
  const { cases, mediators } = sorted(queue);
  const edges = edgesOf({ ...queue, cases, mediators }, rules);
  const pairs = new Map<string, string>();
  let total = 0;
  for (const part of partsOf(edges, cases.length, mediators.length)) {
    for (const { row, column, value } of solve(part, mediators, queue)) {
      pairs.set(cases[row]!.id, mediators[column]!.id);
      total += value;
    }
  }
  return { pairs, total };
}

/** Case after case, each the best that is left: what a person with a list would do. To compare with; nothing is assigned by it. */
export function greedy(queue: Queue, rules: Rules): Matching {
  const { cases, mediators } = sorted(queue);
  const left = mediators.map(placesOf);
  const by = groupedBy(edgesOf({ ...queue, cases, mediators }, rules), ({ row }) => row);
  const pairs = new Map<string, string>();
  let total = 0;
  for (const [row, asked] of cases.entries()) {
    const best = (by.get(row) ?? []).filter(({ column }) => left[column]! > 0).toSorted((one, other) => other.value - one.value)[0];
    if (!best) continue;
    left[best.column]! -= 1;
    pairs.set(asked.id, mediators[best.column]!.id);
    total += best.value;
  }
  return { pairs, total };
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : Number(one.id > other.id));
const sorted = ({ cases, mediators }: Queue) => ({ cases: cases.toSorted(byId), mediators: mediators.toSorted(byId) });
function groupedBy<T>(all: readonly T[], keyOf: (one: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const one of all) {
    const group = groups.get(keyOf(one));
    if (group) group.push(one);
    else groups.set(keyOf(one), [one]);
  }
  return groups;
}
const placesOf = ({ capacity, openCases }: MediatorFacts) => Math.max(0, capacity - openCases);

/** Who may take what, and for how many points; a lot of the seed in the last digits parts what is equal. */
function edgesOf({ on, cases, mediators, ties, hours, seed }: Queue, rules: Rules): Edge[] {
  const edges: Edge[] = [];
  for (const [row, asked] of cases.entries()) {
    const waited = rules.queue_day_points * Math.min(asked.waitingDays, rules.queue_days);
    for (const [column, mediator] of mediators.entries()) {
      const tie = ties[asked.id]?.[mediator.id] ?? noTie;
      if (whyNot(mediator, asked, tie, on).length > 0) continue;
      const freeInDays = hours?.[asked.id]?.[mediator.id];
      const { total } = scoreOf(asked, freeInDays === undefined ? mediator : { ...mediator, freeInDays }, tie, rules);
      edges.push({ row, column, value: (total + waited) * lots + lotOf(seed, asked.id, mediator.id) });
    }
  }
  return edges;
}

/** Parts that share neither a case nor a mediator are solved apart: the same answer, in less time. */
function partsOf(edges: Edge[], rows: number, columns: number): Edge[][] {
  const parent = Array.from({ length: rows + columns }, (_, at) => at);
  const root = (of: number): number => {
    let at = of;
    while (parent[at] !== at) at = parent[at] = parent[parent[at]!]!;
    return at;
  };
  for (const { row, column } of edges) parent[root(row)] = root(rows + column);
  return [...groupedBy(edges, ({ row }) => root(row)).values()];
}

function solve(edges: Edge[], mediators: MediatorFacts[], { cases }: Queue): Edge[] {
  const rows = [...new Set(edges.map(({ row }) => row))];
  const columns = [...new Set(edges.map(({ column }) => column))];
  const slots = columns.flatMap((column) => Array.from({ length: Math.min(placesOf(mediators[column]!), rows.length) }, () => column));
  const slotsOf = groupedBy([...slots.keys()], (slot) => slots[slot]!);
  const rowAt = new Map(rows.map((row, at) => [row, at]));
  /** More than all points together: one case more is worth any loss of points. */
  const any = 1 + edges.reduce((top, { value }) => Math.max(top, value), 0) * Math.min(rows.length, cases.length);
  const costs = rows.map(() => new Float64Array(slots.length));
  for (const { row, column, value } of edges) for (const slot of slotsOf.get(column) ?? []) costs[rowAt.get(row)!]![slot] = -(any + value);
  const values = new Map(edges.map((edge) => [`${edge.row} ${edge.column}`, edge]));
  return munkres(costs).flatMap(([at, slot]) => {
    const edge = values.get(`${rows[at]} ${slots[slot]}`);
    return edge && costs[at]![slot]! < 0 ? [edge] : [];
  });
}
