import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import type { Actor, AnswerRelease, AskRelease, ErrorCode, MessageView } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys, newId } from '#platform';
import { MessageFeed, type Posted } from './message.feed.js';
import { MessageLog, placeOf } from './message.log.js';

type Asked = { room_id: string; seq: string; target_id: string; asked_by: string; message_id: string; client_id: string };
type Answered = { said: string; shared_seq: string | null; members: string[] };

/**
 * Consent to share: the only way out of a private room. The mediator asks, the author of the text agrees or declines, and what was agreed
 * to, to the letter, stands in the other room with the record of it. The database judges (ask_release, answer_release).
 */
@Injectable()
export class ReleasesService {
  private readonly log: MessageLog;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly feed: MessageFeed,
  ) {
    this.log = new MessageLog(keys);
  }

  /** By a mediator of both rooms. The answer is the message itself, now with what is asked of its author. */
  ask(actor: Actor, { roomId, seq, version, targetId }: AskRelease): Promise<MessageView> {
    requireSignedIn(actor);
    const target = targetId.toLowerCase();
    return this.db.transaction(actor, async (tx) => {
      const message = await this.log.find(tx, roomId, seq);
      const [there] = (await tx.query('SELECT 1 FROM rooms WHERE id = $1', [target])) as object[];
      if (!message || !there) throw new DomainError('not_found');
      // A file goes elsewhere by its owner's own hand; without words there is nothing that could be said in the other room.
      if (!message.body && message.files) throw new DomainError('message.empty');
      const clientId = newId();
      const place = placeOf(target, actor.id, clientId);
      const sealed = await this.keys.seal(tx, { scope: 'room', id: target }, message.body, place);
      const mac = this.hashes.of('message', `${place}|${message.body}`);
      const values = [newId(), roomId, seq, version, target, newId(), clientId, sealed, mac, this.clock.now()];
      const [{ said }] = (await tx.query('SELECT ask_release($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) AS said', values)) as [
        { said: string },
      ];
      if (said !== 'asked' && said !== 'repeated') throw new DomainError(said as ErrorCode);
      return (await this.log.find(tx, roomId, seq))!;
    });
  }

  /** By the author alone. Members of the other room hear the message after the commit. */
  async answer(actor: Actor, releaseId: string, { agrees }: AnswerRelease): Promise<MessageView> {
    requireSignedIn(actor);
    const { message, shared } = await this.db.transaction(actor, async (tx) => {
      const asked = await findAsked(tx, releaseId);
      const values = [releaseId, agrees, actor.sessionId ?? null, this.clock.now()];
      const [done] = (await tx.query('SELECT * FROM answer_release($1, $2, $3, $4)', values)) as [Answered];
      if (!['agreed', 'declined', 'repeated'].includes(done.said)) throw new DomainError(done.said as ErrorCode);
      const kept = (await this.log.find(tx, asked.room_id, Number(asked.seq)))!;
      return { message: kept, shared: done.said === 'agreed' ? this.sharedOf(asked, done, kept) : null };
    });
    if (shared) this.feed.tell([shared]);
    return message;
  }

  private sharedOf(asked: Asked, { shared_seq, members }: Answered, { body, authorId }: MessageView): Posted {
    const postedAt = this.clock.now().toISOString();
    const message = {
      roomId: asked.target_id,
      seq: Number(shared_seq),
      id: asked.message_id,
      authorId: asked.asked_by,
      clientId: asked.client_id,
      body,
      postedAt,
      released: { authorId, agreedAt: postedAt },
    };
    return { message, members };
  }
}

async function findAsked(tx: EntityManager, releaseId: string): Promise<Asked> {
  const [asked] = (await tx.query('SELECT room_id, seq, target_id, asked_by, message_id, client_id FROM releases WHERE id = $1', [
    releaseId,
  ])) as Asked[];
  if (!asked) throw new DomainError('not_found');
  return asked;
}
