import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import { inject } from 'vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceService } from '#cases';
import { type Actor, Report, type ReportFormat, ReportPeriod } from '#contract';
import { ExportMaking, ExportsService, ReportClosing, ReportService } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { isIn, reducedRows } from '../../test/support/elimination.js';
import { opened } from '../../test/support/workbook.js';
import { attack, monthsOf } from '../../test/support/report-attack.js';
import { type MadeCase, madeCases } from '../../test/support/report-caseload.js';
import { madeHouse, type MadeHouse, recountHouse, writeHouse } from '../../test/support/report-house.js';
import { numberOf, recount, type Recount, recountByMonth, together } from '../../test/support/report-recount.js';
import { caseMediators, writeCases } from '../../test/support/report-writing.js';
import { csvOf, harmless } from './report.files.js';
import { periodBefore, periodFrom, periodsEndingWith } from './report.periods.js';
import { toXlsx } from './spreadsheet.js';

let fresh: FreshDatabase;
let reports: ReportService;
let exports: ExportsService;
let making: ExportMaking;
let closing: ReportClosing;
/** 2023 and 2024 hold the month in which the clocks went back; 2026 is small enough to have much to hide. */
let made: MadeCase[];
let house: MadeHouse;
let countedMonths: Map<string, Recount>;
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
  house = madeHouse({ answers: 260, talks: 150, events: 30, mediators: 40, months: monthsOf('2026-T10') });
  await writeHouse(admin, house);
  house.mediators.push(...caseMediators);
  await admin.end();
  closing = new ReportClosing(fresh.workerDb, fresh.clock);
  reports = new ReportService(fresh.db, new ReferenceService(fresh.db));
  exports = new ExportsService(fresh.db, fresh.clock);
  making = new ExportMaking(fresh.workerDb, fresh.clock, new ReferenceService(fresh.workerDb));
  countedMonths = recountByMonth(made);
  await closing.closeDue();
}, 120_000);
afterAll(() => fresh.drop());

type Kept = { period: string; line: string; dim: string; value: string; n: number; total: number; shown: boolean };
const kept = () => fresh.admin<Kept>('SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total, shown FROM report_cells');
/** Of nobody's dispute: public as they are. */
const open = ['active_mediators', 'events', 'people_reached'];
/** Of the lists alone. */
const countedIn = (months: readonly string[]) =>
  together([...months.map((month) => countedMonths.get(month)), recountHouse(house, months)]);

it('equals, cell by cell and period by period, a recount of the list that the cases were made from', async () => {
  const cells = await kept();
  const periods = [...new Set(cells.map(({ period }) => period))];
  expect(periods).toEqual(expect.arrayContaining(['2024-02', '2024-03', '2024', '2026-Q1', '2026-H1', '2026-T10', '2026-10']));
  for (const period of periods) {
    const expected = countedIn(monthsOf(period));
    const found = new Map(
      cells
        .filter((cell) => cell.period === period && cell.n > 0)
        .map(({ line, dim, value, n, total }) => [`${line}|${dim}|${value}`, { n, total }]),
    );
    expect([period, Object.fromEntries([...found].toSorted())]).toEqual([period, Object.fromEntries([...expected].toSorted())]);
  }
});

