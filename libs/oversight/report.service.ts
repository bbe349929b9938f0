import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { ReferenceService } from '#cases';
import { type Actor, type Report, type ReportDim, reportDims, type ReportLine, ReportPeriod, type ReportPeriods } from '#contract';
import { Database, DomainError } from '#platform';
import data from './data/report-lines.json' with { type: 'json' };
import { type Cell, type Cells, cellsIn, counted, numberOf, quotients } from './report.cells.read.js';
import { boundsOf, freeCells } from './report.free.js';
import { valueNames } from './report.names.js';
import { periodBefore, periodFrom } from './report.periods.js';

type Row = (typeof data.lines)[number];

/** Reports of closed periods, read through a role that can reach nothing but their shown cells. */
@Injectable()
export class ReportService {
  constructor(
    private readonly db: Database,
    private readonly reference: ReferenceService,
  ) {}

  periods(actor: Actor): Promise<ReportPeriods> {
    authorize(actor, 'report.read', null);
    return this.db.asReport(actor, async (tx) => {
      const months = (await tx.query('SELECT month::text AS month, closed_at AS "closedAt" FROM report_periods ORDER BY month DESC')) as {
        month: string;
        closedAt: Date;
      }[];
      const periods = (await tx.query('SELECT DISTINCT period FROM report_table ORDER BY period DESC')) as { period: string }[];
      return {
        months: months.map(({ month, closedAt }) => ({ month: month.slice(0, 7), closedAt: closedAt.toISOString() })),
        periods: periods.map(({ period }) => period),
      };
    });
  }

  async read(actor: Actor, code: string): Promise<Report> {
    authorize(actor, 'report.read', null);
    const reference = await this.reference.read();
    return this.db.asReport(actor, (tx) => compile(tx, code, reference));
  }
}

/** From the reports' own views alone. A period that is not over, or that nothing was counted in yet, is no report. */
export async function compile(tx: EntityManager, code: string, reference: Awaited<ReturnType<ReferenceService['read']>>): Promise<Report> {
  const fault = ReportPeriod.safeParse(code).error?.issues[0];
  if (fault) throw new DomainError('invalid', { fields: { period: fault.message } });
  const { last, compared, rows } = code.includes('..') ? await stretch(tx, code) : await named(tx, code);
  const [closing] = (await tx.query('SELECT closed_at AS at FROM report_periods WHERE month = $1', [`${last}-01`])) as { at: Date }[];
  if (!closing) throw new DomainError('report.not_closed');
  const [now, before] = [cellsIn(rows, code), cellsIn(rows, compared ?? '')];
  const isCompared = compared !== null && rows.some((cell) => cell.period === compared);
  const names = valueNames(reference);
  const lines = data.lines.map((line): ReportLine => {
    return {
      no: line.no,
      code: line.code,
      name: { kk: line.kk, ru: line.ru, en: line.en },
      unit: line.unit as ReportLine['unit'],
      n: numberOf(now, line),
      ...(isCompared ? { before: numberOf(before, line) } : {}),
      cuts: cutsOf(now, line, names),
    };
  });
  return { period: code, closedAt: closing.at.toISOString(), compared: isCompared ? compared : null, lines };
}

type Read = { last: string; compared: string | null; rows: Cell[] };
async function named(tx: EntityManager, code: string): Promise<Read> {
  const period = periodFrom(code);
  const compared = periodBefore(period);
  return { last: `${period.year}-${String(period.months.at(-1)).padStart(2, '0')}`, compared, rows: await cellsOf(tx, [code, compared]) };
}
const stretch = async (tx: EntityManager, code: string): Promise<Read> => ({
  last: code.slice(-7),
  compared: null,
  rows: freeCells(await cellsOf(tx, boundsOf(code)), code),
});

const cellsOf = (tx: EntityManager, periods: string[]) =>
  tx.query('SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total FROM report_table WHERE period = ANY ($1)', [
    periods,
  ]) as Promise<Cell[]>;

/** Of a line that is one cut of another only that cut is told; of the rest every cut there is. */
function cutsOf(cells: Cells, line: Row, names: ReturnType<typeof valueNames>): ReportLine['cuts'] {
  const only: Record<string, ReportDim[]> = {
    cases_by_category: ['category', 'subcategory'],
    cases_by_language: ['language'],
    cases_by_mediator_kind: ['mediator_kind'],
  };
  const quotient = quotients[line.code];
  const source = quotient?.under.at(-1) ?? counted[line.code] ?? line.code;
  return (only[line.code] ?? reportDims).flatMap((dim) => {
    const values = [...new Set([...cells.values(source, dim), ...(quotient ? cells.values(quotient.under[0]!, dim) : [])])];
    if (quotient && quotient.under.some((one) => cells.values(one, dim).length === 0)) return [];
    if (values.length === 0) return [];
    return [{ dim, cells: values.toSorted().map((value) => ({ value, name: names(dim, value), n: numberOf(cells, line, dim, value) })) }];
  });
}
