import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../../apps/launcher/src/port.js';
import { type Postgres, startPostgres } from '../../../apps/launcher/src/postgres.js';
import { type RedisServer, startRedis } from '../../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles, type LoginRole } from '../../../migrations/bootstrap.js';
import { returnApplications, settleApplicants } from '../../support/applicants.js';
import { openSession } from '../../support/mediation.js';
import { startSink } from '../../support/smtp.js';
import { turnableClock } from './clock.js';
import { watchApi } from './watch.js';

export type House = Awaited<ReturnType<typeof openHouse>>;
export const people = 200;

/**
 * A house whose servers can be broken one by one: PostgreSQL with fsync on, Redis with its file, a mail server, an api that must go on
 * answering, and workers. `build` is the folder of the built server that runs in it.
 */
export async function openHouse({ build = 'dist' } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-faults-'));
  let postgres: Postgres = await startPostgres({ dir: join(dir, 'postgres') });
  let redis: RedisServer = await startRedis({ dir: join(dir, 'redis') });
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
  const urls = await bootstrap(postgres.adminUrl, passwords);
  const admin = new pg.Pool({ connectionString: postgres.adminUrl.replace(/\/postgres$/, '/cabinet'), max: 4 });
  admin.on('error', () => undefined);
  const key = () => `1:${randomBytes(32).toString('base64')}`;
  const secrets = { CONTACT_KEYS: key(), HASH_KEY: randomBytes(32).toString('hex') };
  const cases = await settleApplicants(urls.app, admin, secrets.CONTACT_KEYS, people);
  const sink = await startSink();
  const clock = turnableClock(join(dir, 'clock'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'test',
    TEST_CLOCK: clock.file,
    WEB_ORIGIN: `http://127.0.0.1:${port}`,
    REDIS_URL: redis.url,
    SMTP_URL: sink.url,
    MAIL_FROM: 'habar@kelisim.test',
    DATA_DIR: dir,
    ...secrets,
  };
  const run = (app: 'api' | 'worker', more: Record<string, string>) =>
    spawn(process.execPath, ['--enable-source-maps', `${build}/apps/${app}/src/main.js`], {
      env: { ...env, ...more },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const workers = new Set<ChildProcess>();
  const api = run('api', { PORT: String(port), DATABASE_URL: urls.app, CONTENT_KEYS: key() });
  api.stdout.resume();
  const { rows } = await admin.query<{ id: string }>('SELECT created_by AS id FROM cases LIMIT 1');
  const asker = { id: rows[0]!.id, role: 'citizen' as const };
  const { cookie } = await openSession((sql, values) => admin.query(sql, values), asker, clock.now().toISOString());
  const answers = watchApi(env.WEB_ORIGIN, cookie);
  await answers.untilBegun();
  return {
    admin,
    cases,
    sink,
    clock,
    answers,
    redisUrl: redis.url,
    happen: (count: number) => returnApplications(admin, cases, count, clock.now()),
    hire: async () => {
      const worker = run('worker', { DATABASE_URL: urls.worker, WORKER_DATABASE_URL: urls.worker });
      workers.add(worker);
      await said(worker, 'at work');
      return { kill: () => end(worker).then(() => void workers.delete(worker)) };
    },
    /** Facts go on happening: fifty at a time, until all have happened. */
    trickle: async (count: number, everyMs = 100) => {
      for (let left = count; left > 0; left -= 50) {
        await returnApplications(admin, cases, Math.min(50, left), clock.now());
        await pause(everyMs);
      }
    },
    stopRedis: () => redis.stop(),
    startRedis: async () => {
      redis = await startRedis({ dir: join(dir, 'redis') });
    },
    stopPostgres: () => postgres.stop(),
    startPostgres: async () => {
      postgres = await startPostgres({ dir: join(dir, 'postgres') });
    },
    restartPostgres: async () => {
      await postgres.stop();
      postgres = await startPostgres({ dir: join(dir, 'postgres') });
    },
    close: async () => {
      answers.stop();
      await Promise.all([...workers, api].map(end));
      clock.stop();
      await admin.end();
      await sink.stop();
      await redis.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

const said = (from: ChildProcess, words: string) =>
  new Promise<void>((resolve, reject) => {
    from.stdout!.on('data', (chunk: Buffer) => chunk.includes(words) && resolve());
    from.once('exit', (code, signal) => reject(new Error(`It ended before it was at work: ${code ?? signal}`)));
  });

async function end(one: ChildProcess) {
  if (one.exitCode !== null || one.signalCode !== null) return;
  const ended = once(one, 'exit');
  one.kill('SIGKILL');
  await ended;
}
