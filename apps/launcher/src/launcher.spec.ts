import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { commandLineOf } from './leftover.js';
import { freePort } from './port.js';

const dir = mkdtempSync(join(tmpdir(), 'launcher-'));
const patience = { timeout: 60_000, interval: 100 };
let port: number;
let launcher: ChildProcess | undefined;

beforeAll(async () => {
  port = await freePort();
  launcher = await started();
}, 120_000);
afterAll(async () => {
  await stopped('SIGTERM');
  rmSync(dir, { recursive: true, force: true });
});

function start(program = process.execPath, ...args: string[]) {
  const env = { ...process.env, DATA_DIR: dir, PORT: String(port), NODE_ENV: undefined, DATABASE_URL: undefined, REDIS_URL: undefined };
  const child = spawn(program, args.length > 0 ? args : ['apps/launcher/start.mjs'], {
    env: { ...env, SMTP_URL: undefined, SMS_URL: undefined, npm_lifecycle_event: undefined },
    stdio: 'pipe',
  });
  const said = { text: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said.text += chunk.toString()));
  return { child, said };
}

/** Once it has told how to stop it, it is up. */
async function started(...command: string[]) {
  const { child, said } = start(...command);
  await vi.waitFor(() => expect(said.text.includes('Ctrl-C') || child.exitCode !== null).toBe(true), patience);
  expect(child.exitCode, said.text).toBe(null);
  return child;
}

async function stopped(signal: NodeJS.Signals) {
  if (!launcher || launcher.exitCode !== null || launcher.signalCode !== null) return;
  launcher.kill(signal);
  await once(launcher, 'exit');
}

const pids = () => {
  const { children } = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')) as { children: Record<string, { pid: number }> };
  return Object.fromEntries(Object.entries(children).map(([name, { pid }]) => [name, pid]));
};
const isReady = async () => (await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => undefined))?.status;

it('answers, and keeps its secrets to its owner', async () => {
  expect(await isReady()).toBe(200);
  expect(Object.keys(pids()).toSorted()).toEqual(['api', 'mailbox', 'postgres', 'redis', 'worker']);
  expect(statSync(join(dir, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(statSync(dir).mode & 0o066).toBe(0);
});

it('tells a second start that it runs, and where', async () => {
  const { child, said } = start();
  await once(child, 'exit');
  expect(child.exitCode).toBe(0);
  expect(said.text).toContain(`Kelisim already runs (process ${launcher?.pid}): http://localhost:${port}`);
});

it.each(['api', 'worker', 'redis', 'postgres'])(
  'brings a killed %s back',
  async (name) => {
    const before = pids()[name]!;
    process.kill(before, 'SIGKILL');
    await vi.waitFor(() => expect(pids()[name] ?? before).not.toBe(before), patience);
    await vi.waitFor(async () => expect(await isReady()).toBe(200), patience);
  },
  90_000,
);

it('resumes after it was killed itself, and leaves nobody behind', async () => {
  const left = pids();
  const secrets = readFileSync(join(dir, 'secrets.json'), 'utf8');
  await stopped('SIGKILL');
  expect(commandLineOf(left.api!)).not.toBe('');
  launcher = await started();
  expect(await isReady()).toBe(200);
  expect(['api', 'worker', 'redis', 'postgres'].filter((name) => commandLineOf(left[name]!) !== '')).toEqual([]);
  expect(readFileSync(join(dir, 'secrets.json'), 'utf8')).toBe(secrets);
}, 120_000);

const alive = (running: Record<string, number>) =>
  Object.entries(running).filter(([name, pid]) => name !== 'mailbox' && commandLineOf(pid) !== '');

it('stops everything when it is told to', async () => {
  const running = pids();
  await stopped('SIGTERM');
  expect(launcher?.exitCode).toBe(0);
  expect(alive(running)).toEqual([]);
  expect(existsSync(join(dir, 'run.json'))).toBe(false);
}, 60_000);

it('stops everything when the npm that started it is told to', async () => {
  launcher = await started('npm', 'start');
  const running = pids();
  await stopped('SIGTERM');
  await vi.waitFor(() => expect(existsSync(join(dir, 'run.json'))).toBe(false), patience);
  expect(alive(running)).toEqual([]);
}, 120_000);
