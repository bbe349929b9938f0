import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { requireSignedIn } from '#access';
import { type Actor, fileLimits, type SignedIn, type StartUpload, type UploadView } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys, newId } from '#platform';
import { requireName } from './file.types.js';
import { fileById, toFileView } from './file.rows.js';
import { FilesMaking } from './files.making.js';
import { Leavings } from './leavings.js';
import { keyOfPlace, placeFor } from './places.js';
import { inPieces, sealPieces } from './sealed.pieces.js';
import { STORAGE, type Storage } from './storage.js';
import { findSame, findUpload, requireSpace, type Upload } from './upload.rows.js';

const [partBytes, keptMs] = [1024 * 1024, 24 * 3_600_000];
type Progress = { id: string; received: number; bytes: number; expiresAt?: Date };

/** A file on its way (tus 1.0): as much as has arrived is kept, sealed; whoever began it goes on there, and nobody else knows of it. */
@Injectable()
export class UploadsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    @Inject(STORAGE) private readonly storage: Storage,
    private readonly making: FilesMaking,
    private readonly leavings: Leavings,
  ) {}

  /** The same file to the same place goes on where it stopped, in another tab and after another sign-in. */
  async start(actor: Actor, asked: StartUpload): Promise<Progress> {
    requireSignedIn(actor);
    const name = requireName(asked.name);
    if (asked.bytes > fileLimits.bytes) throw new DomainError('file.too_large', { limit: fileLimits.bytes });
    return this.db.transaction(actor, async (tx) => {
      const place = await placeFor(tx, actor, asked);
      const mac = this.hashes.of('file', `${actor.id}:${asked.sha256}`);
      const same = await findSame(tx, place, asked.bytes, mac);
      if (same) return same;
      await requireSpace(tx, actor, place, asked.bytes);
      const [id, key, of, at] = [newId(), randomBytes(32), keyOfPlace(place), this.clock.now()];
      const expiresAt = new Date(at.getTime() + keptMs);
      await tx.query(
        `INSERT INTO uploads (id, owner_id, owner_role, purpose, case_id, room_id, side, name_sealed, key_sealed, sha256_mac, bytes, begun_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
        [
          id,
          actor.id,
          actor.role,
          place.purpose,
          place.caseId,
          place.roomId,
          place.side,
          await this.keys.seal(tx, of, name, `file-name:${id}`),
          await this.keys.seal(tx, of, key, `file-key:${id}`),
          mac,
          asked.bytes,
          at,
          expiresAt,
        ],
      );
      return { id, received: 0, bytes: asked.bytes, expiresAt };
    });
  }

  /** How far it has come; a file that has arrived says so under the same id. */
  progress(actor: Actor, id: string): Promise<Progress> {
    return this.db.transaction(actor, async (tx) => {
      const upload = await findUpload(tx, id);
      if (upload) return upload;
      const { bytes } = await doneUpload(tx, actor, id);
      return { id, received: bytes, bytes };
    });
  }

  /** For its page: what has become of it. Asking looks at what waits for the scanner once more. */
  async show(actor: Actor, id: string): Promise<UploadView> {
    requireSignedIn(actor);
    const upload = await this.db.transaction(actor, (tx) => findUpload(tx, id));
    if (upload && upload.received === upload.bytes) await this.making.make(actor, id);
    return this.db.transaction(actor, async (tx) => {
      const left = await findUpload(tx, id);
      if (!left) return this.done(tx, actor, id);
      const { bytes, received } = left;
      const name = await this.keys.open(tx, keyOfPlace(left), left.nameSealed, `file-name:${id}`);
      return { id, name, bytes, received, state: received === bytes ? 'waiting' : 'receiving', file: null };
    });
  }

  /** Keeps what comes from `offset` on, part by part, so that a cut costs no more than the part that was under way; resolves with how far it came. */
  async receive(actor: Actor, id: string, offset: number, body: AsyncIterable<Buffer>): Promise<number> {
    requireSignedIn(actor);
    const upload = await this.db.transaction(actor, (tx) => findUpload(tx, id));
    if (!upload) return this.receivedAgain(actor, id, offset);
    if (offset !== upload.received) throw new DomainError('conflict', { received: upload.received });
    const key = await this.db.transaction(actor, (tx) => this.keys.openBytes(tx, keyOfPlace(upload), upload.keySealed, `file-key:${id}`));
    let at = offset;
    for await (const part of inPieces(untilCut(body), partBytes)) {
      if (at + part.length > upload.bytes) throw new DomainError('file.differs');
      await this.keep(actor, upload, key, at, part);
      at += part.length;
    }
    if (at === upload.bytes) await this.making.make(actor, id);
    return at;
  }

  /** Given up: nothing of it is left. */
  async abandon(actor: Actor, id: string): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      const [, gone] = (await tx.query('DELETE FROM uploads WHERE id = $1', [id])) as [object[], number];
      if (gone === 0) throw new DomainError('not_found');
    });
    await this.leavings.remove();
  }

  /** First the bytes, then the word of them. Of two that send the same stretch one comes first, and the other learns how far it is. */
  private async keep(actor: SignedIn, { id }: Upload, key: Buffer, at: number, part: Buffer) {
    const object = newId();
    await this.storage.put(object, sealPieces(key, object, part));
    const kept = await this.db
      .transaction(actor, (tx) =>
        tx.query(
          `UPDATE uploads SET received = received + $3, parts = parts || jsonb_build_object('object', $4::text, 'bytes', $3::int)
           WHERE id = $1 AND received = $2 RETURNING id`,
          [id, at, part.length, object],
        ),
      )
      .catch(async (error: unknown) => {
        await this.storage.remove([object]);
        throw error;
      });
    if ((kept as [object[], number])[1] === 0) {
      await this.storage.remove([object]);
      throw new DomainError('conflict');
    }
  }

  /** The answer to the last part was lost, and it is sent again. */
  private async receivedAgain(actor: SignedIn, id: string, offset: number): Promise<number> {
    const { received } = await this.progress(actor, id);
    if (offset !== received) throw new DomainError('conflict', { received });
    return received;
  }

  private async done(tx: EntityManager, actor: Actor, id: string): Promise<UploadView> {
    const row = await doneUpload(tx, actor, id);
    const file = await toFileView(tx, this.keys, row.file);
    return { id, name: file.name, bytes: row.bytes, received: row.bytes, state: 'done', file };
  }
}

async function doneUpload(tx: EntityManager, actor: Actor, id: string) {
  const [row] = (await tx.query('SELECT uploaded_bytes AS bytes FROM files WHERE id = $1 AND (owner_id = $2 OR desk_id = $2)', [
    id,
    actor.id,
  ])) as {
    bytes: string;
  }[];
  const file = row && (await fileById(tx, id));
  if (!file) throw new DomainError('not_found');
  return { bytes: Number(row.bytes), file };
}

/** A line that breaks ends what came over it; what had come stays. */
async function* untilCut(body: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const coming = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await coming.next().catch(() => ({ done: true, value: undefined }) as const);
    if (next.done) return;
    yield next.value;
  }
}
