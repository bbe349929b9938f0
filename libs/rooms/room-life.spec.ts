import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { CaseEffects } from '#cases';
import { editWindowMinutes, type MessageView, type SignedIn } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { EditsService } from './edits.service.js';
import { MessageFeed } from './message.feed.js';
import { MessageWriter } from './message.writer.js';
import { ModerationService } from './moderation.service.js';
import { RoomKeys } from './room.keys.js';
import { RoomsOpening } from './rooms.opening.js';
import { RoomsService } from './rooms.service.js';

let fresh: FreshDatabase;
let people: Mediation;
let rooms: RoomsService;
let edits: EditsService;
let moderation: ModerationService;
let joint: string;
let caucus: string;

beforeAll(async () => {
  fresh = await freshDatabase();
  const { db, clock, keys, hashes } = fresh;
  rooms = new RoomsService(db, clock, keys, hashes, new RoomKeys(db, keys), new MessageWriter(db, clock, new MessageFeed()));
  edits = new EditsService(db, clock, keys, hashes);
  moderation = new ModerationService(db, clock);
});
afterAll(() => fresh.drop());

beforeEach(async () => {
  fresh.clock.set('2026-09-07T16:14:00Z');
  people = await arrangeMediation(fresh, { partiesPerSide: 2 });
  const opening = new RoomsOpening(fresh.keys, fresh.clock, new CaseEffects());
  await fresh.db.transaction(people.mediator, (tx) => opening.open(tx, people.mediator, people.caseId));
  const found = await rooms.list(people.a, people.caseId);
  [joint, caucus] = [found[0]!.id, found[1]!.id];
});

const say = (actor: SignedIn, roomId: string, body: string, replyTo?: string) =>
  rooms.post(actor, { roomId, clientId: randomUUID(), body, ...(replyTo ? { replyTo } : {}) });
const newest = async (actor: SignedIn, roomId: string) => (await rooms.page(actor, roomId, { limit: 1 })).messages[0]!;
const edit = (actor: SignedIn, { roomId, seq, version = 0 }: MessageView, body: string) =>
  edits.edit(actor, { roomId, seq, version, body });
const retract = (actor: SignedIn, { roomId, seq, version = 0 }: MessageView) => edits.retract(actor, { roomId, seq, version });
const refused = (code: string) => expect.objectContaining({ code });

it('answers a message of the same room, and knows none of another', async () => {
  const first = await say(people.a, joint, 'Қоршау ше?');
  const hidden = await say(people.a, caucus, 'Құпия.');
  const answer = await say(people.b, joint, 'Түзетемін.', first.id);
  expect(answer.replyTo).toBe(first.id);
  expect(await newest(people.mediator, joint)).toEqual(answer);
  for (const id of [hidden.id, newId()])
    await expect(say(people.a, joint, 'Ана сөзім', id)).rejects.toEqual(refused('message.reply_unknown'));
});

it('takes the same client id with another answered message for another message', async () => {
  const [first, second] = [await say(people.a, joint, 'бір'), await say(people.a, joint, 'екі')];
  const message = { roomId: joint, clientId: randomUUID(), body: 'иә' };
  await rooms.post(people.b, { ...message, replyTo: first.id });
  await expect(rooms.post(people.b, { ...message, replyTo: second.id })).rejects.toEqual(refused('message.client_id_reused'));
});

it('lets the author change a message, and shows that it was changed', async () => {
  const kept = await say(people.a, joint, 'Жиырма күн');
  const changed = await edit(people.a, kept, 'Отыз күн');
  expect(changed).toMatchObject({
    seq: kept.seq,
    body: 'Отыз күн',
    version: 1,
    postedAt: kept.postedAt,
    editedAt: fresh.clock.now().toISOString(),
  });
  expect(await newest(people.b, joint)).toEqual(changed);
  expect(await edit(people.a, kept, 'Отыз күн')).toEqual(changed); // the line was cut, the page asks again
  await expect(edit(people.a, kept, 'Қырық күн')).rejects.toEqual(refused('stale'));
  expect((await edit(people.a, changed, 'Қырық күн')).version).toBe(2);
});

it('takes a message back: its place stays, its words go', async () => {
  const kept = await say(people.a, caucus, 'Айтпауым керек еді');
  const gone = await retract(people.a, kept);
  expect(gone).toMatchObject({ seq: kept.seq, body: '', isRetracted: true });
  expect(await newest(people.mediator, caucus)).toEqual(gone);
  expect(await retract(people.a, gone)).toEqual(gone);
  await expect(edit(people.a, gone, 'Жоқ, айтамын')).rejects.toEqual(refused('message.retracted'));
});

it('is for the author alone, while the window is open, in a room that is open', async () => {
  const kept = await say(people.a, joint, 'Сәлем');
  for (const other of [people.b, people.sideA[1]!, people.mediator]) {
    await expect(edit(other, kept, 'Мен жаздым')).rejects.toEqual(refused('message.not_yours'));
    await expect(retract(other, kept)).rejects.toEqual(refused('message.not_yours'));
  }
  const hidden = await say(people.a, caucus, 'Жасырын');
  for (const stranger of [people.b, people.other, people.coordinator, { ...people.a, role: 'coordinator' as const }]) {
    await expect(edit(stranger, hidden, 'x')).rejects.toEqual(refused('not_found'));
    await expect(retract(stranger, { ...hidden, roomId: newId() })).rejects.toEqual(refused('not_found'));
  }
  fresh.clock.advance({ minutes: editWindowMinutes });
  const changed = await edit(people.a, kept, 'Сәлеметсіз бе');
  fresh.clock.advance({ seconds: 1 });
  await expect(edit(people.a, changed, 'Кеш')).rejects.toEqual(refused('message.window_passed'));
  await expect(retract(people.a, changed)).rejects.toEqual(refused('message.window_passed'));
});

