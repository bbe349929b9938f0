import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, EditMessage, ErrorCode, MessageView, RetractMessage, SignedIn } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { cleanBody } from './message.body.js';
import { MessageLog, placeOf } from './message.log.js';

type Version = { sealed: Buffer | null; mac: Buffer | null };

/** An author changes or takes back his own message, for a while; that it happened stays to be seen. The database judges (edit_message). */
@Injectable()
export class EditsService {
  private readonly log: MessageLog;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
  ) {
    this.log = new MessageLog(keys);
  }

  edit(actor: Actor, { body: typed, ...which }: EditMessage): Promise<MessageView> {
    const body = cleanBody(typed);
    return this.change(actor, which, async (tx, kept) => {
      const place = placeOf(kept.roomId, kept.authorId, kept.clientId, which.version + 1);
      return {
        sealed: await this.keys.seal(tx, { scope: 'room', id: kept.roomId }, body, place),
        mac: this.hashes.of('message', `${placeOf(kept.roomId, kept.authorId, kept.clientId)}|${body}`),
      };
    });
  }

  retract(actor: Actor, which: RetractMessage): Promise<MessageView> {
    return this.change(actor, which, async () => ({ sealed: null, mac: null }));
  }

  /** The other members hear of it from the database, at the commit. */
  private change(
    actor: Actor,
    which: RetractMessage,
    make: (tx: EntityManager, kept: MessageView) => Promise<Version>,
  ): Promise<MessageView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const kept = await this.log.find(tx, which.roomId, which.seq);
      if (!kept) throw new DomainError('not_found');
      await this.store(tx, actor, which, await make(tx, kept));
      return (await this.log.find(tx, which.roomId, which.seq))!;
    });
  }

  private async store(tx: EntityManager, actor: SignedIn, { roomId, seq, version }: RetractMessage, { sealed, mac }: Version) {
    const [{ said }] = (await tx.query('SELECT edit_message($1, $2, $3, $4, $5, $6, $7) AS said', [
      roomId,
      seq,
      version + 1,
      sealed,
      mac,
      actor.sessionId ?? null,
      this.clock.now(),
    ])) as [{ said: string }];
    if (said !== 'edited' && said !== 'repeated') throw new DomainError(said as ErrorCode);
  }
}
