import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
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
import { median, type Row, tell } from '../results.js';

/**
 * `npm run bench -- files [--short]`: a file of 25 MB sent by one, and 50 such files sent at once: from the first byte until it is sealed, looked at
 * and on the disk, beside bare Fastify that writes the same bytes as they come; and the memory that each holds at most meanwhile.
 */
const isShort = process.argv.includes('--short');
const [rounds, together, megabytes] = isShort ? [2, 10, 5] : [5, 50, 25];
const origin = 'http://127.0.0.1:9';
const dir = mkdtempSync(join(tmpdir(), 'kelisim-bench-'));
const postgres = await startPostgres({ dir: join(dir, 'postgres') });
const redis = await startRedis({ dir: join(dir, 'redis') });
const passwords = Object.fromEntries(loginRoles.map((role) => [role, randomBytes(12).toString('hex')])) as Record<LoginRole, string>;
const urls = await bootstrap(postgres.adminUrl, passwords);
const here = new URL(postgres.adminUrl);
here.pathname = '/cabinet';
const admin = new pg.Pool({ connectionString: here.href, max: 4 });
const ask = async (sql: string, values: unknown[] = []) => (await admin.query(sql, values)).rows as never[];
const secrets = {
  CONTENT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  CONTACT_KEYS: `1:${randomBytes(32).toString('base64')}`,
  HASH_KEY: randomBytes(32).toString('hex'),
};
const person = { id: newId(), role: 'citizen' as const };
await ask(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'А', 'Б', 'kk', $2, now())`, [
  person.id,
  Buffer.from(person.id),
]);
const { cookie } = await openSession(ask, person, new Date().toISOString());
const api = await spawnApi({ urls, secrets, name: 'bench' }, { origin, redisUrl: redis.url, dataDir: dir });
const bare = await startBare();

/** A paper of so many bytes, each another one: the same file to the same place would only go on. */
function paper(): Buffer {
  const head = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n2 0 obj\n<< /Length 1 >>\nstream\n';
  const tail = '\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n';
  return Buffer.concat([Buffer.from(head), randomBytes(megabytes * 1024 * 1024 - head.length - tail.length), Buffer.from(tail)]);
}

async function place(): Promise<string> {
  const id = newId();
  await ask(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
     VALUES ($1, $2, 'SUBMITTED', now(), 'neighbours', 'oskemen', 'kk', $3, now(), now(), '2026-09-07')`,
    [id, `B-${id}`, person.id],
  );
  return id;
}

function send(port: number, method: string, path: string, headers: object, body?: Buffer): Promise<{ status: number; location: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', method, path, headers: { ...headers, 'content-length': body?.length ?? 0 } },
      (reply) => reply.resume().once('end', () => resolve({ status: reply.statusCode!, location: reply.headers.location ?? '' })),
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

async function ours(file: Buffer): Promise<void> {
  const said = { name: 'paper.pdf', sha256: createHash('sha256').update(file).digest('hex'), purpose: 'power', caseId: await place() };
  const metadata = Object.entries(said).map(([name, value]) => `${name} ${Buffer.from(value).toString('base64')}`);
  const who = { cookie, origin, 'tus-resumable': '1.0.0' };
  const { location } = await send(api.port, 'POST', '/api/uploads', {
    ...who,
    'upload-length': file.length,
    'upload-metadata': metadata.join(),
  });
  const bytes = { ...who, 'upload-offset': 0, 'content-type': 'application/offset+octet-stream' };
  const { status } = await send(api.port, 'PATCH', location, bytes, file);
  if (status !== 204) throw new Error(`an upload was answered with ${status}`);
}

const theirs = async (file: Buffer) =>
  void (await send(bare.port, 'PUT', `/files/${newId()}`, { 'content-type': 'application/offset+octet-stream' }, file));

async function startBare() {
  const port = await freePort(0);
  const child = fork('bench/files/bare.ts', [], {
    execArgv: ['--import', './test/support/typescript.mjs'],
    env: { PATH: process.env.PATH, PORT: String(port), FOLDER: join(dir, 'bare') },
  });
  process.once('exit', () => child.kill());
  await new Promise<void>((resolve) => child.once('message', () => resolve()));
  return { port, child };
}

/** The most that a process has held since `forget` (Linux: VmHWM), in MB. */
const forget = (pid: number) => writeFileSync(`/proc/${pid}/clear_refs`, '5');
const most = (pid: number) => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

const samples: Record<string, number[]> = {};
const note = (name: string, value: number) => (samples[name] ??= []).push(value);
async function timed(name: string, pid: number, files: Buffer[], sender: (file: Buffer) => Promise<void>) {
  forget(pid);
  const begun = performance.now();
  await Promise.all(files.map((file) => sender(file)));
  note(name, (files.length * megabytes) / ((performance.now() - begun) / 1000));
  note(`${name} memory`, most(pid));
}

const shared = Array.from({ length: 10 }, paper);
for (const file of shared.slice(0, 2)) await Promise.all([ours(file), theirs(file)]); // warm
for (let round = 0; round < rounds; round += 1) {
  const one = [shared[round % shared.length]!];
  await timed('ours one', api.pid, one, ours);
  await timed('bare one', bare.child.pid!, one, theirs);
}
for (let round = 0; round < Math.min(rounds, 2); round += 1) {
  const many = Array.from({ length: together }, (_, at) => shared[at % shared.length]!);
  await timed('ours many', api.pid, many, ours);
  await timed('bare many', bare.child.pid!, many, theirs);
  console.log(`round ${round + 1}: ${samples['ours many']!.at(-1)!.toFixed(0)} and ${samples['bare many']!.at(-1)!.toFixed(0)} MB/s`);
}

const row = (what: string, name: string, unit: string): Row => {
  const [value, peer] = [median(samples[`ours ${name}`]!), median(samples[`bare ${name}`]!)];
  return { what, value, unit, peer, ratio: value / peer, bar: null, pass: null };
};
const held = Math.max(...samples['ours many memory']!);
tell(
  'files',
  [
    row(`one file of ${megabytes} MB, sealed, looked at and on the disk`, 'one', 'MB/s'),
    row(`${together} such files at once`, 'many', 'MB/s'),
    row('memory while one is sent, at most', 'one memory', 'MB'),
    {
      ...row(`memory while ${together} are sent at once, at most`, 'many memory', 'MB'),
      bar: '<= 700 MB',
      pass: held <= 700,
    },
  ],
  samples,
);

bare.child.kill();
await api.end('SIGKILL');
await admin.end();
await redis.stop();
await postgres.stop();
rmSync(dir, { recursive: true, force: true });
