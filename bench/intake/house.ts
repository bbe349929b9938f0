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
import { newId } from '#platform';
import { spawnApi } from '../../test/support/api.js';
import { openSession } from '../../test/support/mediation.js';

/** PostgreSQL with fsync as it comes, Redis, an api and the bare peer beside it, and a coordinator who is signed in. */
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
  const desk = { id: newId(), role: 'coordinator' as const };
  await admin.query(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Ү', 'К', 'kk', $2, now())`, [
    desk.id,
    Buffer.from(desk.id),
  ]);
  const ask = async (sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as never[];
  const { cookie } = await openSession(ask, desk, new Date().toISOString());
  const secrets = {
    CONTENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    CONTACT_KEYS: `1:${randomBytes(32).toString('base64')}`,
    HASH_KEY: randomBytes(32).toString('hex'),
  };
  const api = await spawnApi({ urls, secrets, name: 'bench' }, { origin: 'http://127.0.0.1:9', redisUrl: redis.url });
  const bare = await startBare(here.href);
  return {
    admin,
    cookie,
    api,
    bare,
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
