import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import type { Actor, ErrorCode, MessageFile, MessageView } from '#contract';
import { Clock, Database, DomainError, newId, sqlState } from '#platform';
import { MessageFeed, type Posted } from './message.feed.js';

/** A message ready to be kept: `sealed` and `mac` go to the database, `body` only back to the room. */
export type Draft = {
  roomId: string;
  author: Actor & { id: string };
  clientId: string;
  body: string;
  sealed: Buffer;
  mac: Buffer;
  replyTo?: string;
  files?: MessageFile[];
};
type Waiting = Draft & { resolve: (message: MessageView) => void; reject: (refusal: Error) => void };
type Row = { id: string; posted_at: string };
type Outcome = { idx: number; outcome: string; seq: string; id: string; posted_at: Date; members: string | null };

const limits = { batch: 400, batchesInFlight: 2, waiting: 10_000, tries: 3 };
/** Serialization failure and deadlock: nothing was kept, the same batch may simply run again. */
const again = ['40001', '40P01'];

/**
 * Group commit without a timer: a message leaves at once if a batch is free, else with everything else that arrived meanwhile.
 * Two batches run at most, and never two with the same room, so the order of arrival is the order of seq.
 */
@Injectable()
export class MessageWriter implements BeforeApplicationShutdown {
  private waiting: Waiting[] = [];
  private readonly busyRooms = new Set<string>();
  private readonly inFlight = new Set<Promise<void>>();
  private readonly logger = new Logger('MessageWriter');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly feed: MessageFeed,
  ) {}

  /** Resolves after commit with the stored message (the first one, for a retry); refuses `unavailable` when it should be tried again. */
  write(draft: Draft): Promise<MessageView> {
    if (this.waiting.length >= limits.waiting) throw new DomainError('unavailable', { retryAfter: 1 });
    return new Promise((resolve, reject) => {
      this.waiting.push({ ...draft, resolve, reject });
      if (!this.busyRooms.has(draft.roomId)) this.flush();
    });
  }

  async beforeApplicationShutdown() {
    while (this.inFlight.size > 0) await Promise.all(this.inFlight);
  }

  private flush() {
    while (this.inFlight.size < limits.batchesInFlight) {
      const batch = this.nextBatch();
      if (batch.length === 0) return;
      const running: Promise<void> = this.commit(batch).finally(() => {
        this.inFlight.delete(running);
        for (const { roomId } of batch) this.busyRooms.delete(roomId);
        this.flush();
      });
      this.inFlight.add(running);
    }
  }

  private nextBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const rest: Waiting[] = [];
    for (const one of this.waiting) (batch.length < limits.batch && !this.busyRooms.has(one.roomId) ? batch : rest).push(one);
    for (const { roomId } of batch) this.busyRooms.add(roomId);
    this.waiting = rest;
    return batch;
  }

  private async commit(batch: Waiting[]) {
    const postedAt = this.clock.now().toISOString();
    const rows = batch.map((draft) => ({ ...rowOf(draft), id: newId(), posted_at: postedAt }));
    try {
      this.answer(batch, await this.store(rows));
    } catch (error) {
      this.logger.error({ what: 'A batch of messages was not stored', rows: batch.length, sqlState: sqlState(error) });
      for (const one of batch) one.reject(new DomainError('unavailable', { retryAfter: 1 }));
    }
  }

  private async store(rows: Row[], tries = 1): Promise<Outcome[]> {
    try {
      return await this.db.look<Outcome>(
        `SELECT idx, outcome, seq, id, posted_at, array_to_string(members, ',') AS members FROM post_messages($1::jsonb)`,
        [JSON.stringify(rows)],
      );
    } catch (error) {
      if (tries < limits.tries && again.includes(sqlState(error) ?? '')) return this.store(rows, tries + 1);
      throw error;
    }
  }

  /** Members hear first, then the authors are answered. A repeated message is told again: the process that first kept it may have died before it told. */
  private answer(batch: Waiting[], outcomes: Outcome[]) {
    const kept = outcomes.filter(isKept).map((outcome) => postedOf(batch[outcome.idx]!, outcome));
    this.feed.tell(kept);
    let next = 0;
    for (const outcome of outcomes) {
      const { resolve, reject } = batch[outcome.idx]!;
      if (isKept(outcome)) resolve(kept[next++]!.message);
      else reject(new DomainError(outcome.outcome as ErrorCode));
    }
  }
}

const isKept = ({ outcome }: Outcome) => outcome === 'posted' || outcome === 'repeated';

const rowOf = ({ roomId, author, clientId, sealed, mac, replyTo }: Draft) => ({
  room_id: roomId,
  author_id: author.id,
  author_role: author.role,
  session_id: author.sessionId ?? null,
  client_id: clientId,
  body: sealed.toString('base64'),
  body_mac: mac.toString('base64'),
  ...(replyTo ? { reply_to: replyTo } : {}),
});

const postedOf = ({ roomId, author, clientId, body, replyTo, files }: Draft, { seq, id, posted_at, members }: Outcome): Posted => ({
  message: {
    roomId,
    seq: Number(seq),
    id,
    authorId: author.id,
    clientId,
    body,
    postedAt: posted_at.toISOString(),
    ...(replyTo ? { replyTo } : {}),
    ...(files ? { files } : {}),
  },
  members: (members ?? '').split(','),
});
