import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { buildIfStale } from '../apps/launcher/build.mjs';

/** `npm run bench -- NAME [flags]`: runs bench/NAME/main.ts, which prints a table and writes bench/results/NAME.json. */
const [name = '', ...flags] = process.argv.slice(2);
const file = `bench/${name}/main.ts`;
if (!name || !existsSync(file)) {
  const known = readdirSync('bench', { withFileTypes: true }).filter((one) => existsSync(`bench/${one.name}/main.ts`));
  console.log(`npm run bench -- ${known.map((one) => one.name).join('|')}`);
  process.exit(1);
}
buildIfStale(...(process.argv.includes('web') ? [] : ['server'])); // a part or a bench of that name opens pages
const runner = ['--conditions=source', '--import', './test/support/typescript.mjs', '--expose-gc', file, ...flags];
const child = spawn(process.execPath, runner, { stdio: 'inherit' });
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
