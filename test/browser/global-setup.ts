import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const build = `import { buildIfStale } from './apps/launcher/build.mjs'; buildIfStale();`;

/** The house runs as it is delivered, from dist: built anew where a source is newer, so that no journey walks yesterday's pages. Its stage lies with the scenarios and is built here. */
export default function buildTheStage() {
  execFileSync(process.execPath, ['--input-type=module', '--eval', build], { cwd: root, stdio: 'inherit' });
  const swc = resolve(root, 'node_modules/@swc/cli/bin/swc.js');
  execFileSync(process.execPath, [swc, 'test/scenarios', '-d', 'dist', '--quiet'], { cwd: root, stdio: 'inherit' });
}
