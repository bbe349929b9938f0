import type { Cell } from './report.cells.read.js';
import { type Stretch, stretchesOf } from './report.periods.js';

/** A number of a day, not of a month: of a stretch it is that of the last. */
const stocks = new Set(['active_mediators']);
/** Of these a mean alone is published: means of months add up to nothing. */
const means = new Set(['days_to_contract', 'days_to_end', 'satisfaction']);

/** All the periods whose published cells a stretch from one month to another is put together of. */
export const boundsOf = (code: string): string[] =>
  stretchesOf(code).flatMap(({ whole, before, months }) => [whole, ...(before ? [before] : []), ...months]);

/**
 * The cells of a period from one month to another, from published cells alone: a running total less the one before, or the months one by one.
 * What cannot be had so is hidden; that a reader cannot have few of them either is seen to when a month is closed. Means cannot be added up.
 */
export function freeCells(rows: readonly Cell[], code: string): Cell[] {
  const known = new Map(rows.map((row) => [`${row.period}|${row.line}|${row.dim}|${row.value}`, row]));
  const keys = [...new Set(rows.map(({ line, dim, value }) => `${line}|${dim}|${value}`))];
  const stretches = stretchesOf(code);
  return keys.map((key): Cell => {
    const [line, dim, value] = key.split('|') as [string, string, string];
    const at = (period: string) => known.get(`${period}|${key}`);
    if (means.has(line)) return { period: code, line, dim, value, n: null, total: null };
    if (stocks.has(line)) return { period: code, line, dim, value, ...valuesOf(at(stretches.at(-1)!.months.at(-1)!)) };
    const parts = stretches.map((stretch) => partOf(stretch, at));
    const sum = (of: 'n' | 'total') =>
      parts.reduce<number | null>((all, part) => (all === null || part[of] === null ? null : all + part[of]), 0);
    return { period: code, line, dim, value, n: sum('n'), total: sum('total') };
  });
}

type Values = { n: number | null; total: number | null };
const none: Values = { n: 0, total: 0 };
const valuesOf = (cell: Cell | undefined): Values => (cell ? { n: cell.n, total: cell.n === 0 ? 0 : cell.total } : none);

function partOf({ whole, before, months }: Stretch, at: (period: string) => Cell | undefined): Values {
  const [all, former] = [valuesOf(at(whole)), before ? valuesOf(at(before)) : none];
  if (all.n !== null && former.n !== null) return { n: all.n - former.n, total: minus(all.total, former.total) };
  const each = months.map((month) => valuesOf(at(month)));
  const sum = (of: 'n' | 'total') =>
    each.reduce<number | null>((some, one) => (some === null || one[of] === null ? null : some + one[of]), 0);
  return { n: sum('n'), total: sum('total') };
}

const minus = (one: number | null, other: number | null) => (one === null || other === null ? null : one - other);
