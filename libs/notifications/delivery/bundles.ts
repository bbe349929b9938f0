import type { EntityManager } from 'typeorm';
import { templates, type Template } from '../rules/templates.js';
import { appointments } from './appointments.js';
import { dropLapsed } from './lapses.js';

/**
 * Before courtesies are claimed: what was read in the centre or has lapsed meanwhile is not sent, and what waits for the same reader on the same channel
 * travels with the one that has waited longest. One reader is gathered for by one worker at a time, so a burst is never split.
 */
export async function gatherCourtesies(tx: EntityManager, ids: string[], now: Date): Promise<void> {
  const readers = (await tx.query(
    `SELECT DISTINCT recipient_id AS id FROM notifications WHERE id = ANY($1) AND urgency = 'courtesy' AND state = 'waiting' AND due_at <= $2 ORDER BY 1`,
    [ids, now],
  )) as { id: string }[];
  if (readers.length === 0) return;
  const of = readers.map(({ id }) => id);
  await tx.query(
    `SELECT pg_advisory_xact_lock(hashtextextended('courtesies ' || id, 0)) FROM (SELECT unnest($1::text[]) AS id ORDER BY 1) r`,
    [of],
  );
  await dropLapsed(tx, of, now);
  await tx.query(dropRead, [of, now, appointments]);
  await tx.query(gather, [of, alone, ownWords]);
}

/** Goes by itself: it may be read away at any moment (planning/unread.ts), or a calendar reads it (one mail, one appointment). */
const alone = ['rooms.unread', ...appointments];
/** A text message of these says an hour; all others say the same words, once is enough. */
const ownWords = Object.entries(templates as Record<string, Template>)
  .filter(([, { sms }]) => sms !== 'news')
  .map(([name]) => name);

const waiting = `n.state = 'waiting' AND n.channel <> 'letter' AND n.urgency = 'courtesy' AND n.recipient_id = ANY($1)`;

/** Not what another worker is sending at this moment: that is due ahead. */
const dropRead = `
  UPDATE notifications n SET state = 'suppressed', last_error = 'read'
  FROM notifications seen
  WHERE ${waiting} AND (n.attempts = 0 OR n.due_at <= $2) AND n.carried_by IS NULL AND NOT EXISTS (SELECT 1 FROM notifications c WHERE c.carried_by = n.id AND c.state = 'waiting')
    AND seen.source_id = n.source_id AND seen.recipient_id = n.recipient_id AND seen.channel = 'in_app' AND seen.read_at IS NOT NULL
    AND NOT (n.channel = 'email' AND n.template = ANY($3))`;

const gather = `
  UPDATE notifications n SET carried_by = f.first
  FROM (SELECT n.id, first_value(n.id) OVER (PARTITION BY n.recipient_id, n.channel ORDER BY n.due_at, n.id) AS first
        FROM notifications n
        WHERE ${waiting} AND n.attempts = 0 AND n.carried_by IS NULL AND n.template <> ALL($2) AND NOT (n.channel = 'sms' AND n.template = ANY($3))) f
  WHERE n.id = f.id AND f.first <> n.id`;
