import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../../apps/launcher/src/port.js';
import type { Server } from './house.js';
import { openXmpp } from './xmpp.js';

const packages = ['ejabberd', 'erlang-p1-pgsql'];
const schema = '/usr/share/ejabberd/sql/pg.sql';

/** Debian's packages, installed only because this comparison was asked for. */
export function provideEjabberd() {
  if (!existsSync(schema)) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update'], { env, stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...packages], { env, stdio: 'inherit' });
  }
  if (!existsSync(schema)) throw new Error(`Install ${packages.join(' and ')} (Debian) to compare with ejabberd`);
}

/** A database for its archive, beside ours in the same PostgreSQL. */
export async function prepareArchive(adminUrl: string): Promise<URL> {
  const url = new URL(adminUrl);
  const password = randomBytes(12).toString('hex');
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE ROLE ejabberd LOGIN PASSWORD '${password}'`);
  await admin.query('CREATE DATABASE ejabberd OWNER ejabberd');
  await admin.end();
  Object.assign(url, { pathname: '/ejabberd', username: 'ejabberd', password });
  const archive = new pg.Client({ connectionString: url.href });
  await archive.connect();
  await archive.query(readFileSync(schema, 'utf8'));
  await archive.end();
  return url;
}

/** ejabberd with rooms of its own kind (MUC), each message in the archive (MAM) in PostgreSQL before it is told; people without accounts. */
export async function startEjabberd(archive: URL, dir: string, roomIds: string[]): Promise<Server> {
  const home = join(dir, `ejabberd-${randomBytes(4).toString('hex')}`);
  mkdirSync(home, { recursive: true });
  const port = await freePort();
  writeFileSync(join(home, 'ejabberd.yml'), configuration(archive, port));
  const flags = ['-pa', programs(), '+K', 'true', '+P', '250000', '-noinput'];
  const app = ['-mnesia', 'dir', `"${home}"`, '-ejabberd', 'config', `"${home}/ejabberd.yml"`, 'log_path', `"${home}/ejabberd.log"`];
  const child = spawn('/usr/bin/erl', [...flags, ...app, '-s', 'ejabberd'], {
    env: { ...process.env, HOME: home, EJABBERD_LOG_PATH: join(home, 'ejabberd.log') },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  await untilItListens(port);
  const counter = new pg.Pool({ connectionString: archive.href, max: 1 });
  return {
    pid: child.pid!,
    port,
    seats: roomIds.flatMap((roomId) => Array.from({ length: 4 }, () => ({ roomId, headers: {} }))),
    open: openXmpp,
    hearings: 4,
    stop: async () => {
      child.kill('SIGKILL');
      await counter.end();
    },
    kept: async () => Number((await counter.query<{ n: string }>('SELECT count(*) AS n FROM archive')).rows[0]!.n),
  };
}

/** Where Debian keeps them: /usr/lib/ARCHITECTURE/ejabberd-VERSION/ebin. */
function programs(): string {
  const listed = spawnSync('dpkg', ['-L', 'ejabberd'], { encoding: 'utf8' }).stdout.split('\n');
  return listed.find((path) => /\/ejabberd-[^/]+\/ebin$/.test(path)) ?? '';
}

async function untilItListens(port: number) {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(200)) if ((await freePort(port)) !== port) return pause(2_000);
  throw new Error('ejabberd does not answer');
}

const configuration = (archive: URL, port: number) => `
hosts: [localhost]
loglevel: error
auth_method: [anonymous]
anonymous_protocol: sasl_anon
allow_multiple_connections: true
sql_type: pgsql
sql_server: ${archive.hostname}
sql_port: ${archive.port}
sql_database: ejabberd
sql_username: ejabberd
sql_password: "${archive.password}"
listen:
  -
    port: ${port}
    ip: 127.0.0.1
    module: ejabberd_c2s
    max_stanza_size: 262144
    backlog: 4096
modules:
  mod_muc:
    host: conference.localhost
    history_size: 0
    min_message_interval: 0
    max_user_conferences: 100
    default_room_options:
      mam: true
      persistent: false
  mod_mam:
    db_type: sql
    default: never
`;
