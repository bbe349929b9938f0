import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { claimNext } from './index.js';

const clockwork = { id: null, role: 'system' } as const;
let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
  await fresh.admin(`
    CREATE TABLE chores (id int PRIMARY KEY);
    CREATE TABLE chores_done (id int NOT NULL);
    GRANT ALL ON chores, chores_done TO PUBLIC;
    INSERT INTO chores VALUES (1), (2)`);
});
afterAll(() => fresh.drop());

/** Its look is made when it begins; then it stands at the gate until that is open. */
const behindGate = `
  SELECT c.id FROM chores c
  WHERE pg_advisory_xact_lock_shared(7) IS NOT NULL AND NOT EXISTS (SELECT 1 FROM chores_done d WHERE d.id = c.id)
  ORDER BY c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`;

it('does not give out what another worker did between the look and the lock', async () => {
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  let isShut = () => {};
  const shut = new Promise<void>((resolve) => (isShut = resolve));
  const keeper = fresh.db.transaction(clockwork, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(7)');
    isShut();
    await gate;
  });
  await shut;
  const claimed = fresh.db.transaction(clockwork, (tx) => claimNext<{ id: number }>(tx, behindGate, []));
  const waiting = async () => fresh.admin(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 7 AND NOT granted`);
  while ((await waiting()).length === 0) await pause(5);
  await fresh.admin('INSERT INTO chores_done VALUES (1)');
  open();
  await keeper;
  expect(await claimed).toEqual({ id: 2 });
});

it('gives each to one of many at once, and nothing when all is done', async () => {
  await fresh.admin('DELETE FROM chores_done; INSERT INTO chores SELECT generate_series(3, 40)');
  const sql = `SELECT c.id FROM chores c WHERE NOT EXISTS (SELECT 1 FROM chores_done d WHERE d.id = c.id) ORDER BY c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`;
  const one = () =>
    fresh.db.transaction(clockwork, async (tx) => {
      const next = await claimNext<{ id: number }>(tx, sql, []);
      if (next) await tx.query('INSERT INTO chores_done VALUES ($1)', [next.id]);
      return next !== null;
    });
  const worker = async () => {
    while (await one());
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(await fresh.admin('SELECT id FROM chores_done ORDER BY id')).toEqual(Array.from({ length: 40 }, (_, at) => ({ id: at + 1 })));
});
