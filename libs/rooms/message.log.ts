import type { EntityManager } from 'typeorm';
import type { MessageQuery, MessageView } from '#contract';
import { Keys } from '#platform';
import { carried } from './message.files.js';

type Row = {
  seq: string;
  id: string;
  author_id: string;
  client_id: string;
  body: Buffer;
  posted_at: Date;
  reply_to: string | null;
  version: number | null;
  edited_body: Buffer | null;
  edited_at: Date | null;
  release_id: string | null;
  asked_by: string;
  target_kind: NonNullable<MessageView['release']>['to'];
  answer: 'agreed' | 'declined' | 'withdrawn' | null;
  released_author: string | null;
  agreed_at: Date | null;
  file_ids: string[];
};

/** The newest version of each message; an earlier one is kept, and shown to nobody. */
const select = `
  SELECT m.seq, m.id, m.author_id, m.client_id, m.body, m.posted_at, q.id AS reply_to, e.version, e.body AS edited_body, e.edited_at,
    v.id AS release_id, v.asked_by, v.target_kind, v.answer, g.author_id AS released_author, g.agreed_at,
    ARRAY(SELECT f.id FROM files f WHERE f.room_id = m.room_id AND f.owner_id = m.author_id AND f.client_id = m.client_id ORDER BY f.id) AS file_ids
  FROM messages m LEFT JOIN messages q ON q.room_id = m.room_id AND q.seq = m.reply_to
  LEFT JOIN LATERAL (SELECT v.version, v.body, v.edited_at FROM message_edits v WHERE v.room_id = m.room_id AND v.seq = m.seq
    ORDER BY v.version DESC LIMIT 1) e ON true
  LEFT JOIN LATERAL (SELECT a.id, a.asked_by, a.target_kind, a.answer FROM releases a WHERE a.room_id = m.room_id AND a.seq = m.seq AND a.version = coalesce(e.version, 0)
    ORDER BY a.id DESC LIMIT 1) v ON true
  LEFT JOIN released g ON g.room_id = m.room_id AND g.seq = m.seq
  WHERE m.room_id = $1`;

const spoken = `
  SELECT m.seq, m.author_id, m.client_id, m.body, e.version, e.body AS edited_body
  FROM messages m LEFT JOIN (SELECT DISTINCT ON (v.seq) v.seq, v.version, v.body FROM message_edits v WHERE v.room_id = $1 ORDER BY v.seq, v.version DESC) e ON e.seq = m.seq
  WHERE m.room_id = $1 AND m.seq < $2 ORDER BY m.seq DESC LIMIT $3`;

/** A room's log as it is read: under row-level security, opened with the room's key. */
export class MessageLog {
  constructor(private readonly keys: Keys) {}

  /** One stretch, oldest first: `after` catches up, `before` scrolls back, neither gives the newest. */
  async page(tx: EntityManager, roomId: string, { after, before, limit }: MessageQuery): Promise<MessageView[]> {
    const [where, order, seq] = after !== undefined ? ['>', 'ASC', after] : before !== undefined ? ['<', 'DESC', before] : ['>', 'DESC', 0];
    const rows = (await tx.query(`${select} AND m.seq ${where} $2 ORDER BY m.seq ${order} LIMIT $3`, [roomId, seq, limit])) as Row[];
    const messages: MessageView[] = [];
    for (const row of rows) messages.push(await this.open(tx, roomId.toLowerCase(), row));
    return order === 'ASC' ? messages : messages.toReversed();
  }

  async find(tx: EntityManager, roomId: string, seq: number): Promise<MessageView | undefined> {
    const [row] = (await tx.query(`${select} AND m.seq = $2`, [roomId, seq])) as Row[];
    return row && this.open(tx, roomId.toLowerCase(), row);
  }

  /** The words alone of one stretch, newest first, for whoever looks through a whole log: what stands now, nothing of what was taken back. */
  async words(tx: EntityManager, roomId: string, before: number, limit: number): Promise<{ seq: number; body: string }[]> {
    const [id, rows] = [roomId.toLowerCase(), (await tx.query(spoken, [roomId, before, limit])) as Row[]];
    if (rows.length === 0) return [];
    const key = await this.keys.dataKey(tx, { scope: 'room', id });
    return rows.map(({ seq, author_id: author, client_id: client, version, body, edited_body: edited }) => {
      const sealed = version ? edited : body;
      return { seq: Number(seq), body: sealed ? this.keys.openWith(key, sealed, placeOf(id, author, client, version ?? 0)) : '' };
    });
  }

  private async open(tx: EntityManager, roomId: string, row: Row): Promise<MessageView> {
    const place = placeOf(roomId, row.author_id, row.client_id, row.version ?? 0);
    const sealed = row.version ? row.edited_body : row.body;
    return {
      roomId,
      seq: Number(row.seq),
      id: row.id,
      authorId: row.author_id,
      clientId: row.client_id,
      body: sealed ? await this.keys.open(tx, { scope: 'room', id: roomId }, sealed, place) : '',
      postedAt: row.posted_at.toISOString(),
      ...(row.reply_to ? { replyTo: row.reply_to } : {}),
      ...(row.version && row.edited_at ? { version: row.version, editedAt: row.edited_at.toISOString() } : {}),
      ...(sealed && row.file_ids.length > 0 ? { files: await carried(tx, this.keys, row.file_ids) } : {}),
      ...(sealed ? {} : { isRetracted: true as const }),
      ...(row.release_id
        ? { release: { id: row.release_id, askedBy: row.asked_by, to: row.target_kind, state: row.answer ?? 'asked' } }
        : {}),
      ...(row.released_author && row.agreed_at
        ? { released: { authorId: row.released_author, agreedAt: row.agreed_at.toISOString() } }
        : {}),
    };
  }
}

/** A sealed body opens only where it was put: in its room, by its author, under its client id, as that version. */
export const placeOf = (roomId: string, authorId: string, clientId: string, version = 0) =>
  `${roomId}|${authorId}|${clientId}${version ? `|${version}` : ''}`;
