import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { type Running, startChild, within } from './child.js';
import { keep, newSecret, readKept } from './kept.js';
import { commandLineOf, pidIn, stopLeftover } from './leftover.js';
import { openLog } from './log-file.js';
import { freePort } from './port.js';
import { postgresPrograms } from './postgres.programs.js';
import { initdbFlags, serverFlags } from './postgres.settings.js';
import { give, reachableFolder, type ServerUser, serverUser } from './postgres.user.js';

type Kept = { port: number; password: string };

/** Fast shutdown first: sessions are ended, nothing is lost; then without a checkpoint, which the next start recovers from. */
const endings: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGKILL'];
const environment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** `folder` is where the data is: `dir`, or its stand-in where PostgreSQL's user can get to. */
export type Postgres = Running & { adminUrl: string; port: number; folder: string };

/** Starts PostgreSQL on `dir`, which it makes on the first start; the port and the superuser's password stay the same afterwards. */
export async function startPostgres({ dir, port, fsync = true }: { dir: string; port?: number; fsync?: boolean }): Promise<Postgres> {
  const user = serverUser();
  const folder = reachableFolder(resolve(dir), user);
  const programs = postgresPrograms(user);
  const keptFile = join(folder, 'server.json');
  const kept: Kept = readKept<Kept>(keptFile) ?? { port: 0, password: newSecret() };
  keep(keptFile, kept);

  const data = join(folder, 'data');
  if (!existsSync(data)) initialise(programs.initdb, folder, data, kept.password, user);
  refuseOtherVersion(data);
  await stopPostgresOn(data);

  kept.port = await freePort(port ?? kept.port);
  keep(keptFile, kept);
  const adminUrl = adminUrlOf(kept);
  const start = () => launch(programs.postgres, data, serverFlags(kept.port, fsync), join(folder, 'postgres.log'), user);
  return { ...(await startUntilReady(start, adminUrl)), adminUrl, port: kept.port, folder };
}

/** The administrator's address of a server that somebody else runs on `dir`. */
export function postgresIn(dir: string): string {
  const kept = readKept<Kept>(join(reachableFolder(resolve(dir), serverUser()), 'server.json'));
  if (!kept) throw new Error(`There is no database in ${dir}`);
  return adminUrlOf(kept);
}

const adminUrlOf = ({ port, password }: Kept) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

/** A postmaster that outlived its launcher would block the folder; a lock file whose process is gone, or is another's, would too. */
export async function stopPostgresOn(data: string) {
  const lock = join(data, 'postmaster.pid');
  const pid = pidIn(lock);
  if (pid === undefined) return;
  const isOurs = (commandLine: string) => commandLine.includes(`-D ${data} `) && commandLine.includes('postgres');
  await stopLeftover(pid, isOurs, endings);
  if (!isOurs(commandLineOf(pid))) rmSync(lock, { force: true });
}

/** Made beside and renamed at the end, so that an interrupted first start leaves no half of a folder. */
function initialise(initdb: string, folder: string, data: string, password: string, user: ServerUser) {
  const next = join(folder, 'data.next');
  const passwordFile = join(folder, 'password.next');
  rmSync(next, { recursive: true, force: true });
  mkdirSync(next, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  give(next, user);
  give(passwordFile, user);
  try {
    const flags = [`--pgdata=${next}`, '--username=postgres', `--pwfile=${passwordFile}`, ...initdbFlags];
    execFileSync(initdb, flags, { ...user, env: environment, stdio: 'pipe', cwd: '/' });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(next, data);
}

function refuseOtherVersion(data: string) {
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== '18') throw new Error(`${data} was made by PostgreSQL ${version}; this is 18. Restore a backup into a new folder`);
}

async function launch(postgres: string, data: string, flags: string[], logFile: string, user: ServerUser): Promise<Running> {
  const log = openLog(logFile);
  try {
    const options = { ...user, env: environment, cwd: '/', stdio: ['ignore', log, log] as ['ignore', number, number] };
    return await startChild(postgres, ['-D', data, ...flags], options, { signals: endings, graceMs: 10_000 });
  } finally {
    closeSync(log);
  }
}

/** After a killed postmaster its sessions hold the shared memory for a moment, and a start in that moment fails: hence some tries. */
async function startUntilReady(start: () => Promise<Running>, adminUrl: string): Promise<Running> {
  for (let tries = 1; ; tries += 1) {
    const server = await start();
    const exit = await Promise.race([server.exited, answers(adminUrl, server)]);
    if (!exit) return server;
    if (tries === 10) throw new Error('PostgreSQL does not start; see postgres.log in the data folder');
    await pause(200 * tries);
  }
}

/** Resolves once a session can be opened; recovery after a crash may take its time. */
async function answers(adminUrl: string, server: Running): Promise<undefined> {
  const life = new AbortController();
  void server.exited.then(() => life.abort());
  while (!life.signal.aborted) {
    const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await within(1_000, client.end());
      return;
    } catch {
      await pause(25);
    }
  }
}
