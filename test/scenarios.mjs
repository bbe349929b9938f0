import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

// Builds what is not built yet, then plays. `npm run scenarios -- [--dir DIR] [slug ...]`
const swc = (...args) =>
  execFileSync(process.execPath, ['node_modules/@swc/cli/bin/swc.js', ...args, '-d', 'dist', '--quiet'], { stdio: 'inherit' });
if (!existsSync('dist/apps/api/src/main.js')) execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'inherit' });
swc('test/scenarios');
await import('../dist/test/scenarios/main.js');
