import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { startRedis } from '../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles } from '../../migrations/bootstrap.js';

declare module 'vitest' {
  export interface ProvidedContext {
    adminUrl: string;
    passwords: Record<string, string>;
    redisUrl: string;
  }
}

/** One PostgreSQL and one Redis for the whole run, and a migrated template that every file clones. */
export default async function setup(project: TestProject) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-test-'));
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), fsync: false });
  const redis = await startRedis({ dir: join(dir, 'redis') });
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<
    (typeof loginRoles)[number],
    string
  >;
  await bootstrap(postgres.adminUrl, passwords, 'cabinet_template');
  await freeze(postgres.adminUrl);
  project.provide('adminUrl', postgres.adminUrl);
  project.provide('passwords', passwords);
  project.provide('redisUrl', redis.url);
  return async () => {
    await redis.stop();
    await postgres.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

/** A template with connections can't be cloned. */
async function freeze(adminUrl: string) {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`ALTER DATABASE cabinet_template WITH ALLOW_CONNECTIONS false IS_TEMPLATE true`);
  await admin.end();
}
