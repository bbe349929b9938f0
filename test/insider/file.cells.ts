import { randomUUID } from 'node:crypto';
import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';
import { inJoint } from './room.cells.js';

const at = `'2026-09-21T10:00:00Z'`;
const blob = `'\\x00'::bytea`;
const does = (table: string, what: string, sql: string, by: AskerName[]): Cell => ({ table, what, sql, by });
const sees = (table: string, what: string, id: string | undefined, by: AskerName[]) =>
  does(table, what, `SELECT 1 FROM ${table} WHERE ${table === 'file_rooms' ? 'file_id' : 'id'} = '${id}'`, by);

const columns = 'id, case_id, room_id, owner_id, purpose, side, audience, name_sealed, media_type, bytes, mac, added_at';
const file = (place: string, kind: string) =>
  `INSERT INTO files (${columns}) VALUES ('${randomUUID()}', '${w.live}', ${place}, '${w.boris}', ${kind}, ${blob}, 'image/png', 1, ${blob}, ${at})`;
const upload = `INSERT INTO uploads (id, owner_id, owner_role, purpose, room_id, name_sealed, key_sealed, sha256_mac, bytes, begun_at, expires_at)
  VALUES ('${randomUUID()}', '${w.boris}', 'citizen', 'room', '${w.caucusB}', ${blob}, ${blob}, ${blob}, 1, ${at}, ${at})`;

export const fileCells: Cell[] = [
  sees('files', 'sees one of an application', w.fileA, ['ana', 'judge', 'coMediator']),
  sees('files', 'sees one that was said', w.fileRoom, ['ana', 'judge', 'interpreter']),
  sees('files', 'sees one that nobody was shown', w.fileDraft, ['ana']),
  sees('files', 'sees one let into the joint room', w.fileWide, inJoint),
  sees('files', 'sees a power of attorney', w.filePower, ['boris', 'judge', 'coordinator']),
  does('files', 'adds to a room', file(`'${w.caucusB}'`, `'room', NULL, 'room'`), ['boris']),
  does('files', 'adds a power', file('NULL', `'power', 'B', 'side'`), ['boris']),
  does('files', 'adds to an application that was sent', file('NULL', `'application', 'A', 'side'`), []),
  does('files', 'removes', `UPDATE files SET deleted_at = ${at} WHERE id = '${w.fileRoom}' RETURNING 1`, ['ana']),
  sees('file_rooms', 'sees', w.fileWide, inJoint),
  does('file_rooms', 'lets in', `INSERT INTO file_rooms VALUES ('${w.fileRoom}', '${w.joint}', ${blob}, ${blob}, '${w.ana}', ${at})`, [
    'ana',
  ]),
  {
    ...does(
      'file_rooms',
      'keeps nothing of one that is removed',
      `SELECT 1 FROM file_rooms WHERE file_id = '${w.fileWide}' AND key_sealed = ''`,
      ['ana'],
    ),
    first: `UPDATE files SET deleted_at = ${at} WHERE id = '${w.fileWide}'`,
  },
  {
    ...does('files', 'adds for a side, whose own it is from then on', `SELECT 1 FROM files WHERE desk_id IS NOT NULL AND owner_id = '${w.boris}'`, [
      'coordinator',
    ]),
    first: `INSERT INTO files (${columns}, desk_id) VALUES ('${randomUUID()}', '${w.live}', NULL, '${w.coordinator}', 'power', 'B', 'side', ${blob},
      'image/png', 1, ${blob}, ${at}, '${w.coordinator}')`,
  }, // prettier-ignore
  does('files', 'learns that no row names an object', `SELECT 1 FROM objects_unnamed(ARRAY['${randomUUID()}'])`, ['worker']),
  does('files', 'learns that a file names its object', `SELECT 1 WHERE NOT EXISTS (SELECT FROM objects_unnamed(ARRAY['${w.fileRoom}']))`, [
    'worker',
  ]),
  does(
    'uploads',
    'learns that an upload names its parts',
    `SELECT 1 WHERE NOT EXISTS (SELECT FROM objects_unnamed(ARRAY['${w.uploadPart}']))`,
    ['worker'],
  ),
  sees('uploads', 'sees', w.upload, ['ana', 'worker']),
  sees('uploads', 'sees one that waits', w.uploadWaiting, ['ana', 'worker', 'system']),
  does('uploads', 'begins', upload, ['boris']),
  does('uploads', 'goes on', `UPDATE uploads SET received = 1 WHERE id = '${w.upload}' RETURNING 1`, ['ana']),
  does('uploads', 'ends', `DELETE FROM uploads WHERE id = '${w.upload}' RETURNING 1`, ['ana', 'worker']),
];
