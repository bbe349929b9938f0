import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import { inject } from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceService } from '#cases';
import { type Actor, Report, ReportPeriod } from '#contract';
import { ReportClosing, ReportExports, ReportService } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { isIn, reducedRows } from '../../test/support/elimination.js';
import { opened } from '../../test/support/workbook.js';
import {
  type MadeAnswer,
  madeAnswers,
  type MadeCase,
  madeCases,
  recount,
  recountAnswers,
  writeAnswers,
  writeCases,
} from '../../test/support/report-caseload.js';
import { csvOf, harmless } from './report.files.js';
import { periodBefore, periodFrom, periodsEndingWith, rangesWithin } from './report.periods.js';
import { toXlsx } from './spreadsheet.js';

let fresh: FreshDatabase;
let reports: ReportService;
let exports: ReportExports;
let closing: ReportClosing;
/** 2023 and 2024 hold the month in which the clocks went back; 2026 is small enough to have much to hide. */
let made: MadeCase[];
let answered: MadeAnswer[];
const council: Actor = { id: newId(), role: 'council' };

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  made = [
    ...madeCases(300, { from: '2024-02-01T00:00:00+06:00', overDays: 45, seed: 3 }),
    ...madeCases(1, { from: '2024-02-29T18:30:00Z', overDays: 1 / 1440, seed: 5 }),
    ...madeCases(420, { seed: 11 }),
  ];
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'К', 'К', 'kk', '\\x01', '2020-01-01')`,
    [council.id],
  );
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${fresh.name}`;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await writeCases(admin, made);
  answered = madeAnswers(260, { months: monthsOf('2026-T10') });
  await writeAnswers(admin, answered);
  await admin.end();
  closing = new ReportClosing(fresh.workerDb, fresh.clock);
  reports = new ReportService(fresh.db, new ReferenceService(fresh.db));
  exports = new ReportExports(fresh.db, fresh.clock, reports);
  await closing.closeDue();
}, 120_000);
afterAll(() => fresh.drop());

type Kept = { period: string; line: string; dim: string; value: string; n: number; total: number; shown: boolean };
const kept = () => fresh.admin<Kept>('SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total, shown FROM report_cells');
const monthsOf = (code: string) => {
  const { year, months } = periodFrom(code);
  return months.map((month) => `${year}-${String(month).padStart(2, '0')}`);
};

it('equals, cell by cell and period by period, a recount of the list that the cases were made from', async () => {
  const cells = (await kept()).filter(({ line }) => line !== 'active_mediators' && line !== 'consultations_only');
  const periods = [...new Set(cells.map(({ period }) => period))];
  expect(periods).toEqual(expect.arrayContaining(['2024-02', '2024-03', '2024', '2026-Q1', '2026-H1', '2026-T10', '2026-10']));
  for (const period of periods) {
    const expected = new Map([...recount(made, monthsOf(period)), ...recountAnswers(answered, monthsOf(period))]);
    const found = new Map(
      cells
        .filter((cell) => cell.period === period && cell.n > 0)
        .map(({ line, dim, value, n, total }) => [`${line}|${dim}|${value}`, { n, total }]),
    );
    expect([period, Object.fromEntries([...found].toSorted())]).toEqual([period, Object.fromEntries([...expected].toSorted())]);
  }
});

it('counts a fact in the month that the clocks of Kazakhstan show, also when they go back', async () => {
  const [late] = made.filter(({ filedAt }) => filedAt.toISOString() === '2024-02-29T18:30:00.000Z');
  expect(recount([late!], ['2024-02']).get('applications_received|all|all')).toEqual({ n: 1, total: 0 });
  const [row] = await fresh.admin<{ n: number }>(
    `SELECT n::float8 AS n FROM report_cells WHERE period = '2024-02' AND line = 'applications_received' AND dim = 'all'`,
  );
  expect(row!.n).toBe(recount(made, ['2024-02']).get('applications_received|all|all')!.n);
});

it('shows no number under five, and what it shows is what was counted', async () => {
  const all = await kept();
  expect(all.filter(({ n, shown, line }) => shown && n > 0 && n < 5 && line !== 'active_mediators')).toEqual([]);
  expect(all.filter(({ shown }) => !shown).length).toBeGreaterThan(100);
  expect(all.filter(({ shown, n }) => shown && n >= 5).length).toBeGreaterThan(1_000);
  const seen = await fresh.connect(fresh.urls.report);
  const rows: Kept[] = await seen.query('SELECT * FROM report_table WHERE n IS NULL AND total IS NOT NULL');
  expect(rows.every(({ line }) => line.startsWith('days_') || line === 'satisfaction')).toBe(true);
});

