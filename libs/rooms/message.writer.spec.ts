import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { CaseEffects } from '#cases';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';
import { eventually } from '../../test/support/eventually.js';

let fresh: FreshDatabase;
let people: Mediation;
let rooms: RoomsService;
let writer: MessageWriter;
let joint: string;
let caucus: string;
const batches: number[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  people = await arrangeMediation(fresh);
  const { db, clock, keys, hashes } = fresh;
  const feed = new MessageFeed();
  feed.subscribe((posted) => void batches.push(posted.length));
  writer = new MessageWriter(db, clock, feed);
  rooms = new RoomsService(db, clock, keys, hashes, new RoomKeys(db, keys), writer);
  await db.transaction(people.mediator, (tx) => new RoomsOpening(keys, clock, new CaseEffects()).open(tx, people.mediator, people.caseId));
  const found = await rooms.list(people.a, people.caseId);
  [joint, caucus] = [found[0]!.id, found[1]!.id];
  await Promise.all([joint, caucus].map((roomId) => say(roomId, 'key')));
});
afterAll(() => fresh.drop());

const say = (roomId: string, body: string, clientId: string = randomUUID()) => rooms.post(people.a, { roomId, clientId, body });
const refused = (code: string) => expect.objectContaining({ code });

it('sends the first message at once and the rest of the crowd together', async () => {
  batches.length = 0;
  await Promise.all(Array.from({ length: 50 }, (_, n) => say(joint, `${n}`)));
  expect(batches).toEqual([1, 49]);
});

it('lets two rooms go side by side, and one room wait for itself', async () => {
  batches.length = 0;
  await Promise.all(Array.from({ length: 20 }, (_, n) => say(n % 2 ? joint : caucus, `${n}`)));
  expect(batches.toSorted()).toEqual([1, 1, 9, 9]);
});

it('fails one batch with a refusal to be retried when the database fails, and goes on', async () => {
  const clientId = randomUUID();
  await fresh.admin('ALTER FUNCTION post_messages(jsonb) RENAME TO gone');
  const failed = await Promise.allSettled([say(joint, 'бірінші', clientId), say(joint, 'екінші')]);
  for (const one of failed) expect(one).toMatchObject({ reason: { code: 'unavailable', details: { retryAfter: 1 } } });
  await fresh.admin('ALTER FUNCTION gone(jsonb) RENAME TO post_messages');
  expect(await say(joint, 'бірінші', clientId)).toMatchObject({ clientId });
});

it('answers a retry after the connection died in the middle of a commit', async () => {
  const clientId = randomUUID();
  const letGo = await hold(caucus);
  const hanging = expect(say(caucus, 'үзілді', clientId)).rejects.toEqual(refused('unavailable'));
  await expect
    .poll(() => fresh.admin(`SELECT pid FROM pg_stat_activity WHERE query LIKE '%post_messages%' AND wait_event_type = 'Lock'`))
    .toHaveLength(1);
  await fresh.admin(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%post_messages%' AND wait_event_type = 'Lock'`,
  );
  await hanging;
  await letGo();
  // The pool may lend the dying connection once more: the author simply tries again.
  const kept = await eventually(() => say(caucus, 'үзілді', clientId));
  expect(await say(caucus, 'үзілді', clientId)).toEqual(kept);
});

it('refuses rather than grow when the database stands still, and writes all that it took', async () => {
  const letGo = await hold(joint);
  const before = Number(((await fresh.admin('SELECT last_seq FROM rooms WHERE id = $1', [joint])) as { last_seq: string }[])[0]!.last_seq);
  const [sealed, mac] = [Buffer.alloc(40), Buffer.alloc(32)];
  const draft = () => ({ roomId: joint, author: people.a, clientId: randomUUID(), body: '', sealed, mac });
  const taken = Array.from({ length: 10_001 }, () => writer.write(draft()));
  await expect(say(joint, 'артық')).rejects.toEqual(refused('unavailable'));
  await letGo();
  expect((await Promise.all(taken)).map(({ seq }) => seq)).toEqual(Array.from({ length: 10_001 }, (_, n) => before + 1 + n));
});

/** Somebody else holds the room, so that whoever posts there waits. */
async function hold(roomId: string) {
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${fresh.name}`;
  const held = (await fresh.connect(url.href)).createQueryRunner();
  await held.startTransaction();
  await held.query('SELECT 1 FROM rooms WHERE id = $1 FOR UPDATE', [roomId]);
  return async () => {
    await held.rollbackTransaction();
    await held.release();
  };
}
