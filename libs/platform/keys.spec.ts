import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
const nobody = { id: null, role: 'system' } as const;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

it('opens what it sealed, in its place only', async () => {
  const of = { scope: 'person', id: newId() } as const;
  const sealed = await fresh.db.transaction(nobody, (tx) => fresh.keys.seal(tx, of, '+77000000001', 'phone'));
  expect(sealed.includes(Buffer.from('77000000001'))).toBe(false);
  await fresh.db.transaction(nobody, async (tx) => {
    expect(await fresh.keys.open(tx, of, sealed, 'phone')).toBe('+77000000001');
    await expect(fresh.keys.open(tx, of, sealed, 'email')).rejects.toThrow();
  });
});

it('never seals with a key that was rolled back', async () => {
  const of = { scope: 'case', id: newId() } as const;
  await fresh.db
    .transaction(nobody, async (tx) => {
      await fresh.keys.seal(tx, of, 'first', 'x');
      throw new Error('changed my mind');
    })
    .catch(() => null);
  const sealed = await fresh.db.transaction(nobody, (tx) => fresh.keys.seal(tx, of, 'second', 'x'));
  expect(await fresh.db.transaction(nobody, (tx) => fresh.keys.open(tx, of, sealed, 'x'))).toBe('second');
  expect(await fresh.admin('SELECT 1 FROM keys.data_keys WHERE scope_id = $1', [of.id])).toHaveLength(1);
});

it('keeps content keys from the worker', async () => {
  const of = { scope: 'case', id: newId() } as const;
  await fresh.db.transaction(nobody, (tx) => fresh.keys.seal(tx, of, 'claim', 'x'));
  const rows = await fresh.workerDb.transaction(nobody, (tx) => tx.query('SELECT 1 FROM keys.data_keys WHERE scope_id = $1', [of.id]));
  expect(rows).toEqual([]);
  await expect(fresh.workerDb.transaction(nobody, (tx) => fresh.workerKeys.seal(tx, of, 'x', 'x'))).rejects.toThrow();
});