/**
 * The attack: everything that the role of the reports can read of a year, as a system of equations over what each month had of each value.
 * That the cuts of a month have one total, and kinds of dispute add up to their main kind, is known to everybody.
 */
describe.each([
  'applications_received',
  'contracts_concluded',
  'ended_without_settlement',
  'scope_refusals',
  'court_sent',
  'settled_partial',
  'satisfaction',
  'parties',
])('the published numbers of %s', (line) => {
  it('solve no hidden cell of the year', async () => {
    const cells = (await kept()).filter((cell) => cell.line === line && cell.period.startsWith('2026'));
    const leaves = [
      ...new Set(cells.filter(({ period }) => /-\d\d$/.test(period)).map(({ period, dim, value }) => `${period}|${dim}|${value}`)),
    ].toSorted();
    const at = new Map(leaves.map((leaf, index) => [leaf, index]));
    const equation = (period: string, dim: string, value: string) => {
      const row = new Float64Array(leaves.length);
      for (const month of monthsOf(period)) {
        const index = at.get(`${month}|${dim}|${value}`);
        if (index !== undefined) row[index] = 1;
      }
      return row;
    };
    const known = cells.filter(({ shown }) => shown).map(({ period, dim, value }) => equation(period, dim, value));
    const months = [...new Set(leaves.map((leaf) => leaf.split('|')[0]!))];
    // A question may be passed over: what was answered to each adds up to no total.
    const dims = [...new Set(leaves.map((leaf) => leaf.split('|')[1]!))].filter((dim) => dim !== 'all' && dim !== 'question');
    for (const month of months) {
      for (const dim of dims) {
        const row = equation(month, 'all', 'all');
        for (const [leaf, index] of at) if (leaf.startsWith(`${month}|${dim}|`)) row[index] = -1;
        known.push(row);
      }
      // Whoever's number tells no sex tells no age.
      const [sexless, ageless] = [at.get(`${month}|sex|unknown`), at.get(`${month}|age_band|unknown`)];
      if (sexless !== undefined && ageless !== undefined)
        known.push(Float64Array.from(leaves, (_, index) => Number(index === sexless) - Number(index === ageless)));
      for (const [leaf, index] of at)
        if (leaf.startsWith(`${month}|category|`) && dims.includes('subcategory')) {
          const row = new Float64Array(leaves.length);
          row[index] = 1;
          for (const [part, place] of at) if (part.startsWith(`${month}|subcategory|${leaf.split('|')[2]}/`)) row[place] = -1;
          known.push(row);
        }
    }
    const basis = reducedRows(known);
    const solved = cells.filter(({ shown, period, dim, value }) => !shown && isIn(basis, equation(period, dim, value)));
    expect(solved.map(({ period, dim, value, n }) => [period, dim, value, n])).toEqual([]);
    expect(cells.filter(({ shown }) => !shown).length).toBeGreaterThan(0);
    // Nor does a difference of running totals tell few: what several months in a row have together.
    const named = [...new Set(leaves.map((leaf) => leaf.slice(leaf.indexOf('|') + 1)))].map((one) => one.split('|') as [string, string]);
    const few = named.flatMap(([dim, value]) =>
      stretches().filter((period) => {
        const n = cells
          .filter((cell) => monthsOf(period).includes(cell.period) && cell.dim === dim && cell.value === value)
          .reduce((sum, cell) => sum + cell.n, 0);
        return n > 0 && n < 5 && isIn(basis, equation(period, dim, value));
      }),
    );
    expect(few).toEqual([]);
  });
});
const stretches = () => rangesWithin(2026, 10).map(({ code }) => code);

