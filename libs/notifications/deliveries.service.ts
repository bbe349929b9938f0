import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, DeliveryPage, DeliveryQuery, DeliveryView } from '#contract';
import { Clock, Database, DomainError, newId } from '#platform';
import { inside } from './rules/templates.js';

type Row = Omit<DeliveryView, 'createdAt' | 'dueAt' | 'sentAt'> & { createdAt: Date; dueAt: Date; sentAt: Date | null };

/** The desk's view: how the notices of a case fared, what did not arrive, and sending it again. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  ofCase(actor: Actor, caseId: string): Promise<DeliveryView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const known = (await tx.query(`SELECT 1 FROM cases c WHERE c.id = $1 AND ${notOwn}`, [caseId])) as object[];
      if (known.length === 0) throw new DomainError('not_found');
      return read(tx, `n.case_id = $1 AND n.template NOT LIKE 'desk.%' ORDER BY n.id`, [caseId]);
    });
  }

  /** Undelivered legal notices first, the newest first among them. */
  list(actor: Actor, { state, after, limit }: DeliveryQuery): Promise<DeliveryPage> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const [legal, id] = after?.split('.') ?? [];
      const rows = await read(
        tx,
        `${piles[state]} AND n.case_id IS NOT NULL AND ${notOwn} AND ($1::boolean IS NULL OR (n.legal, n.id) < ($1::boolean, $2::uuid))
         AND $4::timestamptz IS NOT NULL ORDER BY n.legal DESC, n.id DESC LIMIT $3`,
        [legal ? legal === '1' : null, id ?? null, limit + 1, this.clock.now()],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { rows: page, next: rows.length > limit && last ? `${last.legal ? 1 : 0}.${last.id}` : null };
    });
  }

  /** The worker finds it due again; who asked stands among its tries. */
  async resend(actor: Actor, noticeId: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'notice.oversee', null);
      const [row] = (await tx.query('SELECT resend_notice($1, $2, $3) AS done', [noticeId, newId(), this.clock.now()])) as [
        { done: boolean },
      ];
      if (!row.done) throw new DomainError('not_found');
    });
  }
}

/** What did not arrive, what is on its way by itself, and what the desk is to print and post: not an invitation that was answered or has lapsed meanwhile. */
const piles: Record<DeliveryQuery['state'], string> = {
  failed: `n.state = 'failed' AND n.channel <> 'letter'`,
  waiting: `n.state = 'waiting' AND n.channel <> 'letter'`,
  letters: `n.channel = 'letter' AND n.state IN ('waiting', 'failed') AND (n.template NOT IN ('invitation', 'invitation.reminder') OR EXISTS (
    SELECT 1 FROM invitations i JOIN parties y ON y.id = i.party_id WHERE y.case_id = n.case_id AND n.recipient_id IN (y.id, y.person_id)
      AND i.answered_at IS NULL AND i.revoked_at IS NULL AND i.code_sealed IS NOT NULL AND i.expires_at > $4))`,
};

/** An office is not held in one's own dispute. */
export const notOwn = `NOT EXISTS (SELECT 1 FROM parties o WHERE o.case_id = c.id AND o.person_id = current_person())`;

async function read(tx: EntityManager, where: string, values: unknown[]): Promise<DeliveryView[]> {
  const rows = (await tx.query(`${deliveries} WHERE ${where}`, values)) as Row[];
  return rows.map((row) => ({
    ...row,
    createdAt: row.createdAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
  }));
}

/** Who took a letter to the post. */
export const posterOf = `(SELECT concat_ws(' ', w.surname, w.given) FROM persons w WHERE w.id = a.by_person)`;

/** What goes on inside mediation is not the desk's (libs/cases, case.timeline.ts): it sees that such a notice did not arrive, and not which. */
const shownTemplate = `CASE WHEN n.template ~ '${inside.source}' THEN 'inside' ELSE n.template END AS template`;

const deliveries = `
  SELECT n.id, n.source_id AS "sourceId", n.case_id AS "caseId", c.number AS "caseNumber", ${shownTemplate}, n.channel, n.state, n.legal, n.created_at AS "createdAt",
    n.due_at AS "dueAt", n.sent_at AS "sentAt", n.attempts, n.last_error AS "lastError",
    CASE WHEN p.side = 'A' THEN 'party_a' WHEN p.side = 'B' THEN 'party_b' WHEN c.mediator_id = n.recipient_id THEN 'mediator'
      WHEN n.template LIKE 'desk.%' THEN 'house' ELSE 'other' END AS recipient,
    coalesce((SELECT jsonb_agg(jsonb_build_object('at', to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'provider', a.provider, 'outcome', a.outcome, 'error', a.error,
      'receipt', CASE WHEN a.provider <> 'desk' THEN a.receipt END, 'by', ${posterOf}) ORDER BY a.at, a.id) FROM delivery_attempts a WHERE a.notification_id = n.id), '[]') AS history
  FROM notifications n JOIN cases c ON c.id = n.case_id
  LEFT JOIN LATERAL (SELECT y.side FROM parties y WHERE y.case_id = n.case_id AND (y.id = n.recipient_id OR y.person_id = n.recipient_id) LIMIT 1) p ON true`;