it('says on the page of every period, shares and means too, what the list says or nothing', async () => {
  const { periods } = await reports.periods(council);
  for (const period of periods) {
    const expected = countedIn(monthsOf(period));
    const { lines } = await reports.read(council, period);
    const told = lines.flatMap(({ code, n, cuts }) => [
      [code, 'all', 'all', n] as const,
      ...cuts.flatMap(({ dim, cells }) => cells.map((cell) => [code, dim, cell.value, cell.n] as const)),
    ]);
    const wrong = told.filter(([code, dim, value, n]) => n !== null && n !== numberOf(expected, code, dim, value));
    expect([period, wrong]).toEqual([period, []]);
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
  expect(all.filter(({ n, shown, line }) => shown && n > 0 && n < 5 && !open.includes(line))).toEqual([]);
  expect(all.filter(({ shown }) => !shown).length).toBeGreaterThan(100);
  expect(all.filter(({ shown, n }) => shown && n >= 5).length).toBeGreaterThan(1_000);
  const seen = await fresh.connect(fresh.urls.report);
  const rows: Kept[] = await seen.query('SELECT * FROM report_table WHERE n IS NULL AND total IS NOT NULL');
  expect(rows.every(({ line }) => line.startsWith('days_') || line === 'satisfaction')).toBe(true);
});

describe.each([
  'applications_received',
  'contracts_concluded',
  'ended_without_settlement',
  'scope_refusals',
  'court_sent',
  'court_approved',
  'duty_refunded',
  'amounts_settled',
  'settled_partial',
  'satisfaction',
  'parties',
])('the published numbers of %s', (line) => {
  it('solve no hidden cell of the year', async () => {
    const cells = (await kept()).filter((cell) => cell.line === line && cell.period.startsWith('2026'));
    expect(cells.filter(({ shown }) => !shown).length).toBeGreaterThan(0);
    expect(attack(cells, 2026, 10)).toEqual({ solved: [], few: [] });
  });
});

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
  for (const [period, months] of [
    ['2026-02..2026-08', monthsOf('2026-T08').slice(1)],
    ['2024-02..2024-03', ['2024-02', '2024-03']], // the clocks went back between them
    ['2024-03..2026-01', [...monthsOf('2024').slice(2), ...monthsOf('2025'), '2026-01']],
  ] as const) {
    const expected = countedIn(months);
    const report = Report.parse(await reports.read(council, period));
    const told = numbers(report).filter(([, , , n]) => n !== null);
    expect(told.length).toBeGreaterThan(50);
    for (const [code, dim, value, n] of told)
      expect([period, code, dim, value, n]).toEqual([period, code, dim, value, numberOf(expected, code, dim, value)]);
    expect(told.filter(([code, , , n]) => n! > 0 && n! < 5 && !open.includes(code))).toEqual([]);
    expect(report.compared).toBeNull();
  }
  const free = await reports.read(council, '2026-02..2026-08'); // the means of months add up to nothing
  for (const mean of ['days_to_contract', 'days_to_end', 'satisfaction'])
    expect(free.lines.find(({ code }) => code === mean)).toMatchObject({ n: null });
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

async function fileOf(asked: { period: string; format: ReportFormat; language: 'kk' | 'ru' }) {
  const { id } = await exports.ask(council, { kind: 'report', ...asked });
  await making.make(id);
  return exports.file(council, id);
}

describe.each(['kk', 'ru'] as const)('a file in %s', (language) => {
  it('holds in XLSX the numbers of the page, and no formula', async () => {
    const report = await reports.read(council, '2026-Q3');
    const file = await fileOf({ period: '2026-Q3', format: 'xlsx', language });
    const [lines, cuts] = opened(file.bytes);
    expect(lines!.slice(1).map(([no, name, n]) => [no, name, n])).toEqual(
      report.lines.map((line) => [line.no, line.name[language], line.n ?? '•']),
    );
    expect(cuts!.length - 1).toBe(report.lines.flatMap((line) => line.cuts.flatMap(({ cells }) => cells)).length);
  });

  it('holds in CSV the same numbers, with a dictionary of every code in it', async () => {
    const report = await reports.read(council, '2026-Q3');
    const text = async (format: 'csv' | 'dictionary') =>
      new TextDecoder().decode((await fileOf({ period: '2026-Q3', format, language })).bytes);
    const rows = (await text('csv'))
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
    const totals = rows.filter((row) => row[4] === 'all').map((row) => [row[1], row[7], row[9]]);
    expect(totals).toEqual(report.lines.map(({ no, n }) => [no, n === null ? '' : String(n), n === null ? 'hidden' : 'shown']));
    const dictionary = await text('dictionary');
    for (const code of new Set(rows.flatMap((row) => [row[2]!, row[8]!, row[9]!]))) expect(dictionary).toContain(`,${code},`);
  });

  it('prints in PDF the same numbers', async () => {
    const report = await reports.read(council, '2026-Q3');
    const { bytes } = await fileOf({ period: '2026-Q3', format: 'pdf', language });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    const words = text.replaceAll(/\s+/g, ' ');
    const received = report.lines.find(({ code }) => code === 'applications_received')!;
    expect(words).toContain(`${received.name[language]} ${received.n}`);
    for (const cell of received.cuts.find(({ dim }) => dim === 'door')!.cells)
      expect(words).toContain(`${cell.name[language]} ${cell.n ?? '•'}`);
  });
});

it('records who asked for which file, and who took it', async () => {
  const facts = await fresh.admin<{ type: string; actor_id: string; data: { exportId: string } }>(
    `SELECT type, actor_id, data FROM events WHERE type IN ('export.asked', 'export.taken') ORDER BY at DESC, seq DESC LIMIT 2`,
  );
  const [taken, asked] = facts;
  expect(asked).toMatchObject({ type: 'export.asked', actor_id: council.id });
  expect(asked!.data).toMatchObject({ kind: 'report', period: '2026-Q3', format: 'pdf', language: 'ru' });
  expect(taken).toMatchObject({ type: 'export.taken', data: { exportId: asked!.data.exportId } });
});

it('makes of a period that is not over a file that says so', async () => {
  const { id } = await exports.ask(council, { kind: 'report', period: '2031-01', format: 'csv', language: 'kk' });
  await making.make(id);
  await expect(exports.file(council, id)).rejects.toMatchObject({ code: 'export.not_ready' });
  expect((await exports.list(council)).find((one) => one.id === id)).toMatchObject({ state: 'failed', reason: 'not_closed' });
});

it('lets no cell begin as a formula would', () => {
  const attacks = ['=1+1', '+7 700', '-2', '@SUM(A1)', '\t=1', '\r=1'];
  for (const text of attacks) expect(harmless(text)).toBe(`'${text}`);
  expect(csvOf([['=cmd|calc', 'a,"b"', -5, null]])).toBe(`\uFEFF'=cmd|calc,"a,""b""",-5,\r\n`);
  const [sheet] = opened(toXlsx([{ name: 'a/b', rows: [attacks, ['<b>&"', 7]] }]));
  expect(sheet![0]!.every((cell) => String(cell).startsWith("'"))).toBe(true);
  expect(sheet![1]).toEqual(['<b>&"', 7]);
});
