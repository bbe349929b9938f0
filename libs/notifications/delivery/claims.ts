import type { EntityManager } from 'typeorm';
import type { Language } from '#contract';
import { type Planned, type Travelling, travelling, type Urgency } from '../planning/notice.js';
import type { TemplateName, Values } from '../rules/templates.js';

/** A notice that is ours to send until its claim runs out. */
export type Claimed = {
  id: string;
  sourceId: string;
  sourceType: string;
  caseId: string | null;
  recipientKind: 'person' | 'party' | 'code' | 'staff_invitation' | 'guest' | 'witness';
  recipientId: string;
  channel: Travelling;
  template: TemplateName;
  language: Language;
  urgency: Urgency;
  legal: boolean;
  values: Values;
  checkCode: string;
  attempts: number;
  plannedAt: Date;
  claimedAt: Date;
  /** What travels in the same message (bundles.ts). */
  carried: Claimed[];
};

/** How long a claim stands; whose worker died is found due when it is over. With less than `tryMs` left no try begins: two providers take that long. */
export const [claimMs, tryMs] = [90_000, 55_000];

/**
 * Takes notices that are due: one statement moves `due_at` ahead, so that of several workers one gets each, no connection is held while
 * a mail server thinks, and neither a restart of PostgreSQL nor one of Redis gives a second worker what the first is sending.
 */
export async function claim(tx: EntityManager, ids: string[], now: Date): Promise<Claimed[]> {
  const until = new Date(now.getTime() + claimMs);
  const take = async (where: string, values: unknown[]) => {
    const set = `UPDATE notifications n SET due_at = $1, attempts = n.attempts + 1 WHERE n.state = 'waiting' AND ${where} RETURNING ${columns}`;
    const [rows] = (await tx.query(set, [until, ...values])) as [(Claimed & { carriedBy: string | null })[], number];
    return rows.map((row) => ({ ...row, claimedAt: now, carried: [] as Claimed[] }));
  };
  const first = await take(`n.id = ANY($2) AND n.due_at <= $3 AND n.channel = ANY($4) AND ${travelsItself}`, [ids, now, travelling]);
  const courtesies = new Map(first.filter(({ urgency }) => urgency === 'courtesy').map((one) => [one.id, one]));
  if (courtesies.size === 0) return first;
  const others = await take('n.carried_by = ANY($2)', [[...courtesies.keys()]]);
  for (const other of others.toSorted((a, b) => (a.id < b.id ? -1 : 1))) courtesies.get(other.carriedBy!)!.carried.push(other);
  return first;
}

/** Not in another's message; or in one that has ended, as when the desk sends it again. */
const travelsItself = `NOT EXISTS (SELECT 1 FROM notifications c WHERE c.id = n.carried_by AND c.state = 'waiting')`;

const columns = `n.id, n.source_id AS "sourceId", n.source_type AS "sourceType", n.case_id AS "caseId", n.recipient_kind AS "recipientKind",
  n.recipient_id AS "recipientId", n.channel, n.template, n.language, n.urgency, n.legal, n.variables AS values, n.check_code AS "checkCode", n.attempts,
  n.created_at AS "plannedAt", n.carried_by AS "carriedBy"`;

/** What is due and may have been forgotten by the queue, the oldest first. */
export async function dueNotices(tx: EntityManager, now: Date, limit: number) {
  return (await tx.query(
    `SELECT id, channel, urgency, due_at AS "dueAt", recipient_id AS "recipientId", attempts FROM notifications n
     WHERE state = 'waiting' AND due_at <= $1 AND channel = ANY($3) AND ${travelsItself} ORDER BY due_at LIMIT $2`,
    [now, limit, travelling],
  )) as Planned[];
}
