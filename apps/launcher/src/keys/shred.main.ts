import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { beside } from '../backup/database.js';
import { keepLedger } from '../backup/ledger.js';
import { keep } from '../kept.js';
import { shredCase } from './shred.js';

const options = { case: { type: 'string' }, reason: { type: 'string' }, out: { type: 'string' } } as const;
const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');
const at = new Date();

try {
  const { values } = parseArgs({ options });
  const { case: caseNumber, reason } = values;
  if (!caseNumber || !reason) throw new Error('say which closed case and why: npm run shred -- --case NUMBER --reason WORD');
  const out = resolve(values.out ?? join(dataDir, 'backups'));
  await beside(dataDir, process.env, async (adminUrl) => {
    const report = await shredCase(adminUrl, { caseNumber, reason, at });
    const file = join(out, 'shredded', `${caseNumber}-${at.toISOString().replaceAll(/[:.]/g, '-')}.json`);
    keep(file, report);
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    await keepLedger(client, join(out, 'shred-ledger.json')).finally(() => client.end());
    for (const { kind, side, messages, keysDestroyed } of report.rooms)
      console.log(`${kind} ${side ?? ''}: ${messages} messages, ${keysDestroyed ? 'key destroyed' : 'its key was gone'}`);
    console.log(`Report   ${file}\nLedger   ${join(out, 'shred-ledger.json')}: keep the newest one, every restore needs it`);
  });
} catch (error) {
  console.error(`Nothing shredded: ${(error as Error).message}`);
  process.exitCode = 1;
}
