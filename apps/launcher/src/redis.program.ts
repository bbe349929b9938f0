import { spawnSync } from 'node:child_process';

/** Streams, job schedulers and `--set-proc-title` need this one. */
const oldest = [6, 2] as const;

const advice =
  'Redis is missing: install redis-server 6.2 or newer (Debian, Ubuntu: apt-get install redis-server; macOS: brew install redis)';

/** `redis-server` on the PATH, else installed with the system's packages when we are root there. */
export function findRedisServer(): string {
  if (!versionOf('redis-server')) installAsRoot();
  const version = versionOf('redis-server');
  if (!version || version[0] < oldest[0] || (version[0] === oldest[0] && version[1] < oldest[1])) throw new Error(advice);
  return 'redis-server';
}

function versionOf(program: string): [number, number] | undefined {
  const { status, stdout } = spawnSync(program, ['--version'], { encoding: 'utf8' });
  const found = status === 0 && /v=(\d+)\.(\d+)/.exec(stdout);
  return found ? [Number(found[1]), Number(found[2])] : undefined;
}

function installAsRoot() {
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log('Installing redis-server with apt-get ...');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'redis-server'], { env, stdio: 'ignore' });
}
