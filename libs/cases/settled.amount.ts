import type { EntityManager } from 'typeorm';
import { dayOf, kazakhstan } from '#hours';
import type { Keys } from '#platform';
import { type Paper, wordsOf } from './paper.records.js';

/** Line 14 of the reports: adds the sum of a settlement that has just been concluded to those of its month. A case is counted with its first. */
export async function addAmount(tx: EntityManager, keys: Keys, paper: Paper, at: Date) {
  const { amountKzt } = await wordsOf(tx, keys, paper);
  if (amountKzt === null) return;
  const concluded = (await tx.query(`SELECT 1 FROM papers WHERE case_id = $1 AND kind = 'settlement' AND concluded_at IS NOT NULL`, [
    paper.caseId,
  ])) as unknown[];
  if (concluded.length > 1) return;
  const month = `${dayOf(at.getTime(), kazakhstan.zone).slice(0, 7)}-01`;
  await tx.query('SELECT add_settled_amount($1, $2, $3)', [paper.caseId, month, amountKzt]);
}
