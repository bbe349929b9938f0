import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import type { FreshDatabase } from './database.js';

type Options = {
  smtpUrl?: string;
  sms?: { smsUrl: string; smsKey: string };
  redisUrl?: string;
  /** The hour at which time stands. */
  clock?: string;
  /** A file that holds the hour, to turn it. */
  clockFile?: string;
  origin?: string;
};

/** What a worker is told: its database role, contact keys, and nothing that opens content. Without a clock time runs as it does. */
export function workerEnvironment(
  fresh: FreshDatabase,
  { smtpUrl, sms, redisUrl, clock, clockFile, origin = 'https://kelisim.test' }: Options,
): NodeJS.ProcessEnv {
  const { CONTACT_KEYS, HASH_KEY } = fresh.secrets;
  const TEST_CLOCK = clockFile ?? (clock && join(mkdtempSync(join(tmpdir(), 'clock-')), 'now'));
  if (clock && TEST_CLOCK) writeFileSync(TEST_CLOCK, clock);
  return {
    NODE_ENV: 'test',
    WEB_ORIGIN: origin,
    DATABASE_URL: fresh.urls.worker,
    WORKER_DATABASE_URL: fresh.urls.worker,
    REDIS_URL: redisUrl ?? inject('redisUrl'),
    QUEUE_PREFIX: fresh.name,
    MAIL_FROM: 'habar@kelisim.test',
    CONTACT_KEYS,
    HASH_KEY,
    ...(smtpUrl ? { SMTP_URL: smtpUrl } : {}),
    ...(sms ? { SMS_URL: sms.smsUrl, SMS_KEY: sms.smsKey } : {}),
    ...(TEST_CLOCK ? { TEST_CLOCK } : {}),
  };
}

export type WorkerProcess = Awaited<ReturnType<typeof spawnWorker>>;

/** A worker as a process of its own, from the sources: one that can be killed. */
export async function spawnWorker(env: NodeJS.ProcessEnv, under: string[] = []) {
  const flags = ['--conditions=source', '--import', './test/support/typescript.mjs', 'apps/worker/src/main.ts'];
  const [program = '', ...before] = [...under, process.execPath];
  const child: ChildProcess = spawn(program, [...before, ...flags], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk: Buffer) => {
      said.push(chunk.toString());
      if (said.join('').includes('The worker is at work')) resolve();
    });
    child.stderr!.on('data', (chunk: Buffer) => said.push(chunk.toString()));
    child.once('exit', (code, signal) => reject(new Error(`The worker ended (${code ?? signal}): ${said.join('').slice(-2_000)}`)));
  });
  const ended = once(child, 'exit');
  await ready;
  ready.catch(() => undefined);
  return {
    pid: child.pid!,
    said: () => said.join(''),
    end: async (signal: NodeJS.Signals = 'SIGTERM') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}
