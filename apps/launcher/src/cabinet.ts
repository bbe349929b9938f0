import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { environments } from './environment.js';
import { app, mailbox, postgres, redis, webPort } from './parts.js';
import { step } from './progress.js';
import { secretsIn } from './secrets.js';
import type { Supervisor } from './supervise.js';

const readyWithinMs = 60_000;

/** The whole cabinet on this machine: embedded parts that no address replaces, migrations, demo, api and worker. */
export async function cabinet(supervisor: Supervisor, dataDir: string, own: NodeJS.ProcessEnv): Promise<string> {
  console.log(`Kelisim starts; its data is in ${dataDir}`);
  mkdirSync(dataDir, { recursive: true });
  chmodSync(dataDir, 0o711); // PostgreSQL's user passes through, nobody lists it; each file with a secret is 0600
  const secrets = secretsIn(join(dataDir, 'secrets.json'));
  const migrations = import('../../../migrations/index.js');
  const [adminUrl, redisUrl, mail, port] = await Promise.all([
    own.DATABASE_URL ?? step('PostgreSQL', () => postgres(supervisor, join(dataDir, 'postgres'))),
    own.REDIS_URL ?? step('Redis', () => redis(supervisor, join(dataDir, 'redis'))),
    step('Mailbox', () => mailbox(supervisor, join(dataDir, 'mailbox'), own)),
    webPort(own.PORT),
  ]);
  const { bootstrap } = await migrations;
  const roles = await step('Roles and migrations', () => bootstrap(adminUrl, secrets.passwords));
  const env = environments({ roles, redisUrl, ...mail, port, dataDir, secrets }, own);
  const isDemo = env.api.DEMO === 'true';
  if (isDemo) {
    const { seedDemo } = await import('./demo-seed.js');
    await step('Demo', () => seedDemo({ ...env.api, OWNER_DATABASE_URL: roles.owner }));
  }
  await step('Api and worker', async () => {
    await supervisor.add({ api: () => app('api', env.api, dataDir), worker: () => app('worker', env.worker, dataDir) });
    await untilReady(`http://127.0.0.1:${port}/api/health/ready`, dataDir);
  });
  const address = `http://localhost:${port}`;
  announce([
    ['Kelisim', address],
    ['Mails and SMS', mail.page],
    ['API', `${address}/api/openapi.json`],
    ['Demo accounts', isDemo ? join(dataDir, 'demo-accounts.json') : undefined],
    ['Logs', join(dataDir, 'logs')],
    ['Stop', 'Ctrl-C'],
  ]);
  return address;
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
