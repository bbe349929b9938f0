import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { Keyring } from '#platform';
import type { RingName } from './rings.js';

type Row = { scope: string; id: string; version: number; master_id: string; wrapped: Buffer };
const scopesOf: Record<RingName, string[]> = { contentKeys: ['room', 'case'], contactKeys: ['person', 'party'] };
const [atOnce, quietPasses, mostPasses] = [500, 2, 100];

export const idsIn = (ring: string) => ring.split(',').map((pair) => pair.trim().split(':')[0]!);

/** The ring with a new master at its end. */
export const withNewMaster = (ring: string) =>
  `${ring},${Math.max(0, ...idsIn(ring).map(Number)) + 1}:${randomBytes(32).toString('base64')}`;

/**
 * Wraps every data key of a ring by its newest master, a few at a time and one transaction each, so that it may be stopped and begun again.
 * A process that has not seen the new master yet may add a key under the old one meanwhile: it goes round until none is left.
 */
export async function wrapAnew(adminUrl: string, name: RingName, ring: string): Promise<number> {
  const keyring = new Keyring(ring);
  const client = new Client({ connectionString: adminUrl, application_name: 'kelisim-rotation' });
  await client.connect();
  try {
    let [wrapped, quiet] = [0, 0];
    for (let pass = 0; quiet < quietPasses; pass += 1) {
      if (pass === mostPasses) throw new Error('keys are still being wrapped by an old master: does every process read the new ring?');
      const moved = await onePass(client, keyring, scopesOf[name], idsIn(ring).at(-1)!);
      wrapped += moved;
      quiet = moved === 0 ? quiet + 1 : 0;
      if (moved === 0) await pause(200);
    }
    return wrapped;
  } finally {
    await client.end();
  }
}

async function onePass(client: Client, keyring: Keyring, scopes: string[], current: string): Promise<number> {
  let moved = 0;
  for (;;) {
    await client.query('BEGIN');
    const { rows } = await client.query<Row>(
      `SELECT scope, scope_id AS id, version, master_id, wrapped FROM keys.data_keys WHERE scope = ANY($1) AND master_id <> $2
       ORDER BY scope, scope_id, version LIMIT $3 FOR UPDATE`,
      [scopes, current, atOnce],
    );
    for (const { scope, id, version, master_id, wrapped } of rows) {
      const label = `${scope}:${id}:${version}`;
      const anew = keyring.wrap(keyring.unwrap(wrapped, master_id, label), label);
      await client.query('UPDATE keys.data_keys SET master_id = $4, wrapped = $5 WHERE scope = $1 AND scope_id = $2 AND version = $3', [
        scope,
        id,
        version,
        anew.masterId,
        anew.wrapped,
      ]);
    }
    await client.query('COMMIT');
    moved += rows.length;
    if (rows.length < atOnce) return moved;
  }
}

/** The ring without those masters that wrap nothing any more; the newest stays. */
export async function withoutIdle(adminUrl: string, name: RingName, ring: string): Promise<string> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT DISTINCT master_id AS id FROM keys.data_keys WHERE scope = ANY($1)', [
      scopesOf[name],
    ]);
    const used = new Set([...rows.map(({ id }) => id), idsIn(ring).at(-1)!]);
    return ring
      .split(',')
      .filter((pair) => used.has(idsIn(pair)[0]!))
      .join(',');
  } finally {
    await client.end();
  }
}
