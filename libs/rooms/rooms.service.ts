import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, MessageQuery, MessageView, PostMessage, RoomView } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { cleanBody } from './message.body.js';
import { carry } from './message.files.js';
import type { Posted } from './message.feed.js';
import { MessageLog, placeOf } from './message.log.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import { RoomPace } from './room.pace.js';
import { roomById, roomsOfCase } from './room.view.js';

/** A room found through membership: where its log stands, where the reader stands, and who is in it now. */
export type FoundRoom = {
  id: string;
  caseId: string | null;
  lastSeq: number;
  readSeq: number;
  members: string[];
  /** Closed, whyever: who is here, who types and how far somebody has read is told to nobody any more. */
  isQuiet: boolean;
};

const batch = 200;

/** Rooms, as their members use them. To everybody else a room is not there. */
@Injectable()
export class RoomsService {
  private readonly log: MessageLog;
  private readonly pace = new RoomPace();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly roomKeys: RoomKeys,
    private readonly writer: MessageWriter,
  ) {
    this.log = new MessageLog(keys);
  }

  list(actor: Actor, caseId: string): Promise<RoomView[]> {
    return this.db.transaction(actor, async (tx) => {
      const rooms = await roomsOfCase(tx, actor, caseId, this.clock.now());
      if (rooms.length === 0) throw new DomainError('not_found');
      return rooms;
    });
  }

  read(actor: Actor, roomId: string): Promise<RoomView> {
    return this.db.transaction(actor, async (tx) => {
      const room = await roomById(tx, actor, roomId, this.clock.now());
      if (!room) throw new DomainError('not_found');
      return room;
    });
  }

  enter(actor: Actor, roomId: string): Promise<FoundRoom> {
    return this.db.transaction(actor, (tx) => findRoom(tx, actor, roomId));
  }

  /** One stretch of the log, oldest first: `after` catches up, `before` scrolls back, neither gives the newest. */
  page(actor: Actor, roomId: string, query: MessageQuery): Promise<{ messages: MessageView[]; lastSeq: number }> {
    return this.db.transaction(actor, async (tx) => {
      const room = await findRoom(tx, actor, roomId);
      const messages = await this.log.page(tx, room.id, query);
      return { messages, lastSeq: Math.max(room.lastSeq, messages.at(-1)?.seq ?? 0) };
    });
  }

  /** What was posted after `seq`, with those who may hear of it: for a process that learns of another one's commit. */
  since(actor: Actor, roomId: string, seq: number): Promise<Posted[]> {
    return this.db.transaction(actor, async (tx) => {
      const { members } = await findRoom(tx, actor, roomId);
      return (await this.log.page(tx, roomId, { after: seq, limit: batch })).map((message) => ({ message, members }));
    });
  }

  /** One message as it stands now, with those who may hear of it: for a process that learns of a change made by another one. */
  one(actor: Actor, roomId: string, seq: number): Promise<Posted> {
    return this.db.transaction(actor, async (tx) => {
      const { members } = await findRoom(tx, actor, roomId);
      const message = await this.log.find(tx, roomId, seq);
      if (!message) throw new DomainError('not_found');
      return { message, members };
    });
  }

  /** Resolves after commit. The same clientId with the same body gives the first result again, for ever; with another body it is refused. */
  async post(
    actor: Actor,
    { roomId: room, clientId: client, body: typed, replyTo: answered, fileIds = [] }: PostMessage,
  ): Promise<MessageView> {
    requireSignedIn(actor);
    const body = fileIds.length > 0 && !typed.trim() ? '' : cleanBody(typed);
    const [roomId, clientId, replyTo] = [room.toLowerCase(), client.toLowerCase(), answered?.toLowerCase()];
    const key = await this.roomKeys.forPosting(actor, roomId);
    this.pace.take(roomId);
    const place = placeOf(roomId, actor.id, clientId);
    const files =
      fileIds.length > 0 ? await this.db.transaction(actor, (tx) => carry(tx, this.keys, { roomId, clientId }, fileIds)) : undefined;
    const added = [replyTo, ...(files ? [`files:${files.map(({ id }) => id).join()}`] : [])].filter(Boolean).map((part) => `|${part}`);
    return this.writer.write({
      roomId,
      author: actor,
      clientId,
      body,
      sealed: this.keys.sealWith(key, body, place),
      mac: this.hashes.of('message', `${place}|${body}${added.join('')}`),
      ...(replyTo ? { replyTo } : {}),
      ...(files ? { files } : {}),
    });
  }

  /** A mark only moves forward, and never beyond what is there. */
  markRead(actor: Actor, roomId: string, upTo: number): Promise<{ seq: number; members: string[] }> {
    return this.db.transaction(actor, async (tx) => {
      const { lastSeq, readSeq, members } = await findRoom(tx, actor, roomId);
      const seq = Math.max(readSeq, Math.min(upTo, lastSeq));
      if (seq > readSeq)
        await tx.query(
          `INSERT INTO read_marks (room_id, person_id, seq, read_at) VALUES ($1, $2, $3, $4)
           ON CONFLICT (room_id, person_id) DO UPDATE SET seq = excluded.seq, read_at = excluded.read_at WHERE read_marks.seq < excluded.seq`,
          [roomId, actor.id, seq, this.clock.now()],
        );
      return { seq, members };
    });
  }
}

/** Found through membership, under row-level security, and judged by the policy once more. */
async function findRoom(tx: EntityManager, actor: Actor, roomId: string): Promise<FoundRoom> {
  const [row] = (await tx.query(
    `SELECT r.id, r.case_id, r.last_seq, r.closed_at IS NOT NULL AS quiet, coalesce(k.seq, 0) AS read_seq,
       ARRAY(SELECT m.person_id FROM room_members m WHERE m.room_id = r.id AND m.left_at IS NULL) AS members
     FROM rooms r LEFT JOIN read_marks k ON k.room_id = r.id AND k.person_id = current_person() WHERE r.id = $1`,
    [roomId],
  )) as { id: string; case_id: string | null; last_seq: string; quiet: boolean; read_seq: string; members: string[] }[];
  if (!row) throw new DomainError('not_found');
  authorize(actor, 'room.read', { memberIds: row.members });
  return {
    id: row.id,
    caseId: row.case_id,
    lastSeq: Number(row.last_seq),
    readSeq: Number(row.read_seq),
    members: row.members,
    isQuiet: row.quiet,
  };
}
