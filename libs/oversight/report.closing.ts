import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor } from '#contract';
import { Clock, Database, record } from '#platform';
import { orderReports } from './exports.making.js';
import { cellsOf, type Count, type Kept } from './report.cells.js';

const clockwork: Actor = { id: null, role: 'system' };

/**
 * Counts a month when it is over, with every period that ends with it, and decides which cells are shown. Run by the worker; any number of
 * workers may, a month is closed once.
 */
@Injectable()
export class ReportClosing {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Every month since the first fact that is over and not closed, the oldest first. Returns how many. */
  async closeDue(): Promise<number> {
    let closed = 0;
    while (await this.closeNext()) closed += 1;
    return closed;
  }

  private closeNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('report_closings', 0))`);
      const month = await nextMonth(tx, this.clock.now());
      if (!month) return false;
      const counts = (await tx.query('SELECT line, dim, value, n::float8 AS n, total::float8 AS total FROM count_month($1)', [
        month,
      ])) as Count[];
      await tx.query('INSERT INTO report_closings (month, closed_at) VALUES ($1, $2)', [month, this.clock.now()]);
      const [year, number] = month.split('-').map(Number) as [number, number];
      const before = (await tx.query(
        `SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total, shown FROM report_cells WHERE month >= $1 AND month < $2 ORDER BY month`,
        [`${year}-01-01`, month],
      )) as Kept[];
      await keep(tx, month, cellsOf(year, number, counts, before));
      if (!(await nextMonth(tx, this.clock.now()))) await this.announce(tx, month.slice(0, 7));
      return true;
    });
  }

  /** The last one that is over, not those of the years before it. */
  private async announce(tx: EntityManager, period: string) {
    await orderReports(tx, period, this.clock.now());
    await record(tx, clockwork, { type: 'report.closed', at: this.clock.now(), data: { period } });
  }
}

/** The first month that is over and not closed. */
async function nextMonth(tx: EntityManager, now: Date): Promise<string | null> {
  const [row] = (await tx.query(
    `WITH due AS (SELECT coalesce((SELECT (max(month) + interval '1 month')::date FROM report_closings), first_report_month()) AS month)
     SELECT month::text AS month FROM due WHERE month + interval '1 month' <= $1::timestamptz AT TIME ZONE 'Asia/Almaty'`,
    [now],
  )) as { month: string }[];
  return row?.month ?? null;
}

const keep = (tx: EntityManager, month: string, cells: Kept[]) =>
  tx.query(
    `INSERT INTO report_cells (period, month, line, dim, value, n, total, shown)
     SELECT period, $1, line, dim, value, n, total, shown
     FROM jsonb_to_recordset($2) AS x (period text, line text, dim text, value text, n bigint, total numeric, shown boolean)`,
    [month, JSON.stringify(cells)],
  );
