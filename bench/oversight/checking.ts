import type pg from 'pg';
import type { Actor, Report } from '#contract';
import type { ReportService } from '#oversight';
import { attack, monthsOf, type PublishedCell } from '../../test/support/report-attack.js';
import type { MadeCase } from '../../test/support/report-caseload.js';
import { type MadeHouse, recountHouse } from '../../test/support/report-house.js';
import { numberOf, type Recount, recountByMonth, together } from '../../test/support/report-recount.js';

type Checked = { numbers: number; differing: number; hidden: number; solved: number };
type Check = { admin: pg.Client; reports: ReportService; actor: Actor; made: readonly MadeCase[]; house: MadeHouse; factor: number };

/** Every number of every report of the year beside the lists, and everything published of a line as a system of equations. */
export async function checkReports({ admin, reports, actor, made, house, factor }: Check): Promise<Checked> {
  const byMonth = new Map([...recountByMonth(made)].map(([month, counted]) => [month, times(counted, factor)]));
  const cells = (
    await admin.query(
      `SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total, shown FROM report_cells WHERE period LIKE '2026%'`,
    )
  ).rows as (PublishedCell & { total: number })[];
  const { periods } = await reports.periods(actor);
  const checked: Checked = { numbers: 0, differing: 0, hidden: cells.filter(({ shown }) => !shown).length, solved: 0 };
  for (const period of periods.filter((code) => code.startsWith('2026'))) {
    const months = monthsOf(period);
    const expected = together([...months.map((month) => byMonth.get(month)), recountHouse(house, months)]);
    const own = cells.filter((cell) => cell.period === period && cell.n > 0);
    checked.numbers += own.length;
    checked.differing += Math.abs(own.length - expected.size) + own.filter((cell) => !isSame(expected, cell)).length;
    const { differing, numbers } = page(await reports.read(actor, period), expected);
    checked.numbers += numbers;
    checked.differing += differing;
  }
  for (const line of new Set(cells.map((cell) => cell.line))) {
    if (['active_mediators', 'events', 'people_reached'].includes(line)) continue; // of no case and of no party
    const { solved, few } = attack(
      cells.filter((cell) => cell.line === line),
      2026,
      12,
    );
    checked.solved += solved.length + few.length;
  }
  return checked;
}

const isSame = (expected: Recount, { line, dim, value, n, total }: PublishedCell & { total: number }) => {
  const one = expected.get(`${line}|${dim}|${value}`);
  return one?.n === n && Math.round(one.total) === Math.round(total);
};
const times = (counted: Recount, factor: number): Recount =>
  new Map([...counted].map(([key, { n, total }]) => [key, { n: n * factor, total: total * factor }]));

/** The numbers as a reader gets them, shares and means too. */
function page({ period, lines }: Report, expected: Recount): { numbers: number; differing: number } {
  const told = lines
    .flatMap(({ code, n, cuts }) => [
      [code, 'all', 'all', n] as const,
      ...cuts.flatMap(({ dim, cells }) => cells.map((cell) => [code, dim, cell.value, cell.n] as const)),
    ])
    .filter(([, , , n]) => n !== null);
  const wrong = told.filter(([code, dim, value, n]) => numberOf(expected, code, dim, value) !== n);
  for (const [code, dim, value, n] of wrong.slice(0, 5)) console.log(period, code, dim, value, n, numberOf(expected, code, dim, value));
  return { numbers: told.length, differing: wrong.length };
}
