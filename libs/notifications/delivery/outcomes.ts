import type { EntityManager } from 'typeorm';
import { type Delivery, newId } from '#platform';
import { byAnother, plan, type Planned } from '../planning/notice.js';
import { lettersInstead } from './letters.js';
import type { Claimed } from './claims.js';

export type Outcome =
  | {
      notice: Claimed;
      at: Date;
      delivery: Delivery;
      /** The reader has another contact. */ otherwise: boolean;
      /** Devices that are no more. */ gone?: string[];
    }
  | { notice: Claimed; at: Date; suppressed: string }
  | { notice: Claimed; at: Date; /** No try was made: the reader's night began. */ postponed: Date }
  | { notice: Claimed; at: Date; flaw: string };

/** 10, 20, 40, 80, 160 seconds, then every five minutes: four hours in all (RFC 5321 4.5.4.1 asks for days of a mail server; ours keeps its own queue). */
export const mostAttempts = 53;
export const retryAfterMs = (attempts: number) => Math.min(300_000, 10_000 * 2 ** (attempts - 1));
/** A code lives for ten minutes: it is tried more often. */
const retryNowMs = 20_000;

type Row = {
  id: string;
  state: 'sent' | 'waiting' | 'failed' | 'suppressed';
  error: string | null;
  at: Date;
  dueAt: Date | null;
  /** Takes the try back that its claim had counted. */
  untried?: true;
};

/**
 * Writes down how tries ended: every one of them as proof, and the notice's own state. What failed for ever by mail goes by text message
 * if there is a number; what is legal and cannot arrive at all becomes a letter. Returns what was planned anew.
 */
export async function settle(tx: EntityManager, ended: Outcome[], now: Date): Promise<Planned[]> {
  // What travelled in one message fared alike, and each is proved by itself.
  const outcomes = ended.flatMap((one) => [one, ...one.notice.carried.map((notice) => ({ ...one, notice }))]);
  const tries = outcomes.flatMap((one) =>
    'delivery' in one ? [{ id: newId(), notificationId: one.notice.id, at: one.at, ...one.delivery }] : [],
  );
  const rows = outcomes.map(rowOf);
  await tx.query(writeDown, [JSON.stringify(tries), JSON.stringify(rows)]);
  await forgetCodes(tx, outcomes);
  await forgetDevices(tx, ended);
  const failed = outcomes.filter((one, at) => rows[at]!.state === 'failed' && 'delivery' in one);
  // By the other contact, unless that one was tried from the start: then the unique key drops it.
  const byText = failed.filter((one) => 'otherwise' in one && one.otherwise && one.notice.channel === 'email');
  const planned = await plan(
    tx,
    byText.map(({ notice }) => byAnother('sms', notice, now)),
    now,
  );
  await lettersInstead(
    tx,
    failed.map(({ notice }) => notice),
    now,
  );
  return planned;
}

function rowOf(outcome: Outcome): Row {
  const { notice, at } = outcome;
  if ('suppressed' in outcome) return { id: notice.id, state: 'suppressed', error: outcome.suppressed, at, dueAt: null };
  if ('flaw' in outcome) return { id: notice.id, state: 'failed', error: outcome.flaw, at, dueAt: null };
  if ('postponed' in outcome) return { id: notice.id, state: 'waiting', error: null, at, dueAt: outcome.postponed, untried: true };
  const { outcome: result, error = null } = outcome.delivery;
  if (result === 'sent') return { id: notice.id, state: 'sent', error: null, at, dueAt: null };
  if (result === 'failed' || notice.attempts >= mostAttempts) return { id: notice.id, state: 'failed', error, at, dueAt: null };
  const delay = notice.urgency === 'now' ? retryNowMs : retryAfterMs(notice.attempts);
  return { id: notice.id, state: 'waiting', error, at, dueAt: new Date(at.getTime() + delay) };
}

/** The sealed copy of a code goes with its one delivery. */
async function forgetCodes(tx: EntityManager, outcomes: Outcome[]) {
  const ended = (kind: Claimed['recipientKind']) =>
    outcomes.filter((one) => one.notice.recipientKind === kind && rowOf(one).state !== 'waiting').map((one) => one.notice.recipientId);
  for (const [table, ids] of [['one_time_codes', ended('code')] as const, ['staff_invitations', ended('staff_invitation')] as const])
    if (ids.length > 0) await tx.query(`UPDATE ${table} SET code_sealed = NULL WHERE id = ANY($1)`, [ids]);
}

/** 404 and 410: the browser has withdrawn it (RFC 8030, 7.3). */
async function forgetDevices(tx: EntityManager, ended: Outcome[]) {
  const gone = ended.flatMap((one) => ('gone' in one ? (one.gone ?? []) : []));
  if (gone.length > 0) await tx.query('DELETE FROM push_subscriptions WHERE id = ANY($1)', [gone]);
}

const writeDown = `
  WITH tries AS (INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, receipt, error)
  SELECT a.id, a."notificationId", a.at, a.provider, a.outcome, a.receipt, a.error
  FROM jsonb_to_recordset($1) AS a(id uuid, "notificationId" uuid, at timestamptz, provider text, outcome text, receipt text, error text))
  UPDATE notifications n SET state = r.state, last_error = r.error, due_at = coalesce(r."dueAt", n.due_at), sent_at = CASE r.state WHEN 'sent' THEN r.at END,
    attempts = n.attempts - CASE WHEN r.untried THEN 1 ELSE 0 END
  FROM jsonb_to_recordset($2) AS r(id uuid, state text, error text, at timestamptz, "dueAt" timestamptz, untried boolean)
  WHERE n.id = r.id AND n.state = 'waiting'`;
