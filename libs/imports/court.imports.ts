import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ColumnOf, importColumns, type SignedIn } from '#contract';
import { Clock, Database } from '#platform';
import { type Cells, codeOf, type Fault, judgeRows, type Judged, named } from './columns.js';
import names from './data/court-columns.json' with { type: 'json' };
import { backInTurn, type Entry, inTurn, type KindOf, putEntry, type Register, takeBackEntry, type Written } from './import.kind.js';
import type { Table } from './table.js';

type Column = ColumnOf<'courts'>;
type Court = { code: string | null; level: string; kk: string; ru: string; en: string };
type CourtRow = { id: string; state: Court };
type Known = ReadonlyMap<string, string>;
const columns = named(importColumns.courts, names);
const longest = 200;

/** `known`: whose each code is now. */
export function judgeCourts(table: Table, known: Known): Judged<CourtRow> {
  const [ids, codes] = [new Set<string>(), new Map(known)];
  return judgeRows(table, columns, (cells) => judge(cells, ids, codes));
}

function judge(cells: Cells<Column>, ids: Set<string>, codes: Map<string, string>): { faults: Fault<Column>[]; row?: CourtRow } {
  const [id, code, level] = [cells.court ?? '', cells.code ?? null, codeOf(cells.level, names.levels)];
  const faults: Fault<Column>[] = [];
  if (!/^[A-Z][A-Z0-9_]{2,39}$/.test(id)) faults.push(['court', id ? 'court_id' : 'required']);
  if (ids.has(id)) faults.push(['court', 'row_twice']);
  if (code && !/^\d{4}$/.test(code)) faults.push(['code', 'court_code']);
  else if (code && (codes.get(code) ?? id) !== id) faults.push(['code', 'taken']);
  if (!level) faults.push(['level', cells.level ? 'choose' : 'required']);
  for (const name of ['kk', 'ru'] as const) if (!cells[name]) faults.push([name, 'required']);
  for (const name of ['kk', 'ru', 'en'] as const) if ((cells[name] ?? '').length > longest) faults.push([name, 'too_long']);
  ids.add(id);
  if (faults.length > 0) return { faults };
  if (code) codes.set(code, id);
  return { faults, row: { id, state: { code, level: level!, kk: cells.kk!, ru: cells.ru!, en: cells.en ?? cells.ru! } } };
}

/** The courts that may refer, with the first digits of their case numbers. */
@Injectable()
export class CourtImports implements KindOf<CourtRow>, Register {
  readonly may = 'register.import';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async judge(table: Table) {
    const rows = await this.db.look<{ id: string; code: string }>('SELECT id, code FROM courts WHERE code IS NOT NULL', []);
    return judgeCourts(table, new Map(rows.map(({ id, code }) => [code, id])));
  }

  put(tx: EntityManager, _: SignedIn, rows: readonly CourtRow[]): Promise<Entry[]> {
    return inTurn(rows, ({ id, state }) => putEntry(tx, this, id, state));
  }

  takeBack(tx: EntityManager, _: SignedIn, written: readonly Written[]): Promise<boolean[]> {
    return backInTurn(written, (entry) => takeBackEntry(tx, this, entry));
  }

  async now(tx: EntityManager, id: string): Promise<object | null> {
    const [row] = (await tx.query(
      `SELECT jsonb_build_object('code', code, 'level', level, 'kk', kk, 'ru', ru, 'en', en) AS state FROM courts WHERE id = $1 FOR UPDATE`,
      [id],
    )) as { state: object }[];
    return row?.state ?? null;
  }

  async write(tx: EntityManager, id: string, state: object) {
    const { code, level, kk, ru, en } = state as Court;
    await tx.query(
      `INSERT INTO courts (id, code, level, kk, ru, en, imported_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (id) DO UPDATE SET code = $2, level = $3, kk = $4, ru = $5, en = $6, imported_at = $7`,
      [id, code, level, kk, ru, en, this.clock.now()],
    );
  }

  /** Only one that nothing refers to. */
  async remove(tx: EntityManager, id: string) {
    const [row] = (await tx.query('SELECT take_back_court($1) AS gone', [id])) as [{ gone: boolean }];
    return row.gone;
  }
}
