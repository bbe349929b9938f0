import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { ReferenceService } from '#cases';
import { type Actor, type Report, type ReportDim, reportDims, type ReportLine, type ReportPeriods } from '#contract';
import { Database, DomainError } from '#platform';
import data from './data/report-lines.json' with { type: 'json' };
import { valueNames } from './report.names.js';
import { periodBefore, periodFrom } from './report.periods.js';

/** A cell as the reports' role gets it: a hidden one has no number. */
type Cell = { period: string; line: string; dim: string; value: string; n: number | null; total: number | null };
type Row = (typeof data.lines)[number];
type Cells = { of: (line: string, dim?: string, value?: string) => Cell | undefined; values: (line: string, dim: string) => string[] };

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

  /** A period that is not over, or that nothing was counted in yet, is no report. */
  async read(actor: Actor, code: string): Promise<Report> {
    authorize(actor, 'report.read', null);
    const period = periodFrom(code);
    const reference = await this.reference.read();
    return this.db.asReport(actor, async (tx) => {
      const last = `${period.year}-${String(period.months.at(-1)).padStart(2, '0')}-01`;
      const [closing] = (await tx.query('SELECT closed_at AS at FROM report_periods WHERE month = $1', [last])) as { at: Date }[];
      if (!closing) throw new DomainError('report.not_closed');
      const compared = periodBefore(period);
      const rows = await cellsOf(tx, [code, compared]);
      const [now, before] = [cellsIn(rows, code), cellsIn(rows, compared)];
      const isCompared = rows.some((cell) => cell.period === compared);
      const names = valueNames(reference);
      const lines = data.lines.map((line): ReportLine => {
        const gathered = !notGathered.has(line.code);
        return {
          no: line.no,
          code: line.code,
          name: { kk: line.kk, ru: line.ru, en: line.en },
          unit: line.unit as ReportLine['unit'],
          gathered,
          n: gathered ? numberOf(now, line) : null,
          ...(isCompared && gathered ? { before: numberOf(before, line) } : {}),
          cuts: gathered ? cutsOf(now, line, names) : [],
        };
      });
      return { period: code, closedAt: closing.at.toISOString(), compared: isCompared ? compared : null, lines };
    });
  }
}

/** What no fact of the cabinet tells yet. */
const notGathered = new Set(['amounts_settled', 'events', 'people_reached', 'satisfaction']);
/** Lines that are another line's numbers, cut their own way. */
const counted: Record<string, string> = {
  cases_by_category: 'applications_received',
  cases_by_language: 'applications_received',
  cases_by_mediator_kind: 'contracts_concluded',
};
const settled = ['settled_full', 'settled_partial'];
/** Lines that are worked out of others: what is divided by what. */
const quotients: Record<string, { over: string[]; under: string[]; percent?: true }> = {
  settlement_share: { over: settled, under: ['contracts_concluded'], percent: true },
  settlement_share_ended: { over: settled, under: [...settled, 'ended_without_settlement'], percent: true },
  cases_per_mediator: { over: ['contracts_concluded'], under: ['active_mediators'] },
};

const cellsOf = (tx: EntityManager, periods: string[]) =>
  tx.query('SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total FROM report_table WHERE period = ANY ($1)', [
    periods,
  ]) as Promise<Cell[]>;

function cellsIn(rows: readonly Cell[], period: string): Cells {
  const known = new Map<string, Cell>();
  const values = new Map<string, string[]>();
  for (const cell of rows.filter((one) => one.period === period)) {
    known.set(`${cell.line}|${cell.dim}|${cell.value}`, cell);
    values.set(`${cell.line}|${cell.dim}`, [...(values.get(`${cell.line}|${cell.dim}`) ?? []), cell.value]);
  }
  return {
    of: (line, dim = 'all', value = 'all') => known.get(`${line}|${dim}|${value}`),
    values: (line, dim) => values.get(`${line}|${dim}`) ?? [],
  };
}

/** Nought where nothing was counted, nothing where the cell is hidden. */
const countIn = (cells: Cells, line: string, dim: string, value: string): number | null => {
  const cell = cells.of(line, dim, value);
  return cell ? cell.n : 0;
};

function numberOf(cells: Cells, { code, unit }: Pick<Row, 'code' | 'unit'>, dim = 'all', value = 'all'): number | null {
  const quotient = quotients[code];
  if (quotient) {
    const sum = (lines: string[]) =>
      lines.reduce<number | null>((all, line) => {
        const n = countIn(cells, line, dim, value);
        return all === null || n === null ? null : all + n;
      }, 0);
    const [over, under] = [sum(quotient.over), sum(quotient.under)];
    if (over === null || under === null || under === 0) return null;
    return Math.round((over / under) * (quotient.percent ? 1_000 : 10)) / 10;
  }
  const line = counted[code] ?? code;
  if (unit === 'average_days') {
    const cell = cells.of(line, dim, value);
    return cell?.total ?? null;
  }
  if (unit !== 'kzt') return countIn(cells, line, dim, value);
  const cell = cells.of(line, dim, value);
  return cell ? cell.total : 0;
}

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
