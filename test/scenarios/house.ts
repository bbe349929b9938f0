import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { openSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Running, startChild } from '../../apps/launcher/src/child.js';
import { seedDemo } from '../../apps/launcher/src/demo-seed.js';
import type { DemoAccount } from '../../apps/launcher/src/demo/hire.js';
import { Inbox } from '../../apps/launcher/src/demo/inbox.js';
import { type Environment, environments } from '../../apps/launcher/src/environment.js';
import { startMailbox } from '../../apps/launcher/src/mailbox.js';
import { freePort } from '../../apps/launcher/src/port.js';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { startRedis } from '../../apps/launcher/src/redis.js';
import { secretsIn } from '../../apps/launcher/src/secrets.js';
import { bootstrap } from '../../migrations/index.js';
import { startBucket } from './bucket.js';

export type House = Awaited<ReturnType<typeof openHouse>>;
const ending = { signals: ['SIGTERM', 'SIGKILL'] as NodeJS.Signals[], graceMs: 10_000 };

/** A whole cabinet of its own under a clock that can be turned: servers, api and worker as processes, demo staff. Everything it writes lies in `dir`; `s3`: files in a bucket. */
export async function openHouse({ s3 = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-house-'));
  const clock = join(dir, 'clock');
  const time = new HouseTime(clock, new Date('2026-08-31T04:00:00.000Z'));
  const [postgres, redis, mailbox, port] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres') }),
    startRedis({ dir: join(dir, 'redis') }),
    startMailbox({ dir: join(dir, 'mailbox') }),
    freePort(),
  ]);
  const secrets = secretsIn(join(dir, 'secrets.json'));
  const roles = await bootstrap(postgres.adminUrl, secrets.passwords);
  const sms = { SMS_URL: mailbox.smsUrl, SMS_KEY: mailbox.smsKey };
  const parts = { roles, redisUrl: redis.url, smtpUrl: mailbox.smtpUrl, sms, port, webPorts: [port], dataDir: dir, secrets };
  for (const name of ['tmp', 'files']) mkdirSync(join(dir, name));
  const bucket = s3 ? await startBucket(join(dir, 's3')) : null;
  const base = { ...process.env, ...(bucket ? { S3_URL: bucket.url } : {}) };
  const env = environments(parts, { ...base, TMPDIR: join(dir, 'tmp'), NODE_ENV: 'test', DEMO: 'true', TEST_CLOCK: clock });
  const accounts = JSON.parse(readFileSync(await seedDemo(env.api), 'utf8')) as { accounts: DemoAccount[] };
  const running = { api: await child('api', env.api, dir), worker: await child('worker', env.worker, dir) };
  const origin = `http://localhost:${port}`;
  await untilReady(origin, dir);
  return {
    dir,
    /** Where the files of people lie: folders below `dir`. */
    storages: ['files', ...(bucket ? ['s3'] : [])],
    origin,
    roles,
    redisUrl: redis.url,
    postgresFolder: postgres.folder,
    adminUrl: adminOf(postgres.adminUrl),
    mailbox,
    inbox: new Inbox(mailbox.webUrl),
    accounts: new Map(accounts.accounts.map((one) => [one.name, one])),
    now: () => new Date(readFileSync(clock, 'utf8')),
    setClock: (at: Date) => time.set(at),
    /** Lets the clock run from where it stands, `factor` times as fast as the day. */
    flow: (factor: number) => time.flow(factor),
    /** As a crash would: without a word. It is started again at once. */
    kill: async (name: 'api' | 'worker') => {
      process.kill(running[name].pid, 'SIGKILL');
      await running[name].exited;
      running[name] = await child(name, env[name], dir);
      if (name === 'api') await untilReady(origin, dir);
    },
    /** Another api beside the first, on a port of its own, as while a new one is put in place of an old one. */
    second: async () => {
      const beside = await freePort();
      const other = await child('api', { ...env.api, PORT: String(beside) }, dir);
      await untilReady(`http://localhost:${beside}`, dir);
      return { port: beside, stop: () => other.stop() };
    },
    /** What api and worker called errors. */
    faults: () =>
      ['api.log', 'worker.log'].flatMap((name) =>
        readFileSync(join(dir, name), 'utf8')
          .split('\n')
          .filter((line) => /"level":"(error|fatal)"/.test(line)),
      ),
    close: async ({ keep = false } = {}) => {
      time.stop();
      await Promise.all([running.api.stop(), running.worker.stop()]);
      await mailbox.stop();
      await redis.stop();
      await postgres.stop();
      await bucket?.close();
      if (!keep) rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The hour that api and worker read; a reader never finds half of it. */
class HouseTime {
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly file: string,
    private at: Date,
  ) {
    this.set(at);
  }

  set(at: Date) {
    this.at = at;
    writeFileSync(`${this.file}.next`, at.toISOString());
    renameSync(`${this.file}.next`, this.file);
  }

  flow(factor: number) {
    this.timer = setInterval(() => this.set(new Date(this.at.getTime() + 100 * factor)), 100);
  }

  stop() {
    clearInterval(this.timer);
  }
}

async function child(name: 'api' | 'worker', env: Environment, dir: string): Promise<Running> {
  const log = join(dir, `${name}.log`);
  appendFileSync(log, '');
  const out = openSync(log, 'a');
  return startChild(process.execPath, [resolve(`dist/apps/${name}/src/main.js`)], { env, stdio: ['ignore', out, out] }, ending);
}

async function untilReady(origin: string, dir: string) {
  for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
    if ((await fetch(`${origin}/api/health/ready`).catch(() => null))?.ok) return;
  }
  throw new Error(`the api does not answer:\n${readFileSync(join(dir, 'api.log'), 'utf8').slice(-2000)}`);
}

/** The superuser in the cabinet's own database: for planting canaries. */
function adminOf(url: string) {
  const own = new URL(url);
  own.pathname = '/cabinet';
  return own.href;
}
