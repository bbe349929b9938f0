import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CaseEffects } from '#cases';
import type { MessageView, SignedIn } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { MessageFeed, type Posted } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { RoomKeys } from './room.keys.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';

let fresh: FreshDatabase;
let people: Mediation;
let rooms: RoomsService;
let joint: string;
let caucusA: string;
let caucusB: string;

/** Services as one api process holds them: another call is another process on the same database. */
function startProcess(feed = new MessageFeed()) {
  const { db, clock, keys, hashes } = fresh;
  return new RoomsService(db, clock, keys, hashes, new RoomKeys(db, keys), new MessageWriter(db, clock, feed));
}
const open = (actor: SignedIn, caseId: string) =>
  fresh.db.transaction(actor, (tx) => new RoomsOpening(fresh.keys, fresh.clock, new CaseEffects()).open(tx, actor, caseId));
const say = (actor: SignedIn, roomId: string, body: string, clientId: string = randomUUID()) =>
  rooms.post(actor, { roomId, clientId, body });
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  fresh = await freshDatabase();
  people = await arrangeMediation(fresh);
  rooms = startProcess();
  await open(people.a, people.caseId);
  const found = await rooms.list(people.mediator, people.caseId);
  [joint, caucusA, caucusB] = [found[0]!.id, found[1]!.id, found[2]!.id];
});
afterAll(() => fresh.drop());

it('opens a joint room and a caucus per side, once, each with a key of its own', async () => {
  await open(people.mediator, people.caseId);
  const found = await rooms.list(people.mediator, people.caseId);
  expect(found.map(({ kind, side }) => [kind, side])).toEqual([
    ['joint', null],
    ['caucus', 'A'],
    ['caucus', 'B'],
  ]);
  const keys = await fresh.admin('SELECT scope_id FROM keys.data_keys WHERE scope = $1 AND scope_id = ANY($2)', [
    'room',
    [joint, caucusA, caucusB],
  ]);
  expect(keys).toHaveLength(3);
});

it('opens no joint room where the parties must not meet', async () => {
  const apart = await arrangeMediation(fresh, { shuttle: 'required' });
  await open(apart.mediator, apart.caseId);
  expect((await rooms.list(apart.mediator, apart.caseId)).map(({ kind, side }) => [kind, side])).toEqual([
    ['caucus', 'A'],
    ['caucus', 'B'],
  ]);
  expect((await rooms.list(apart.a, apart.caseId)).map(({ kind, side }) => [kind, side])).toEqual([['caucus', 'A']]);
});

it('shows each person the rooms she is in, with the names of its members', async () => {
  expect((await rooms.list(people.a, people.caseId)).map(({ id }) => id)).toEqual([joint, caucusA]);
  expect((await rooms.list(people.b, people.caseId)).map(({ id }) => id)).toEqual([joint, caucusB]);
  const { members, mayPost } = await rooms.read(people.a, caucusA);
  expect(members.map(({ name }) => name)).toEqual(['Медетова Айгүл', 'Асанова-0 Айгүл']);
  expect(mayPost).toBe(true);
});

it('keeps a message and gives it back to the members alone', async () => {
  const kept = await say(people.a, caucusA, 'Мен жартысына келісемін.');
  expect(kept).toMatchObject({ seq: 1, authorId: people.a.id, body: 'Мен жартысына келісемін.' });
  expect(await rooms.page(people.mediator, caucusA, { limit: 50 })).toEqual({ messages: [kept], lastSeq: 1 });

  for (const stranger of [
    people.b,
    people.other,
    people.coordinator,
    { ...people.a, role: 'coordinator' as const },
    { ...people.mediator, role: 'citizen' as const },
  ]) {
    for (const roomId of [caucusA, newId()]) {
      await expect(rooms.page(stranger, roomId, { limit: 50 })).rejects.toEqual(refused('not_found'));
      await expect(rooms.read(stranger, roomId)).rejects.toEqual(refused('not_found'));
      await expect(rooms.enter(stranger, roomId)).rejects.toEqual(refused('not_found'));
      await expect(rooms.markRead(stranger, roomId, 1)).rejects.toEqual(refused('not_found'));
      await expect(say(stranger, roomId, 'мен де осындамын')).rejects.toEqual(refused('not_found'));
    }
  }
  expect(await rooms.page(people.a, caucusA, { limit: 50 })).toEqual({ messages: [kept], lastSeq: 1 });
});

it('stores no word of it in clear, and nothing that opens elsewhere', async () => {
  const secret = 'құпия сөз 4711';
  const first = await say(people.a, caucusA, secret);
  await say(people.a, caucusA, secret);
  const stored = await fresh.admin<{ body: Buffer }>('SELECT body FROM messages WHERE room_id = $1 ORDER BY seq DESC LIMIT 2', [caucusA]);
  for (const { body } of stored) expect(body.includes(Buffer.from(secret))).toBe(false);
  expect(stored[0]!.body.equals(stored[1]!.body)).toBe(false);
  await fresh.db.transaction(people.a, async (tx) => {
    const here = `${caucusA}|${people.a.id}|${first.clientId}`;
    expect(await fresh.keys.open(tx, { scope: 'room', id: caucusA }, stored[1]!.body, here)).toBe(secret);
    await expect(fresh.keys.open(tx, { scope: 'room', id: caucusA }, stored[0]!.body, here)).rejects.toThrow();
  });
});

