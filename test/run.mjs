import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildIfStale } from '../apps/launcher/build.mjs';
import { installIfStale, refuseOldNode } from '../apps/launcher/install.mjs';
import { provideChromium, provideClamd, provideRedis } from './provide.mjs';
import { countedLine, playwrightCounts, runStage, vitestCounts } from './stage.mjs';

refuseOldNode();
installIfStale();
const chromium = provideChromium();
provideClamd();
buildIfStale();
await provideRedis();

const reports = mkdtempSync(join(tmpdir(), 'kelisim-reports-'));
const units = join(reports, 'vitest.json');
const journeys = join(reports, 'playwright.json');
const env = { ...process.env, CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: journeys };

/** All of it runs, whatever failed before: one run tells everything. `counts` reads how many passed; without it a stage is one check. */
const stages = [
  { name: 'Types', run: ['tsc', '--noEmit'] },
  { name: 'Lint', run: ['oxlint'] },
  { name: 'Format', run: ['prettier', '--check', '--log-level', 'warn', '.'] },
  {
    name: 'Units, integration, e2e',
    run: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${units}`],
    counts: () => vitestCounts(units),
  },
  {
    name: 'Browser',
    run: ['playwright', 'test', '--config', 'test/browser/playwright.config.ts', '--reporter=list,json'],
    counts: () => playwrightCounts(journeys),
  },
  { name: 'Scenarios', run: ['npm', 'run', '--silent', 'scenarios'], counts: (output) => countedLine(output) },
];

const began = performance.now();
const results = [];
for (const stage of stages) results.push(await runStage(stage, env));
rmSync(reports, { recursive: true, force: true });

const sum = (what) => results.reduce((total, result) => total + result[what], 0);
console.log();
for (const { name, passed, failed, seconds } of results) {
  console.log(
    `${name.padEnd(26)} ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed ${seconds.toFixed(1).padStart(8)} s`,
  );
}
console.log(`${'Together'.padEnd(26)} ${' '.repeat(26)}${((performance.now() - began) / 1000).toFixed(1).padStart(8)} s\n`);
console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
process.exitCode = sum('failed') ? 1 : 0;
