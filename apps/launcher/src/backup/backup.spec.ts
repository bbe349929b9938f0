import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/support/database.js';
import { readKept } from '../kept.js';
import { backUp, placesIn } from './back-up.js';
import { keepLedger, type Shredding } from './ledger.js';
import { checkedManifest } from './manifest.js';
import { restore } from './restore.js';
import { nameOf, tablesOf } from './tables.js';

const dir = mkdtempSync(join(tmpdir(), 'backup-'));
const filesDir = join(dir, 'files');
const yesterday = new Date('2026-09-06T20:00:00Z');
const places = placesIn(join(dir, 'backups'), yesterday);
const [room, other, person] = ['a', 'b', 'c'].map((digit) => `0199${digit.repeat(4)}-0000-7000-8000-000000000000`);
const wrapped = 'c0ffee'.repeat(10);
let database: Awaited<ReturnType<typeof cloneDatabase>>;

beforeAll(async () => {
  database = await cloneDatabase();
  await as(database.adminUrl, (client) => arrange(client));
  mkdirSync(join(filesDir, 'ab'), { recursive: true });
  writeFileSync(join(filesDir, 'ab', 'sealed'), 'sealed bytes');
  await backUp(database.urls.backup, filesDir, places, yesterday);
});
afterAll(async () => {
  await database.drop();
  rmSync(dir, { recursive: true });
});

async function as<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return work(client).finally(() => client.end());
}

async function arrange(client: Client) {
  await client.query(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, E'Әбенов\\t\\\\', 'Санжар', 'kk', '\\x01', $2)`,
    [person, yesterday],
  );
  for (const [scope, id] of Object.entries({ room, case: other, person })) {
    await client.query(`INSERT INTO keys.data_keys VALUES ($1, $2, 1, '1', decode($3, 'hex'), $4)`, [scope, id, wrapped, yesterday]);
  }
  await client.query(`SELECT record_event($1, NULL, 'person.registered', $1, 'citizen', $2, '{}'), nextval('case_numbers')`, [
    person,
    yesterday,
  ]);
}

/** A fingerprint of every table. */
async function contentOf(client: Client) {
  const content: Record<string, string> = {};
  for (const table of await tablesOf(client)) {
    const { rows } = await client.query<{ print: string }>(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS print FROM ${nameOf(table)} t`,
    );
    content[nameOf(table)] = rows[0]!.print;
  }
  return content;
}

async function intoNewDatabase<T>(
  from: { main?: string; keys?: string; ledger?: Shredding[] },
  work: (client: Client, files: string) => Promise<T>,
) {
  const target = await cloneDatabase();
  const files = mkdtempSync(join(dir, 'restored-'));
  try {
    await restore(target.adminUrl, files, { main: places.main, ledger: [], ...from });
    return await as(target.adminUrl, (client) => work(client, files));
  } finally {
    await target.drop();
  }
}

const keysOf = async (client: Client) =>
  (await client.query<{ scope: string }>('SELECT scope FROM keys.data_keys ORDER BY 1')).rows.map(({ scope }) => scope);

it('brings back every row, number and file', async () => {
  const before = await as(database.adminUrl, contentOf);
  await intoNewDatabase({ keys: places.keys }, async (client, files) => {
    expect(await contentOf(client)).toEqual(before);
    expect((await client.query(`SELECT nextval('case_numbers')::int AS n`)).rows).toEqual([{ n: 2 }]);
    expect(readFileSync(join(files, 'ab', 'sealed'), 'utf8')).toBe('sealed bytes');
  });
});

it('leaves the rules of the database standing after a restore', async () => {
  await intoNewDatabase({ keys: places.keys }, async (client) => {
    await expect(client.query('DELETE FROM events')).rejects.toThrow('append-only');
    await expect(client.query(`INSERT INTO outbox (event_id) VALUES ($1)`, [room])).rejects.toThrow('outbox_event');
  });
});

