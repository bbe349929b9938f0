import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../apps/launcher/src/port.js';

export type ApiProcess = Awaited<ReturnType<typeof spawnApi>>;
type House = { urls: Record<'app' | 'court' | 'report', string>; secrets: Record<string, string>; name: string };
type Options = {
  origin: string;
  redisUrl: string;
  port?: number;
  /** Loaded before the sources: to break one of them. */ hooks?: string;
  under?: string[];
  /** Where files lie; none are taken without it. */
  dataDir?: string;
};

/** What an api process is told. Time runs as it does. */
export const apiEnvironment = ({ urls, secrets, name }: House, { origin, redisUrl, dataDir }: Options) => ({
  PATH: process.env.PATH,
  NODE_ENV: 'test',
  LOG_LEVEL: 'error',
  HOST: '127.0.0.1',
  WEB_ORIGIN: origin,
  DATABASE_URL: urls.app,
  COURT_DATABASE_URL: urls.court,
  REPORT_DATABASE_URL: urls.report,
  REDIS_URL: redisUrl,
  QUEUE_PREFIX: name,
  ...(dataDir ? { DATA_DIR: dataDir } : {}),
  ...secrets,
});

/** An api as a process of its own, from the sources: one that can be killed. Several of them share what `house` names. */
export async function spawnApi(house: House, options: Options) {
  const port = options.port ?? (await freePort(0));
  const hooks = options.hooks ? ['--import', options.hooks] : [];
  const flags = ['--conditions=source', '--import', './test/support/typescript.mjs', ...hooks, 'apps/api/src/main.ts'];
  const [program = '', ...before] = [...(options.under ?? []), process.execPath];
  const child = spawn(program, [...before, ...flags], {
    env: { ...apiEnvironment(house, options), PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk.toString()));
  const ended = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await untilReady(port, () => {
    if (hasEnded()) throw new Error(`The api ended: ${said.join('').slice(-2_000)}`);
  });
  return {
    pid: child.pid!,
    port,
    said: () => said.join(''),
    hasEnded,
    end: async (signal: NodeJS.Signals = 'SIGTERM') => {
      if (!hasEnded()) child.kill(signal);
      await ended;
    },
  };
}

async function untilReady(port: number, stillRuns: () => void) {
  for (const until = Date.now() + 60_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 50))) {
    stillRuns();
    if ((await fetch(`http://127.0.0.1:${port}/api/health/ready`).catch(() => null))?.ok) return;
  }
  throw new Error('the api does not answer');
}
