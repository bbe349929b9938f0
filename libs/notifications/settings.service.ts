import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Actor,
  noticeKinds,
  type NoticeSettings,
  type SaveNoticeSettings,
  type Wish,
  wishChannels,
  type WishChannel,
} from '#contract';
import { requireSignedIn } from '#access';
import { Clock, Database, DomainError, KeyedHash } from '#platform';
import { readUnsubscribeToken } from './delivery/unsubscribe-token.js';
import { wants, wishesOf } from './planning/wishes.js';
import { usualHours } from './rules/kinds.js';

/** What a person wants to hear of, by which channel, and at which hours of the own zone nothing. */
@Injectable()
export class NoticeSettingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
  ) {}

  read(actor: Actor): Promise<NoticeSettings> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => settingsOf(tx, actor.id));
  }

  /** Row by row: what is not named stays as it was, and of two pages that save at once neither undoes what only the other touched. */
  save(actor: Actor, { hours, wishes }: SaveNoticeSettings): Promise<NoticeSettings> {
    requireSignedIn(actor);
    const { id } = actor;
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      if (hours)
        await tx.query(
          `INSERT INTO notice_hours (person_id, zone, quiet_from, quiet_to, changed_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (person_id) DO UPDATE SET zone = $2, quiet_from = $3, quiet_to = $4, changed_at = $5`,
          [id, hours.zone, hours.quietFrom, hours.quietTo, now],
        );
      for (const wish of wishes) await say(tx, id, wish, now);
      return settingsOf(tx, id);
    });
  }

  /** Whoever holds the link of a mail may end mails of that kind, and can do nothing else with it. What is no link of ours ends nothing. */
  async endMails(token: string): Promise<void> {
    const read = readUnsubscribeToken(this.hashes, token);
    if (!read) throw new DomainError('not_found');
    const { personId: id, kinds } = read;
    await this.db.transaction({ id, role: 'visitor' }, async (tx) => {
      for (const kind of kinds) await say(tx, id, { kind, channel: 'email', wanted: false }, this.clock.now());
    });
  }
}

const say = (tx: EntityManager, id: string, { kind, channel, wanted }: Wish, now: Date) =>
  tx.query(
    `INSERT INTO notice_wishes (person_id, kind, channel, wanted, changed_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (person_id, kind, channel) DO UPDATE SET wanted = $4, changed_at = $5`,
    [id, kind, channel, wanted, now],
  );

async function settingsOf(tx: EntityManager, id: string): Promise<NoticeSettings> {
  const [contacts] = (await tx.query(
    `SELECT email_sealed IS NOT NULL AS "hasEmail", phone_sealed IS NOT NULL AS "hasPhone",
       EXISTS (SELECT 1 FROM push_subscriptions d WHERE d.person_id = p.id) AS "hasDevice" FROM persons p WHERE id = $1`,
    [id],
  )) as [{ hasEmail: boolean; hasPhone: boolean; hasDevice: boolean }];
  const { hasEmail, hasPhone, hasDevice } = contacts;
  const said = (await wishesOf(tx, [id])).get(id);
  const has = { email: hasEmail, sms: hasPhone, push: hasDevice };
  const reach: WishChannel[] = wishChannels.filter((channel) => has[channel]);
  const wishes = noticeKinds.flatMap((kind) =>
    wishChannels.map((channel) => ({ kind, channel, wanted: wants(said, kind, channel, hasEmail) })),
  );
  return { hours: said?.hours ?? usualHours, wishes, reach };
}
