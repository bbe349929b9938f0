import { cpSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { replayLedger, type Shredding } from './ledger.js';
import { checkedManifest, type Manifest } from './manifest.js';
import { copyIn, nameOf } from './tables.js';

export type Restored = { rows: number; destroyed: number };
type From = { main: string; keys?: string; ledger: Shredding[] };

/**
 * Brings a backup into a migrated database that holds nobody yet, all or nothing, and destroys again what was shredded since.
 * @param adminUrl a superuser on the cabinet's database: triggers and row-level security stand aside for the copy
 */
export async function restore(adminUrl: string, filesDir: string, { main, keys, ledger }: From): Promise<Restored> {
  const parts = [{ dir: main, manifest: await checkedManifest(main, 'kelisim-main') }];
  if (keys) parts.push({ dir: keys, manifest: await checkedManifest(keys, 'kelisim-keys') });
  refuseFilesIn(filesDir);
  const client = new Client({ connectionString: adminUrl, application_name: 'kelisim-restore' });
  await client.connect();
  try {
    await client.query('BEGIN; SET LOCAL session_replication_role = replica; SET LOCAL row_security = off');
    for (const { manifest } of parts) await refuseOtherSchema(client, manifest);
    await refusePeople(client);
    await client.query(`TRUNCATE ${parts.flatMap(({ manifest }) => manifest.tables.map(nameOf)).join(', ')}`);
    for (const { dir, manifest } of parts) await load(client, dir, manifest);
    const destroyed = await replayLedger(client, ledger);
    copyFilesBack(join(main, 'files'), filesDir);
    await client.query('COMMIT; ANALYZE');
    return { rows: parts.flatMap(({ manifest }) => manifest.tables).reduce((sum, { rows }) => sum + rows, 0), destroyed };
  } finally {
    await client.end();
  }
}

async function load(client: Client, dir: string, { tables, sequences }: Manifest) {
  for (const table of tables) await copyIn(client, table, dir);
  for (const sequence of sequences) await client.query('SELECT setval($1::regclass, $2::bigint)', [nameOf(sequence), sequence.last]);
}

/** A backup fits the version that took it: restore with that one, then migrate. */
async function refuseOtherSchema(client: Client, { migrations }: Manifest) {
  const { rows } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  const here = rows.map(({ name }) => name);
  const differing = [...here.filter((name) => !migrations.includes(name)), ...migrations.filter((name) => !here.includes(name))];
  if (differing.length) throw new Error(`The backup was taken by another version; these migrations differ: ${differing.join(', ')}`);
}

async function refusePeople(client: Client) {
  const { rowCount } = await client.query('SELECT 1 FROM persons UNION ALL SELECT 1 FROM events LIMIT 1');
  if (rowCount) throw new Error('The database is not empty; restore into a new one (another DATA_DIR or another server)');
}

function refuseFilesIn(dir: string) {
  if (existsSync(dir) && readdirSync(dir).length) throw new Error(`${dir} is not empty; restore into a new folder`);
}

function copyFilesBack(from: string, to: string) {
  if (existsSync(from)) cpSync(from, to, { recursive: true, errorOnExist: true, force: false });
}
