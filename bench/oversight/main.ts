import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { ReferenceService } from '#cases';
import type { Actor, CourtQuery } from '#contract';
import { CourtCaseload, CourtRegister, ReportClosing, ReportService } from '#oversight';
import { Clock, Database, lines } from '#platform';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { bootstrap, loginRoles, type LoginRole } from '../../migrations/bootstrap.js';
import { madeCases } from '../../test/support/report-caseload.js';
import { monthsOf } from '../../test/support/report-attack.js';
import { madeHouse, writeHouse } from '../../test/support/report-house.js';
import { caseMediators, writeCases } from '../../test/support/report-writing.js';
import { median, percentile, type Row, show, tell } from '../results.js';
import { checkReports } from './checking.js';
import { beginLoading, tenfold } from './loading.js';

/**
 * `npm run bench -- oversight [million] [--short]`: a court's board, its filters and search, its counts, and the report of a year, over 100,000
 * cases of one court (`million`: ten times as many), as the court's and the reports' own roles get them, beside plain SQL of the superuser.
 * Every number of every report is counted again from the list that the cases were made from, and what is published is attacked as a linear system.
 */
const isShort = process.argv.includes('--short');
const isMillion = process.argv.includes('million');
const size = isShort ? 5_000 : 100_000;
const [rounds, times] = isShort ? [3, 10] : isMillion ? [3, 20] : [5, 40];
/** What is slow is asked for as often as this allows, twice at least. */
const roundMs = 2_500;
const court = 'OSKEMEN_CITY';
const now = new Date('2027-01-02T06:00:00Z');

const dir = mkdtempSync(join(tmpdir(), 'kelisim-bench-'));
const postgres = await startPostgres({ dir: join(dir, 'postgres') });
const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
const urls = await bootstrap(postgres.adminUrl, passwords);
const here = new URL(postgres.adminUrl);
here.pathname = '/cabinet';
const admin = new pg.Client({ connectionString: here.href });
await admin.connect();
const clerk: Actor = { id: randomUUID(), role: 'court', courtId: court };
await admin.query(
  `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'К', 'К', 'kk', '\\x01', '2020-01-01')`,
  [clerk.id],
);

const open = (url: string) => new DataSource({ type: 'postgres', url, extra: lines(4) }).initialize();
const sources = await Promise.all([open(urls.app), open(urls.court), open(urls.report), open(urls.worker)]);
const db = new Database(sources[0], { court: sources[1], report: sources[2] });
const clock = Object.assign(new Clock(), { now: () => now });
const caseload = new CourtCaseload(db, clock);
const register = new CourtRegister(db);
const reports = new ReportService(db, new ReferenceService(db));
const closing = new ReportClosing(new Database(sources[3]), clock);

console.log(`making ${size.toLocaleString('en')} cases ...`);
const made = madeCases(size, { rare: 1_000 });
const months = monthsOf('2026');
const house = madeHouse({ answers: 20_000, talks: 20_000, events: 200, mediators: 120, months });
const loading = await beginLoading(admin);
await writeCases(admin, made);
await writeHouse(admin, house);
house.mediators.push(...caseMediators);
if (isMillion) await said('nine times as many', () => tenfold(admin));
const factor = isMillion ? 10 : 1;
await said('indexes for counting', () => loading.build('events_of_case', 'events_by_moment', 'parties_of_case', 'court_acts_of_case'));
const began = performance.now();
const closed = await said('closing', () => closing.closeDue());
const closingMs = (performance.now() - began) / closed;
const checked = await said('recount and attack', () =>
  checkReports({ admin, reports, actor: { ...clerk, role: 'council' }, made, house, factor }),
);
await said('one court and the rest of the indexes', async () => {
  await admin.query('SET session_replication_role = replica'); // a letter for each would be numbered one after another
  await admin.query('UPDATE cases SET court_id = $1, court_case_number = $2 || number', [court, '6310-26-00-2/']);
  await admin.query('SET session_replication_role = origin');
  await loading.end();
});

const samples: Record<string, number[]> = {};
const rows: Row[] = [];
const among = `${(size * factor).toLocaleString('en')} cases`;
const page = (query: Partial<CourtQuery>) => () => caseload.list(clerk, { limit: 20, ...query });
const plain =
  (sql: string, values: unknown[] = []) =>
  () =>
    admin.query(sql, values);
