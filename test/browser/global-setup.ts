import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** The house runs as it is delivered, from dist; its stage lies with the scenarios and is built here. */
export default function buildTheStage() {
  for (const built of ['dist/apps/api/src/main.js', 'dist/web/index.html']) {
    if (!existsSync(resolve(root, built))) throw new Error(`${built} is not there: npm run build`);
  }
  const swc = resolve(root, 'node_modules/@swc/cli/bin/swc.js');
  execFileSync(process.execPath, [swc, 'test/scenarios', '-d', 'dist', '--quiet'], { cwd: root, stdio: 'inherit' });
}
