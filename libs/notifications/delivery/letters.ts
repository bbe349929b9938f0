import type { EntityManager } from 'typeorm';
import { byAnother, type Notice, plan } from '../planning/notice.js';

type Failed = Omit<Notice, 'dueAt' | 'channel' | 'flaw'>;

/** What is legal and came back from the last contact its reader has is written on paper: the desk prints and posts it. Asked after other ways were planned. */
export async function lettersInstead(tx: EntityManager, failed: Failed[], now: Date): Promise<void> {
  const legal = failed.filter(({ urgency, caseId }) => urgency === 'legal' && caseId !== null);
  if (legal.length === 0) return;
  const keys = legal.map(({ sourceId, recipientId }) => ({ sourceId, recipientId }));
  const reached = (await tx.query(
    `SELECT n.source_id AS "sourceId", n.recipient_id AS "recipientId" FROM jsonb_to_recordset($1) AS k("sourceId" uuid, "recipientId" uuid)
     JOIN notifications n ON n.source_id = k."sourceId" AND n.recipient_id = k."recipientId" AND n.channel IN ('email', 'sms') AND n.state IN ('sent', 'waiting')`,
    [JSON.stringify(keys)],
  )) as typeof keys;
  const known = new Set(reached.map(({ sourceId, recipientId }) => `${sourceId} ${recipientId}`));
  const letters = legal
    .filter(({ sourceId, recipientId }) => !known.has(`${sourceId} ${recipientId}`))
    .map((one) => byAnother('letter', one, now));
  await plan(tx, letters, now);
}
