import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type ColumnOf, importColumns, type SignedIn } from '#contract';
import type { Day } from '#hours';
import { Clock } from '#platform';
import { DecreedDays } from '#times';
import { type Cells, codeOf, dayIn, type Fault, isDay, judgeRows, type Judged, named } from './columns.js';
import names from './data/holiday-columns.json' with { type: 'json' };
import { backInTurn, type Entry, inTurn, type KindOf, putEntry, type Register, takeBackEntry, type Written } from './import.kind.js';
import type { Table } from './table.js';

type Column = ColumnOf<'holidays'>;
type DayRow = { day: Day; state: { off: boolean; kk: string | null; ru: string | null; en: string | null } };
const columns = named(importColumns.holidays, names);

export function judgeHolidays(table: Table): Judged<DayRow> {
  const seen = new Set<Day>();
  return judgeRows(table, columns, (cells) => judge(cells, seen));
}

function judge(cells: Cells<Column>, seen: Set<Day>): { faults: Fault<Column>[]; row?: DayRow } {
  const [day, kind] = [dayIn(cells.day ?? ''), codeOf(cells.off, names.kinds)];
  const faults: Fault<Column>[] = [];
  if (!isDay(day)) faults.push(['day', cells.day ? 'date' : 'required']);
  if (seen.has(day)) faults.push(['day', 'row_twice']);
  if (!kind) faults.push(['off', cells.off ? 'choose' : 'required']);
  if (kind === 'off') for (const name of ['kk', 'ru'] as const) if (!cells[name]) faults.push([name, 'required']);
  for (const name of ['kk', 'ru', 'en'] as const) if ((cells[name] ?? '').length > 120) faults.push([name, 'too_long']);
  seen.add(day);
  if (faults.length > 0) return { faults };
  const { kk = null, ru = null, en = ru } = kind === 'off' ? cells : {};
  return { faults, row: { day, state: { off: kind === 'off', kk, ru, en } } };
}

/** Days off that the government names, and days it moves: the calendar counts with them from the moment they are in. */
@Injectable()
export class HolidayImports implements KindOf<DayRow>, Register {
  readonly may = 'register.import';

  constructor(
    private readonly clock: Clock,
    private readonly days: DecreedDays,
  ) {}

  async judge(table: Table) {
    return judgeHolidays(table);
  }

  put(tx: EntityManager, _: SignedIn, rows: readonly DayRow[]): Promise<Entry[]> {
    return inTurn(rows, ({ day, state }) => putEntry(tx, this, day, state));
  }

  takeBack(tx: EntityManager, _: SignedIn, written: readonly Written[]): Promise<boolean[]> {
    return backInTurn(written, (entry) => takeBackEntry(tx, this, entry));
  }

  async now(tx: EntityManager, day: string): Promise<object | null> {
    const [row] = (await tx.query(
      `SELECT jsonb_build_object('off', is_off, 'kk', kk, 'ru', ru, 'en', en) AS state FROM calendar_days WHERE day = $1 FOR UPDATE`,
      [day],
    )) as { state: object }[];
    return row?.state ?? null;
  }

  async write(tx: EntityManager, day: string, state: object) {
    const { off, kk, ru, en } = state as DayRow['state'];
    await tx.query(
      `INSERT INTO calendar_days (day, is_off, kk, ru, en, decreed_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (day) DO UPDATE SET is_off = $2, kk = $3, ru = $4, en = $5, decreed_at = $6`,
      [day, off, kk, ru, en, this.clock.now()],
    );
  }

  async remove(tx: EntityManager, day: string) {
    await tx.query('DELETE FROM calendar_days WHERE day = $1', [day]);
    return true;
  }

  settled() {
    return this.days.read();
  }
}
