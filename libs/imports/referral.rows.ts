import type { z } from 'zod';
import { courtNumberFrom, referralFaults } from '#cases';
import { type ColumnOf, importColumns, partyColumns, type Reference, ReferCase } from '#contract';
import { type Cells as CellsOf, codeOf, dayIn, type Fault as FaultOf, folded, isCalled, judgeRows, type Judged, named } from './columns.js';
import names from './data/referral-columns.json' with { type: 'json' };
import type { Table } from './table.js';

export type Lists = Pick<Reference, 'categories' | 'districts' | 'courts'>;
export type Referral = { courtId: string; asked: ReferCase };
type Column = ColumnOf<'referrals'>;
type Cells = CellsOf<Column>;
type Fault = FaultOf<Column>;

/** Judges every row by the rules of the court's own form. */
export function judgeReferrals(table: Table, lists: Lists, on: string): Judged<Referral> {
  const seen = new Set<string>();
  return judgeRows(table, columns, (cells) => judge(cells, lists, on, seen));
}

function judge(cells: Cells, lists: Lists, on: string, seen: Set<string>): { faults: Fault[]; row?: Referral } {
  const court = lists.courts.find(({ id, name }) => isCalled(cells.court, id, ...Object.values(name)));
  const faults: Fault[] = court ? [] : [['court', 'choose']];
  const read = ReferCase.safeParse(referralIn(cells, lists));
  if (!read.success) return { faults: [...faults, ...read.error.issues.map(faultOf)] };
  const found = Object.entries(referralFaults(read.data, on)).map(([path, code]): Fault => [columnAt(path.split('.')), code]);
  const number = courtNumberFrom(read.data.caseNumber);
  if (number && seen.has(number)) found.push(['caseNumber', 'row_twice']);
  if (number) seen.add(number);
  const all = [...faults, ...found];
  return all.length > 0 ? { faults: all } : { faults: [], row: { courtId: court!.id, asked: read.data } };
}

function referralIn(cells: Cells, { categories, districts }: Lists) {
  const category = categories.find(({ code, name }) => isCalled(cells.category, code, ...Object.values(name)));
  const sub = category?.subcategories.find(({ code, name }) => isCalled(cells.subcategory, code, ...Object.values(name)));
  return {
    language: languageIn(cells.language),
    category: category?.code ?? '',
    ...(cells.subcategory ? { subcategory: sub?.code ?? codeIn(cells.subcategory) } : {}),
    district: districts.find(({ code, name }) => isCalled(cells.district, code, ...Object.values(name)))?.code ?? '',
    caseNumber: cells.caseNumber ?? '',
    ...(cells.judge ? { judge: cells.judge } : {}),
    rulingOn: dayIn(cells.rulingOn ?? ''),
    termDays: /^\d{1,4}$/.test(cells.termDays ?? '') ? Number(cells.termDays) : null,
    safeProcess: names.yes.includes(folded(cells.safeProcess ?? '')),
    sideA: [partyIn('a', cells)],
    sideB: [partyIn('b', cells)],
  };
}

function partyIn(side: 'a' | 'b', cells: Cells) {
  const told = Object.fromEntries(
    partyColumns.flatMap((name) => (cells[`${side}${name}`] ? [[lower(name), cells[`${side}${name}`]]] : [])),
  );
  const language = cells[`${side}Language`] ?? cells.language;
  return { ...told, kind: told.organisation ? 'organisation' : 'person', language: languageIn(language) };
}

/** A code that our lists do not have is taken as the forms take it (libs/cases, application.rules.ts). */
const codeIn = (typed: string) => (/^[a-z0-9_]+$/.test(typed) ? typed : null);
const languageIn = (typed = '') => codeOf(typed, names.languages) ?? '';
const lower = (name: string) => name[0]!.toLowerCase() + name.slice(1);

const ofSides = Object.entries(names.sides).flatMap(([side, sides]) =>
  Object.entries(names.party).map(([name, words]) => [`${side}${name}`, words.flatMap((word) => sides.map((of) => `${of}: ${word}`))]),
);
const columns = named(importColumns.referrals, {
  required: names.required,
  columns: { ...names.columns, ...(Object.fromEntries(ofSides) as Record<string, string[]>) },
});

/** The column of a path of the form: `sideA.0.phone` is `aPhone`; what a table has no column for is told of the number that raised it. */
function columnAt([first = '', , field = '']: readonly PropertyKey[]): Column | null {
  if (first !== 'sideA' && first !== 'sideB') return importColumns.referrals.find((name) => name === first) ?? null;
  const side = first === 'sideA' ? 'a' : 'b';
  const name = String(field);
  return importColumns.referrals.find((column) => column === `${side}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`) ?? `${side}Iin`;
}

function faultOf({ path, code, message }: z.core.$ZodIssue): Fault {
  const column = columnAt(path);
  if (column === 'termDays') return [column, 'whole_number'];
  if (/^[a-z_]+$/.test(message)) return [column, message];
  return [column, { too_big: 'too_long', too_small: 'required' }[code as string] ?? 'choose'];
}
