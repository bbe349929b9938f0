import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { commandLineOf } from './leftover.js';
import { AlreadyRuns, RunFile } from './run-file.js';

const dir = mkdtempSync(join(tmpdir(), 'run-'));
const file = join(dir, 'run.json');
const api = join(dir, 'dist', 'apps', 'api', 'main.js');
beforeEach(() => {
  rmSync(file, { force: true });
  mkdirSync(join(api, '..'), { recursive: true });
  writeFileSync(api, 'setInterval(() => {}, 1000)');
});
afterAll(() => rmSync(dir, { recursive: true }));

/** As a launcher that was killed leaves it: its own process is gone, its children are not. */
async function abandoned(pids: Record<string, number>) {
  const run = new RunFile(file);
  await run.claim();
  run.children(pids);
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  kept.launcher = { pid: process.pid, birth: 'an earlier life' };
  writeFileSync(file, JSON.stringify(kept));
}

it('gives the folder to one launcher at a time and says where it answers', async () => {
  const first = new RunFile(file);
  await first.claim();
  first.answersAt('http://localhost:3000');
  await expect(new RunFile(file).claim()).rejects.toThrow(`Kelisim already runs (process ${process.pid}): http://localhost:3000`);
  await expect(new RunFile(file).claim()).rejects.toBeInstanceOf(AlreadyRuns);
});

it('ends the children that a killed launcher left', async () => {
  const left = spawn(process.execPath, [api]);
  await abandoned({ api: left.pid! });
  await new RunFile(file).claim();
  expect(commandLineOf(left.pid!)).toBe('');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ launcher: { pid: process.pid }, children: {} });
});

it('leaves alone who got the process id since, and programs that are not its own', async () => {
  const later = spawn(process.execPath, [api]);
  const foreign = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await abandoned({ api: later.pid!, worker: foreign.pid! });
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  kept.children.api.birth = 'before';
  writeFileSync(file, JSON.stringify(kept));
  await new RunFile(file).claim();
  expect(commandLineOf(later.pid!)).toContain(api);
  expect(commandLineOf(foreign.pid!)).toContain('setInterval');
  later.kill();
  foreign.kill();
});