const columns = 'id, number, court_case_number, category, state, state_since, filed_at, court_due, ground';
const of = `FROM cases WHERE court_id = '${court}' AND state <> 'DRAFT'`;
await beside('board, latest change first', page({}), plain(`SELECT ${columns} ${of} ORDER BY state_since DESC, id DESC LIMIT 21`));
await beside(
  'board, one stage',
  page({ board: 'mediating' }),
  plain(`SELECT ${columns} ${of} AND state IN ('IN_MEDIATION', 'EXTENDED') ORDER BY state_since DESC, id DESC LIMIT 21`),
);
await beside(
  'board, one kind of dispute, oldest first',
  page({ category: 'family', sort: 'age' }),
  plain(`SELECT ${columns} ${of} AND category = 'family' ORDER BY filed_at, id LIMIT 21`),
);
await beside(
  'search by number',
  page({ search: '6310-26-00-2/77' }),
  plain(`SELECT ${columns} ${of} AND court_case_number LIKE '6310-26-00-2/77%' ORDER BY state_since DESC, id DESC LIMIT 21`),
);
await beside(
  'register of a month, a page of 100',
  () => register.list(clerk, { from: '2026-06-01', to: '2026-06-30', by: 'filed', limit: 100 }),
  plain(
    `SELECT ${columns} ${of} AND filed_at >= '2026-05-31T19:00:00Z' AND filed_at < '2026-06-30T19:00:00Z' ORDER BY filed_at, id LIMIT 101`,
  ),
);
await beside('counts of every stage and exception', () => caseload.counts(clerk), plain(`SELECT court_board, count(*) ${of} GROUP BY 1`));
await beside(
  'report of the year, all lines and cuts',
  () => reports.read({ ...clerk, role: 'council' }, '2026'),
  plain(`SELECT e.type, c.category, c.district, c.language, c.door, count(*) FROM events e JOIN cases c ON c.id = e.case_id
    WHERE e.at >= '2025-12-31T19:00:00Z' AND e.at < '2026-12-31T19:00:00Z' GROUP BY 1, 2, 3, 4, 5`),
  3,
);
const bare = (what: string, value: number, unit: string, bar: string | null = null): Row => ({
  what: `${what}, ${among}`,
  value,
  unit,
  peer: null,
  ratio: null,
  bar,
  pass: bar === null ? null : value === Number(bar),
});
rows.push(
  bare('closing a month', closingMs, 'ms'),
  bare('numbers of reports beside a recount of the list', checked.numbers, 'numbers'),
  bare('numbers that differ', checked.differing, 'numbers', '0'),
  bare('hidden cells', checked.hidden, 'cells'),
  bare('hidden cells that a linear system solves', checked.solved, 'cells', '0'),
);

await Promise.all(sources.map((source) => source.destroy()));
await admin.end();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
if (isShort) show(rows);
else tell('oversight', rows, samples, { isPart: true });
process.exit(checked.differing + checked.solved === 0 ? 0 : 1);

async function beside(what: string, ours: () => Promise<unknown>, peer: () => Promise<unknown>, fewer = times) {
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1)
    for (const [ask, into] of [
      [ours, own],
      [peer, theirs],
    ] as const)
      for (let at = 0, until = performance.now() + roundMs; at < fewer && (at < 2 || performance.now() < until); at += 1) {
        const start = performance.now();
        await ask();
        if (round >= 0) into.push(performance.now() - start);
      }
  samples[`${what}, ${among}`] = own;
  samples[`${what}, ${among}, plain SQL`] = theirs;
  const [value, other] = [median(own), median(theirs)];
  rows.push(
    { what: `${what}, ${among}`, value, unit: 'ms', peer: other, ratio: value / other, bar: null, pass: null },
    {
      what: `${what}, ${among}: p99`,
      value: percentile(own, 0.99),
      unit: 'ms',
      peer: percentile(theirs, 0.99),
      ratio: null,
      bar: null,
      pass: null,
    },
  );
}

async function said<T>(what: string, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  console.log(`${what}: ${((performance.now() - start) / 1_000).toFixed(1)} s`);
  return result;
}
