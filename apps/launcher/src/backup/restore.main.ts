import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readKept } from '../kept.js';
import { withAdmin } from './database.js';
import type { Shredding } from './ledger.js';
import { restore } from './restore.js';

const options = { from: { type: 'string' }, keys: { type: 'string' }, ledger: { type: 'string' } } as const;
const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');

try {
  await run(parseArgs({ options }).values);
} catch (error) {
  console.error(`Nothing restored: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function run({ from, keys, ledger }: { from?: string; keys?: string; ledger?: string }) {
  if (!from) throw new Error('say which backup: npm run restore -- --from DIR [--keys DIR] [--ledger FILE]');
  const main = resolve(from);
  const ledgerFile = resolve(ledger ?? join(dirname(main), 'shred-ledger.json'));
  const shredded = readKept<Shredding[]>(ledgerFile);
  if (!shredded) throw new Error(`the ledger ${ledgerFile} is missing; without it content destroyed since the backup would come back`);
  const { rows, destroyed } = await withAdmin(dataDir, process.env, (adminUrl) =>
    restore(adminUrl, join(dataDir, 'files'), { main, keys: keys && resolve(keys), ledger: shredded }),
  );
  console.log(`Restored ${rows} rows; ${destroyed} keys destroyed again by the ledger ${ledgerFile}`);
  if (!keys) console.log('No keys were given: what is encrypted stays unreadable.');
}
