import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { bootstrap } from '../../../../migrations/index.js';
import { postgresIn, startPostgres } from '../postgres.js';
import { AlreadyRuns, RunFile } from '../run-file.js';
import { secretsIn } from '../secrets.js';

/** Lends the cabinet's database: a server that was named, the one that runs just now, or the embedded one, started for the purpose. */
export async function withBackupRole<T>(dataDir: string, own: NodeJS.ProcessEnv, work: (backupUrl: string) => Promise<T>): Promise<T> {
  if (own.BACKUP_DATABASE_URL) return work(own.BACKUP_DATABASE_URL);
  const asBackup = (adminUrl: string) =>
    work(inCabinet(adminUrl, 'cabinet_backup', secretsIn(join(dataDir, 'secrets.json')).passwords.backup));
  if (own.DATABASE_URL) return asBackup(own.DATABASE_URL);
  try {
    return await withOwnServer(dataDir, asBackup);
  } catch (error) {
    if (!(error instanceof AlreadyRuns)) throw error;
    return asBackup(postgresIn(join(dataDir, 'postgres')));
  }
}

/** Lends the cabinet's database to the superuser while the cabinet may run: a server that was named, the one that runs just now, or the embedded one. */
export async function beside<T>(dataDir: string, own: NodeJS.ProcessEnv, work: (adminUrl: string) => Promise<T>): Promise<T> {
  const named = own.ADMIN_DATABASE_URL ?? own.DATABASE_URL;
  if (named) return work(inCabinet(named));
  try {
    return await withOwnServer(dataDir, (adminUrl) => work(inCabinet(adminUrl)));
  } catch (error) {
    if (!(error instanceof AlreadyRuns)) throw error;
    return work(inCabinet(postgresIn(join(dataDir, 'postgres'))));
  }
}

/** Lends a migrated database to the superuser; nothing else may run on the embedded one meanwhile. */
export async function withAdmin<T>(dataDir: string, own: NodeJS.ProcessEnv, work: (adminUrl: string) => Promise<T>): Promise<T> {
  if (own.ADMIN_DATABASE_URL) return work(inCabinet(own.ADMIN_DATABASE_URL));
  const secretsFile = join(dataDir, 'secrets.json');
  if (!existsSync(secretsFile)) throw new Error(`${secretsFile} is missing; bring it from the old folder, its master keys open the rest`);
  const migrated = async (adminUrl: string) => {
    await bootstrap(adminUrl, secretsIn(secretsFile).passwords);
    return work(inCabinet(adminUrl));
  };
  return own.DATABASE_URL ? migrated(own.DATABASE_URL) : withOwnServer(dataDir, migrated);
}

export async function withOwnServer<T>(dataDir: string, work: (adminUrl: string) => Promise<T>): Promise<T> {
  const runFile = new RunFile(join(dataDir, 'run.json'));
  await runFile.claim();
  try {
    const server = await startPostgres({ dir: join(dataDir, 'postgres') });
    return await work(server.adminUrl).finally(() => server.stop());
  } finally {
    runFile.release();
  }
}

export function inCabinet(adminUrl: string, role?: string, password?: string) {
  const url = new URL(adminUrl);
  url.pathname = '/cabinet';
  if (role) url.username = role;
  if (password) url.password = password;
  return url.href;
}
