import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect } from 'vitest';
import { type Postgres, startPostgres } from '../../../apps/launcher/src/postgres.js';
import { type RedisServer, startRedis } from '../../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles, type LoginRole } from '../../../migrations/bootstrap.js';
import { type ApiProcess, spawnApi } from '../../support/api.js';
import type { RoomMember } from '../../support/member.js';
import { startWire } from '../../support/wire.js';
import { audit, clean, gather, talk } from './talk.js';

export const minute = 60_000;
/** What everybody says while harm is done, if a fault does not ask for more. */
export const said = Number(process.env.FAULT_SAID ?? 1_000);
export type FaultyHouse = Awaited<ReturnType<typeof openHouse>>;
type Options = { cases?: number; under?: string[]; /** Loaded into each api. */ hooks?: string };

/** Two api processes behind one address that can fail, people in their rooms, PostgreSQL (fsync on) and Redis of their own: each can be broken. */
export async function openHouse({ cases = 4, under = [], hooks }: Options = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-faults-'));
  const wire = await startWire();
  let [postgres, redis]: [Postgres, RedisServer] = await Promise.all([
    startPostgres({ dir: join(dir, 'postgres') }),
    startRedis({ dir: join(dir, 'redis') }),
  ]);
  const { pool, ...house } = await furnish(postgres.adminUrl);
  const start = () => spawnApi(house, { origin: wire.origin, redisUrl: redis.url, under, ...(hooks ? { hooks } : {}) });
  const apis: ApiProcess[] = await Promise.all([start(), start()]);
  const lead = () => wire.lead(apis.map(({ port }) => port));
  lead();
  const members: RoomMember[] = await gather(house, wire.origin, { cases, perSide: 2 });
  return {
    ...house,
    wire,
    members,
    apis,
    redisUrl: redis.url,
    renew: async (at: number, signal: NodeJS.Signals) => {
      await apis[at]!.end(signal);
      apis[at] = await start();
      lead();
    },
    restartRedis: async (after: () => Promise<unknown>) => {
      await redis.stop();
      await after();
      redis = await startRedis({ dir: join(dir, 'redis') });
    },
    /** SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one: as a crash, with recovery at the start. */
    restartPostgres: async (signal: 'SIGINT' | 'SIGQUIT', after: () => Promise<unknown>) => {
      process.kill(postgres.pid, signal);
      await postgres.exited;
      await after();
      postgres = await startPostgres({ dir: join(dir, 'postgres') });
    },
    close: async () => {
      for (const member of members) member.leave();
      await Promise.all(apis.map((api) => api.end('SIGKILL')));
      await pool.end();
      await Promise.all([wire.stop(), redis.stop(), postgres.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function furnish(adminUrl: string) {
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
  const urls = await bootstrap(adminUrl, passwords);
  const here = new URL(adminUrl);
  here.pathname = '/cabinet';
  const pool = new pg.Pool({ connectionString: here.href, max: 2 });
  pool.on('error', () => undefined); // PostgreSQL is restarted under it
  const key = () => `1:${randomBytes(32).toString('base64')}`;
  const secrets = { CONTENT_KEYS: key(), CONTACT_KEYS: key(), HASH_KEY: randomBytes(32).toString('hex') };
  const admin = async <T extends object>(sql: string, values: unknown[] = []) => (await pool.query<T>(sql, values)).rows;
  return { name: 'faults', urls, secrets, admin, pool };
}

type Saying = { each?: number; perSecond?: number; body?: string };

/** Everybody talks while harm is done; then nothing is lost, doubled, out of order or overheard, in the database and in everybody's own log. */
export async function through(fault: string, house: FaultyHouse, harm: () => Promise<object | void>, saying: Saying = {}) {
  const { each = said, perSecond = 80, body = '' } = saying;
  const sum = (of: (one: RoomMember) => number) => house.members.reduce((total, one) => total + of(one), 0);
  const [begun, before] = [Date.now(), sum((one) => one.acknowledged.length)];
  const [figures] = await Promise.all([harm(), talk(house.members, each, { perSecond, said: body })]);
  const findings = await audit(house, house.members, 4 * minute);
  const told = { retries: sum((one) => one.retries), answersLost: sum((one) => one.answersLost), seconds: (Date.now() - begun) / 1_000 };
  console.log(`${fault}: ${JSON.stringify({ ...figures, ...told, ...findings })}`);
  const all = before + house.members.length * each;
  expect(findings).toEqual({ ...clean, acknowledged: all, stored: all });
  return told;
}
