import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { keepLedger } from './ledger.js';
import { type FileCopy, type Manifest, sha256Of, writeManifest } from './manifest.js';
import { copyOut, sequencesOf, tablesOf } from './tables.js';

/** Where a backup goes: the main one, its keys apart from it, and the ledger beside both. */
export type Places = { main: string; keys: string; ledger: string };

const keysLastMs = 7 * 24 * 3_600_000;

export const placesIn = (out: string, at: Date): Places => {
  const name = at.toISOString().replaceAll(':', '-').replace('.', '-');
  return { main: join(out, name), keys: join(out, 'keys-backup', name), ledger: join(out, 'shred-ledger.json') };
};

/** Copies all tables as they stood in one moment, in the role that reads everything and changes nothing. */
export async function backUp(backupUrl: string, filesDir: string, places: Places, at = new Date()) {
  const client = new Client({ connectionString: backupUrl, application_name: 'kelisim-backup' });
  await client.connect();
  try {
    // Rather fail than leave rows out, should this role ever lose its right to pass the policies.
    await client.query('SET row_security = off; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    const ledger = await keepLedger(client, places.ledger);
    const migrations = (await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id')).rows.map(({ name }) => name);
    const tables = await tablesOf(client);
    const shared = { takenAt: at.toISOString(), migrations };
    const part = async (dir: string, isOurs: (schema: string) => boolean) => {
      mkdirSync(dir, { recursive: true, mode: 0o700 });
      const copies = [];
      for (const table of tables.filter(({ schema }) => isOurs(schema))) copies.push(await copyOut(client, table, dir));
      const sequences = (await sequencesOf(client)).filter(({ schema }) => isOurs(schema));
      return { ...shared, tables: copies, sequences };
    };
    const keys: Manifest = { kind: 'kelisim-keys', ...(await part(places.keys, (schema) => schema === 'keys')), files: [] };
    const main = { kind: 'kelisim-main' as const, ...(await part(places.main, (schema) => schema !== 'keys')) };
    await client.query('COMMIT');
    writeManifest(places.keys, keys);
    writeManifest(places.main, { ...main, files: await copyFiles(filesDir, places.main) });
    dropOldKeys(dirname(places.keys), at);
    return { tables: main.tables.length, rows: main.tables.reduce((sum, { rows }) => sum + rows, 0), shredded: ledger.length };
  } finally {
    await client.end();
  }
}

/** Files are sealed and never change; those added after the tables were read are too many rather than too few. */
async function copyFiles(from: string, dir: string): Promise<FileCopy[]> {
  if (!existsSync(from)) return [];
  const to = join(dir, 'files');
  cpSync(from, to, { recursive: true });
  const copies: FileCopy[] = [];
  for (const name of readdirSync(to, { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (statSync(join(to, name)).isFile()) copies.push({ file: join('files', name), sha256: await sha256Of(join(to, name)) });
  }
  return copies;
}

/** Keys are kept for seven days at most: afterwards what was shredded is unreadable in every backup there is. */
function dropOldKeys(dir: string, at: Date) {
  for (const name of readdirSync(dir)) {
    const taken = statSync(join(dir, name)).mtimeMs;
    if (at.getTime() - taken > keysLastMs) rmSync(join(dir, name), { recursive: true });
  }
}
