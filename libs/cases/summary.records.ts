import type { EntityManager } from 'typeorm';
import type { Keys } from '#platform';

/** The neutral words a coordinator approved: all that the invited side reads of the dispute. Sealed with the key of the case. */
export async function readSummary(tx: EntityManager, keys: Keys, caseId: string): Promise<string | null> {
  const [row] = (await tx.query('SELECT body_sealed FROM summaries WHERE case_id = $1', [caseId])) as { body_sealed: Buffer }[];
  return row ? keys.open(tx, { scope: 'case', id: caseId }, row.body_sealed, 'summary') : null;
}

export async function approveSummary(tx: EntityManager, keys: Keys, caseId: string, body: string, by: string, at: Date): Promise<void> {
  const sealed = await keys.seal(tx, { scope: 'case', id: caseId }, body, 'summary');
  await tx.query(
    `INSERT INTO summaries (case_id, body_sealed, approved_by, approved_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (case_id) DO UPDATE SET body_sealed = excluded.body_sealed, approved_by = excluded.approved_by, approved_at = excluded.approved_at`,
    [caseId, sealed, by, at],
  );
}
