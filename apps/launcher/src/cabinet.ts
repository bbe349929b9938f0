import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Environment, environments } from './environment.js';
import { app, mailbox, postgres, redis, watchers, webPort } from './parts.js';
import { step } from './progress.js';
import { keepRings } from './keys/rings.js';
import { secretsIn } from './secrets.js';
import type { Supervisor } from './supervise.js';

const readyWithinMs = 60_000;
const vitePort = 5173;

/** The whole cabinet on this machine: embedded parts that no address replaces, migrations, demo, api and worker. */
export async function cabinet(supervisor: Supervisor, dataDir: string, own: NodeJS.ProcessEnv): Promise<string> {
  console.log(`Kelisim starts; its data is in ${dataDir}`);
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711); // PostgreSQL's user passes through, nobody lists it; each file with a secret is 0600
  const isWatched = own.KELISIM_WATCH === 'true';
  const { adminUrl, mail, ...parts } = await startParts(supervisor, dataDir, own);
  const secrets = keepRings(dataDir, secretsIn(join(dataDir, 'secrets.json')));
  const roles = await step('Roles and migrations', async () => (await migrations()).bootstrap(adminUrl, secrets.passwords));
  const webPorts = isWatched ? [vitePort, parts.port] : [parts.port];
  const env = environments({ ...parts, ...mail, roles, webPorts, dataDir, secrets }, own);
  const up = step('Api and worker', async () => {
    if (isWatched) await supervisor.add(watchers({ ...own, PORT: env.api.PORT }));
    const [api, worker] = [() => app('api', env.api, dataDir, isWatched), () => app('worker', env.worker, dataDir, isWatched)];
    await supervisor.add({ api, worker });
    await untilReady(`http://127.0.0.1:${parts.port}/api/health/ready`, dataDir);
  });
  const [accounts] = await Promise.all([demo(env.api, roles.owner), up]);
  const address = `http://localhost:${webPorts[0]}`;
  announce([
    ['Kelisim', address],
    ['Mails and SMS', mail.page],
    ['API', `http://localhost:${parts.port}/api/openapi.json`],
    ['Demo accounts', accounts],
    ['Logs', isWatched ? undefined : join(dataDir, 'logs')],
    ['Stop', 'Ctrl-C'],
  ]);
  return address;
}

const migrations = () => import('../../../migrations/index.js');

async function startParts(supervisor: Supervisor, dataDir: string, own: NodeJS.ProcessEnv) {
  void migrations(); // read while the servers start
  const [adminUrl, redisUrl, mail, port] = await Promise.all([
    own.DATABASE_URL ?? step('PostgreSQL', () => postgres(supervisor, join(dataDir, 'postgres'))),
    own.REDIS_URL ?? step('Redis', () => redis(supervisor, join(dataDir, 'redis'))),
    step('Mailbox', () => mailbox(supervisor, join(dataDir, 'mailbox'), own)),
    webPort(own.PORT),
  ]);
  return { adminUrl, redisUrl, mail, port };
}

/** The file with the demo people's passwords; none where the demo is switched off. */
async function demo(api: Environment, ownerUrl: string): Promise<string | undefined> {
  if (api.DEMO !== 'true') return undefined;
  const { seedDemo } = await import('./demo-seed.js');
  return step('Demo', () => seedDemo({ ...api, OWNER_DATABASE_URL: ownerUrl }));
}

async function untilReady(url: string, dataDir: string) {
  for (const until = Date.now() + readyWithinMs; Date.now() < until; await pause(50)) {
    const reply = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (reply?.ok) return;
  }
  throw new Error(`no answer from ${url} within a minute; see ${join(dataDir, 'logs', 'api.log')}`);
}

function announce(lines: [string, string | undefined][]) {
  const shown = lines.flatMap(([name, value]) => (value ? [`  ${name.padEnd(16)}${value}`] : []));
  console.log(`\n${shown.join('\n')}\n`);
}