it('falls to that same attack when only the small cells are hidden: the attack is worth something', async () => {
  const cells = (await kept()).filter(
    ({ line, period, dim }) => line === 'contracts_concluded' && period === '2026-10' && ['all', 'district'].includes(dim),
  );
  const leaves = cells.filter(({ dim, n }) => dim === 'district' && n > 0).map(({ value }) => value);
  const row = (values: string[]) => Float64Array.from(leaves.map((leaf) => (values.includes(leaf) ? 1 : 0)));
  const smallest = cells.filter(({ dim, n }) => dim === 'district' && n > 0).toSorted((one, other) => one.n - other.n)[0]!;
  const others = leaves.filter((leaf) => leaf !== smallest.value);
  expect(isIn(reducedRows([row(leaves), ...others.map((leaf) => row([leaf]))]), row([smallest.value]))).toBe(true);
});

it('closes each month once, however many workers try, and decides nothing twice', async () => {
  const before = await kept();
  fresh.clock.set('2026-12-01T06:00:00Z');
  await Promise.all([closing.closeDue(), closing.closeDue(), new ReportClosing(fresh.workerDb, fresh.clock).closeDue()]);
  const after = await kept();
  expect(after.filter(({ period }) => period === '2026-11').length).toBeGreaterThan(0);
  const old = new Map(after.map((cell) => [`${cell.period}|${cell.line}|${cell.dim}|${cell.value}`, cell]));
  for (const cell of before) expect(old.get(`${cell.period}|${cell.line}|${cell.dim}|${cell.value}`)).toEqual(cell);
  await expect(fresh.admin('UPDATE report_cells SET shown = true')).rejects.toThrow('append-only');
});

it('reads a closed period, compared with the one before it, and no other', async () => {
  const report = Report.parse(await reports.read(council, '2026-Q3'));
  expect(report.compared).toBe('2026-Q2');
  const received = report.lines.find(({ code }) => code === 'applications_received')!;
  const count = (months: string[]) => recount(made, months).get('applications_received|all|all')!.n;
  expect([received.n, received.before]).toEqual([count(['2026-07', '2026-08', '2026-09']), count(['2026-04', '2026-05', '2026-06'])]);
  expect(report.lines.find(({ code }) => code === 'amounts_settled')).toMatchObject({ gathered: false, n: null, cuts: [] });
  await expect(reports.read(council, '2026')).rejects.toMatchObject({ code: 'report.not_closed' });
  await expect(reports.read(council, '2031-01')).rejects.toMatchObject({ code: 'report.not_closed' });
  for (const bad of ['2026-13', '2026-Q5', '1999', '2026-10..2026-01', "2026' OR 1=1"])
    await expect(reports.read(council, bad)).rejects.toMatchObject({ code: 'invalid' });
  for (const role of ['citizen', 'mediator', 'visitor'] as const)
    await expect(reports.read({ ...council, role }, '2026-Q3')).rejects.toMatchObject({ code: 'not_found' });
});

it('puts a period from any month to any other together from what is published, and nothing else', async () => {
  const numbers = (report: Report) =>
    report.lines
      .filter(({ unit }) => unit === 'count')
      .flatMap((line) => [
        [line.code, 'all', 'all', line.n] as const,
        ...line.cuts.flatMap(({ dim, cells }) => cells.map(({ value, n }) => [line.code, dim, value, n] as const)),
      ]);
  const own = ['active_mediators', 'cases_by_category', 'cases_by_language', 'cases_by_mediator_kind', 'consultations_only'];
  for (const [period, months] of [
    ['2026-02..2026-08', monthsOf('2026-T08').slice(1)],
    ['2024-02..2024-03', ['2024-02', '2024-03']], // the clocks went back between them
    ['2024-03..2026-01', [...monthsOf('2024').slice(2), ...monthsOf('2025'), '2026-01']],
  ] as const) {
    const expected = recount(made, months);
    const report = Report.parse(await reports.read(council, period));
    const told = numbers(report).filter(([code, , , n]) => n !== null && !own.includes(code));
    expect(told.length).toBeGreaterThan(50);
    for (const [code, dim, value, n] of told)
      expect([period, code, dim, value, n]).toEqual([period, code, dim, value, expected.get(`${code}|${dim}|${value}`)?.n ?? 0]);
    expect(told.filter(([, , , n]) => n! > 0 && n! < 5)).toEqual([]);
    expect(report.compared).toBeNull();
  }
  expect((await reports.read(council, '2026-02..2026-08')).lines.find(({ code }) => code === 'days_to_end')).toMatchObject({ n: null });
  await expect(reports.read(council, '2026-09..2027-01')).rejects.toMatchObject({ code: 'report.not_closed' });
  const issues = (code: string) => ReportPeriod.safeParse(code).error?.issues.map(({ message }) => message);
  expect(issues('2026-10..2026-01')).toEqual(['before_start']);
  expect(issues('2026-01..2026-13')).toEqual(['wrong']);
});

