import { setTimeout as pause } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { CaseEffects } from '#cases';
import type { SignedIn } from '#contract';
import { Clock, Database, Keyring, Keys } from '#platform';
import { RoomsOpening } from '#rooms';
import { RoomMember } from '../../support/member.js';
import { arrangeMediation, openSession } from '../../support/mediation.js';

type Admin = <T extends object = Record<string, unknown>>(sql: string, values?: unknown[]) => Promise<T[]>;
/** A cabinet's database and secrets, wherever it runs. */
export type House = {
  name: string;
  urls: Record<'app' | 'court' | 'report', string>;
  secrets: Record<'CONTENT_KEYS' | 'CONTACT_KEYS' | 'HASH_KEY', string>;
  admin: Admin;
};

/** Disputes with `perSide` people a side and a mediator, all in their rooms through one address. */
export async function gather(
  house: House,
  origin: string,
  { cases = 2, perSide = 2, isHasty = false, saysFrom = origin } = {},
): Promise<RoomMember[]> {
  const source = await new DataSource({ type: 'postgres', url: house.urls.app }).initialize();
  const db = new Database(source);
  const clock = new Clock();
  const opening = new RoomsOpening(
    new Keys(clock, new Keyring(house.secrets.CONTACT_KEYS), new Keyring(house.secrets.CONTENT_KEYS)),
    clock,
    new CaseEffects(),
  );
  const members: RoomMember[] = [];
  for (let at = 0; at < cases; at += 1) {
    const { caseId, mediator, sideA, sideB } = await arrangeMediation(house, { partiesPerSide: perSide });
    await db.transaction(mediator, (tx) => opening.open(tx, mediator, caseId));
    for (const actor of [mediator, ...sideA, ...sideB]) members.push(await come(house, origin, actor, { isHasty, saysFrom }));
  }
  await source.destroy();
  await Promise.all(members.map((member) => member.connected()));
  return members;
}

export async function come(
  house: House,
  origin: string,
  actor: SignedIn,
  { isHasty = false, saysFrom = origin } = {},
): Promise<RoomMember> {
  const rooms = await house.admin<{ room_id: string }>('SELECT room_id FROM room_members WHERE person_id = $1 AND left_at IS NULL', [
    actor.id,
  ]);
  const { cookie } = await openSession(house.admin, actor, new Date().toISOString());
  return new RoomMember(
    actor,
    cookie,
    origin,
    rooms.map(({ room_id }) => room_id),
    isHasty ? 300 : 2_000,
    isHasty,
    saysFrom,
  );
}

/** Everybody says `each` things, and more while `goesOn`: some at once, one after the other in every room of hers, as fast as a socket may. Tells how many were said. */
export async function talk(
  members: RoomMember[],
  each: number,
  { atOnce = 4, perSecond = 80, said = '', goesOn = (): boolean => false } = {},
): Promise<number> {
  const everyMs = (atOnce * 1_000) / perSecond;
  let count = 0;
  await Promise.all(
    members.flatMap((member, who) =>
      Array.from({ length: atOnce }, async (_, lane) => {
        for (let n = lane; n < each || goesOn(); n += atOnce) {
          const next = Date.now() + everyMs;
          count += 1;
          await member.post(member.rooms[n % member.rooms.length]!, `${said}${who}:${n}`);
          await pause(Math.max(0, next - Date.now()));
        }
      }),
    ),
  );
  return count;
}

export type Findings = Awaited<ReturnType<typeof audit>>;
export const clean = { lost: 0, doubled: 0, holes: 0, disordered: 0, overheard: 0, unguarded: 0 };

/** What is in the database, against what everybody was told: counted faults, all of which must be none. */
export async function audit({ admin }: House, members: RoomMember[], withinMs = 60_000) {
  const stored = new Map<string, string[]>();
  const findings = { ...clean, acknowledged: 0, stored: 0 };
  for (const roomId of new Set(members.flatMap(({ rooms }) => rooms))) {
    const rows = await admin<{ id: string; seq: string; said: string }>(
      `SELECT id, seq, author_id || client_id::text AS said FROM messages WHERE room_id = $1 ORDER BY seq`,
      [roomId],
    );
    stored.set(
      roomId,
      rows.map(({ id }) => id),
    );
    findings.stored += rows.length;
    findings.doubled += rows.length - new Set(rows.map(({ said }) => said)).size;
    findings.holes += rows.filter(({ seq }, at) => Number(seq) !== at + 1).length;
  }
  findings.unguarded = await unguarded(admin);
  for (const member of members) {
    for (const { roomId, seq, id } of member.acknowledged) if (stored.get(roomId)?.[seq - 1] !== id) findings.lost += 1;
    findings.acknowledged += member.acknowledged.length;
    findings.overheard += [...member.heardOf].filter((roomId) => !member.rooms.includes(roomId)).length;
    for (const roomId of member.rooms) {
      const kept = stored.get(roomId)!;
      const log = await member.until(roomId, kept.length, withinMs).catch(() => member.logs.get(roomId)!.messages);
      if (log.length !== kept.length || log.some(({ id }, at) => id !== kept[at])) findings.disordered += 1;
    }
  }
  return findings;
}

/** Would the database by itself let a message in twice, whatever the code does? */
async function unguarded(admin: Admin): Promise<number> {
  const copied = await admin(
    `INSERT INTO messages (room_id, seq, id, author_id, client_id, body, body_mac, posted_at)
     SELECT room_id, -1, gen_random_uuid(), author_id, client_id, body, body_mac, posted_at FROM messages LIMIT 1 RETURNING room_id`,
  ).catch((error: { code?: string }) => {
    if (error.code === '23505') return [];
    throw error;
  });
  if (copied.length > 0)
    await admin(`SET session_replication_role = replica; DELETE FROM messages WHERE seq = -1; SET session_replication_role = DEFAULT`);
  return copied.length;
}

/** Kills while a batch of messages is being committed; tells whether one was. */
export async function killMidCommit(admin: Admin, kill: () => Promise<void>, withinMs = 5_000): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until;) {
    const running = await admin(
      `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%post_messages%' AND pid <> pg_backend_pid()`,
    );
    if (running.length === 0) continue;
    await kill();
    return true;
  }
  await kill();
  return false;
}
