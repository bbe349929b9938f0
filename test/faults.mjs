import { spawnSync } from 'node:child_process';
import { buildIfStale } from '../apps/launcher/build.mjs';
import { provideRedis } from './provide.mjs';

// `npm run faults [-- PART ...]`: the long suite, all of it or the files whose path holds a PART (notifications, killed, redis, ...).
buildIfStale('server');
await provideRedis();
const run = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/faults/vitest.config.ts', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, run, { stdio: 'inherit' }).status ?? 1);