it('keeps the keys apart: the main backup opens nothing', async () => {
  const main = readdirSync(places.main).filter((name) => name.endsWith('.gz'));
  const texts = main.map((name) => gunzipSync(readFileSync(join(places.main, name))).toString());
  expect(texts.filter((text) => text.includes('Санжар'))).toHaveLength(1);
  expect(texts.filter((text) => text.includes(wrapped))).toEqual([]);
  expect(readdirSync(places.keys)).toEqual(['keys.data_keys.copy.gz', 'manifest.json']);
  await intoNewDatabase({}, async (client) => expect(await keysOf(client)).toEqual([]));
});

it('destroys again what was shredded after the backup, and nothing else', async () => {
  await as(database.adminUrl, (client) => client.query(`SELECT shred_room($1, 'retention', '2026-09-07T09:00:00Z')`, [room]));
  const ledger = await as(database.urls.backup, (client) => keepLedger(client, places.ledger));
  expect(ledger).toMatchObject([{ scope: 'room', id: room, reason: 'retention' }]);
  await intoNewDatabase({ keys: places.keys, ledger }, async (client) => {
    expect(await keysOf(client)).toEqual(['case', 'person']);
    expect((await client.query('SELECT scope_id FROM shred_ledger')).rows).toEqual([{ scope_id: room }]);
  });
});

it('spares a key that was made after its shredding', async () => {
  const ledger = [{ scope: 'person', id: person!, at: '2026-09-01T00:00:00.000000Z', reason: 'withdrawn consent' }];
  await intoNewDatabase({ keys: places.keys, ledger }, async (client) => expect(await keysOf(client)).toContain('person'));
});

it('forgets nothing that the ledger once knew', async () => {
  const file = join(dir, 'ledger.json');
  await as(database.urls.backup, (client) => keepLedger(client, file));
  const emptied = await cloneDatabase();
  await as(emptied.urls.backup, (client) => keepLedger(client, file));
  await emptied.drop();
  expect(readKept<Shredding[]>(file)).toMatchObject([{ id: room }]);
});

it('refuses a damaged backup, another version and an inhabited database, and changes nothing', async () => {
  const copy = placesIn(join(dir, 'other'), new Date('2026-09-07T20:00:00Z'));
  await backUp(database.urls.backup, filesDir, copy);
  const before = await as(database.adminUrl, contentOf);
  await expect(restore(database.adminUrl, join(dir, 'none'), { main: copy.main, ledger: [] })).rejects.toThrow('not empty');
  await expect(restore(database.adminUrl, filesDir, { main: copy.main, ledger: [] })).rejects.toThrow('not empty');
  await expect(restore(database.adminUrl, join(dir, 'none'), { main: copy.keys, ledger: [] })).rejects.toThrow('another kind');

  const manifest = join(copy.main, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace('Ground1764000000001', 'Ground9'));
  await expect(restore(database.adminUrl, join(dir, 'none'), { main: copy.main, ledger: [] })).rejects.toThrow(
    /differ: Ground1764000000001, Ground9/,
  );
  appendFileSync(join(copy.main, 'public.persons.copy.gz'), 'x');
  await expect(checkedManifest(copy.main, 'kelisim-main')).rejects.toThrow('public.persons.copy.gz is damaged');
  rmSync(manifest);
  await expect(checkedManifest(copy.main, 'kelisim-main')).rejects.toThrow('no finished backup');
  expect(await as(database.adminUrl, contentOf)).toEqual(before);
});

it('drops keys that are older than seven days', async () => {
  const later = placesIn(join(dir, 'backups'), new Date());
  const old = new Date(Date.now() - 8 * 24 * 3_600_000);
  utimesSync(places.keys, old, old);
  await backUp(database.urls.backup, filesDir, later, new Date());
  const left = readdirSync(join(dir, 'backups', 'keys-backup'));
  expect(left.map((name) => join(dir, 'backups', 'keys-backup', name))).toEqual([later.keys]);
});

it('reads as a role that can change nothing, and fails rather than leave rows out', async () => {
  await as(database.urls.backup, async (client) => {
    await expect(client.query('UPDATE persons SET given = given')).rejects.toThrow('permission denied');
    await expect(client.query('DELETE FROM keys.data_keys')).rejects.toThrow('permission denied');
  });
  await expect(backUp(database.urls.app, filesDir, placesIn(join(dir, 'stranger'), yesterday))).rejects.toThrow('permission denied');
});
