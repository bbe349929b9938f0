import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Debian's libfaketime, installed when a run asks for it and nobody has. */
export function provideFaketime(): string {
  const found = () =>
    readdirSync('/usr/lib')
      .map((folder) => join('/usr/lib', folder, 'faketime/libfaketimeMT.so.1'))
      .find((file) => existsSync(file));
  if (!found()) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'libfaketime'], { env, stdio: 'ignore' });
  }
  const file = found();
  if (!file) throw new Error('The clock is moved by libfaketime: install it (Debian: apt-get install libfaketime)');
  return file;
}
