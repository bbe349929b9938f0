import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import type { DrillReport } from '#contract';
import { readKept } from '../kept.js';
import { backUp, placesIn } from './back-up.js';
import type { Shredding } from './ledger.js';
import type { Manifest, TableCopy } from './manifest.js';
import { restore } from './restore.js';
import { copyOut, tablesOf } from './tables.js';

type Drilled = {
  backupUrl: string;
  filesDir: string;
  /** A folder of the drill's own, which whoever asked for it removes. */
  dir: string;
  /** The ledger of destroyed keys as it is kept beside the backups: it knows more than one backup does. */
  ledger: Shredding[];
  /** Lends an empty migrated database. */
  scratch: <T>(work: (adminUrl: string) => Promise<T>) => Promise<T>;
};

/** What is written anew by the restore itself. */
const ownTables = ['public.shred_ledger', 'keys.data_keys'];

/** Takes a backup, restores it beside the cabinet and compares: every row of every table, the chains of facts, their root, and that what was destroyed stays so. */
export async function drill({ backupUrl, filesDir, dir, ledger, scratch }: Drilled): Promise<DrillReport> {
  const seconds = { backup: 0, restore: 0, compare: 0 };
  const places = placesIn(join(dir, 'backup'), new Date());
  await timed(seconds, 'backup', () => backUp(backupUrl, filesDir, places));
  const known = new Map([...ledger, ...(readKept<Shredding[]>(places.ledger) ?? [])].map((one) => [`${one.scope}:${one.id}`, one]));
  const manifest = JSON.parse(readFileSync(join(places.main, 'manifest.json'), 'utf8')) as Manifest;
  return scratch(async (adminUrl) => {
    await timed(seconds, 'restore', () =>
      restore(adminUrl, join(dir, 'files'), { main: places.main, keys: places.keys, ledger: [...known.values()] }),
    );
    const found = await timed(seconds, 'compare', () => compared(adminUrl, { dir, main: places.main, manifest }));
    return { ...found, tables: manifest.tables.length, rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0), seconds };
  });
}

export const holds = ({ differing, rootsEqual, revived }: DrillReport) => differing.length === 0 && rootsEqual && revived === 0;

/** A row of the cabinet's own, and a fact of the house. */
export async function keepReport(adminUrl: string, report: DrillReport, [begun, ended]: [Date, Date]) {
  await withClient(adminUrl, async (client) => {
    await client.query('BEGIN');
    await client.query('INSERT INTO drills (id, begun_at, ended_at, holds, report) VALUES ($1, $2, $3, $4, $5)', [
      randomUUID(),
      begun,
      ended,
      holds(report),
      JSON.stringify(report),
    ]);
    await client.query(`SELECT record_event($1, NULL, 'drill.done', NULL, 'system', $2, $3)`, [
      randomUUID(),
      ended,
      JSON.stringify({ holds: holds(report) }),
    ]);
    await client.query('COMMIT');
  });
}

type Taken = { dir: string; main: string; manifest: Manifest };
async function compared(adminUrl: string, { dir, main, manifest }: Taken): Promise<Omit<DrillReport, 'tables' | 'rows' | 'seconds'>> {
  return withClient(adminUrl, async (client) => {
    const again = join(dir, 'again');
    mkdirSync(again, { recursive: true, mode: 0o700 });
    const differing: string[] = [];
    for (const table of await tablesOf(client)) {
      const name = `${table.schema}.${table.name}`;
      const taken = manifest.tables.find((one) => one.schema === table.schema && one.name === table.name);
      if (ownTables.includes(name) || !taken) continue;
      const copy: TableCopy = await copyOut(client, table, again);
      if (copy.rows !== taken.rows || (await printOf(join(again, copy.file))) !== (await printOf(join(main, taken.file))))
        differing.push(name);
    }
    return { differing, ...(await chainsOf(client)), ...(await shreddedOf(client)) };
  });
}

/** Every fact's hash is computed anew; the head of each chain, and the newest root's own hash over its tree and the root before. */
async function chainsOf(client: Client): Promise<Pick<DrillReport, 'chains' | 'rootsEqual'>> {
  const { rows } = await client.query<{ chains: number; broken: number; roots: number }>(`
    SELECT (SELECT count(*)::int FROM chain_heads) AS chains,
      (SELECT count(*)::int FROM events e WHERE e.hash <> event_hash(e.previous, e.id, e.chain, e.seq, e.type, e.actor_id, e.actor_role, e.at, e.data))
      + (SELECT count(*)::int FROM chain_heads h LEFT JOIN events e ON e.chain = h.chain AND e.seq = h.seq WHERE e.hash IS DISTINCT FROM h.hash) AS broken,
      (SELECT count(*)::int FROM audit_roots r WHERE r.root <> sha256('\\x02'::bytea || r.previous || r.tree)) AS roots`);
  return { chains: rows[0]!.chains, rootsEqual: rows[0]!.broken === 0 && rows[0]!.roots === 0 };
}

async function shreddedOf(client: Client): Promise<Pick<DrillReport, 'shredded' | 'revived'>> {
  const { rows } = await client.query<{ shredded: number; revived: number }>(`
    SELECT count(*)::int AS shredded, count(*) FILTER (WHERE EXISTS (SELECT 1 FROM keys.data_keys k
      WHERE k.scope = l.scope AND k.scope_id = l.scope_id AND k.created_at <= l.shredded_at))::int AS revived FROM shred_ledger l`);
  return rows[0]!;
}

/** Of a table's rows in whatever order: the sum of their hashes. */
async function printOf(file: string): Promise<string> {
  let sum = 0n;
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) sum += createHash('sha256').update(line).digest().readBigUInt64BE();
  return sum.toString();
}

async function timed<T, K extends string>(seconds: Record<K, number>, name: K, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const done = await work();
  seconds[name] = Math.round((performance.now() - begun) / 10) / 100;
  return done;
}

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, application_name: 'kelisim-drill' });
  await client.connect();
  return work(client).finally(() => client.end());
}