it('gives the first result to a retry, also after a crash, and refuses another body', async () => {
  const clientId = randomUUID();
  const first = await say(people.a, joint, 'Сәлем', clientId);
  expect(await say(people.a, joint, 'Сәлем', clientId)).toEqual(first);
  expect(
    await startProcess().post(people.a, { roomId: joint.toUpperCase(), clientId: clientId.toUpperCase(), body: ' Сәлем\r\n' }),
  ).toEqual(first);
  await expect(say(people.a, joint, 'Сәлем!', clientId)).rejects.toEqual(refused('message.client_id_reused'));
  for (const body of ['Сәлем', 'Басқа адам, сол нөмір'])
    await expect(say(people.b, joint, body, clientId)).rejects.toEqual(refused('message.client_id_reused'));
  expect((await rooms.enter(people.b, joint)).lastSeq).toBe(first.seq);
});

it('keeps one of two equal messages that arrive together', async () => {
  const clientId = randomUUID();
  const [one, two, other, another] = await Promise.allSettled([
    say(people.b, joint, 'бір', clientId),
    say(people.b, joint, 'бір', clientId),
    say(people.b, joint, 'екі', clientId),
    say(people.a, joint, 'бір', clientId),
  ]);
  expect(one).toMatchObject({ status: 'fulfilled' });
  expect(two).toEqual(one);
  expect(other).toMatchObject({ reason: { code: 'message.client_id_reused' } });
  expect(another).toMatchObject({ reason: { code: 'message.client_id_reused' } });
});

it('writes one order without holes for authors of two processes at once', async () => {
  const crowd = await arrangeMediation(fresh, { partiesPerSide: 10 });
  await open(crowd.mediator, crowd.caseId);
  const [room] = await rooms.list(crowd.mediator, crowd.caseId);
  const processes = [startProcess(), startProcess()];
  const authors = [...crowd.sideA, ...crowd.sideB];
  const sent = await Promise.all(
    authors.flatMap((author, i) =>
      Array.from({ length: 20 }, (_, n) => processes[i % 2]!.post(author, { roomId: room!.id, clientId: randomUUID(), body: `${i}:${n}` })),
    ),
  );
  const read: MessageView[] = [];
  for (let after = 0; after < 400; after += 200) read.push(...(await rooms.page(crowd.mediator, room!.id, { after, limit: 200 })).messages);
  expect(read.map(({ seq }) => seq)).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
  expect([...sent].toSorted((x, y) => x.seq - y.seq)).toEqual(read);
  for (const [i, author] of authors.entries())
    expect(read.filter(({ authorId }) => authorId === author.id).map(({ body }) => body)).toEqual(
      Array.from({ length: 20 }, (_, n) => `${i}:${n}`),
    );
});

it('tells of a message after its commit, once per batch, in order, with the members of that commit', async () => {
  const feed = new MessageFeed();
  const told: Posted[] = [];
  const seen: Promise<unknown[]>[] = [];
  feed.subscribe((posted) => {
    told.push(...posted);
    seen.push(fresh.admin('SELECT 1 FROM messages WHERE id = $1', [posted[0]!.message.id]));
  });
  const process = startProcess(feed);
  await Promise.all(Array.from({ length: 9 }, (_, n) => process.post(people.b, { roomId: caucusB, clientId: randomUUID(), body: `${n}` })));
  expect(told.map(({ message }) => message.body)).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
  for (const rows of await Promise.all(seen)) expect(rows).toHaveLength(1);
  for (const { members } of told) expect(members.toSorted()).toEqual([people.b.id, people.mediator.id].toSorted());
});

it('refuses what is bad alone and keeps the rest of the batch', async () => {
  const gone = { ...people.b, sessionId: newId() };
  const answers = await Promise.allSettled([
    say(people.a, joint, 'жақсы'),
    say(gone, joint, 'сессиясыз'),
    say(people.a, caucusB, 'бөтен бөлме'),
    say(people.a, joint, ' \n\u200B\u202E '),
    say(people.a, joint, 'ұ'.repeat(4001)),
    say(people.b, joint, 'тағы жақсы'),
  ]);
  expect(answers.map((it) => (it.status === 'fulfilled' ? it.value.body : (it.reason as { code: string }).code))).toEqual([
    'жақсы',
    'unauthenticated',
    'not_found',
    'message.empty',
    'message.too_long',
    'тағы жақсы',
  ]);
});

