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
import { madeCases, recount, writeCases } from '../../test/support/report-caseload.js';
import { median, percentile, type Row, show, tell } from '../results.js';

/**
 * `npm run bench -- oversight [million] [--short]`: a court's board, its filters and search, its counts, and the report of a year, over 100,000
 * cases of one court (`million`: ten times as many), as the court's and the reports' own roles get them, beside plain SQL of the superuser.
 * Every number of every report is counted again from the list that the cases were made from.
 */
const isShort = process.argv.includes('--short');
const isMillion = process.argv.includes('million');
const size = isShort ? 5_000 : 100_000;
const [rounds, times] = isShort ? [3, 10] : isMillion ? [3, 20] : [5, 40];
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
const made = madeCases(size);
await writeCases(admin, made);
if (isMillion) await tenfold();
const factor = isMillion ? 10 : 1;
const began = performance.now();
const closed = await closing.closeDue();
const closingMs = (performance.now() - began) / closed;
const differing = await differences();
await admin.query('SET session_replication_role = replica'); // a letter for each would be numbered one after another
await admin.query('UPDATE cases SET court_id = $1, court_case_number = $2 || number', [court, '6310-26-00-2/']);
await admin.query('SET session_replication_role = origin');
for (const table of ['cases', 'events']) await admin.query(`VACUUM ANALYZE ${table}`);

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
rows.push(
  { what: `closing a month, ${among}`, value: closingMs, unit: 'ms', peer: null, ratio: null, bar: null, pass: null },
  {
    what: `cells that differ from a recount of the list, ${among}`,
    value: differing,
    unit: 'cells',
    peer: 0,
    ratio: null,
    bar: '0',
    pass: differing === 0,
  },
);

await Promise.all(sources.map((source) => source.destroy()));
await admin.end();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
if (isShort) show(rows);
else tell('oversight', rows, samples, { isPart: true });
process.exit(differing === 0 ? 0 : 1);

async function beside(what: string, ours: () => Promise<unknown>, peer: () => Promise<unknown>, fewer = times) {
  const [own, theirs]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1)
    for (const [ask, into] of [
      [ours, own],
      [peer, theirs],
    ] as const)
      for (let at = 0; at < fewer; at += 1) {
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
      what: `  the same, p99`,
      value: percentile(own, 0.99),
      unit: 'ms',
      peer: percentile(theirs, 0.99),
      ratio: null,
      bar: null,
      pass: null,
    },
  );
}

/** The same cases nine times more, so that the list says what a recount must give: ten times as much. */
async function tenfold() {
  console.log('and nine times as many ...');
  await admin.query(`SET session_replication_role = replica`);
  await admin.query(
    'CREATE TEMP TABLE twins AS SELECT c.id AS old, gen_random_uuid() AS id, n FROM cases c CROSS JOIN generate_series(1, 9) n',
  );
  await admin.query('CREATE INDEX ON twins (old); ANALYZE twins');
  await admin.query(`INSERT INTO cases (id, number, state, state_since, ground, category, subcategory, district, language, door, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
    SELECT t.id, c.number || '-' || t.n, c.state, c.state_since, c.ground, c.category, c.subcategory, c.district, c.language, c.door, c.created_by, c.mediator_id, c.court_id,
      c.court_case_number, c.created_at, c.filed_at, c.rules_on FROM twins t JOIN cases c ON c.id = t.old`);
  await admin.query(`INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, organisation, language)
    SELECT gen_random_uuid(), t.id, p.side, p.ordinal, p.kind, 'x', 'x', 'x', 'kk' FROM twins t JOIN parties p ON p.case_id = t.old`);
  await admin.query(`INSERT INTO events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)
    SELECT gen_random_uuid(), t.id, e.seq, t.id, e.type, e.actor_role, e.at, e.data, e.previous, e.hash FROM twins t JOIN events e ON e.case_id = t.old`);
  await admin.query('SET session_replication_role = origin; ANALYZE');
}

/** How many cells of all periods are not what the list says. */
async function differences(): Promise<number> {
  const cells = (
    await admin.query(
      `SELECT period, line, dim, value, n::float8 AS n, total::float8 AS total FROM report_cells WHERE line NOT IN ('active_mediators', 'consultations_only') AND n > 0`,
    )
  ).rows as { period: string; line: string; dim: string; value: string; n: number; total: number }[];
  const periods = {
    '2026': range(1, 12),
    '2026-H1': range(1, 6),
    '2026-Q3': range(7, 9),
    '2026-T10': range(1, 10),
    ...Object.fromEntries(range(1, 12).map((month) => [month, [month]])),
  };
  let wrong = 0;
  for (const [period, months] of Object.entries(periods)) {
    const expected = recount(made, months);
    const found = cells.filter((cell) => cell.period === period);
    wrong += Math.abs(found.length - expected.size);
    for (const { line, dim, value, n, total } of found) {
      const one = expected.get(`${line}|${dim}|${value}`);
      if (one?.n !== n / factor || Math.round(one.total * factor) !== total) wrong += 1;
    }
  }
  return wrong;
}

function range(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `2026-${String(from + at).padStart(2, '0')}`);
}