it('knows the periods that end with a month, and what each is compared with', () => {
  expect(periodsEndingWith(2026, 12).map(({ code }) => code)).toEqual(['2026', '2026-T12', '2026-H2', '2026-Q4', '2026-12']);
  expect(['2026-01', '2026-Q1', '2026-H1', '2026', '2026-T05'].map((code) => periodBefore(periodFrom(code)))).toEqual([
    '2025-12',
    '2025-Q4',
    '2025-H2',
    '2025',
    '2025-T05',
  ]);
  expect(['2026-10', '2026-Q3', '2026-H2'].map((code) => periodBefore(periodFrom(code)))).toEqual(['2026-09', '2026-Q2', '2026-H1']);
});

describe.each(['kk', 'ru'] as const)('a file in %s', (language) => {
  it('holds in XLSX the numbers of the page, and no formula', async () => {
    const report = await reports.read(council, '2026-Q3');
    const file = await exports.make(council, { period: '2026-Q3', format: 'xlsx', language });
    const [lines, cuts] = opened(file.bytes);
    expect(lines!.slice(1).map(([no, name, n]) => [no, name, n])).toEqual(
      report.lines.map((line) => [line.no, line.name[language], line.gathered ? (line.n ?? '•') : expect.any(String)]),
    );
    expect(cuts!.length - 1).toBe(report.lines.flatMap((line) => line.cuts.flatMap(({ cells }) => cells)).length);
  });

  it('holds in CSV the same numbers, with a dictionary of every code in it', async () => {
    const report = await reports.read(council, '2026-Q3');
    const text = async (format: 'csv' | 'dictionary') =>
      new TextDecoder().decode((await exports.make(council, { period: '2026-Q3', format, language })).bytes);
    const rows = (await text('csv'))
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
    const totals = rows.filter((row) => row[4] === 'all').map((row) => [row[1], row[7], row[9]]);
    expect(totals).toEqual(
      report.lines.map(({ no, n, gathered }) => [
        no,
        n === null ? '' : String(n),
        !gathered ? 'not_gathered' : n === null ? 'hidden' : 'shown',
      ]),
    );
    const dictionary = await text('dictionary');
    for (const code of new Set(rows.flatMap((row) => [row[2]!, row[8]!, row[9]!]))) expect(dictionary).toContain(`,${code},`);
  });

  it('prints in PDF the same numbers', async () => {
    const report = await reports.read(council, '2026-Q3');
    const { bytes } = await exports.make(council, { period: '2026-Q3', format: 'pdf', language });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    const words = text.replaceAll(/\s+/g, ' ');
    const received = report.lines.find(({ code }) => code === 'applications_received')!;
    expect(words).toContain(`${received.name[language]} ${received.n}`);
    for (const cell of received.cuts.find(({ dim }) => dim === 'door')!.cells)
      expect(words).toContain(`${cell.name[language]} ${cell.n ?? '•'}`);
  });
});

it('records who took which file', async () => {
  const [fact] = await fresh.admin<{ data: object; actor_id: string }>(
    `SELECT actor_id, data FROM events WHERE type = 'report.exported' ORDER BY seq DESC LIMIT 1`,
  );
  expect(fact).toEqual({ actor_id: council.id, data: { period: '2026-Q3', format: 'pdf', language: 'ru' } });
});

it('lets no cell begin as a formula would', () => {
  const attacks = ['=1+1', '+7 700', '-2', '@SUM(A1)', '\t=1', '\r=1'];
  for (const text of attacks) expect(harmless(text)).toBe(`'${text}`);
  expect(csvOf([['=cmd|calc', 'a,"b"', -5, null]])).toBe(`\uFEFF'=cmd|calc,"a,""b""",-5,\r\n`);
  const [sheet] = opened(toXlsx([{ name: 'a/b', rows: [attacks, ['<b>&"', 7]] }]));
  expect(sheet![0]!.every((cell) => String(cell).startsWith("'"))).toBe(true);
  expect(sheet![1]).toEqual(['<b>&"', 7]);
});
