import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bootstrap } from '../../../../migrations/index.js';
import { readKept } from '../kept.js';
import { startPostgres } from '../postgres.js';
import { secretsIn } from '../secrets.js';
import { beside, inCabinet, withBackupRole } from './database.js';
import { drill, holds, keepReport } from './drill.js';
import type { Shredding } from './ledger.js';

const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');
const begun = new Date();
const dir = mkdtempSync(join(dataDir, 'drill-'));

try {
  const ledger = readKept<Shredding[]>(join(dataDir, 'backups', 'shred-ledger.json')) ?? [];
  const filesDir = join(dataDir, 'files');
  const report = await withBackupRole(dataDir, process.env, (backupUrl) => drill({ backupUrl, filesDir, dir, ledger, scratch }));
  await beside(dataDir, process.env, (adminUrl) => keepReport(adminUrl, report, [begun, new Date()]));
  const { tables, rows, differing, chains, rootsEqual, shredded, revived, seconds } = report;
  console.log(`Drill    ${tables} tables, ${rows} rows; ${differing.length ? `these differ: ${differing.join(', ')}` : 'all alike'}`);
  console.log(`Chains   ${chains}; every hash and root ${rootsEqual ? 'fits' : 'does NOT fit'}`);
  console.log(`Shredded ${shredded}; ${revived === 0 ? 'all stay so' : `${revived} CAME BACK`}`);
  console.log(`Took     ${seconds.backup} s to back up, ${seconds.restore} s to restore, ${seconds.compare} s to compare`);
  if (!holds(report)) process.exitCode = 1;
} catch (error) {
  console.error(`No drill: ${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** A server of the drill's own, gone with its folder. */
async function scratch<T>(work: (adminUrl: string) => Promise<T>): Promise<T> {
  const server = await startPostgres({ dir: join(dir, 'postgres'), fsync: false });
  try {
    await bootstrap(server.adminUrl, secretsIn(join(dataDir, 'secrets.json')).passwords);
    return await work(inCabinet(server.adminUrl));
  } finally {
    await server.stop();
    rmSync(server.folder, { recursive: true, force: true });
  }
}
