import { closeSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Ending, type Exit, type Running, startChild } from './child.js';
import type { Environment } from './environment.js';
import { openLog } from './log-file.js';
import { startMailbox } from './mailbox.js';
import { freePort } from './port.js';
import { startPostgres } from './postgres.js';
import { startRedis } from './redis.js';
import type { Supervisor } from './supervise.js';

const dist = fileURLToPath(new URL('../../..', import.meta.url));
const root = join(dist, '..');
const appEnding: Ending = { signals: ['SIGTERM', 'SIGKILL'], graceMs: 10_000 };
const usualPort = 3000;
const usualMailboxPort = 8025;

export async function postgres(supervisor: Supervisor, dir: string): Promise<string> {
  let url = '';
  await supervisor.add({
    postgres: async () => {
      const server = await startPostgres({ dir });
      if (!url && server.folder !== dir) console.log(`  PostgreSQL's user cannot enter ${dir}; the database is in ${server.folder}`);
      url = server.adminUrl;
      return server;
    },
  });
  return url;
}

export async function redis(supervisor: Supervisor, dir: string): Promise<string> {
  let url = '';
  await supervisor.add({
    redis: async () => {
      const server = await startRedis({ dir });
      url = server.url;
      return server;
    },
  });
  return url;
}

export type Mail = { smtpUrl: string; sms: Environment; page?: string };

/** The mailbox lives in the launcher's own process; it is left out when both of its tasks are somebody else's. */
export async function mailbox(supervisor: Supervisor, dir: string, own: NodeJS.ProcessEnv): Promise<Mail> {
  const foreignSms = own.SMS_URL ? { SMS_URL: own.SMS_URL, SMS_KEY: own.SMS_KEY ?? '' } : undefined;
  if (own.SMTP_URL && foreignSms) return { smtpUrl: own.SMTP_URL, sms: foreignSms };
  const started = startMailbox({ dir, webPort: usualMailboxPort });
  await supervisor.add({ mailbox: async () => asRunning(await started) });
  const { smtpUrl, webUrl, smsUrl, smsKey } = await started;
  return { smtpUrl: own.SMTP_URL ?? smtpUrl, sms: foreignSms ?? { SMS_URL: smsUrl, SMS_KEY: smsKey }, page: webUrl };
}

/** A port that was asked for is used or refused; without one, the usual or any other. */
export async function webPort(asked: string | undefined): Promise<number> {
  const port = await freePort(asked ? Number(asked) : usualPort);
  if (asked && asked !== '0' && port !== Number(asked)) throw new Error(`port ${asked} is taken; set PORT to another`);
  return port;
}

/** Api or worker: its JSON log in a file of its own, or on the screen while its sources are watched. */
export async function app(name: 'api' | 'worker', env: Environment, dataDir: string, isWatched: boolean): Promise<Running> {
  const main = join(dist, 'apps', name, 'src', 'main.js');
  if (isWatched) return node(['--watch', '--watch-preserve-output', main], env, 'inherit');
  mkdirSync(join(dataDir, 'logs'), { recursive: true, mode: 0o700 });
  const log = openLog(join(dataDir, 'logs', `${name}.log`));
  try {
    return await node([main], env, log);
  } finally {
    closeSync(log);
  }
}

/** Rebuilds what is saved: the server's files into dist, where `node --watch` sees them, the web app in the browser. */
export const watchers = (own: NodeJS.ProcessEnv) => {
  const program = (name: string) => join(root, 'node_modules', name);
  const folders = ['apps/api', 'apps/worker', 'libs', 'migrations'];
  return {
    swc: () => node([program('@swc/cli/bin/swc.js'), ...folders, '-d', 'dist', '--copy-files', '--watch'], own, 'inherit'),
    vite: () =>
      node([program('vite/bin/vite.js'), 'apps/web', '--host', '127.0.0.1', '--strictPort', '--clearScreen', 'false'], own, 'inherit'),
  };
};

const node = (args: string[], env: NodeJS.ProcessEnv, output: number | 'inherit') =>
  startChild(process.execPath, ['--enable-source-maps', ...args], { env, cwd: root, stdio: ['ignore', output, output] }, appEnding);

function asRunning(part: { stop(): Promise<void> }): Running {
  let end: (exit: Exit) => void;
  const exited = new Promise<Exit>((resolve) => (end = resolve));
  const stop = async () => {
    await part.stop();
    end({ code: 0, signal: null });
  };
  return { pid: process.pid, exited, stop };
}
