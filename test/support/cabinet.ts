import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { inject } from 'vitest';
import { startMailbox } from '../../apps/launcher/src/mailbox.js';
import { freePort } from '../../apps/launcher/src/port.js';
import { cloneDatabase, testSecrets } from './database.js';
import { Visitor } from './visitor.js';
import type { Wire } from './wire.js';

type Start = { at?: string; worker?: boolean; wire?: Wire };
export type Cabinet = Awaited<ReturnType<typeof startCabinet>>;

/** The whole cabinet in this process: api on a free port, worker, mailbox and fake SMS gateway, a database of its own, and a clock to turn. `wire`: what leads the api to PostgreSQL. */
export async function startCabinet({ at = '2026-09-07T16:14:00Z', worker = true, wire }: Start = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-cabinet-'));
  const clock = join(dir, 'clock');
  writeFileSync(clock, at);
  const database = await cloneDatabase();
  const mailbox = await startMailbox({ dir: join(dir, 'mailbox') });
  const port = await freePort(0);
  const origin = `http://127.0.0.1:${port}`;
  const secrets = testSecrets();
  const environment = { ...process.env };
  Object.assign(process.env, {
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    HOST: '127.0.0.1',
    PORT: String(port),
    WEB_ORIGIN: origin,
    DATA_DIR: dir,
    DATABASE_URL: wire ? through(wire, database.urls.app) : database.urls.app,
    WORKER_DATABASE_URL: database.urls.worker,
    COURT_DATABASE_URL: database.urls.court,
    REPORT_DATABASE_URL: database.urls.report,
    REDIS_URL: inject('redisUrl'),
    QUEUE_PREFIX: database.name,
    SMTP_URL: mailbox.smtpUrl,
    SMS_URL: mailbox.smsUrl,
    SMS_KEY: mailbox.smsKey,
    TEST_CLOCK: clock,
    ...secrets,
  });
  const { createApi } = await import('../../apps/api/src/create.js');
  const api = await createApi();
  await api.listen(port, '127.0.0.1');
  const hands = worker ? await (await import('../../apps/worker/src/create.js')).createWorker() : null;
  const admin = new pg.Pool({ connectionString: database.adminUrl, max: 2 });
  admin.on('error', () => undefined); // the database goes while it hangs up: of a client at rest the pool tells
  admin.on('connect', (client) => client.on('error', () => undefined));
  return {
    origin,
    port: (api.getHttpServer().address() as AddressInfo).port,
    database,
    secrets,
    mailbox,
    api,
    now: () => new Date(readFileSync(clock, 'utf8').trim()),
    setClock: (instant: string | Date) => writeFileSync(clock, new Date(instant).toISOString()),
    /** A browser without a page: keeps cookies, sends its Origin. */
    visitor: () => new Visitor(origin),
    /** The superuser, for arranging and for proving what is there. */
    admin: async <T = Record<string, unknown>>(sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as T[],
    stop: async () => {
      await hands?.close();
      await api.close();
      await admin.end();
      await mailbox.stop();
      await database.drop();
      rmSync(dir, { recursive: true, force: true });
      for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
      Object.assign(process.env, environment);
    },
  };
}

function through(wire: Wire, url: string): string {
  const led = new URL(url);
  wire.lead([Number(led.port)]);
  led.host = `127.0.0.1:${wire.port}`;
  return led.href;
}
