import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Actor,
  type Scorecard,
  type ScorecardData,
  scorecardLanguages,
  type ScorecardMeasure,
  scorecardMeasures,
  type ScorecardRow,
} from '#contract';
import { translate } from '#language';
import { Database } from '#platform';
import { type Cell, cellsIn, numberOf } from './report.cells.read.js';
import { csvOf } from './report.files.js';

const anybody: Actor = { id: null, role: 'visitor' };
const units: Record<ScorecardMeasure, ScorecardRow['unit']> = {
  join_rate: 'percent',
  days_to_contract: 'average_days',
  days_to_end: 'average_days',
  settlement_share_ended: 'percent',
  satisfaction: 'score',
};
const columns = ['period', 'measure', 'name', 'language', 'number', 'unit', 'status'] as const;

/** What everybody may read of the cabinet: the shown cells of closed periods, through the reports' role and nothing else. */
@Injectable()
export class ScorecardService {
  constructor(private readonly db: Database) {}

  read(): Promise<Scorecard> {
    return this.db.asReport(anybody, async (tx) => {
      const [last] = (await tx.query(
        'SELECT to_char(month, $1) AS period, closed_at AS at FROM report_periods ORDER BY month DESC LIMIT 1',
        ['YYYY-"T"MM'],
      )) as { period: string; at: Date }[];
      if (!last) return { period: null, closedAt: null, rows: [] };
      return { period: last.period, closedAt: last.at.toISOString(), rows: rowsOf(await cellsFor(tx, last.period), last.period) };
    });
  }

  /** Every closed period, as open data; what each column and code means, as a file beside it and inside the JSON. */
  async data({ format, language }: ScorecardData): Promise<{ name: string; type: string; bytes: Uint8Array }> {
    const told = (key: string) => translate(language, `reports.scorecard.${key}` as 'reports.scorecard.title');
    const dictionary = [
      ...columns.map((one) => [one, '', told(`column.${one}`)]),
      ...scorecardMeasures.map((one) => ['measure', one, told(one)]),
      ...(['shown', 'hidden'] as const).map((one) => ['status', one, told(`status.${one}`)]),
    ];
    const name = `kelisim-scorecard${format === 'dictionary' ? '-dictionary' : ''}-${language}`;
    if (format === 'dictionary') return csv(name, [['column', 'code', 'meaning'], ...dictionary]);
    const rows = (await this.every()).flatMap(({ period, rows: measures }) =>
      measures.flatMap(({ code, unit, n, languages }) =>
        [{ value: 'all', n }, ...languages].map((one) => [
          period,
          code,
          told(code),
          one.value,
          one.n,
          unit,
          one.n === null ? 'hidden' : 'shown',
        ]),
      ),
    );
    if (format === 'csv') return csv(name, [[...columns], ...rows]);
    const made = {
      title: told('title'),
      dictionary: dictionary.map(([column, code, meaning]) => ({ column, code, meaning })),
      rows: rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]]))),
    };
    return { name: `${name}.json`, type: 'application/json', bytes: new TextEncoder().encode(`${JSON.stringify(made, null, 1)}\n`) };
  }

  private every(): Promise<{ period: string; rows: ScorecardRow[] }[]> {
    return this.db.asReport(anybody, async (tx) => {
      const cells = await cellsFor(tx, null);
      const periods = [...new Set(cells.map(({ period }) => period))].toSorted();
      return periods.map((period) => ({ period, rows: rowsOf(cells, period) }));
    });
  }
}

const csv = (name: string, rows: (string | number | null)[][]) => ({
  name: `${name}.csv`,
  type: 'text/csv; charset=utf-8',
  bytes: new TextEncoder().encode(csvOf(rows)),
});

const cellsFor = (tx: EntityManager, period: string | null) =>
  tx.query(
    `SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total FROM report_table WHERE dim IN ('all', 'language') AND ($1::text IS NULL OR period = $1)`,
    [period],
  ) as Promise<Cell[]>;

function rowsOf(all: Cell[], period: string): ScorecardRow[] {
  const cells = cellsIn(all, period);
  return scorecardMeasures.map((code) => ({
    code,
    unit: units[code],
    n: numberOf(cells, { code, unit: units[code] }),
    languages: scorecardLanguages.map((value) => ({ value, n: numberOf(cells, { code, unit: units[code] }, 'language', value) })),
  }));
}
