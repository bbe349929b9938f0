import { join } from 'node:path';
import { bootstrap } from '../../../../migrations/index.js';
import { inCabinet, withOwnServer } from '../backup/database.js';
import { postgresIn } from '../postgres.js';
import { AlreadyRuns } from '../run-file.js';
import { secretsIn } from '../secrets.js';

/** What it takes to add an account: the api's database role, and the keys of contacts. */
export type CabinetKeys = { url: string; contactKeys: string; hashKey: string };

/** Lends them: the api's own environment where it is given, else those of the cabinet in this folder, which may run or not. */
export async function withCabinet<T>(dataDir: string, own: NodeJS.ProcessEnv, work: (keys: CabinetKeys) => Promise<T>): Promise<T> {
  const { DATABASE_URL, CONTACT_KEYS, HASH_KEY } = own;
  if (DATABASE_URL && CONTACT_KEYS && HASH_KEY) return work({ url: DATABASE_URL, contactKeys: CONTACT_KEYS, hashKey: HASH_KEY });
  const { passwords, contactKeys, hashKey } = secretsIn(join(dataDir, 'secrets.json'));
  const migrated = async (adminUrl: string) => work({ url: (await bootstrap(adminUrl, passwords)).app, contactKeys, hashKey });
  if (DATABASE_URL) return migrated(DATABASE_URL);
  try {
    return await withOwnServer(dataDir, migrated);
  } catch (error) {
    if (!(error instanceof AlreadyRuns)) throw error;
    return work({ url: inCabinet(postgresIn(join(dataDir, 'postgres')), 'cabinet_app', passwords.app), contactKeys, hashKey });
  }
}
