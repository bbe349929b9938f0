import { periodFrom, rangesWithin } from '../../libs/oversight/report.periods.js';
import { isIn, reducedRows } from './elimination.js';

export type PublishedCell = { period: string; line: string; dim: string; value: string; n: number; shown: boolean };

export const monthsOf = (code: string) => {
  const { year, months } = periodFrom(code);
  return months.map((month) => `${year}-${String(month).padStart(2, '0')}`);
};

/**
 * The attack: everything that the role of the reports can read of one line in a year, as a system of equations over what each month had of
 * each value. That the cuts of a month have one total, and kinds of dispute add up to their main kind, is known to everybody. Returns what it
 * solves of what is hidden, and the stretches of months whose few it solves as differences.
 */
export function attack(cells: readonly PublishedCell[], year: number, until: number): { solved: PublishedCell[]; few: string[] } {
  const leaves = [
    ...new Set(cells.filter(({ period }) => /-\d\d$/.test(period)).map(({ period, dim, value }) => `${period}|${dim}|${value}`)),
  ].toSorted();
  const at = new Map(leaves.map((leaf, index) => [leaf, index]));
  const equation = (period: string, dim: string, value: string) => {
    const row = new Float64Array(leaves.length);
    for (const month of monthsOf(period)) {
      const index = at.get(`${month}|${dim}|${value}`);
      if (index !== undefined) row[index] = 1;
    }
    return row;
  };
  const known = cells.filter(({ shown }) => shown).map(({ period, dim, value }) => equation(period, dim, value));
  const basis = reducedRows([...known, ...commonKnowledge(leaves, at, equation)]);
  const solved = cells.filter(({ shown, period, dim, value }) => !shown && isIn(basis, equation(period, dim, value)));
  // Nor does a difference of running totals tell few: what several months in a row have together.
  const counts = new Map(cells.map(({ period, dim, value, n }) => [`${period}|${dim}|${value}`, n]));
  const named = [...new Set(leaves.map((leaf) => leaf.slice(leaf.indexOf('|') + 1)))];
  const few = named.flatMap((name) =>
    rangesWithin(year, until)
      .filter(({ code }) => {
        const n = monthsOf(code).reduce((sum, month) => sum + (counts.get(`${month}|${name}`) ?? 0), 0);
        return n > 0 && n < 5 && isIn(basis, equation(code, ...(name.split('|') as [string, string])));
      })
      .map(({ code }) => `${code} ${name}`),
  );
  return { solved, few };
}

type Equation = (period: string, dim: string, value: string) => Float64Array;
function commonKnowledge(leaves: readonly string[], at: Map<string, number>, equation: Equation): Float64Array[] {
  const known: Float64Array[] = [];
  // A question may be passed over: what was answered to each adds up to no total.
  const dims = [...new Set(leaves.map((leaf) => leaf.split('|')[1]!))].filter((dim) => dim !== 'all' && dim !== 'question');
  for (const month of new Set(leaves.map((leaf) => leaf.split('|')[0]!))) {
    for (const dim of dims) {
      const row = equation(month, 'all', 'all');
      for (const [leaf, index] of at) if (leaf.startsWith(`${month}|${dim}|`)) row[index] = -1;
      known.push(row);
    }
    // Whoever's number tells no sex tells no age.
    const [sexless, ageless] = [at.get(`${month}|sex|unknown`), at.get(`${month}|age_band|unknown`)];
    if (sexless !== undefined && ageless !== undefined)
      known.push(Float64Array.from(leaves, (_, index) => Number(index === sexless) - Number(index === ageless)));
    for (const [leaf, index] of at)
      if (leaf.startsWith(`${month}|category|`) && dims.includes('subcategory')) {
        const row = new Float64Array(leaves.length);
        row[index] = 1;
        for (const [part, place] of at) if (part.startsWith(`${month}|subcategory|${leaf.split('|')[2]}/`)) row[place] = -1;
        known.push(row);
      }
  }
  return known;
}
