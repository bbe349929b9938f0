import { unownedKey } from '#people';
import type { FreshDatabase } from './database.js';

/** What the message with this code says. */
export async function codeSent(fresh: Pick<FreshDatabase, 'admin' | 'db' | 'keys'>, codeId: string): Promise<string> {
  const [row] = await fresh.admin<{ code_sealed: Buffer }>('SELECT code_sealed FROM one_time_codes WHERE id = $1', [codeId]);
  return fresh.db.transaction({ id: null, role: 'system' }, (tx) => fresh.keys.open(tx, unownedKey, row!.code_sealed, codeId));
}