it('stores a changed text sealed for its place and version alone', async () => {
  const kept = await say(people.a, caucus, 'бұрынғы');
  await edit(people.a, kept, 'құпия 4711');
  const [row] = await fresh.admin<{ body: Buffer }>('SELECT body FROM message_edits WHERE room_id = $1', [caucus]);
  expect(row!.body.includes(Buffer.from('құпия 4711'))).toBe(false);
  await fresh.db.transaction(people.a, async (tx) => {
    await expect(
      fresh.keys.open(tx, { scope: 'room', id: caucus }, row!.body, `${caucus}|${people.a.id}|${kept.clientId}`),
    ).rejects.toThrow();
  });
  await expect(fresh.admin('UPDATE message_edits SET version = 2')).rejects.toThrow();
});

it('stands still in a pause and opens again, by the mediator alone', async () => {
  const kept = await say(people.a, joint, 'Тоқтайықшы');
  for (const stranger of [people.a, people.b, people.other, people.coordinator, { ...people.mediator, role: 'citizen' as const }])
    await expect(moderation.set(stranger, joint, { state: 'paused', slowSeconds: null })).rejects.toEqual(refused('not_found'));
  expect(await moderation.set(people.mediator, joint, { state: 'paused', slowSeconds: null })).toMatchObject({
    state: 'paused',
    mayPost: false,
  });
  await expect(say(people.a, joint, 'x')).rejects.toEqual(refused('room.paused'));
  await expect(edit(people.a, kept, 'x')).rejects.toEqual(refused('room.paused'));
  await moderation.set(people.mediator, joint, { state: 'open', slowSeconds: null });
  await expect(say(people.a, joint, 'Жалғастырайық')).resolves.toMatchObject({ seq: 2 });
});

it('stays closed when the mediator closed it, also when its case resumes', async () => {
  await moderation.set(people.mediator, joint, { state: 'closed', slowSeconds: null });
  await expect(say(people.a, joint, 'x')).rejects.toEqual(refused('room.closed'));
  expect(await rooms.read(people.a, joint)).toMatchObject({ state: 'read_only', isClosed: true });
  await fresh.admin(`UPDATE cases SET state = 'AT_COURT' WHERE id = $1`, [people.caseId]);
  await expect(moderation.set(people.mediator, joint, { state: 'open', slowSeconds: null })).rejects.toEqual(refused('room.closed'));
  await fresh.admin(`UPDATE cases SET state = 'SETTLEMENT_DRAFT' WHERE id = $1`, [people.caseId]);
  expect((await rooms.list(people.a, people.caseId)).map(({ state }) => state)).toEqual(['read_only', 'open']);
});

it('lets one author wait in slow mode, and nobody else', async () => {
  await moderation.set(people.mediator, joint, { state: 'open', slowSeconds: 30 });
  const burst = await Promise.allSettled([say(people.a, joint, 'бір'), say(people.a, joint, 'екі'), say(people.b, joint, 'мен де')]);
  expect(burst.map((one) => (one.status === 'fulfilled' ? 'kept' : (one.reason as { code: string }).code))).toEqual([
    'kept',
    'room.slow',
    'kept',
  ]);
  for (const body of ['мен', 'күтпеймін']) await say(people.mediator, joint, body);
  fresh.clock.advance({ seconds: 30 });
  await say(people.a, joint, 'енді болады');
  const together = [0, 1].map(() => ({ roomId: joint, clientId: randomUUID(), body: 'қатар' }));
  fresh.clock.advance({ seconds: 30 });
  const held = await Promise.allSettled([say(people.mediator, joint, 'бос емес'), ...together.map((one) => rooms.post(people.b, one))]);
  expect(held.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']); // one batch, judged row by row
});

it('asks one member not to write for a while; only she and the mediator are told', async () => {
  await moderation.mute(people.mediator, joint, { personId: people.b.id, minutes: 10 });
  await expect(say(people.b, joint, 'x')).rejects.toEqual(refused('room.muted'));
  const mutedIn = async (actor: SignedIn) =>
    (await rooms.read(actor, joint)).members.filter(({ isMuted }) => isMuted).map(({ personId }) => personId);
  expect([await mutedIn(people.mediator), await mutedIn(people.b), await mutedIn(people.a)]).toEqual([[people.b.id], [people.b.id], []]);
  for (const stranger of [people.a, people.other, people.coordinator])
    await expect(moderation.mute(stranger, joint, { personId: people.b.id, minutes: 10 })).rejects.toEqual(refused('not_found'));
  for (const personId of [people.mediator.id, people.other.id])
    await expect(moderation.mute(people.mediator, joint, { personId, minutes: 1 })).rejects.toEqual(refused('not_found'));
  await moderation.mute(people.mediator, joint, { personId: people.b.id, minutes: 0 });
  await expect(say(people.b, joint, 'рахмет')).resolves.toMatchObject({ body: 'рахмет' });
});

it('lets an observer read and not write', async () => {
  await fresh.admin(`INSERT INTO room_members (room_id, person_id, capacity, joined_at) VALUES ($1, $2, 'observer', $3)`, [
    joint, people.other.id, fresh.clock.now(),
  ]); // prettier-ignore
  const observer = { ...people.other, role: 'citizen' as const };
  await say(people.a, joint, 'Көріп отырсыз ба?');
  expect(await newest(observer, joint)).toMatchObject({ body: 'Көріп отырсыз ба?' });
  await expect(say(observer, joint, 'Иә')).rejects.toEqual(refused('room.reading_only'));
  expect((await rooms.read(observer, joint)).mayPost).toBe(false);
});
