import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { startChild } from './child.js';
import { commandLineOf } from './leftover.js';
import { Supervisor } from './supervise.js';
import { eventually } from '../../../test/support/eventually.js';

const lines: string[] = [];
let supervisor = new Supervisor();
afterEach(async () => {
  await supervisor.stop();
  lines.length = 0;
});

const fresh = () => (supervisor = new Supervisor({ say: (line) => lines.push(line), firstDelayMs: 20 }));
const node = (script: string, graceMs = 2_000) =>
  startChild(process.execPath, ['-e', script], {}, { signals: ['SIGTERM', 'SIGKILL'], graceMs });
const sleeper = () => node('setInterval(() => {}, 1000)');
/** Says so on paper once its handler stands. */
const stubborn = (paper: string) => () =>
  node(`process.on('SIGTERM', () => {}); require('node:fs').writeFileSync('${paper}', '.'); setInterval(() => {}, 1000)`, 200);

it('starts a killed child again, and only that one', async () => {
  await fresh().add({ api: sleeper, worker: sleeper });
  const before = supervisor.pids();
  process.kill(before.api!, 'SIGKILL');
  await eventually(() => expect(supervisor.pids().api).toBeGreaterThan(0));
  await eventually(() => expect(supervisor.pids().api).not.toBe(before.api));
  expect(supervisor.pids().worker).toBe(before.worker);
  expect(lines).toEqual(['api was ended by SIGKILL, starting it again']);
});

it('waits longer each time for a child that keeps ending', async () => {
  const times: number[] = [];
  await fresh().add({
    api: () => {
      times.push(Date.now());
      return node('process.exit(3)');
    },
  });
  await vi.waitFor(() => expect(times.length).toBeGreaterThan(4), { timeout: 10_000 });
  expect(times[4]! - times[3]!).toBeGreaterThanOrEqual(160);
  expect(lines[0]).toBe('api ended with code 3, starting it again');
});

it('goes on trying when a start itself fails, but tells the first failure to the caller', async () => {
  let tries = 0;
  const failing = async () => {
    tries += 1;
    if (tries === 2 || tries === 3) throw new Error('port taken');
    return tries === 1 ? node('process.exit(1)') : sleeper();
  };
  await fresh().add({ redis: failing });
  await eventually(() => expect(tries).toBe(4));
  await eventually(() => expect(supervisor.pids().redis).toBeGreaterThan(0));
  await expect(supervisor.add({ mailbox: () => Promise.reject(new Error('no disk')) })).rejects.toThrow('no disk');
});

it('stops the last group first, and by force what does not listen', async () => {
  fresh();
  const ended: string[] = [];
  const told = (name: string, start: typeof sleeper) => async () => {
    const child = await start();
    void child.exited.then(() => ended.push(name));
    return child;
  };
  await supervisor.add({ postgres: told('postgres', sleeper) });
  const paper = join(await mkdtemp(join(tmpdir(), 'stubborn-')), 'stands');
  await supervisor.add({ api: told('api', stubborn(paper)) });
  const pids = Object.values(supervisor.pids());
  await eventually(() => access(paper));
  await supervisor.stop();
  expect(ended).toEqual(['api', 'postgres']);
  expect(pids.map(commandLineOf)).toEqual(['', '']);
  await rm(dirname(paper), { recursive: true });
  expect(lines).toEqual([]);
});

it('stops while a child is about to be started again', async () => {
  supervisor = new Supervisor({ say: (line) => lines.push(line), firstDelayMs: 60_000 });
  await supervisor.add({ api: () => node('process.exit(0)') });
  await eventually(() => expect(lines).toHaveLength(1));
  await supervisor.stop();
  expect(supervisor.pids()).toEqual({});
});
