import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource, type EntitySchema, type MixedList } from 'typeorm';
import { inject } from 'vitest';
import { Clock, Database, KeyedHash, Keyring, Keys, lines } from '#platform';
import { loginRoles, type RoleUrls } from '../../migrations/bootstrap.js';

type Entities = MixedList<string | EntitySchema | (new () => object)>;

/** Time that a test moves by hand. */
export class TestClock extends Clock {
  constructor(private at = new Date('2026-09-07T16:14:00Z')) {
    super();
  }

  override now() {
    return new Date(this.at);
  }

  set(at: Date | string) {
    this.at = new Date(at);
  }

  advance({ days = 0, hours = 0, minutes = 0, seconds = 0 }: { days?: number; hours?: number; minutes?: number; seconds?: number }) {
    this.at = new Date(this.at.getTime() + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
  }
}

export type FreshDatabase = Awaited<ReturnType<typeof freshDatabase>>;

/** A database of its own, cloned from the migrated template, with everything a service needs to be made by hand. */
export async function freshDatabase({ entities = [] }: { entities?: Entities } = {}) {
  const { name, urls, drop } = await cloneDatabase();
  const sources: DataSource[] = [];
  const source = async (url: string) => {
    const made = await new DataSource({ type: 'postgres', url, entities, extra: lines(10) }).initialize();
    sources.push(made);
    return made;
  };
  const [app, worker, court, report, counters] = await Promise.all([
    source(urls.app),
    source(urls.worker),
    source(urls.court),
    source(urls.report),
    source(urls.app),
  ]);
  const clock = new TestClock();
  const secrets = testSecrets();
  const [contact, content] = [new Keyring(secrets.CONTACT_KEYS), new Keyring(secrets.CONTENT_KEYS)];
  return {
    name,
    urls,
    clock,
    secrets,
    hashes: new KeyedHash(secrets.HASH_KEY),
    keys: new Keys(clock, contact, content),
    workerKeys: new Keys(clock, contact, null),
    db: new Database(app, { court, report, counters }),
    workerDb: new Database(worker),
    /** A plain connection of a role, closed at the end. */
    connect: source,
    /** The superuser, who passes every policy: for arranging and for proving what is there. */
    admin: async <T extends object = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<T[]> =>
      (await asAdmin(name, sql, values)) as T[],
    drop: async () => {
      await Promise.all(sources.map((one) => one.destroy()));
      await drop();
    },
  };
}

/** Clones the template; `from` clones another database that nobody is connected to. */
export async function cloneDatabase(from = 'cabinet_template') {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin('postgres', `CREATE DATABASE ${name} TEMPLATE ${from} OWNER cabinet_owner`);
  const urls = Object.fromEntries(
    loginRoles.map((role) => [role, urlFor(name, `cabinet_${role}`, inject('passwords')[role] ?? '')]),
  ) as RoleUrls;
  return { name, urls, adminUrl: urlFor(name), drop: () => asAdmin('postgres', `DROP DATABASE ${name} WITH (FORCE)`) };
}

export const testSecrets = () => ({
  CONTENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  CONTACT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  HASH_KEY: randomBytes(32).toString('hex'),
});

function urlFor(database: string, user?: string, password?: string) {
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${database}`;
  if (user) url.username = user;
  if (password) url.password = password;
  return url.href;
}

async function asAdmin(database: string, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: urlFor(database) });
  await client.connect();
  try {
    return (await client.query(sql, values)).rows as unknown[];
  } finally {
    await client.end();
  }
}
