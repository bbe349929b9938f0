import { SaxesParser } from 'saxes';
import { entriesOf, unpack, type ZipEntry } from '#files';
import { DomainError } from '#platform';
import type { Table } from './table.js';

type Row = { line: number; cells: string[] };
/** What a table of ours may unpack to, and how far to the right a cell may stand. */
const [mostBytes, mostColumns] = [64 * 1024 * 1024, 200];
/** Formats of numbers that are days (ECMA-376, 18.8.30), and those that a workbook defines with a day, a month and a year in them. */
const builtInDays = new Set([14, 15, 16, 17, 22]);

/** The first sheet of an Office Open XML workbook, as text. A formula comes with its sign, whatever value is kept beside it. */
export async function readWorkbook(bytes: Buffer): Promise<Table['rows']> {
  try {
    const entries = new Map(entriesOf(bytes).map((entry) => [entry.name.replace(/^\//, ''), entry]));
    const left = { bytes: mostBytes };
    const text = async (name: string) => (await unpack(bytes, named(entries, name), left, true)).toString('utf8');
    const sheet = await text(sheetPath(await text('xl/workbook.xml'), await text('xl/_rels/workbook.xml.rels')));
    const strings = entries.has('xl/sharedStrings.xml') ? stringsIn(await text('xl/sharedStrings.xml')) : [];
    const days = entries.has('xl/styles.xml') ? dayStylesIn(await text('xl/styles.xml')) : new Set<number>();
    return rowsIn(sheet, strings, days);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'import.too_long') throw error;
    throw new DomainError('import.unreadable');
  }
}

function named(entries: Map<string, ZipEntry>, name: string): ZipEntry {
  const entry = entries.get(name);
  if (!entry) throw new DomainError('import.unreadable');
  return entry;
}

type Attributes = Record<string, string>;
type On = { open?: (name: string, attributes: Attributes) => void; text?: (text: string) => void; close?: (name: string) => void };

/** Names without their prefix: programs write `x:row` as well as `row`. A document type is refused, so nothing unfolds. */
function walk(xml: string, { open, text, close }: On) {
  const parser = new SaxesParser();
  const plain = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('doctype', () => {
    throw new DomainError('import.unreadable');
  });
  parser.on('opentag', ({ name, attributes }) => open?.(plain(name), attributes as Attributes));
  parser.on('text', (found) => text?.(found));
  parser.on('closetag', ({ name }) => close?.(plain(name)));
  parser.write(xml).close();
}

function sheetPath(workbook: string, relations: string): string {
  let first: string | undefined;
  walk(workbook, { open: (name, { 'r:id': id }) => name === 'sheet' && (first ??= id) });
  let target: string | undefined;
  walk(relations, {
    open: (name, { Id, Target }) => {
      if (name === 'Relationship' && Id === first) target = Target;
    },
  });
  if (!target) throw new DomainError('import.unreadable');
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** Each string of the table of strings; parts that read aloud what stands above (`rPh`) are no part of it. */
function stringsIn(xml: string): string[] {
  const strings: string[] = [];
  const inside: string[] = [];
  walk(xml, {
    open: (name) => {
      if (name === 'si') strings.push('');
      inside.push(name);
    },
    text: (text) => {
      if (inside.at(-1) === 't' && !inside.includes('rPh')) strings[strings.length - 1] += text;
    },
    close: () => inside.pop(),
  });
  return strings;
}

function dayStylesIn(xml: string): Set<number> {
  const [own, days] = [new Set<number>(), new Set<number>()];
  let style = -1;
  walk(xml, {
    open: (name, { numFmtId, formatCode }) => {
      if (name === 'numFmt' && /y/i.test(formatCode ?? '') && /d/i.test(formatCode ?? '')) own.add(Number(numFmtId));
      if (name === 'cellXfs') style = 0;
      else if (name === 'xf' && style >= 0) {
        if (builtInDays.has(Number(numFmtId)) || own.has(Number(numFmtId))) days.add(style);
        style += 1;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') style = -1;
    },
  });
  return days;
}

type Cell = { at: number; type: string; isDay: boolean; value: string; formula: string | null };

function rowsIn(xml: string, strings: string[], days: ReadonlySet<number>): Row[] {
  const rows: Row[] = [];
  let cell: Cell | null = null;
  let inside = '';
  walk(xml, {
    open: (name, attributes) => {
      inside = name;
      if (name === 'row') rows.push({ line: Number(attributes['r'] ?? (rows.at(-1)?.line ?? 0) + 1), cells: [] });
      if (name === 'c') cell = cellAt(attributes, rows.at(-1)?.cells.length ?? 0, days);
      if (name === 'f' && cell) cell.formula = '';
    },
    text: (text) => {
      if (cell && inside === 'f') cell.formula += text;
      else if (cell && (inside === 'v' || inside === 't')) cell.value += text;
    },
    close: (name) => {
      inside = '';
      if (name !== 'c' || !cell) return;
      const { cells } = rows.at(-1)!;
      while (cells.length < cell.at) cells.push('');
      cells[cell.at] = textOf(cell, strings).trim();
      cell = null;
    },
  });
  return rows.filter(({ cells }) => cells.some(Boolean));
}

function cellAt({ r, t = 'n', s }: Attributes, next: number, days: ReadonlySet<number>): Cell {
  const letters = /^[A-Z]+/.exec(r ?? '')?.[0];
  const at = letters ? [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1 : next;
  if (at >= mostColumns) throw new DomainError('import.unreadable');
  return { at, type: t, isDay: t === 'n' && days.has(Number(s)), value: '', formula: null };
}

function textOf({ type, isDay, value, formula }: Cell, strings: string[]): string {
  if (formula !== null) return `=${formula}`;
  if (type === 's') return strings[Number(value)] ?? '';
  if (isDay && value) return dayOfSerial(Number(value));
  return value;
}

/** Days since 30 December 1899, as every day after February 1900 counts. */
const dayOfSerial = (serial: number) => new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10);
