import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../apps/launcher/src/port.js';

/** What is compared with, kept in an ignored folder. It says it wants a newer Node, and runs on this one. */
const version = '11.17.4';
const folder = 'bench/results/raw/directus';
const program = join(folder, 'node_modules/directus/cli.js');
const token = randomBytes(24).toString('hex');

export type Directus = { port: number; token: string; child: ChildProcess; sql: pg.Client; close(): Promise<void> };

/** Directus as it installs itself, on the same PostgreSQL, its tables filled with as many cases as ours. */
export async function startDirectus(adminUrl: string, cases: number): Promise<Directus> {
  install();
  const here = new URL(adminUrl);
  const name = `directus_${randomBytes(4).toString('hex')}`; // each part brings its own
  here.pathname = `/${name}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const port = await freePort(0);
  const env = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: here.href,
    DB_POOL__MAX: '20',
    SECRET: randomBytes(24).toString('hex'),
    ADMIN_EMAIL: 'desk@example.kz',
    ADMIN_PASSWORD: randomBytes(12).toString('hex'),
    ADMIN_TOKEN: token,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'error',
    TELEMETRY: 'false',
    SERVE_APP: 'false',
  };
  execFileSync(process.execPath, [program, 'bootstrap'], { env, stdio: 'ignore' });
  const sql = new pg.Client({ connectionString: here.href });
  await sql.connect();
  await fill(sql, cases);
  const child = spawn(process.execPath, [program, 'start'], { env, stdio: 'ignore' });
  process.once('exit', () => child.kill('SIGKILL'));
  await untilUp(port, child);
  const close = async () => {
    child.kill('SIGKILL');
    await sql.end();
  };
  return { port, token, child, sql, close };
}

function install() {
  if (existsSync(program)) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'peer', private: true }));
  console.log(`installing Directus ${version} into ${folder}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', `directus@${version}`], { cwd: folder, stdio: 'ignore' });
}

/** Plain tables with the indexes that its filters and its order ask for, described to Directus as its own studio would describe them. */
async function fill(sql: pg.Client, cases: number) {
  const kinds = ['neighbours', 'debt', 'land', 'family', 'labour', 'housing', 'consumer', 'civil'];
  const piles = ['screen', 'chase', 'assign', 'none'];
  await sql.query(`
    CREATE TABLE cases (id uuid PRIMARY KEY, number text, state text, state_since timestamptz, category text, district text, door text, desk_queue text, answers json);
    CREATE TABLE parties (id uuid PRIMARY KEY, case_id uuid REFERENCES cases, side text, surname text, given text, phone text);
    CREATE TABLE deadlines (id uuid PRIMARY KEY, case_id uuid REFERENCES cases, code text, due_at timestamptz);
    CREATE TABLE outbox (id uuid PRIMARY KEY, case_id uuid REFERENCES cases, type text);`);
  await sql.query(
    `WITH made AS (INSERT INTO cases (id, number, state, state_since, category, district, door, desk_queue)
       SELECT gen_random_uuid(), 'L-' || n, 'SUBMITTED', '2026-01-01'::timestamptz + n * interval '17 seconds', ($2::text[])[1 + n % 8], 'd' || n % 13, 'self', ($3::text[])[1 + n / 8 % 4]
       FROM generate_series(1, $1::int) n RETURNING id, number, state_since),
     sided AS (INSERT INTO parties (id, case_id, side, surname, given) SELECT gen_random_uuid(), id, side, 'С' || number, 'Е' FROM made CROSS JOIN unnest(ARRAY['A', 'B']) side)
     INSERT INTO deadlines (id, case_id, code, due_at) SELECT gen_random_uuid(), id, 'SCREENING', state_since + interval '2 days' FROM made`,
    [cases, kinds, piles],
  );
  await sql.query(`
    CREATE INDEX ON cases (desk_queue, category, state_since, id); CREATE INDEX ON parties (case_id); CREATE INDEX ON deadlines (case_id); CREATE INDEX ON outbox (case_id);
    INSERT INTO directus_collections (collection, accountability) VALUES ('cases', 'all'), ('parties', NULL), ('deadlines', NULL), ('outbox', NULL);
    INSERT INTO directus_fields (collection, field, special) VALUES ('cases', 'parties', 'o2m'), ('cases', 'deadlines', 'o2m'), ('cases', 'outbox', 'o2m');
    INSERT INTO directus_relations (many_collection, many_field, one_collection, one_field)
      VALUES ('parties', 'case_id', 'cases', 'parties'), ('deadlines', 'case_id', 'cases', 'deadlines'), ('outbox', 'case_id', 'cases', 'outbox');`);
  await sql.query('VACUUM ANALYZE');
}

async function untilUp(port: number, child: ChildProcess) {
  for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 200))) {
    if (child.exitCode !== null) throw new Error(`Directus ended with ${child.exitCode}`);
    if ((await fetch(`http://127.0.0.1:${port}/server/ping`).catch(() => null))?.ok) return;
  }
  throw new Error('Directus does not answer');
}

const shown = 'id,number,state,category,district,door,state_since,parties.surname,parties.given,deadlines.due_at';
export const pageOfDirectus = (queue: string, category: string) =>
  `/items/cases?filter[desk_queue][_eq]=${queue}&filter[category][_eq]=${category}&sort=state_since,id&limit=20&fields=${shown}`;

/** One application with all that belongs to it, in one request; its own log of activity is the fact. */
export function caseOfDirectus(filed: { category: string; district: string; answers: object; parties: object[] }) {
  const at = new Date();
  return {
    id: randomUUID(),
    number: `D-${randomUUID()}`,
    state: 'SUBMITTED',
    state_since: at,
    category: filed.category,
    district: filed.district,
    door: 'self',
    desk_queue: 'screen',
    answers: filed.answers,
    parties: filed.parties.map((party) => ({ id: randomUUID(), ...party })),
    deadlines: [{ id: randomUUID(), code: 'SCREENING', due_at: new Date(at.getTime() + 2 * 86_400_000) }],
    outbox: [{ id: randomUUID(), type: 'case.submitted' }],
  };
}
