import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SignedIn } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { namedAs, typeOf } from './file.types.js';
import { Leavings } from './leavings.js';
import { redraw } from './picture.js';
import { keyOfPlace, placeFor } from './places.js';
import { SCANNER, type Scanner, type Verdict } from './scanner.js';
import { openAll, sealPieces } from './sealed.pieces.js';
import { STORAGE, type Storage } from './storage.js';
import { Turns } from './turns.js';
import { findUpload, type Upload } from './upload.rows.js';

const claimMs = 120_000;
type Made = { content: Buffer; preview: Buffer | null; mediaType: string; name: string; verdict: Verdict; key: Buffer };

/**
 * A whole upload becomes a file, or nothing: it is what it was said to be, of a kind that is taken, nothing runs in it, the scanner has seen it;
 * pictures are drawn anew. Two at once hold a file in memory, and what is refused is gone with its code as the answer.
 */
@Injectable()
export class FilesMaking {
  private readonly turns = new Turns(2);

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    @Inject(STORAGE) private readonly storage: Storage,
    @Inject(SCANNER) private readonly scanner: Scanner,
    private readonly leavings: Leavings,
  ) {}

  /** Whoever comes while another one is at it goes away again; what waits for the scanner goes on waiting. */
  async make(actor: SignedIn, id: string): Promise<void> {
    const upload = await this.claim(actor, id);
    if (!upload) return;
    try {
      await this.turns.take(async () => {
        const made = await this.look(actor, upload);
        await (made.verdict === 'away' ? this.leave(actor, id, true) : this.keep(actor, upload, made));
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === 'file.storage_full' || error.code === 'unavailable')
        await this.leave(actor, id);
      else await this.refuse(actor, id);
      throw error;
    }
  }

  private claim(actor: SignedIn, id: string): Promise<Upload | undefined> {
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const [rows] = (await tx.query(
        `UPDATE uploads SET checking_until = $2 WHERE id = $1 AND received = bytes AND (checking_until IS NULL OR checking_until < $3) RETURNING id`,
        [id, new Date(now.getTime() + claimMs), now],
      )) as [object[], number];
      return rows.length > 0 ? findUpload(tx, id) : undefined;
    });
  }

  private async look(actor: SignedIn, upload: Upload): Promise<Made> {
    const { key, name } = await this.db.transaction(actor, async (tx) => ({
      key: await this.keys.openBytes(tx, keyOfPlace(upload), upload.keySealed, `file-key:${upload.id}`),
      name: await this.keys.open(tx, keyOfPlace(upload), upload.nameSealed, `file-name:${upload.id}`),
    }));
    const plain = await this.whole(upload, key);
    const sha256 = createHash('sha256').update(plain).digest('hex');
    if (!this.hashes.of('file', `${actor.id}:${sha256}`).equals(upload.sha256Mac)) throw new DomainError('file.differs');
    const mediaType = await typeOf(plain, name);
    const verdict = await this.scanner.scan(plain);
    if (verdict === 'infected') throw new DomainError('file.infected');
    const { content, preview } = mediaType.startsWith('image/') ? await redraw(plain, mediaType) : { content: plain, preview: null };
    return { content, preview, mediaType, name: namedAs(name, mediaType), verdict, key };
  }

  private async whole({ parts, bytes }: Upload, key: Buffer): Promise<Buffer> {
    const plain = Buffer.allocUnsafe(bytes);
    let at = 0;
    for (const { object, bytes: length } of parts)
      at += (await openAll(this.storage, { key, name: object, bytes: length })).copy(plain, at);
    return plain;
  }

  /** The bytes first. Should this fall in between, the upload is still there, and the same objects are written once more. */
  private async keep(actor: SignedIn, upload: Upload, { content, preview, mediaType, name, verdict, key }: Made) {
    const { id } = upload;
    // An application may have been sent while its file was on the way: what it was judged by stays as it was.
    if (!upload.roomId)
      await this.db.transaction(actor, (tx) =>
        placeFor(tx, actor, { purpose: upload.purpose, caseId: upload.caseId!, side: upload.side ?? undefined }),
      );
    try {
      await this.storage.put(id, sealPieces(key, id, content), true);
      if (preview) await this.storage.put(`${id}.p`, sealPieces(key, `${id}.p`, preview), true);
    } catch (error) {
      // Half of a file would hold room that a full storage does not have, also after the upload is given up.
      await this.storage.remove([id, `${id}.p`]).catch(() => undefined);
      throw error;
    }
    await this.db.transaction(actor, async (tx) => {
      await tx.query(
        `INSERT INTO files (id, case_id, room_id, purpose, side, audience, owner_id, name_sealed, key_sealed, media_type, bytes, mac, uploaded_bytes,
           preview_bytes, scanned_at, added_at, desk_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
        [
          id,
          upload.caseId,
          upload.roomId,
          upload.purpose,
          upload.side,
          upload.purpose === 'room' ? 'room' : 'side',
          actor.id,
          await this.keys.seal(tx, keyOfPlace(upload), name, `file-name:${id}`),
          upload.keySealed,
          mediaType,
          content.length,
          upload.sha256Mac,
          upload.bytes,
          preview?.length ?? null,
          verdict === 'clean' ? this.clock.now() : null,
          this.clock.now(),
          // of the side for which it was added, as soon as somebody of it has come
          actor.role === 'coordinator' && !upload.roomId ? actor.id : null,
        ],
      );
      await tx.query('DELETE FROM uploads WHERE id = $1', [id]);
    });
    await this.leavings.remove();
  }

  private async leave(actor: SignedIn, id: string, isWaiting = false) {
    const leave = (tx: EntityManager) =>
      tx.query('UPDATE uploads SET checking_until = NULL, is_waiting = $2 WHERE id = $1', [id, isWaiting]);
    await this.db.transaction(actor, leave);
  }

  private async refuse(actor: SignedIn, id: string) {
    await this.db.transaction(actor, (tx) => tx.query('DELETE FROM uploads WHERE id = $1', [id]));
    await this.leavings.remove();
  }
}
