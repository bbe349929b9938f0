import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { freePort } from '../../apps/launcher/src/port.js';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { startRedis } from '../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles, type LoginRole } from '../../migrations/bootstrap.js';
import { dataConsent } from '#contract';
import { newId } from '#platform';
import { spawnApi } from '../../test/support/api.js';
import { openSession } from '../../test/support/mediation.js';
import type { Server } from './load.js';

const origin = 'http://127.0.0.1:9';
export type House = Awaited<ReturnType<typeof openHouse>>;

/** PostgreSQL with fsync as it comes, Redis, an api and the bare peer beside it, a coordinator who is signed in, and citizens who will be. */
export async function openHouse() {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-bench-'));
  const postgres = await startPostgres({ dir: join(dir, 'postgres') });
  const redis = await startRedis({ dir: join(dir, 'redis') });
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
  const urls = await bootstrap(postgres.adminUrl, passwords);
  const here = new URL(postgres.adminUrl);
  here.pathname = '/cabinet';
  const admin = new pg.Client({ connectionString: here.href });
  await admin.connect();
  const secrets = {
    CONTENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    CONTACT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    HASH_KEY: randomBytes(32).toString('hex'),
  };
  const desk = await signIn(admin, 'coordinator');
  const api = await spawnApi(
    { urls, secrets, name: 'bench' },
    { origin, redisUrl: redis.url, ...(process.env.HOOKS ? { hooks: process.env.HOOKS } : {}) },
  );
  const bare = await startBare(here.href);
  const serverFor = (cookie: string): Server => ({ port: api.port, headers: { cookie, origin } });
  return {
    admin,
    adminUrl: postgres.adminUrl,
    api,
    bare: bare as Server & { child: ChildProcess },
    ours: serverFor(desk),
    citizens: async (count: number) => {
      const cookies = [];
      for (let at = 0; at < count; at += 1) cookies.push(await signIn(admin, 'citizen'));
      return cookies.map(serverFor);
    },
    fsync: ((await admin.query('SHOW fsync')).rows as [{ fsync: string }])[0].fsync,
    close: async () => {
      bare.child.kill();
      await api.end('SIGKILL');
      await admin.end();
      await redis.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function signIn(admin: pg.Client, role: 'coordinator' | 'citizen'): Promise<string> {
  const person = { id: newId(), role };
  const ask = async (sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as never[];
  await ask(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Үмітова', 'Кәмила', 'kk', $2, now())`,
    [person.id, Buffer.from(person.id)],
  );
  const { document, version } = dataConsent;
  await ask('INSERT INTO consents (person_id, document, version, given_at) VALUES ($1, $2, $3, now())', [person.id, document, version]);
  return (await openSession(ask, person, new Date().toISOString())).cookie;
}

async function startBare(databaseUrl: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort(0);
  const child = fork('bench/intake/bare.ts', [], {
    execArgv: ['--conditions=source', '--import', './test/support/typescript.mjs'],
    env: { PATH: process.env.PATH, NODE_ENV: 'production', DATABASE_URL: databaseUrl, PORT: String(port) },
  });
  process.once('exit', () => child.kill());
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`the peer ended with ${code}`)));
  });
  return { port, child };
}
