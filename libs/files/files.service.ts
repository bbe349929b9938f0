import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, noteLook, requireSignedIn } from '#access';
import type { Actor, FileList, FileView, SignedIn, WidenFile } from '#contract';
import { Clock, Database, DomainError, Keys } from '#platform';
import { fileById, fileKey, type FileRow, filesOfCase, filesOfRoom, nameOf, toFileView } from './file.rows.js';
import { Leavings } from './leavings.js';
import { inRoom } from './places.js';
import { openPieces } from './sealed.pieces.js';
import { STORAGE, type Storage } from './storage.js';
import { usedIn } from './upload.rows.js';

/** A stretch of a file on its way out; `whole` is all there is. */
export type Opened = { name: string; mediaType: string; whole: number; from: number; to: number; content: AsyncIterable<Buffer> };

/** Files as who may see them meets them. To everybody else a file is not there. */
@Injectable()
export class FilesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly leavings: Leavings,
  ) {}

  ofCase(actor: Actor, caseId: string): Promise<FileList> {
    return this.db.transaction(actor, async (tx) => {
      const [found] = (await tx.query('SELECT 1 FROM cases WHERE id = $1', [caseId])) as object[];
      if (!found) throw new DomainError('not_found');
      return this.list(tx, actor, await filesOfCase(tx, caseId), { caseId, roomId: null });
    });
  }

  ofRoom(actor: Actor, roomId: string): Promise<FileList> {
    return this.db.transaction(actor, async (tx) => {
      const [room] = (await tx.query('SELECT 1 FROM rooms WHERE id = $1', [roomId])) as object[];
      if (!room) throw new DomainError('not_found');
      return this.list(tx, actor, await filesOfRoom(tx, roomId), { caseId: null, roomId });
    });
  }

  read(actor: Actor, id: string): Promise<FileView> {
    return this.db.transaction(actor, async (tx) => toFileView(tx, this.keys, await this.find(tx, id)));
  }

  /** `range`: of the header, `bytes=0-99`, `bytes=100-` or `bytes=-100` (RFC 9110, 14.1.2). */
  content(actor: Actor, id: string, range?: string): Promise<Opened> {
    return this.db.transaction(actor, async (tx) => {
      const row = await this.find(tx, id);
      if (row.deletedAt) throw new DomainError('not_found');
      const whole = Number(row.bytes);
      const [from, to] = rangeOf(range, whole);
      const key = await fileKey(tx, this.keys, row);
      const name = await nameOf(tx, this.keys, row);
      await this.note(tx, actor, row);
      return {
        name,
        mediaType: row.mediaType,
        whole,
        from,
        to,
        content: openPieces(this.storage, { key, name: id, bytes: whole }, from, to),
      };
    });
  }

  preview(actor: Actor, id: string): Promise<Opened> {
    return this.db.transaction(actor, async (tx) => {
      const row = await this.find(tx, id);
      const whole = row.previewBytes;
      if (row.deletedAt || whole === null) throw new DomainError('not_found');
      const sealed = { key: await fileKey(tx, this.keys, row), name: `${id}.p`, bytes: whole };
      await this.note(tx, actor, row);
      return { name: '', mediaType: 'image/webp', whole, from: 0, to: whole - 1, content: openPieces(this.storage, sealed) };
    });
  }

  /** Its owner alone opens it to more people, and nobody takes that back: who could see it may have it. */
  widen(actor: Actor, id: string, wider: WidenFile): Promise<FileView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const row = await this.find(tx, id);
      authorize(actor, 'file.change', row);
      if (row.deletedAt) throw new DomainError('not_found');
      if ('roomId' in wider) await this.letInto(tx, actor, row, wider.roomId);
      else if (row.roomId) throw new DomainError('invalid', { fields: { audience: 'invalid' } });
      else await tx.query(`UPDATE files SET audience = 'participants' WHERE id = $1`, [id]);
      return toFileView(tx, this.keys, (await fileById(tx, id))!);
    });
  }

  /** The row stays as the trace: whose it was, and since when it is gone. Its name, its key and its bytes are no more. */
  async remove(actor: Actor, id: string): Promise<FileView> {
    requireSignedIn(actor);
    const removed = await this.db.transaction(actor, async (tx) => {
      const row = await this.find(tx, id);
      authorize(actor, 'file.change', row);
      await tx.query(`UPDATE files SET deleted_at = coalesce(deleted_at, $2), name_sealed = '', key_sealed = '' WHERE id = $1`, [
        id,
        this.clock.now(),
      ]);
      return toFileView(tx, this.keys, (await fileById(tx, id))!);
    });
    await this.leavings.remove();
    return removed;
  }

  /** Of a case's file; what one side alone knows of is told to that side alone. */
  private async note(tx: EntityManager, actor: Actor, { caseId, roomId, side, audience }: FileRow) {
    if (!caseId || roomId) return;
    await noteLook(tx, actor, { caseId, what: 'file', side: audience === 'participants' ? null : side, at: this.clock.now() });
  }

  /** There it is read at once, so it takes what a message of his would take there now. */
  private async letInto(tx: EntityManager, actor: SignedIn, row: FileRow, roomId: string) {
    const { caseId } = await inRoom(tx, actor, roomId);
    if (!row.roomId || caseId !== row.caseId) throw new DomainError('not_found');
    await requireUnmuted(tx, actor, roomId, this.clock.now());
    if (roomId === row.roomId) return;
    const of = { scope: 'room', id: roomId } as const;
    const [key, name] = [await fileKey(tx, this.keys, row), await nameOf(tx, this.keys, row)];
    await tx.query(
      `INSERT INTO file_rooms (file_id, room_id, key_sealed, name_sealed, shared_by, shared_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [
        row.id,
        roomId,
        await this.keys.seal(tx, of, key, `file-key:${row.id}`),
        await this.keys.seal(tx, of, name, `file-name:${row.id}`),
        actor.id,
        this.clock.now(),
      ],
    );
  }

  private async find(tx: EntityManager, id: string): Promise<FileRow> {
    const row = await fileById(tx, id);
    if (!row) throw new DomainError('not_found');
    return row;
  }

  private async list(
    tx: EntityManager,
    actor: Actor,
    rows: FileRow[],
    place: { caseId: string | null; roomId: string | null },
  ): Promise<FileList> {
    requireSignedIn(actor);
    const files: FileView[] = [];
    for (const row of rows) files.push(await toFileView(tx, this.keys, row));
    return { files, used: await usedIn(tx, actor.id, place) };
  }
}

async function requireUnmuted(tx: EntityManager, { id }: SignedIn, roomId: string, at: Date) {
  const [muted] = (await tx.query(
    'SELECT 1 FROM room_members m WHERE m.room_id = $1 AND m.person_id = $2 AND m.left_at IS NULL AND m.muted_until > $3',
    [roomId, id, at],
  )) as object[];
  if (muted) throw new DomainError('room.muted');
}

/** One stretch; what cannot be read as one is the whole. */
function rangeOf(header: string | undefined, whole: number): [from: number, to: number] {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (!first && !last) return [0, whole - 1];
  const from = first ? Number(first) : Math.max(0, whole - Number(last));
  const to = first && last ? Math.min(Number(last), whole - 1) : whole - 1;
  if (from > to || from >= whole || (last === '0' && !first)) throw new DomainError('file.range_refused', { whole });
  return [from, to];
}
