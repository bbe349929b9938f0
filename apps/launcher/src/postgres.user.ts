import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Who the server runs as. PostgreSQL refuses root, so root hands it to the user `postgres`. */
export type ServerUser = { uid?: number; gid?: number };

/** Where root keeps what the user `postgres` could not reach below a closed home such as /root. */
const openPlace = '/var/lib/kelisim';

export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  if (idOf('-u') === undefined) createUser();
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The folder itself, or its stand-in where the server's user can get to. The choice lasts as long as the stand-in exists. */
export function reachableFolder(dir: string, user: ServerUser): string {
  mkdirSync(dir, { recursive: true });
  const standIn = join(openPlace, createHash('sha256').update(dir).digest('hex').slice(0, 12));
  if (user.uid === undefined) return dir;
  openFor(dir);
  if (!existsSync(standIn) && isReachable(dir, user)) return dir;
  mkdirSync(standIn, { recursive: true, mode: 0o711 });
  if (!isReachable(standIn, user)) throw new Error(`The user "postgres" can enter neither ${dir} nor ${standIn}; set DATA_DIR elsewhere`);
  return standIn;
}

/** Passable, not readable. A folder made by mkdtemp is as much its maker's as the one in it, and goes when its maker removes it. */
function openFor(dir: string) {
  const parent = dirname(dir);
  for (const folder of dirname(parent) === tmpdir() ? [parent, dir] : [dir]) chmodSync(folder, 0o711);
}

/** The folder with PostgreSQL's programs, copied once to a place the server's user can get to, if need be. */
export function reachablePrograms(native: string, user: ServerUser): string {
  if (user.uid === undefined || isReachable(join(native, 'bin', 'postgres'), user)) return native;
  const { version } = createRequire(import.meta.url)(join(dirname(native), 'package.json')) as { version: string };
  const copy = join(openPlace, `postgres-${version}`);
  if (!existsSync(copy)) {
    const next = `${copy}.${process.pid}`;
    mkdirSync(openPlace, { recursive: true, mode: 0o711 });
    rmSync(next, { recursive: true, force: true });
    cpSync(native, next, { recursive: true, verbatimSymlinks: true });
    renameSync(next, copy);
  }
  return copy;
}

export const give = (path: string, { uid, gid }: ServerUser) => uid !== undefined && gid !== undefined && chownSync(path, uid, gid);

/** Asked as that user: modes, groups and mounts then need no interpreting. */
const isReachable = (path: string, user: ServerUser) => spawnSync('test', ['-x', path], { ...user, cwd: '/' }).status === 0;

function idOf(flag: '-u' | '-g'): number | undefined {
  const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : undefined;
}

function createUser() {
  try {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], {
      stdio: 'pipe',
    });
  } catch (error) {
    throw new Error('PostgreSQL does not run as root and the user "postgres" could not be created; start as an ordinary user', {
      cause: error,
    });
  }
}
