import type { ImportColumn, ImportFault } from '#contract';
import { isFormula, type Table } from './table.js';

/** A row that is right, with its line. */
export type Good<R> = { line: number; row: R };
export type Judged<R> = { missing: ImportColumn[]; good: Good<R>[]; faults: ImportFault[] };
export type Fault<C> = [column: C | null, code: string];
export type Cells<C extends string> = Partial<Record<C, string>>;
type Verdict<C, R> = { faults: Fault<C>[]; row?: R };
/** How people call the columns, and which have to be there. */
export type Named<C extends string> = { required: readonly C[]; called: ReadonlyMap<string, C> };

/** Compared without case, with single spaces. */
export const folded = (text: string) => text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
export const isCalled = (typed: string | undefined, ...words: string[]) =>
  typed !== undefined && words.some((word) => folded(word) === folded(typed));
/** The code that people call so. */
export const codeOf = (typed: string | undefined, codes: Record<string, string[]>): string | null =>
  Object.entries(codes).find(([code, words]) => isCalled(typed, code, ...words))?.[0] ?? null;
/** `2026-09-21` or `21.09.2026`. */
export const dayIn = (typed: string) => typed.replace(/^(\d\d)\.(\d\d)\.(\d{4})$/, '$3-$2-$1');
/** A day that there is. */
export const isDay = (day: string) =>
  /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
/** Several in one cell. */
export const listIn = (typed = '') => typed.split(/[,;/|]/).map((one) => one.trim()).filter(Boolean); // prettier-ignore

export function named<C extends string>(
  columns: readonly C[],
  { required, columns: words }: { required: string[]; columns: Record<string, string[]> },
): Named<C> {
  const called = new Map<string, C>([
    ...columns.map((name) => [folded(name), name] as const),
    ...Object.entries(words).flatMap(([name, all]) => all.map((word) => [folded(word), name as C] as const)),
  ]);
  return { required: required as C[], called };
}

/** Judges every row before anything is written: a missing column, too many cells and formulas here, the rest by the rules of its kind. */
export function judgeRows<C extends ImportColumn, R>(
  { header, rows }: Table,
  { required, called }: Named<C>,
  judge: (cells: Cells<C>) => Verdict<C, R>,
): Judged<R> {
  const columns = header.map((typed) => called.get(folded(typed)) ?? null);
  const missing = required.filter((name) => !columns.includes(name));
  const judged: Judged<R> = { missing, good: [], faults: [] };
  if (missing.length > 0) return judged;
  for (const { line, cells } of rows) {
    const row = Object.fromEntries(columns.flatMap((name, at) => (name && cells[at] ? [[name, cells[at]]] : []))) as Cells<C>;
    const verdict = cells.slice(columns.length).some(Boolean) ? { faults: [[null, 'too_wide'] as Fault<C>] } : withoutFormulas(row, judge);
    judged.faults.push(...verdict.faults.map(([column, code]) => ({ line, column, code })));
    if (verdict.row !== undefined) judged.good.push({ line, row: verdict.row });
  }
  return judged;
}

function withoutFormulas<C extends string, R>(cells: Cells<C>, judge: (cells: Cells<C>) => Verdict<C, R>): Verdict<C, R> {
  const formulas = Object.entries<string | undefined>(cells).filter(([, cell]) => isFormula(cell ?? ''));
  return formulas.length > 0 ? { faults: formulas.map(([column]) => [column as C, 'formula']) } : judge(cells);
}
