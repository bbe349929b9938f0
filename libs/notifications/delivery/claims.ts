import type { EntityManager } from 'typeorm';
import type { Language } from '#contract';
import type { Planned, Urgency } from '../planning/notice.js';
import type { TemplateName, Values } from '../rules/templates.js';

/** A notice that is ours to send until its claim runs out. */
export type Claimed = {
  id: string;
  sourceId: string;
  sourceType: string;
  caseId: string | null;
  recipientKind: 'person' | 'party' | 'code' | 'staff_invitation';
  recipientId: string;
  channel: 'email' | 'sms';
  template: TemplateName;
  language: Language;
  urgency: Urgency;
  legal: boolean;
  values: Values;
  checkCode: string;
  attempts: number;
  plannedAt: Date;
  claimedAt: Date;
};

/** How long a claim stands; whose worker died is found due when it is over. With less than `tryMs` left no try begins: two providers take that long. */
export const [claimMs, tryMs] = [90_000, 55_000];

/**
 * Takes notices that are due: one statement moves `due_at` ahead, so that of several workers one gets each, no connection is held while
 * a mail server thinks, and neither a restart of PostgreSQL nor one of Redis gives a second worker what the first is sending.
 */
export async function claim(tx: EntityManager, ids: string[], now: Date): Promise<Claimed[]> {
  const [rows] = (await tx.query(
    `UPDATE notifications n SET due_at = $3, attempts = n.attempts + 1
     WHERE n.id = ANY($1) AND n.state = 'waiting' AND n.due_at <= $2 AND n.channel IN ('email', 'sms')
     RETURNING n.id, n.source_id AS "sourceId", n.source_type AS "sourceType", n.case_id AS "caseId", n.recipient_kind AS "recipientKind",
       n.recipient_id AS "recipientId", n.channel, n.template, n.language, n.urgency, n.legal, n.variables AS values, n.check_code AS "checkCode", n.attempts,
       n.created_at AS "plannedAt"`,
    [ids, now, new Date(now.getTime() + claimMs)],
  )) as [Omit<Claimed, 'claimedAt'>[], number];
  return rows.map((row) => ({ ...row, claimedAt: now }));
}

/** What is due and may have been forgotten by the queue, the oldest first. */
export async function dueNotices(tx: EntityManager, now: Date, limit: number) {
  return (await tx.query(
    `SELECT id, channel, urgency, due_at AS "dueAt", recipient_id AS "recipientId", attempts FROM notifications
     WHERE state = 'waiting' AND due_at <= $1 AND channel IN ('email', 'sms') ORDER BY due_at LIMIT $2`,
    [now, limit],
  )) as Planned[];
}