it('judges the role at every commit, whatever the process believed', async () => {
  const row = (author: SignedIn, author_role: string | undefined) => ({
    id: newId(), room_id: caucusA, author_id: author.id, author_role, client_id: newId(), body: 'AA==', body_mac: 'AA==', posted_at: '2026-09-07T16:00:00Z',
  }); // prettier-ignore
  const outcomes = async (rows: object[]) =>
    (await fresh.db.look<{ outcome: string }>('SELECT outcome FROM post_messages($1::jsonb)', [JSON.stringify(rows)])).map(
      ({ outcome }) => outcome,
    );
  const wrong = [row(people.a, 'coordinator'), row(people.a, 'mediator'), row(people.mediator, 'citizen'), row(people.a, undefined)];
  expect(await outcomes([...wrong, row(people.b, 'citizen'), row(people.coordinator, 'citizen')])).toEqual(Array(6).fill('not_found'));
});

it('judges the session at every commit', async () => {
  const session = { ...people.a, sessionId: newId() };
  await fresh.admin(
    `INSERT INTO sessions (id, token_hash, person_id, role, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, 'citizen', $4, $4, $5)`,
    [session.sessionId, Buffer.from(session.sessionId), session.id, '2026-09-07T12:00:00Z', '2026-09-08T12:00:00Z'],
  );
  await expect(say(session, joint, 'тірі')).resolves.toMatchObject({ body: 'тірі' });
  await expect(say({ ...people.b, sessionId: session.sessionId }, joint, 'бөтен сессия')).rejects.toEqual(refused('unauthenticated'));
  await fresh.admin('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [session.sessionId, '2026-09-07T13:00:00Z']);
  await expect(say(session, joint, 'өлі')).rejects.toEqual(refused('unauthenticated'));
});

it('lets a member who left neither write nor read nor be told', async () => {
  const left = await arrangeMediation(fresh, { partiesPerSide: 2 });
  await open(left.mediator, left.caseId);
  const [room] = await rooms.list(left.mediator, left.caseId);
  const feed = new MessageFeed();
  const told: Posted[] = [];
  feed.subscribe((posted) => void told.push(...posted));
  const process = startProcess(feed);
  await process.post(left.sideA[1]!, { roomId: room!.id, clientId: randomUUID(), body: 'қош' });
  await fresh.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [
    room!.id,
    left.sideA[1]!.id,
    '2026-09-07T15:00:00Z',
  ]);
  await expect(process.post(left.sideA[1]!, { roomId: room!.id, clientId: randomUUID(), body: 'тағы' })).rejects.toEqual(
    refused('not_found'),
  );
  await expect(process.page(left.sideA[1]!, room!.id, { limit: 1 })).rejects.toEqual(refused('not_found'));
  await process.post(left.a, { roomId: room!.id, clientId: randomUUID(), body: 'ол кетті' });
  expect(told.map(({ members }) => members.includes(left.sideA[1]!.id))).toEqual([true, false]);
});

it('reads forth and back, and marks only forward', async () => {
  const page = async (query: object) => (await rooms.page(people.a, joint, { limit: 2, ...query })).messages.map(({ seq }) => seq);
  const { lastSeq } = await rooms.enter(people.a, joint);
  expect(await page({ after: 0 })).toEqual([1, 2]);
  expect(await page({ before: 4 })).toEqual([2, 3]);
  expect(await page({})).toEqual([lastSeq - 1, lastSeq]);
  expect((await rooms.markRead(people.a, joint, 2)).seq).toBe(2);
  expect((await rooms.markRead(people.a, joint, 1)).seq).toBe(2);
  expect((await rooms.markRead(people.a, joint, 10_000)).seq).toBe(lastSeq);
  expect(await rooms.read(people.a, joint)).toMatchObject({ readSeq: lastSeq, unread: 0 });
  await say(people.a, joint, 'өзім жаздым');
  expect(await rooms.read(people.a, joint)).toMatchObject({ unread: 0 });
  expect((await rooms.read(people.b, joint)).unread).toBeGreaterThan(0);
  await say(people.b, joint, 'мен де');
  expect(await rooms.read(people.a, joint)).toMatchObject({ unread: 1 });
});

it('is read-only from the moment its case ends', async () => {
  const ending = await arrangeMediation(fresh);
  await open(ending.mediator, ending.caseId);
  const [room] = await rooms.list(ending.a, ending.caseId);
  const clientId = randomUUID();
  const kept = await say(ending.a, room!.id, 'соңғы сөз', clientId);
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '2' WHERE id = $1`, [ending.caseId]);
  await expect(say(ending.a, room!.id, 'кеш')).rejects.toEqual(refused('room.closed'));
  expect(await say(ending.a, room!.id, 'соңғы сөз', clientId)).toEqual(kept);
  expect(await rooms.read(ending.b, room!.id)).toMatchObject({ state: 'read_only', mayPost: false, lastSeq: 1 });
});
