import { lotOf } from './score.js';

/** What one side said of the list: whom it strikes, and all the others in its order. */
export type SideAnswer = { struck: readonly string[]; ranked: readonly string[] };
export type Choosing = {
  caseId: string;
  seed: string;
  listed: readonly string[];
  /** null: a side that did not answer in its time. */
  a: SideAnswer | null;
  b: SideAnswer | null;
};
export type Line = { by: 'sides' | 'house'; order: string[] };

/**
 * Whom the case is offered to, in this order. Of those that neither side struck, first whom both together placed best: the sum of the two
 * places, then the better of the worse place, then the lot of the seed. Where nobody is left, and after them, the engine's own list.
 * One side's order alone decides nothing: of a silent side's list the engine's order is taken. Whom a side struck is never offered.
 */
export function lineOf({ caseId, seed, listed, a, b }: Choosing, byEngine: readonly string[]): Line {
  const struck = new Set([...(a?.struck ?? []), ...(b?.struck ?? [])]);
  const left = byEngine.filter((id) => !struck.has(id));
  if (!a || !b) return { by: 'house', order: left };
  const both = listed.filter((id) => !struck.has(id));
  const [first, second] = [a, b].map(({ ranked }) => placesAmong(ranked, both)) as [Map<string, number>, Map<string, number>];
  const agreed = both
    .map((id) => ({ id, one: first.get(id) ?? both.length, other: second.get(id) ?? both.length, lot: lotOf(seed, caseId, id) }))
    .toSorted(
      (x, y) =>
        x.one + x.other - (y.one + y.other) ||
        Math.max(x.one, x.other) - Math.max(y.one, y.other) ||
        y.lot - x.lot ||
        (x.id < y.id ? -1 : 1),
    )
    .map(({ id }) => id);
  return { by: agreed.length > 0 ? 'sides' : 'house', order: [...agreed, ...left.filter((id) => !agreed.includes(id))] };
}

/** Places among those that are left: whoever strikes more does not make his first place count for less. */
const placesAmong = (ranked: readonly string[], both: readonly string[]) =>
  new Map(ranked.filter((id) => both.includes(id)).map((id, at) => [id, at]));
