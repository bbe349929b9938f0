import type { EntityManager } from 'typeorm';
import { fileLimits, type SignedIn } from '#contract';
import { DomainError } from '#platform';
import type { Place } from './places.js';

export type Part = { object: string; bytes: number };
export type Upload = Place & {
  id: string;
  nameSealed: Buffer;
  keySealed: Buffer;
  sha256Mac: Buffer;
  bytes: number;
  received: number;
  parts: Part[];
  isWaiting: boolean;
};
type Row = Omit<Upload, 'bytes' | 'received'> & { bytes: string; received: string };

const columns = `id, purpose, case_id AS "caseId", room_id AS "roomId", side, name_sealed AS "nameSealed", key_sealed AS "keySealed",
  sha256_mac AS "sha256Mac", bytes, received, parts, is_waiting AS "isWaiting"`;
const toUpload = ({ bytes, received, ...row }: Row): Upload => ({ ...row, bytes: Number(bytes), received: Number(received) });

/** One's own, begun in the role in which one asks. */
export async function findUpload(tx: EntityManager, id: string): Promise<Upload | undefined> {
  const [row] = (await tx.query(`SELECT ${columns} FROM uploads WHERE id = $1`, [id])) as Row[];
  return row && toUpload(row);
}

/** The same file on its way to the same place: it goes on there, from whichever device. */
export async function findSame(tx: EntityManager, place: Place, bytes: number, mac: Buffer): Promise<Upload | undefined> {
  const [row] = (await tx.query(
    `SELECT ${columns} FROM uploads WHERE sha256_mac = $1 AND bytes = $2 AND purpose = $3 AND case_id IS NOT DISTINCT FROM $4
       AND room_id IS NOT DISTINCT FROM $5 AND side IS NOT DISTINCT FROM $6`,
    [mac, bytes, place.purpose, place.caseId, place.roomId, place.side],
  )) as Row[];
  return row && toUpload(row);
}

/** What one has added to a place, what is on its way among it. Asked one after the other, so that many at once do not slip past. */
export async function requireSpace(tx: EntityManager, { id }: SignedIn, place: Place, bytes: number) {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 82))', [`${id}:${place.roomId ?? place.caseId}`]);
  const used = await usedIn(tx, id, place, true);
  if (used.files + 1 > fileLimits.files || used.bytes + bytes > fileLimits.together)
    throw new DomainError('file.limit_reached', { files: fileLimits.files, bytes: fileLimits.together });
}

export async function usedIn(tx: EntityManager, ownerId: string, place: Pick<Place, 'caseId' | 'roomId'>, withUploads = false) {
  const where = place.roomId ? `room_id = $2` : `case_id = $2 AND room_id IS NULL`;
  const [row] = (await tx.query(
    `SELECT count(*)::int AS files, coalesce(sum(bytes), 0)::float8 AS bytes FROM (
       SELECT bytes FROM files WHERE (owner_id = $1 OR desk_id = $1) AND ${where} AND deleted_at IS NULL
       ${withUploads ? `UNION ALL SELECT bytes FROM uploads WHERE owner_id = $1 AND ${where}` : ''}) both_kinds`,
    [ownerId, place.roomId ?? place.caseId],
  )) as [{ files: number; bytes: number }];
  return row;
}
