import { type ChildProcess, fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { Clock, Keyring, Keys, newId } from '#platform';
import { startPostgres } from '../../apps/launcher/src/postgres.js';
import { startRedis } from '../../apps/launcher/src/redis.js';
import { bootstrap, loginRoles, type LoginRole } from '../../migrations/bootstrap.js';
import { spawnApi } from '../../test/support/api.js';
import type { Opening, Seat } from './crowd.js';
import { prepareArchive, startEjabberd } from './ejabberd.js';
import { openSocketIo } from './socketio.js';

export type House = Awaited<ReturnType<typeof openHouse>>;
export type Server = {
  pid: number;
  port: number;
  seats: Seat[];
  open: Opening;
  /** How often a message is told in all, if not to four members and its author once more. */
  hearings?: number;
  stop: () => unknown;
  /** Messages in its archive. */
  kept: () => Promise<number>;
};
const origin = 'http://kelisim.test';
const children = new Set<ChildProcess>();
process.once('exit', () => children.forEach((child) => child.kill()));

/** PostgreSQL with fsync on, Redis, and `rooms` rooms of four people, each signed in; a table of their own for the peers. */
export async function openHouse(rooms: number) {
  const dir = mkdtempSync(join(tmpdir(), 'kelisim-bench-'));
  const postgres = await startPostgres({ dir: join(dir, 'postgres') });
  const redis = await startRedis({ dir: join(dir, 'redis') });
  const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
  const urls = await bootstrap(postgres.adminUrl, passwords);
  const adminUrl = new URL(postgres.adminUrl);
  adminUrl.pathname = '/cabinet';
  const admin = new pg.Pool({ connectionString: adminUrl.href, max: 4 });
  const key = () => `1:${randomBytes(32).toString('base64')}`;
  const secrets = { CONTENT_KEYS: key(), CONTACT_KEYS: key(), HASH_KEY: randomBytes(32).toString('hex') };
  await admin.query(
    'CREATE TABLE peer_messages (id bigserial PRIMARY KEY, room_id uuid NOT NULL, client_id uuid NOT NULL, body text NOT NULL, at timestamptz NOT NULL)',
  );
  const seats = await seat(admin, new Keyring(secrets.CONTENT_KEYS), rooms);
  await admin.query('ANALYZE');
  const countOf = async (table: string) => Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]!.n);
  let archive: URL | undefined;
  return {
    admin,
    postmaster: postgres.pid,
    cabinet: async (): Promise<Server> => {
      const api = await spawnApi({ name: 'bench', urls, secrets }, { origin, redisUrl: redis.url });
      return { pid: api.pid, port: api.port, seats, open: openSocketIo, stop: () => api.end(), kept: () => countOf('messages') };
    },
    peer: async (how: 'insert' | 'group' | 'nothing'): Promise<Server> => {
      const execArgv = ['--conditions=source', '--import', './test/support/typescript.mjs'];
      const child = fork('bench/rooms/peer.ts', [how], { execArgv, env: { ...process.env, PEER_DATABASE_URL: adminUrl.href } });
      children.add(child);
      const port = await new Promise<number>((resolve) => child.once('message', (told: { port: number }) => resolve(told.port)));
      return {
        pid: child.pid!,
        port,
        seats: seats.map(({ roomId }) => ({ roomId, headers: {} })),
        open: openSocketIo,
        stop: () => child.kill(),
        kept: () => countOf('peer_messages'),
      };
    },
    ejabberd: async (): Promise<Server> => {
      archive ??= await prepareArchive(postgres.adminUrl);
      return startEjabberd(archive, dir, [...new Set(seats.map(({ roomId }) => roomId))]);
    },
    /** So many sealed messages in one room, for its people to search. */
    fill: (many: number) => fill(admin, new Keyring(secrets.CONTENT_KEYS), seats[0]!, many),
    close: async () => {
      await admin.end();
      await redis.stop();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Put there by SQL, past the triggers: what a room needs to be entered and written in. */
async function seat(admin: pg.Pool, ring: Keyring, count: number): Promise<Seat[]> {
  const at = new Date().toISOString();
  const rooms = Array.from({ length: count }, () => newId());
  const people = rooms.flatMap((roomId) =>
    Array.from({ length: 4 }, () => ({ roomId, id: newId(), token: randomBytes(32).toString('base64url') })),
  );
  const keys = rooms.map((id) => ring.wrap(randomBytes(32), `room:${id}:1`).wrapped);
  const column = <T>(of: (one: (typeof people)[number]) => T) => people.map(of);
  const client = await admin.connect();
  await client.query('SET session_replication_role = replica');
  await client.query(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) SELECT id, 'С', 'А', 'kk', decode(replace(id::text, '-', ''), 'hex'), $2 FROM unnest($1::uuid[]) id`,
    [column(({ id }) => id), at],
  );
  await client.query(`INSERT INTO person_roles (person_id, role, granted_at) SELECT id, 'citizen', $2 FROM unnest($1::uuid[]) id`, [
    column(({ id }) => id),
    at,
  ]);
  await client.query(
    `INSERT INTO sessions (id, token_hash, person_id, role, created_at, last_seen_at, expires_at)
     SELECT gen_random_uuid(), hash, id, 'citizen', $3, $3, $3::timestamptz + interval '12 hours' FROM unnest($1::uuid[], $2::bytea[]) x(id, hash)`,
    [column(({ id }) => id), column(({ token }) => createHash('sha256').update(token).digest()), at],
  );
  await client.query(
    `INSERT INTO rooms (id, case_id, kind, opened_at) SELECT id, gen_random_uuid(), 'joint', $2 FROM unnest($1::uuid[]) id`,
    [rooms, at],
  );
  await client.query(
    `INSERT INTO room_members (room_id, person_id, capacity, side, joined_at) SELECT room, id, 'party', 'A', $3 FROM unnest($1::uuid[], $2::uuid[]) x(room, id)`,
    [column(({ roomId }) => roomId), column(({ id }) => id), at],
  );
  await client.query(
    `INSERT INTO keys.data_keys (scope, scope_id, version, master_id, wrapped, created_at) SELECT 'room', id, 1, '1', key, $3 FROM unnest($1::uuid[], $2::bytea[]) x(id, key)`,
    [rooms, keys, at],
  );
  await client.query('SET session_replication_role = DEFAULT');
  client.release();
  return people.map(({ roomId, token }) => ({ roomId, headers: { cookie: `kelisim=${token}`, origin } }));
}

const words = [
  'дуал',
  'шекара',
  'жер',
  'көрші',
  'су',
  'құжат',
  'келісім',
  'өтемақы',
  'мерзім',
  'бала',
  'пәтер',
  'қарыз',
  'жалақы',
  'жөндеу',
];

/** Sealed as the cabinet seals them, each body of twelve words; returns the case of that room. */
async function fill(admin: pg.Pool, ring: Keyring, { roomId }: Seat, many: number): Promise<string> {
  const { rows } = await admin.query<{ case_id: string; author: string; wrapped: Buffer }>(
    `SELECT r.case_id, k.wrapped, (SELECT person_id FROM room_members m WHERE m.room_id = r.id LIMIT 1) AS author
     FROM rooms r JOIN keys.data_keys k ON k.scope_id = r.id WHERE r.id = $1`,
    [roomId],
  );
  const { case_id, author, wrapped } = rows[0]!;
  const key = { key: ring.unwrap(wrapped, '1', `room:${roomId}:1`), version: 1 };
  const keys = new Keys(new Clock(), ring, ring);
  const clientIds = Array.from({ length: many }, () => newId());
  const body = (at: number) => Array.from({ length: 12 }, (_, n) => words[(at * (n + 3) + n) % words.length]).join(' ');
  const bodies = clientIds.map((id, at) => keys.sealWith(key, body(at), `${roomId}|${author}|${id}`));
  const client = await admin.connect();
  await client.query('SET session_replication_role = replica');
  const from = Number((await client.query<{ n: string }>('SELECT last_seq AS n FROM rooms WHERE id = $1', [roomId])).rows[0]!.n);
  await client.query(
    `INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at)
     SELECT $1, $2 + ord, gen_random_uuid(), $3, client, body, body, now() FROM unnest($4::uuid[], $5::bytea[]) WITH ORDINALITY x(client, body, ord)`,
    [roomId, from, author, clientIds, bodies],
  );
  await client.query('UPDATE rooms SET last_seq = $2 WHERE id = $1', [roomId, from + many]);
  await client.query('SET session_replication_role = DEFAULT');
  client.release();
  return case_id;
}

const ticks = (pid: number | string, withChildren: boolean) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return [11, 12, ...(withChildren ? [13, 14] : [])].reduce((sum, at) => sum + Number(fields[at]), 0) / 100;
};
export const memoryOf = (pid: number) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);

/** CPU seconds that a server and PostgreSQL with all its sessions have used so far. */
export function cpuOf(pid: number, postmaster: number): number {
  const isOurs = (other: string) => {
    try {
      return readFileSync(`/proc/${other}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(postmaster);
    } catch {
      return false;
    }
  };
  const sessions = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && isOurs(name));
  const safely = (one: string) => {
    try {
      return ticks(one, false);
    } catch {
      return 0;
    }
  };
  return ticks(pid, false) + ticks(postmaster, true) + sessions.reduce((sum, one) => sum + safely(one), 0);
}
