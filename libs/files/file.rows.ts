import type { EntityManager } from 'typeorm';
import type { FileView } from '#contract';
import type { Keys } from '#platform';
import { keyOfPlace } from './places.js';

export type FileRow = Omit<FileView, 'name' | 'addedAt' | 'bytes' | 'hasPreview' | 'isScanned' | 'isRemoved'> & {
  nameSealed: Buffer;
  keySealed: Buffer;
  bytes: string;
  addedAt: Date;
  scannedAt: Date | null;
  deletedAt: Date | null;
  previewBytes: number | null;
  clientId: string | null;
  /** The room through which the reader has it, where that is not its own. */
  throughRoom: string | null;
};

/** Row-level security leaves what the reader may see; a file let into another room comes with the key sealed for that room. */
const select = `
  SELECT f.id, f.case_id AS "caseId", f.room_id AS "roomId", f.purpose, f.side, f.owner_id AS "ownerId", f.media_type AS "mediaType", f.bytes, f.audience,
    f.added_at AS "addedAt", f.deleted_at AS "deletedAt", f.preview_bytes AS "previewBytes", f.scanned_at AS "scannedAt", f.client_id AS "clientId",
    CASE WHEN t.room_id IS NULL THEN f.name_sealed ELSE t.name_sealed END AS "nameSealed",
    CASE WHEN t.room_id IS NULL THEN f.key_sealed ELSE t.key_sealed END AS "keySealed", t.room_id AS "throughRoom",
    ARRAY(SELECT s.room_id FROM file_rooms s WHERE s.file_id = f.id ORDER BY s.shared_at, s.room_id) AS "sharedWith"
  FROM files f LEFT JOIN LATERAL (SELECT s.room_id, s.key_sealed, s.name_sealed FROM file_rooms s
    WHERE s.file_id = f.id AND f.room_id IS NOT NULL AND NOT reads_room(f.room_id) ORDER BY s.room_id LIMIT 1) t ON true`;

export const fileById = async (tx: EntityManager, id: string): Promise<FileRow | undefined> =>
  ((await tx.query(`${select} WHERE f.id = $1`, [id])) as FileRow[])[0];

export const filesByIds = (tx: EntityManager, ids: string[]): Promise<FileRow[]> =>
  tx.query(`${select} WHERE f.id = ANY($1) ORDER BY array_position($1, f.id)`, [ids]) as Promise<FileRow[]>;

export const filesOfCase = (tx: EntityManager, caseId: string): Promise<FileRow[]> =>
  tx.query(`${select} WHERE f.case_id = $1 AND f.room_id IS NULL ORDER BY f.id`, [caseId]) as Promise<FileRow[]>;

/** What members have said with, and what was let into it; not what somebody has only uploaded. */
export const filesOfRoom = (tx: EntityManager, roomId: string): Promise<FileRow[]> =>
  tx.query(
    `${select} WHERE (f.room_id = $1 AND f.client_id IS NOT NULL) OR EXISTS (SELECT 1 FROM file_rooms s WHERE s.file_id = f.id AND s.room_id = $1) ORDER BY f.id`,
    [roomId],
  ) as Promise<FileRow[]>;

const placeOf = ({ throughRoom, roomId, caseId }: FileRow) => keyOfPlace({ roomId: throughRoom ?? roomId, caseId });

export async function fileKey(tx: EntityManager, keys: Keys, row: FileRow): Promise<Buffer> {
  return keys.openBytes(tx, placeOf(row), row.keySealed, `file-key:${row.id}`);
}

export const nameOf = (tx: EntityManager, keys: Keys, row: FileRow): Promise<string> =>
  keys.open(tx, placeOf(row), row.nameSealed, `file-name:${row.id}`);

export async function toFileView(tx: EntityManager, keys: Keys, row: FileRow): Promise<FileView> {
  const { id, caseId, roomId, purpose, side, ownerId, mediaType, audience, sharedWith } = row;
  return {
    id,
    caseId,
    roomId,
    purpose,
    side,
    ownerId,
    mediaType,
    audience,
    sharedWith,
    name: row.deletedAt ? '' : await nameOf(tx, keys, row),
    bytes: Number(row.bytes),
    addedAt: row.addedAt.toISOString(),
    hasPreview: row.previewBytes !== null && !row.deletedAt,
    isScanned: row.scannedAt !== null,
    isRemoved: row.deletedAt !== null,
  };
}
