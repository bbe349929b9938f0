import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, Database, newId } from '#platform';
import { byAnother, type Notice, plan, type Planned } from '../planning/notice.js';
import { kindOfTemplate } from '../rules/kinds.js';
import { lettersInstead } from './letters.js';

type Bounced = Omit<Notice, 'dueAt' | 'channel'> & {
  id: string;
  provider: string;
  verdict: 'delivered' | 'delayed' | 'bounced' | 'complained';
  status: string;
  at: Date;
  hasPhone: boolean;
};

const system = { id: null, role: 'system' } as const;
const outcomes = { delivered: 'sent', delayed: 'retry', bounced: 'failed', complained: 'sent' } as const;

/** What providers said afterwards: proof for the desk, and another way for what came back. */
@Injectable()
export class Bounces {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Each once, by whichever worker comes first. Returns what travels instead. */
  follow(limit = 100): Promise<Planned[]> {
    return this.db.transaction(system, async (tx) => {
      const now = this.clock.now();
      const [taken] = (await tx.query(take, [now, limit])) as [{ id: string }[], number];
      if (taken.length === 0) return [];
      const bounced = (await tx.query(concerned, [taken.map(({ id }) => id)])) as Bounced[];
      await tx.query(prove, [JSON.stringify(bounced.map(proofOf))]);
      const back = bounced.filter(({ verdict }) => verdict === 'bounced');
      await tx.query(fail, [JSON.stringify(back.map(({ id, status }) => ({ id, error: `bounced ${status}`.trim() })))]);
      await endMails(tx, bounced, now);
      const planned = await plan(
        tx,
        back.filter(({ hasPhone }) => hasPhone).map((one) => byAnother('sms', one, now)),
        now,
      );
      await lettersInstead(tx, back, now);
      return planned;
    });
  }
}

const proofOf = ({ id, at, provider, verdict, status }: Bounced) => ({
  id: newId(),
  notice: id,
  at,
  provider,
  outcome: outcomes[verdict],
  receipt: verdict === 'delivered' || verdict === 'complained' ? verdict : null,
  error: verdict === 'bounced' || verdict === 'delayed' ? `${verdict} ${status}`.trim() : null,
});

/** A complaint ends courtesies of that kind by mail. What is legal is sent all the same. */
async function endMails(tx: EntityManager, bounced: Bounced[], now: Date) {
  for (const { verdict, urgency, recipientKind, recipientId, template } of bounced)
    if (verdict === 'complained' && urgency === 'courtesy' && recipientKind === 'person')
      await tx.query(
        `INSERT INTO notice_wishes (person_id, kind, channel, wanted, changed_at) VALUES ($1, $2, 'email', false, $3)
         ON CONFLICT (person_id, kind, channel) DO UPDATE SET wanted = false, changed_at = $3`,
        [recipientId, kindOfTemplate(template), now],
      );
}

const take = `
  UPDATE bounces SET handled_at = $1 WHERE id IN
    (SELECT id FROM bounces WHERE handled_at IS NULL ORDER BY received_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;

/** With all that travelled in the same mail. */
const concerned = `
  SELECT n.id, n.source_id AS "sourceId", n.source_type AS "sourceType", n.case_id AS "caseId", n.recipient_kind AS "recipientKind",
    n.recipient_id AS "recipientId", n.template, n.language, n.urgency, n.variables AS values,
    b.provider, b.verdict, b.status, b.received_at AS at, coalesce(p.phone_sealed, y.phone_sealed) IS NOT NULL AS "hasPhone"
  FROM bounces b JOIN notifications n ON (n.id = b.notification_id OR n.carried_by = b.notification_id) AND n.channel = 'email'
  LEFT JOIN persons p ON p.id = n.recipient_id LEFT JOIN parties y ON y.id = n.recipient_id
  WHERE b.id = ANY($1) ORDER BY b.received_at, n.id`;

const prove = `
  INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, receipt, error)
  SELECT a.id, a.notice, a.at, a.provider, a.outcome, a.receipt, a.error
  FROM jsonb_to_recordset($1) AS a(id uuid, notice uuid, at timestamptz, provider text, outcome text, receipt text, error text)`;

const fail = `
  UPDATE notifications n SET state = 'failed', last_error = r.error FROM jsonb_to_recordset($1) AS r(id uuid, error text)
  WHERE n.id = r.id AND n.state IN ('sent', 'waiting')`;
