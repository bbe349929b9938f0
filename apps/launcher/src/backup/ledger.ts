import type { Client } from 'pg';
import { keep, readKept } from '../kept.js';

/** What was destroyed for good, and when. Kept beside the backups and never taken back with one of them. */
export type Shredding = { scope: string; id: string; at: string; reason: string };

const keyOf = ({ scope, id }: Shredding) => `${scope}:${id}`;

/** Adds what the database has shredded by now to the file. Nothing ever leaves it: a restored database may know less. */
export async function keepLedger(client: Client, file: string): Promise<Shredding[]> {
  const { rows } = await client.query<Shredding>(
    `SELECT scope, scope_id AS id, to_char(shredded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, reason FROM shred_ledger`,
  );
  const all = new Map([...(readKept<Shredding[]>(file) ?? []), ...rows].map((shredding) => [keyOf(shredding), shredding]));
  const ledger = [...all.values()].toSorted((one, other) => one.at.localeCompare(other.at));
  keep(file, ledger);
  return ledger;
}

/** Destroys again what was shredded after the backup was taken. A key made later than its shredding is another key. */
export async function replayLedger(client: Client, ledger: Shredding[]): Promise<number> {
  for (const { scope, id, at, reason } of ledger) {
    const values = [scope, id, at, reason];
    await client.query(
      'INSERT INTO shred_ledger (scope, scope_id, shredded_at, reason) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      values,
    );
  }
  const { rowCount } = await client.query(
    `DELETE FROM keys.data_keys k USING shred_ledger l
     WHERE l.scope = k.scope AND l.scope_id = k.scope_id AND k.created_at <= l.shredded_at`,
  );
  return rowCount ?? 0;
}
