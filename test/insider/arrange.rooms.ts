import { randomUUID } from 'node:crypto';
import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';
const blob = `'\\x00'::bytea`;

/** What happens in rooms: a changed message, a request to share and a text that was shared, members of every kind, a consultation. */
export async function liveRooms(run: Run, w: Record<string, string>) {
  await run(
    `INSERT INTO message_edits (room_id, seq, version, editor_id, body, body_mac, edited_at) VALUES ($1, 1, 1, $2, ${blob}, ${blob}, '${at}')`,
    [w.caucusA, w.ana],
  );
  const release = `INSERT INTO releases (id, room_id, seq, version, target_id, target_kind, asked_by, asked_at, message_id, client_id, body, body_mac, answer, answered_by, answered_at)
    VALUES ($1, $2, 1, $3, $4, 'joint', $5, '${at}', $6, $6, ${blob}, ${blob}, $7, $8, $9)`;
  await run(release, [w.release, w.caucusA, 1, w.joint, w.judge, randomUUID(), null, null, null]);
  const shared = (await run(`SELECT id FROM messages WHERE room_id = $1 AND seq = 1`, [w.joint])) as { rows: { id: string }[] };
  await run(release, [w.givenRelease, w.caucusB, 0, w.joint, w.judge, shared.rows[0]!.id, 'agreed', w.boris, at]);
  await run(`INSERT INTO released (release_id, room_id, seq, author_id, agreed_at) VALUES ($1, $2, 1, $3, '${at}')`, [
    w.givenRelease,
    w.joint,
    w.boris,
  ]);
  const seat = `INSERT INTO room_members (room_id, person_id, capacity, joined_at, left_at) VALUES ($1, $2, $3, '${at}', $4)`;
  await run(`INSERT INTO rooms (id, case_id, kind, opened_at) VALUES ($1, $2, 'sub', '${at}')`, [w.watched, w.live]);
  await run(seat, [w.watched, w.ana, 'party', null]);
  await run(seat, [w.watched, w.watcher, 'observer', null]);
  for (const room of [w.joint, w.caucusA]) await run(seat, [room, w.former, 'co_mediator', at]);
  await run(`INSERT INTO room_handovers (room_id, person_id, mediator_id, agrees, answered_at) VALUES ($1, $2, $3, false, '${at}')`, [
    w.caucusA,
    w.ana,
    w.otherMediator,
  ]);
  await run(`INSERT INTO notes (id, case_id, author_id, party_id, body, written_at) VALUES ($1, $2, $3, $4, ${blob}, '${at}')`, [
    w.note,
    w.live,
    w.judge,
    w.partyA,
  ]);
  await run(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', '${at}')`, [w.consultation]);
  await run(`INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES ($1, $2, 'asker', '${at}')`, [
    w.consultation,
    w.stranger,
  ]);
  await heldAndLeft(run, w);
  await run(`INSERT INTO duties VALUES (gen_random_uuid(), $1, '[2026-09-21T09:00Z,2026-09-21T12:00Z)', $2, '${at}')`, [
    w.duty,
    w.coordinator,
  ]);
  await run(
    `INSERT INTO consultations (id, room_id, asker_id, language, category, source, asked_at, draft_sealed) VALUES ($1, $2, $3, 'kk', '', 'start', '${at}', ${blob})`,
    [w.asked, w.consultation, w.stranger],
  );
  await gathered(run, w);
}

/** A consultation that a duty mediator holds, and somebody who spoke for Ana's side in its rooms until another did. */
async function heldAndLeft(run: Run, w: Record<string, string>) {
  await run(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', '${at}')`, [w.taken]);
  const seat = `INSERT INTO room_members (room_id, person_id, capacity, side, joined_at, left_at) VALUES ($1, $2, $3, $4, '${at}', $5)`;
  await run(seat, [w.taken, w.stranger, 'asker', null, null]);
  await run(seat, [w.taken, w.duty, 'mediator', null, null]);
  await run(
    `INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at) VALUES ($1, 1, gen_random_uuid(), $2, gen_random_uuid(), ${blob}, ${blob}, '${at}')`,
    [w.taken, w.stranger],
  );
  await run(`INSERT INTO keys.data_keys VALUES ('room', $1, 1, '1', ${blob}, '${at}')`, [w.taken]);
  const speaks = 'UPDATE parties SET person_id = $2 WHERE id = $1';
  await run(speaks, [w.partyA, w.formerRepresentative]);
  for (const room of [w.joint, w.caucusA]) await run(seat, [room, w.formerRepresentative, 'party', 'A', at]);
  await run(speaks, [w.partyA, w.ana]);
}

/** A co-mediator and Ana's interpreter, agreed to by all; an observer who was asked in and not agreed to; and whether the sides meet, answered by Ana. */
async function gathered(run: Run, w: Record<string, string>) {
  const hash = `(SELECT email_hash FROM persons WHERE id = $4)`;
  await run(
    `INSERT INTO guests (id, case_id, capacity, name, contact_hash, asked_by, asked_at, person_id, pledge, pledged_at)
     VALUES ($1, $2, 'observer', 'Б', ${hash}, $3, '${at}', $4, '1', '${at}')`,
    [w.guest, w.live, w.judge, w.watcher],
  );
  await run(`INSERT INTO guest_answers (guest_id, person_id, agrees, own, answered_at) VALUES ($1, $2, false, false, '${at}')`, [
    w.guest,
    w.ana,
  ]);
  const seat = `INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES ($1, $2, $3, '${at}')`;
  for (const [id, person, capacity, rooms] of [
    [w.secondAsked, w.second, 'co_mediator', [w.joint]],
    [w.speakerAsked, w.speaker, 'interpreter', [w.joint, w.caucusA]],
  ] as const) {
    await run(
      `INSERT INTO guests (id, case_id, capacity, name, languages, contact_hash, asked_by, asked_at, person_id, pledge, pledged_at, declared_at)
       VALUES ($1, $2, $5, 'С', CASE $5 WHEN 'interpreter' THEN '{kk,ru}' ELSE '{}' END::text[], ${hash}, $3, '${at}', $4, '1', '${at}', CASE $5 WHEN 'co_mediator' THEN '${at}'::timestamptz END)`,
      [id, w.live, w.judge, person, capacity],
    );
    for (const party of [w.ana, w.boris])
      await run(`INSERT INTO guest_answers (guest_id, person_id, agrees, own, answered_at) VALUES ($1, $2, true, $3, '${at}')`, [
        id,
        party,
        capacity === 'interpreter' && party === w.ana,
      ]);
    for (const room of rooms) await run(seat, [room, person, capacity]);
  }
  await run(`INSERT INTO joint_requests (case_id, asked_by, asked_at) VALUES ($1, $2, '${at}')`, [w.live, w.judge]);
  await run(`INSERT INTO joint_consents (case_id, person_id, agrees, answered_at) VALUES ($1, $2, true, '${at}')`, [w.live, w.ana]);
}
