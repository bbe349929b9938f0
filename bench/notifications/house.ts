import { type ChildProcess, fork, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../apps/launcher/src/port.js';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { startRedis } from '../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles, type LoginRole } from '../../migrations/bootstrap.js';
import { returnApplications, settleApplicants } from '../../test/support/applicants.js';

export type House = Awaited<ReturnType<typeof openHouse>>;

/** PostgreSQL with fsync on, Redis, a mail server and `people` applicants with a case and an address each. */
export async function openHouse(people: number) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-bench-'));
  const postgres = await startPostgres({ dir: join(dir, 'postgres') });
  const redis = await startRedis({ dir: join(dir, 'redis') });
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
  const urls = await bootstrap(postgres.adminUrl, passwords);
  const admin = new pg.Pool({ connectionString: adminOf(postgres.adminUrl), max: 4 });
  const secrets = { CONTACT_KEYS: `1:${randomBytes(32).toString('base64')}`, HASH_KEY: randomBytes(32).toString('hex') };
  const cases = await settleApplicants(urls.app, admin, secrets.CONTACT_KEYS, people);
  const mail = await startMail();
  return {
    redis,
    admin,
    cases,
    mail,
    env: (more: Record<string, string> = {}) => ({
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      WEB_ORIGIN: 'https://kelisim.test',
      DATABASE_URL: urls.worker,
      WORKER_DATABASE_URL: urls.worker,
      REDIS_URL: redis.url,
      SMTP_URL: mail.url,
      MAIL_FROM: 'habar@kelisim.test',
      ...secrets,
      ...more,
    }),
    api: async (more: Record<string, string> = {}) => ({
      PATH: process.env.PATH ?? '',
      NODE_ENV: 'production',
      PORT: String(await freePort()),
      WEB_ORIGIN: 'https://kelisim.test',
      DATABASE_URL: urls.app,
      REDIS_URL: redis.url,
      CONTENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
      ...secrets,
      ...more,
    }),
    close: async () => {
      mail.stop();
      await admin.end();
      await redis.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export const happen = ({ admin, cases }: House, count: number) => returnApplications(admin, cases, count);

async function startMail() {
  const child = fork('bench/notifications/sink.ts', [], { execArgv: ['--conditions=source', '--import', './test/support/typescript.mjs'] });
  process.once('exit', () => child.kill());
  const arrived = new Map<string, number>();
  const url = await new Promise<string>((resolve) => {
    child.on('message', (told: { url?: string; mails?: [string, number][] }) => {
      if (told.url) resolve(told.url);
      for (const [id, at] of told.mails ?? []) arrived.set(id, at);
    });
  });
  return {
    url,
    arrived,
    until: async (count: number) => {
      while (arrived.size < count) await pause(5);
    },
    stop: () => child.kill(),
  };
}

export const startWorker = (env: Record<string, string>) => start('worker', env, 'at work');
export const startApi = (env: Record<string, string>) => start('api', env, 'started');

/** A process of its own, from the build, until it says that it is at work. */
async function start(app: 'api' | 'worker', env: Record<string, string>, words: string): Promise<ChildProcess> {
  const flags = ['--enable-source-maps', `dist/apps/${app}/src/main.js`];
  const child = spawn(process.execPath, flags, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  await new Promise<void>((resolve) => child.stdout.on('data', (chunk: Buffer) => chunk.includes(words) && resolve()));
  return child;
}

/** CPU seconds a process has used. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
export const memoryOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;

function adminOf(url: string) {
  const here = new URL(url);
  here.pathname = '/cabinet';
  return here.href;
}
