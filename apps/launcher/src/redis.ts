import { closeSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { type Running, startChild } from './child.js';
import { keep, newSecret, readKept } from './kept.js';
import { pidIn, stopLeftover } from './leftover.js';
import { openLog } from './log-file.js';
import { freePort } from './port.js';
import { findRedisServer } from './redis.program.js';

type Kept = { port: number; password: string };

const endings: NodeJS.Signals[] = ['SIGTERM', 'SIGKILL'];

export type RedisServer = Running & { url: string; port: number };

/** Starts Redis on `dir`: loopback, append-only file, nothing evicted; port and password stay the same from start to start. */
export async function startRedis({ dir, port }: { dir: string; port?: number }): Promise<RedisServer> {
  const program = findRedisServer();
  const folder = resolve(dir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await stopRedisOn(folder);

  const keptFile = join(folder, 'server.json');
  const kept: Kept = readKept<Kept>(keptFile) ?? { port: 0, password: newSecret() };
  kept.port = await freePort(port ?? kept.port);
  keep(keptFile, kept);

  const server = await launch(program, folder, kept);
  const url = `redis://:${kept.password}@127.0.0.1:${kept.port}`;
  await untilReady(url, server);
  return { ...server, url, port: kept.port };
}

async function stopRedisOn(folder: string) {
  const pidFile = join(folder, 'redis.pid');
  const pid = pidIn(pidFile);
  if (pid === undefined) return;
  await stopLeftover(pid, (commandLine) => commandLine.includes('redis-server') && commandLine.includes(`--dir ${folder} `), endings);
  rmSync(pidFile, { force: true });
}

async function launch(program: string, folder: string, { port, password }: Kept): Promise<Running> {
  const secret = join(folder, 'redis.conf');
  writeFileSync(secret, `requirepass ${password}\n`, { mode: 0o600 });
  const log = openLog(join(folder, 'redis.log'));
  const flags = ['--dir', folder, '--bind', '127.0.0.1', '--port', String(port), '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  // The title is kept as started: the next launcher knows its leftover by the folder in it.
  const options = [...flags, '--save', '', '--set-proc-title', 'no'];
  try {
    const stdio: ['ignore', number, number] = ['ignore', log, log];
    const server = await startChild(program, [secret, ...options], { cwd: folder, stdio }, { signals: endings, graceMs: 10_000 });
    writeFileSync(join(folder, 'redis.pid'), `${server.pid}\n`);
    return server;
  } finally {
    closeSync(log);
  }
}

async function untilReady(url: string, server: Running) {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  const ended = server.exited.then(() => Promise.reject(new Error('Redis does not start; see redis.log in the data folder')));
  try {
    await Promise.race([ended, pinged(client)]);
  } finally {
    client.disconnect();
  }
}

/** Answers PING once the append-only file is loaded. */
async function pinged(client: Redis) {
  for (let waited = 0; waited < 60_000; waited += 25) {
    try {
      if (client.status !== 'ready') await client.connect();
      await client.ping();
      return;
    } catch {
      await pause(25);
    }
  }
  throw new Error('Redis does not answer after a minute; see redis.log in the data folder');
}
