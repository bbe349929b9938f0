import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneDatabase } from '../../../../test/support/database.js';
import { drill, holds, keepReport } from './drill.js';
import type { Shredding } from './ledger.js';

const dir = mkdtempSync(join(tmpdir(), 'drill-'));
const filesDir = join(dir, 'files');
const at = '2026-11-20T10:00:00Z';
const [room, other] = ['a', 'b'].map((digit) => `0199${digit.repeat(4)}-0000-7000-8000-000000000000`);
let database: Awaited<ReturnType<typeof cloneDatabase>>;
let tries = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  mkdirSync(filesDir);
  writeFileSync(join(filesDir, 'sealed'), 'sealed bytes');
  await as(database.adminUrl, async (client) => {
    for (const id of [room, other]) {
      await client.query(`INSERT INTO keys.data_keys VALUES ('room', $1, 1, '1', '\\x01', $2)`, [id, at]);
      await client.query(`SELECT record_event(gen_random_uuid(), NULL, 'report.exported', NULL, 'system', $1, '{}')`, [at]);
    }
    await client.query(`SELECT shred_room($1, 'retention', '2026-11-21T09:00:00Z')`, [room]);
    await client.query(
      `INSERT INTO audit_roots SELECT '2026-11-20', 1, '\\x01', '\\x00', sha256('\\x02'::bytea || '\\x00' || '\\x01'), $1`,
      [at],
    );
  });
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

/** `harm`: what goes wrong with the database that is restored into, before it is compared. */
const tried = (ledger: Shredding[] = [], harm = '') =>
  drill({
    backupUrl: database.urls.backup,
    filesDir,
    dir: join(dir, String(++tries)),
    ledger,
    scratch: async (work) => {
      const target = await cloneDatabase();
      if (harm) await as(target.adminUrl, (client) => client.query(harm));
      return work(target.adminUrl).finally(() => target.drop());
    },
  });

it('finds every row, chain and root alike, what was destroyed destroyed, and says so to the administrator', async () => {
  const report = await tried();
  expect(report).toMatchObject({ differing: [], chains: 1, rootsEqual: true, shredded: 1, revived: 0 });
  expect(report.rows).toBeGreaterThan(4);
  expect(holds(report)).toBe(true);
  await keepReport(database.adminUrl, report, [new Date(at), new Date(at)]);
  await as(database.adminUrl, async (client) => {
    expect((await client.query('SELECT holds, report FROM drills')).rows).toEqual([{ holds: true, report }]);
    expect((await client.query(`SELECT data FROM events WHERE type = 'drill.done'`)).rows).toEqual([{ data: { holds: true } }]);
  });
});

it('destroys what was shredded after the newest backup, by the ledger that is kept beside it', async () => {
  const later = { scope: 'room', id: other!, at: '2026-11-22T00:00:00.000000Z', reason: 'withdrawn' };
  expect(await tried([later])).toMatchObject({ shredded: 2, revived: 0, differing: [] });
});

/** Rows that are lost and bent on their way into the other database. */
const harm = `
  CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN DELETE FROM outbox; RETURN NULL; END';
  CREATE TRIGGER lose AFTER INSERT ON throttles FOR EACH STATEMENT EXECUTE FUNCTION lose(); ALTER TABLE throttles ENABLE ALWAYS TRIGGER lose;
  CREATE FUNCTION bend() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.type := ''x''; RETURN NEW; END';
  CREATE TRIGGER bend BEFORE INSERT ON events FOR EACH ROW EXECUTE FUNCTION bend(); ALTER TABLE events ENABLE ALWAYS TRIGGER bend`;

it('finds a row that does not come back, and a fact that comes back changed', async () => {
  const report = await tried([], harm);
  expect(report).toMatchObject({ differing: ['public.events', 'public.outbox'], rootsEqual: false });
  expect(holds(report)).toBe(false);
});
