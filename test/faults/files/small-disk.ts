import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk of a few megabytes that fills up as any does. Who may not mount one cannot show anything here, and is told so. */
export function smallDisk(bytes: number) {
  const folder = mkdtempSync(join(tmpdir(), 'kelisim-disk-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'kelisim-disk', folder], { encoding: 'utf8' });
  if (mounted.status !== 0) {
    rmdirSync(folder);
    throw new Error(
      `A full disk needs a small disk: run this as root, where a tmpfs may be mounted. mount said: ${mounted.stderr || String(mounted.error)}`,
    );
  }
  return {
    folder,
    free: () => {
      const { bavail, bsize } = statfsSync(folder);
      return bavail * bsize;
    },
    unmount: () => {
      const gone = spawnSync('umount', [folder], { encoding: 'utf8' });
      if (gone.status !== 0) throw new Error(`The small disk is still mounted: ${gone.stderr}`);
      rmdirSync(folder);
    },
  };
}
