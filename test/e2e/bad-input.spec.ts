import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { MessageView, RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import { Database, newId } from '#platform';
import { ModerationService, RoomsOpening, RoomsService } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';

/** What people and their devices do wrong in a room: each is refused by name, through the acknowledgement, and nothing of it is kept. */
type RoomSocket = Socket<RoomServerEvents, RoomClientEvents>;
type Reply = MessageView | { problem: { code: string } };
let cabinet: Cabinet;
let people: Mediation;
let [joint, caucusA, caucusB]: string[] = [];
let [hers, his, judges]: RoomSocket[] = [];

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
  const db = cabinet.api.get(Database);
  await db.transaction(people.mediator, (tx) => cabinet.api.get(RoomsOpening).open(tx, people.mediator, people.caseId));
  [joint, caucusA, caucusB] = (await cabinet.api.get(RoomsService).list(people.mediator, people.caseId)).map(({ id }) => id);
  [hers, his, judges] = await Promise.all([signedIn(people.a), signedIn(people.b), signedIn(people.mediator)]);
});
afterAll(async () => {
  for (const socket of [hers, his, judges]) socket?.disconnect();
  await cabinet.stop();
});

async function signedIn(actor: SignedIn): Promise<RoomSocket> {
  const { cookie } = await openSession(cabinet.admin, actor);
  return io(`${cabinet.origin}/rooms`, { transports: ['websocket'], forceNew: true, extraHeaders: { origin: cabinet.origin, cookie } });
}
const post = (socket: RoomSocket | undefined, roomId = '', body = 'сөз', more: object = {}) =>
  socket!.emitWithAck('message.post', { roomId, clientId: randomUUID(), body, ...more }) as Promise<Reply>;
const kept = async (reply: Promise<Reply>) => (await reply) as MessageView;
const problem = (code: string) => ({ problem: expect.objectContaining({ code }) as unknown });
const lastSeq = async (roomId = '') => (await cabinet.api.get(RoomsService).read(people.mediator, roomId)).lastSeq;

it.each([
  ['nothing', '', 'message.empty'],
  ['blanks and line ends', ' \n\t ', 'message.empty'],
  ['control characters alone', '\u0000\u0007\u001B', 'message.empty'],
  ['right-to-left marks alone', '\u202E\u2066\u200F', 'message.empty'],
  ['what nobody sees', '\u200B\u200D\u2060', 'message.empty'],
  ['20,000 characters', 'а'.repeat(20_000), 'message.too_long'],
  ['4,001 characters', '😀'.repeat(4_001), 'message.too_long'],
  ['more than any text', 'а'.repeat(20_001), 'invalid'],
  ['no text at all', 5 as unknown as string, 'invalid'],
])('refuses %s', async (_, body, code) => {
  const before = await lastSeq(joint);
  expect(await post(hers, joint, body)).toEqual(problem(code));
  expect(await lastSeq(joint)).toBe(before);
});

it('keeps control and right-to-left characters out of a text, and markup in it as it stands', async () => {
  expect(await post(hers, joint, 'бір\u0000\u202Eекі\u0007 <script>alert(1)</script> &lt;b&gt;')).toMatchObject({
    body: 'бірекі <script>alert(1)</script> &lt;b&gt;',
  });
});

it('refuses a reply to a message of another room, and to none', async () => {
  const elsewhere = await kept(post(judges, caucusB));
  for (const replyTo of [elsewhere.id, randomUUID()])
    expect(await post(hers, joint, 'жауап', { replyTo })).toEqual(problem('message.reply_unknown'));
});

it('refuses a change of somebody else’s message, after the window, and of an old version', async () => {
  const { seq } = await kept(post(hers, joint, 'алғашқы'));
  const change = (socket: RoomSocket | undefined, version: number, body = 'басқа') =>
    socket!.emitWithAck('message.edit', { roomId: joint!, seq, version, body });
  expect(await change(his, 0)).toEqual(problem('message.not_yours'));
  expect(await change(hers, 0, ' ')).toEqual(problem('message.empty'));
  expect(await change(hers, 3)).toEqual(problem('stale'));
  cabinet.setClock(new Date(cabinet.now().getTime() + 15 * 60_000 + 1_000));
  expect(await change(hers, 0)).toEqual(problem('message.window_passed'));
  expect(await hers!.emitWithAck('message.retract', { roomId: joint!, seq, version: 0 })).toEqual(problem('message.window_passed'));
});

it('refuses the release of somebody else’s text, and of a room that is not one’s own', async () => {
  const { seq } = await kept(post(hers, caucusA, 'тек осында'));
  const ask = (socket: RoomSocket | undefined) =>
    socket!.emitWithAck('release.ask', { roomId: caucusA!, seq, version: 0, targetId: joint! }) as Promise<Reply>;
  expect(await ask(hers)).toEqual(problem('not_found'));
  expect(await ask(his)).toEqual(problem('not_found'));
  const { release } = await kept(ask(judges));
  for (const socket of [his, judges])
    expect(await socket!.emitWithAck('release.answer', { releaseId: release!.id, agrees: true })).toEqual(
      problem(socket === his ? 'not_found' : 'release.not_yours'),
    );
});

it('refuses a clientId with another body, by another member, and takes it in another room for another message', async () => {
  const clientId = newId();
  const first = await kept(post(hers, joint, 'бір рет', { clientId }));
  expect(await post(hers, joint, 'бір рет', { clientId: clientId.toUpperCase() })).toEqual(first);
  expect(await post(hers, joint, 'екі рет', { clientId })).toEqual(problem('message.client_id_reused'));
  expect(await post(his, joint, 'бір рет', { clientId })).toEqual(problem('message.client_id_reused'));
  expect(await post(hers, caucusA, 'бір рет', { clientId })).toMatchObject({ roomId: caucusA });
});

it('refuses a post to a paused, a closed and a left room', async () => {
  const set = (state: 'paused' | 'open' | 'closed') =>
    cabinet.api.get(ModerationService).set(people.mediator, joint!, { state, slowSeconds: null });
  await set('paused');
  expect(await post(hers, joint)).toEqual(problem('room.paused'));
  await set('closed');
  expect(await post(hers, joint)).toEqual(problem('room.closed'));
  await set('open');
  expect(await post(hers, joint)).toMatchObject({ roomId: joint });
  await cabinet.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [joint, people.b.id, cabinet.now()]);
  expect(await post(his, joint)).toEqual(problem('not_found'));
  expect(await post(his, randomUUID())).toEqual(problem('not_found'));
});
