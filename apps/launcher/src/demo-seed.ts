import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Environment } from './environment.js';

const program = fileURLToPath(new URL('demo/hire.js', import.meta.url));
const scenarios = fileURLToPath(new URL('../../../../test/scenarios', import.meta.url));

/** The demo staff and the register of mediators, made at the first start. Returns the file with their passwords and second-factor seeds. */
export async function seedDemo(env: Environment): Promise<string> {
  const [accounts, done] = [join(env.DATA_DIR!, 'demo-accounts.json'), join(env.DATA_DIR!, 'demo-hired')];
  if (existsSync(done) && existsSync(accounts)) return accounts;
  await promisify(execFile)(process.execPath, [program, scenarios], { env });
  writeFileSync(done, '');
  return accounts;
}
