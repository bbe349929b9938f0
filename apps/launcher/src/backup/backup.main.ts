import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { backUp, type Places, placesIn } from './back-up.js';
import { withBackupRole } from './database.js';
import { keepLedger } from './ledger.js';

const options = { out: { type: 'string' }, 'ledger-only': { type: 'boolean' } } as const;
const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');
const at = new Date();

try {
  const { values } = parseArgs({ options });
  const places = placesIn(resolve(values.out ?? join(dataDir, 'backups')), at);
  await withBackupRole(dataDir, process.env, (url) => (values['ledger-only'] ? ledgerOnly(url, places) : everything(url, places)));
} catch (error) {
  console.error(`No backup: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function everything(backupUrl: string, places: Places) {
  const { tables, rows, shredded } = await backUp(backupUrl, join(dataDir, 'files'), places, at);
  console.log(`Backup   ${places.main} (${tables} tables, ${rows} rows)`);
  console.log(`Keys     ${places.keys}: move them to another place; they are dropped here after 7 days`);
  console.log(`Ledger   ${places.ledger} (${shredded} shredded): keep the newest one, every restore needs it`);
}

/** Quick enough for every few minutes: what is shredded after a backup stays shredded when that backup comes back. */
async function ledgerOnly(backupUrl: string, places: Places) {
  const client = new Client({ connectionString: backupUrl });
  await client.connect();
  const ledger = await keepLedger(client, places.ledger).finally(() => client.end());
  console.log(`Ledger   ${places.ledger} (${ledger.length} shredded)`);
}
