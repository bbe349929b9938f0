import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { requireSignedIn } from '#access';
import type { Actor, FeedAddress, FeedView, Language } from '#contract';
import { icsOf } from '#hours';
import { translate } from '#language';
import { Clock, CONFIG, type Config, Database, DomainError, KeyedHash, newId } from '#platform';

type Entry = { meetingId: string; from: Date; to: Date; sequence: number; stamp: Date };
const visitor: Actor = { id: null, role: 'visitor' };

/**
 * One's own meetings for other calendar programs, under an address that is a secret of 256 bits: told once, kept as a keyed hash, revoked at
 * once. A wrong, a revoked and a closed account's address read the same. Titles reveal nothing.
 */
@Injectable()
export class FeedsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    @Inject(CONFIG) private readonly config: Pick<Config, 'WEB_ORIGIN'>,
  ) {}

  show(actor: Actor): Promise<FeedView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const [open] = (await tx.query('SELECT opened_at AS "openedAt" FROM calendar_feeds WHERE person_id = $1 AND revoked_at IS NULL', [
        actor.id,
      ])) as { openedAt: Date }[];
      return { openedAt: open?.openedAt.toISOString() ?? null };
    });
  }

  /** A new address; the one before opens nothing from this moment. */
  open(actor: Actor): Promise<FeedAddress> {
    requireSignedIn(actor);
    const [token, at] = [randomBytes(32).toString('base64url'), this.clock.now()];
    return this.db.transaction(actor, async (tx) => {
      await tx.query('SELECT 1 FROM persons WHERE id = $1 FOR NO KEY UPDATE', [actor.id]); // two tabs, one after the other
      await tx.query('UPDATE calendar_feeds SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL', [actor.id, at]);
      await tx.query('INSERT INTO calendar_feeds (id, person_id, token_hash, opened_at) VALUES ($1, $2, $3, $4)', [
        newId(),
        actor.id,
        this.hashOf(token),
        at,
      ]);
      return { address: `${this.config.WEB_ORIGIN[0]}/api/calendar-feeds/${token}.ics`, openedAt: at.toISOString() };
    });
  }

  revoke(actor: Actor): Promise<FeedView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await tx.query('UPDATE calendar_feeds SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL', [actor.id, this.clock.now()]);
      return { openedAt: null };
    });
  }

  /** Whoever has the address. What was called off is not in it. */
  async read(name: string): Promise<string> {
    const hash = this.hashOf(name.replace(/\.ics$/, ''));
    const [owner] = await this.db.look<{ language: Language }>('SELECT language FROM find_feed($1)', [hash]);
    if (!owner) throw new DomainError('not_found');
    const entries = await this.db.transaction(
      visitor,
      async (tx) =>
        (await tx.query(
          `SELECT meeting_id AS "meetingId", starts_at AS "from", ends_at AS "to", sequence, booked_at AS stamp FROM feed_of($1) WHERE NOT cancelled`,
          [hash],
        )) as Entry[],
    );
    const title = translate(owner.language, 'mails.appointment');
    return icsOf(
      'PUBLISH',
      entries.map(({ meetingId, ...rest }) => ({ ...rest, uid: `${meetingId}@feed.kelisim`, title })),
      title,
    );
  }

  private hashOf(token: string) {
    return this.hashes.of('calendar_feed', token);
  }
}
