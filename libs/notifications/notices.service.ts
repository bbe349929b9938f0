import { Injectable } from '@nestjs/common';
import { type Actor, type MessageCheck, type NoticePage, type NoticeView, type Page } from '#contract';
import { requireSignedIn } from '#access';
import { Throttle } from '#people';
import { Clock, Database } from '#platform';
import { readCheckCode } from './planning/check-code.js';
import { kindOf } from './rules/templates.js';

type Row = { id: string; template: string; variables: Record<string, string>; caseId: string | null; createdAt: Date; readAt: Date | null };

/** A person's own centre, and the question that anyone may ask of a message. */
@Injectable()
export class NoticesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly throttle: Throttle,
  ) {}

  list(actor: Actor, { after, limit }: Page): Promise<NoticePage> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const rows = (await tx.query(
        `SELECT id, template, variables, case_id AS "caseId", created_at AS "createdAt", read_at AS "readAt" FROM notifications
         WHERE ${own} AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
        [actor.id, actor.role, after ?? null, limit + 1],
      )) as Row[];
      const [{ unread }] = (await tx.query(
        `SELECT count(*)::int AS unread FROM (SELECT 1 FROM notifications WHERE ${own} AND read_at IS NULL LIMIT 1000) n`,
        [actor.id, actor.role],
      )) as [{ unread: number }];
      const page = rows.slice(0, limit);
      return { rows: page.map(viewOf), unread, next: rows.length > limit ? page.at(-1)!.id : null };
    });
  }

  /** Everything up to this one has been seen. */
  async markRead(actor: Actor, upTo: string): Promise<void> {
    requireSignedIn(actor);
    await this.db.transaction(actor, (tx) =>
      tx.query(`UPDATE notifications SET read_at = $4 WHERE ${own} AND id <= $3 AND read_at IS NULL`, [
        actor.id,
        actor.role,
        upTo,
        this.clock.now(),
      ]),
    );
  }

  /** Is this message ours? Says when and how it was sent and no more; wrong guesses are counted. */
  async check(actor: Actor, typed: string, network?: string): Promise<MessageCheck> {
    const taken = await this.throttle.spendAll({ 'message_check.network': network, 'message_check.everybody': '' });
    const [found] = (await this.db.transaction(actor, (tx) =>
      tx.query('SELECT template, channel, sent_at AS "sentAt" FROM check_message($1)', [readCheckCode(typed)]),
    )) as { template: string; channel: MessageCheck['channel']; sentAt: Date }[];
    if (!found) return { real: false, channel: null, sentAt: null, kind: null };
    await this.throttle.giveBack(taken);
    return { real: true, channel: found.channel, sentAt: found.sentAt.toISOString(), kind: kindOf(found.template) };
  }
}

/** What the desk is told, somebody reads only while at the desk. */
const own = `recipient_kind = 'person' AND recipient_id = $1 AND channel = 'in_app' AND state = 'sent' AND (template NOT LIKE 'desk.%' OR $2 = 'coordinator')`;

const viewOf = ({ id, template, variables, caseId, createdAt, readAt }: Row): NoticeView => ({
  id,
  template,
  variables,
  caseId,
  createdAt: createdAt.toISOString(),
  read: readAt !== null,
});
