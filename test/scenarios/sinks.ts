import { appendFileSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { House } from './house.js';
import type { Listener } from './listener.js';

/** A place where words could end up: all it holds now, and a way to put a word there. */
export type Found = { where: string; text: string; who?: string; scene?: string };
export type Sink = { name: string; read: () => Promise<Found[]>; plant: (words: string[]) => Promise<() => Promise<void>> };

export function sinksOf(house: House, listener: Listener, adminUrl: string): Sink[] {
  return [
    heard(listener),
    ...['mailbox', 'api.log', 'worker.log', ...house.storages, 'tmp'].map((name) => files(house, name)),
    postgresLog(house),
    redisKeys(house),
    redisFiles(house),
    tables(house, adminUrl),
    views(house, adminUrl),
  ];
}

/** Replies and socket frames, by who received them. */
const heard = (listener: Listener): Sink => ({
  name: 'replies and frames',
  read: async () => listener.heard.map(({ who, what, scene, text }) => ({ where: `${scene}: ${who}: ${what}`, text, who, scene })),
  plant: async (words) => {
    const before = listener.heard.length;
    for (const text of words) listener.heard.push({ scene: 'canary', who: 'nobody', what: 'canary', text });
    return async () => void listener.heard.splice(before, words.length);
  },
});

const files = ({ dir }: House, name: string): Sink => folder(name, join(dir, name));
const postgresLog = ({ postgresFolder }: House): Sink => folder('PostgreSQL log', join(postgresFolder, 'postgres.log'));
const redisFiles = ({ dir }: House): Sink => folder('Redis files', join(dir, 'redis'));

/** A file, or every file below a folder. A canary is a line at the end of the file, or a file of its own. */
const folder = (name: string, path: string): Sink => ({
  name,
  read: async () => filesBelow(path).map((file) => ({ where: relative(path, file) || name, text: readFileSync(file).toString('utf8') })),
  plant: async (words) => {
    if (statSync(path).isDirectory()) {
      const file = join(path, 'canary.txt');
      writeFileSync(file, words.join('\n'));
      return async () => rmSync(file);
    }
    appendFileSync(path, `${words.join('\n')}\n`);
    return async () => undefined;
  },
});

const filesBelow = (path: string): string[] =>
  statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesBelow(join(path, name))) : [path];

/** Every key of Redis with its value, whatever its type: queues' payloads among them. */
const redisKeys = ({ redisUrl }: House): Sink => ({
  name: 'Redis keys',
  read: () =>
    withRedis(redisUrl, async (redis) => {
      const keys = await redis.keys('*');
      return Promise.all(keys.map(async (key) => ({ where: key, text: `${key} ${JSON.stringify(await valueOf(redis, key))}` })));
    }),
  plant: (words) =>
    withRedis(redisUrl, async (redis) => {
      await redis.hset('canary', Object.fromEntries(words.entries()));
      return () => withRedis(redisUrl, async (again) => void (await again.del('canary')));
    }),
});

async function valueOf(redis: Redis, key: string): Promise<unknown> {
  const type = await redis.type(key);
  if (type === 'hash') return redis.hgetall(key);
  if (type === 'list') return redis.lrange(key, 0, -1);
  if (type === 'set') return redis.smembers(key);
  if (type === 'zset') return redis.zrange(key, '0', '-1');
  if (type === 'stream') return redis.xrange(key, '-', '+');
  return redis.get(key);
}

/** Every table, as the backup reads it: past every policy. */
const tables = ({ roles }: House, adminUrl: string): Sink => ({
  name: 'tables as the backup reads them',
  read: () =>
    withClient(roles.backup, async (client) => {
      const names = (
        await client.query<{ name: string }>(
          `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'keys')`,
        )
      ).rows;
      const found: Found[] = [];
      for (const { name } of names)
        for (const row of (await client.query<{ text: string }>(`SELECT t::text AS text FROM ${name} t`)).rows)
          found.push({ where: name, text: row.text });
      return found;
    }),
  plant: async (words) => {
    await withClient(adminUrl, async (client) => {
      for (const word of words) await client.query(`INSERT INTO throttles VALUES ($1, '2000-01-01', 0)`, [word]);
    });
    return () =>
      withClient(adminUrl, async (client) => void (await client.query(`DELETE FROM throttles WHERE window_start = '2000-01-01'`)));
  },
});

/** What the court and the reports can ask for. */
const views = ({ roles }: House, adminUrl: string): Sink => ({
  name: 'views of court, reports and worker',
  read: async () => {
    const read = (url: string, view: string) =>
      withClient(url, async (client) => {
        await client.query(`SELECT set_config('cabinet.court', 'OSKEMEN_CITY', false), set_config('cabinet.role', 'court', false)`);
        return (await client.query<{ text: string }>(`SELECT v::text AS text FROM ${view} v`)).rows.map(({ text }) => ({
          where: view,
          text,
        }));
      });
    return [
      ...(await read(roles.court, 'court_cases')),
      ...(await read(roles.court, 'court_facts')),
      ...(await read(roles.report, 'report_table')),
      ...(await read(roles.worker, 'room_unread')),
      ...(await read(roles.worker, 'gathering_questions')),
    ];
  },
  plant: async (words) => {
    const ids = words.map(() => randomUUID());
    await withClient(adminUrl, async (client) => {
      for (const [at, word] of words.entries()) {
        await client.query(
          `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, court_id, created_at, filed_at, rules_on)
           SELECT $1, $2, 'WITHDRAWN', p.created_at, $3, 'x', 'kk', p.id, 'OSKEMEN_CITY', p.created_at, p.created_at, '2026-01-01' FROM persons p LIMIT 1`,
          [ids[at], `canary-${at}`, word],
        );
      }
    });
    return () => withClient(adminUrl, async (client) => void (await client.query('DELETE FROM cases WHERE id = ANY($1)', [ids])));
  },
});

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}

async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
