import type { EntityManager } from 'typeorm';
import { v5 } from 'uuid';
import type { Language } from '#contract';
import type { Notice } from './notice.js';
import { afterQuietHours } from './quiet-hours.js';
import { wants, type Wishes, wishesOf } from './wishes.js';

type Absent = { personId: string; since: Date; told: Date | null; language: Language; hasEmail: boolean; hasPhone: boolean };

const [patienceMs, againMs] = [10 * 60_000, 24 * 3_600_000];
const namespace = '6b1d3f0e-0c54-4f5e-9a55-6d0a2f1f6f3b';

/**
 * One notice for whoever has left room messages unread for ten minutes, however many and in however many rooms; the next one only after
 * reading, or a day later if more was written. It names no case: whoever sees the deliveries of a case must not see the rhythm of its rooms.
 */
export async function unreadNotices(tx: EntityManager, now: Date): Promise<Notice[]> {
  const absent = (await tx.query(
    `SELECT u.person_id AS "personId", u.since, told.at AS told, q.language, q.email_sealed IS NOT NULL AS "hasEmail", q.phone_sealed IS NOT NULL AS "hasPhone"
     FROM (SELECT person_id, min(first_posted_at) AS since, max(last_posted_at) AS latest FROM room_unread GROUP BY person_id) u
     JOIN persons q ON q.id = u.person_id AND q.disabled_at IS NULL
     LEFT JOIN LATERAL (SELECT max(n.created_at) AS at FROM notifications n
       WHERE n.recipient_id = u.person_id AND n.source_type = 'rooms.unread') told ON true
     WHERE u.since <= $1 AND (told.at IS NULL OR told.at < u.since OR (told.at < $2 AND u.latest > told.at))`,
    [new Date(now.getTime() - patienceMs), new Date(now.getTime() - againMs)],
  )) as Absent[];
  const wishes = await wishesOf(
    tx,
    absent.map(({ personId }) => personId),
  );
  return absent.flatMap((one) => noticesTo(one, wishes.get(one.personId), now));
}

function noticesTo({ personId, since, told, language, hasEmail, hasPhone }: Absent, said: Wishes | undefined, now: Date): Notice[] {
  const contacts = [...(hasEmail ? (['email'] as const) : []), ...(hasPhone ? (['sms'] as const) : [])];
  return contacts
    .filter((channel) => wants(said, 'room', channel, hasEmail))
    .map((channel) => ({
      // The same for every worker that looks at the same hour: told twice at once is told once.
      sourceId: v5(`${personId} ${since.toISOString()} ${told?.toISOString() ?? ''}`, namespace),
      sourceType: 'rooms.unread',
      caseId: null,
      recipientKind: 'person',
      recipientId: personId,
      channel,
      template: 'rooms.unread',
      language,
      urgency: 'courtesy',
      values: {},
      dueAt: afterQuietHours(now, said?.hours),
    }));
}

/** Of these persons, who still has something unread. */
export async function stillUnread(tx: EntityManager, personIds: string[]): Promise<Set<string>> {
  const rows = (await tx.query('SELECT DISTINCT person_id AS id FROM room_unread WHERE person_id = ANY($1)', [personIds])) as {
    id: string;
  }[];
  return new Set(rows.map(({ id }) => id));
}
