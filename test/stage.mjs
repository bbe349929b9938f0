import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Runs one stage, shows what it says, and counts. A stage that fails without naming a failed test has failed once. */
export async function runStage({ name, run, counts }, env) {
  console.log(`\n── ${name}`);
  const began = performance.now();
  const { code, output } = await runShown(run, env);
  const counted = (counts && readCounts(counts, output)) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  if (code !== 0 && counted.failed === 0) counted.failed = 1;
  return { name, ...counted, seconds: (performance.now() - began) / 1000 };
}

function runShown([program, ...args], env) {
  const path = `${resolve(root, 'node_modules/.bin')}${delimiter}${env.PATH}`;
  const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  const child = spawn(program, args, { cwd: root, env: { ...env, ...colour, PATH: path }, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    output += chunk;
  });
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => done({ code, output }));
  });
}

/** A report that was not written means that the run broke off: nothing in it counts as passed. */
function readCounts(counts, output) {
  try {
    return counts(output);
  } catch (error) {
    console.error(`No report: ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}

/** What is skipped did not show that it holds: it counts as failed. */
export function vitestCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((one) => one.status !== 'failed'),
  );
  const failed = report.numFailedTests + report.numPendingTests + report.numTodoTests + broken.length;
  return { passed: report.numPassedTests, failed };
}

export function playwrightCounts(file) {
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped + errors.length };
}

export function countedLine(output) {
  const found = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (!found) throw new Error('there is no line "N passed, N failed"');
  return { passed: Number(found[1]), failed: Number(found[2]) };
}
