import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, expect, it, vi } from 'vitest';
import { commandLineOf } from './leftover.js';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';
import { Supervisor } from './supervise.js';

const postgresDir = mkdtempSync(join(tmpdir(), 'postgres-'));
const redisDir = mkdtempSync(join(tmpdir(), 'redis-'));
afterAll(() => [postgresDir, redisDir].forEach((dir) => rmSync(dir, { recursive: true, force: true })));

async function query(url: string, sql: string) {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

it('takes PostgreSQL over from a launcher that was killed, with all that was committed', async () => {
  const left = await startPostgres({ dir: postgresDir });
  await query(left.adminUrl, 'CREATE TABLE kept AS SELECT 7 AS n');
  const next = await startPostgres({ dir: postgresDir });
  expect(commandLineOf(left.pid)).toBe('');
  expect(next.adminUrl).toBe(left.adminUrl);
  expect(await query(next.adminUrl, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await next.stop();
  expect(commandLineOf(next.pid)).toBe('');
});

it('is not stopped by a lock file whose process id is another program by now', async () => {
  const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  writeFileSync(join(postgresDir, 'data', 'postmaster.pid'), `${other.pid}\n`);
  const server = await startPostgres({ dir: postgresDir });
  expect(commandLineOf(other.pid!)).not.toBe('');
  other.kill();
  await server.stop();
});

it('brings PostgreSQL back on the same port after it was killed', async () => {
  const supervisor = new Supervisor({ firstDelayMs: 20 });
  let url = '';
  const start = async () => {
    const server = await startPostgres({ dir: postgresDir });
    url = server.adminUrl;
    return server;
  };
  await supervisor.add({ postgres: start });
  const before = { url, pid: supervisor.pids().postgres! };
  process.kill(before.pid, 'SIGKILL');
  await vi.waitFor(() => expect(supervisor.pids().postgres ?? before.pid).not.toBe(before.pid), { timeout: 10_000 });
  expect(url).toBe(before.url);
  expect(await query(url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
  await supervisor.stop();
});

it('writes nothing of a statement, a parameter or a row to the log, whatever goes wrong', async () => {
  const { adminUrl, stop } = await startPostgres({ dir: postgresDir, fsync: false });
  await query(adminUrl, 'CREATE TABLE said (body text UNIQUE CHECK (length(body) < 30))');
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  for (const body of ['secret-canary', 'secret-canary', 'secret-canary that is far too long for it']) {
    await client.query('INSERT INTO said VALUES ($1)', [body]).catch(() => undefined);
  }
  await client.query("SELECT 'secret-canary'::int").catch(() => undefined);
  await client.end();
  await stop();
  const log = readFileSync(join(postgresDir, 'postgres.log'), 'utf8');
  expect(log).toContain('database system is ready');
  expect(log).not.toContain('canary');
});

it('refuses PostgreSQL without the password and from a socket', async () => {
  const { adminUrl, port, stop } = await startPostgres({ dir: postgresDir });
  await expect(query(adminUrl.replace(/:[^:@]+@/, ':guess@'), 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(await query(adminUrl, 'SHOW unix_socket_directories')).toEqual([{ unix_socket_directories: '' }]);
  expect(await query(adminUrl, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(port).toBeGreaterThan(0);
  await stop();
});

it('takes Redis over from a launcher that was killed, with what it held', async () => {
  const left = await startRedis({ dir: redisDir });
  const client = new Redis(left.url);
  await client.set('kept', 'yes');
  client.disconnect();
  const next = await startRedis({ dir: redisDir });
  expect(commandLineOf(left.pid)).toBe('');
  expect(next.url).toBe(left.url);
  const again = new Redis(next.url);
  expect(await again.get('kept')).toBe('yes');
  expect(await again.config('GET', 'maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  again.disconnect();
  await next.stop();
});

it('lets nobody into Redis without the password', async () => {
  const { port, stop } = await startRedis({ dir: redisDir });
  const stranger = new Redis(port, { lazyConnect: true });
  stranger.on('error', () => undefined);
  await expect(stranger.get('kept')).rejects.toThrow(/NOAUTH/);
  stranger.disconnect();
  await stop();
});

it('finds PostgreSQL another place when its user cannot enter the folder', async () => {
  const closed = mkdtempSync(join(tmpdir(), 'closed-'));
  mkdirSync(join(closed, 'state'), { mode: 0o700 });
  const server = await startPostgres({ dir: join(closed, 'state', 'postgres') });
  expect(await query(server.adminUrl, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await server.stop();
  const again = await startPostgres({ dir: join(closed, 'state', 'postgres') });
  expect(again.folder).toBe(server.folder);
  await again.stop();
  for (const folder of [server.folder, closed]) rmSync(folder, { recursive: true, force: true });
});
