import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';
const blob = `'\\x00'::bytea`;

/** Ana's: with her application, said in her private room, only uploaded there, let into the joint room, and one on its way. Boris' power of attorney. */
export async function files(run: Run, w: Record<string, string>) {
  const file = `INSERT INTO files (id, case_id, room_id, owner_id, purpose, side, audience, name_sealed, media_type, bytes, mac, added_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, ${blob}, 'image/png', 1, ${blob}, '${at}')`;
  await run(file, [w.fileA, w.live, null, w.ana, 'application', 'A', 'side']);
  await run(file, [w.filePower, w.live, null, w.boris, 'power', 'B', 'side']);
  for (const id of [w.fileRoom, w.fileDraft, w.fileWide]) await run(file, [id, w.live, w.caucusA, w.ana, 'room', null, 'room']);
  await run(`UPDATE files SET client_id = (SELECT client_id FROM messages WHERE id = $2) WHERE id = $1`, [w.fileRoom, w.message]);
  await run(`INSERT INTO file_rooms VALUES ($1, $2, ${blob}, ${blob}, $3, '${at}')`, [w.fileWide, w.joint, w.ana]);
  await run(
    `INSERT INTO uploads (id, owner_id, owner_role, purpose, room_id, name_sealed, key_sealed, sha256_mac, bytes, parts, begun_at, expires_at)
     VALUES ($1, $2, 'citizen', 'room', $3, ${blob}, ${blob}, ${blob}, 10, jsonb_build_array(jsonb_build_object('object', $4::text, 'bytes', 1)), '${at}', '${at}')`,
    [w.upload, w.ana, w.caucusA, w.uploadPart],
  );
  await run(
    `INSERT INTO uploads (id, owner_id, owner_role, purpose, room_id, name_sealed, key_sealed, sha256_mac, bytes, received, is_waiting, begun_at, expires_at)
     VALUES ($1, $2, 'citizen', 'room', $3, ${blob}, ${blob}, ${blob}, 10, 10, true, '${at}', '${at}')`,
    [w.uploadWaiting, w.ana, w.caucusA],
  );
}
