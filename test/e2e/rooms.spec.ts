import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import type { MessageView, RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import { newId } from '#platform';
import { RoomsOpening, RoomsService } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';
import { Database } from '#platform';
import { eventually } from '../support/eventually.js';

type RoomSocket = Socket<RoomServerEvents, RoomClientEvents>;

let cabinet: Cabinet;
let people: Mediation;
let joint: string;
let caucusA: string;
let caucusB: string;
const opened: Socket[] = [];

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
  [joint, caucusA, caucusB] = await openRooms(people);
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(() => cabinet.stop());

async function openRooms({ mediator, caseId }: Mediation): Promise<[string, string, string]> {
  await cabinet.api.get(Database).transaction(mediator, (tx) => cabinet.api.get(RoomsOpening).open(tx, mediator, caseId));
  const rooms = await cabinet.api.get(RoomsService).list(mediator, caseId);
  return [rooms[0]!.id, rooms[1]!.id, rooms[2]!.id];
}

function connect(cookie: string, { origin = cabinet.origin, namespace = 'rooms' } = {}): RoomSocket {
  const socket = io(`${cabinet.origin}/${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin, cookie },
  });
  opened.push(socket);
  return socket;
}
const signedIn = async (actor: SignedIn) => connect((await openSession(cabinet.admin, actor)).cookie);
const refusedAt = (socket: Socket) =>
  new Promise<string>(
    (resolve) =>
      void socket.on('connect_error', (error) =>
        resolve((error as Error & { data?: { problem: { code: string } } }).data?.problem.code ?? error.message),
      ),
  );
const message = (roomId: string, body: string, clientId: string = randomUUID()) => ({ roomId, clientId, body });
const problem = (code: string) => ({ problem: expect.objectContaining({ code }) as unknown });
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('carries a caucus message to the mediator and to nobody else', async () => {
  const [hers, his, judges, strangers, desks] = await Promise.all(
    [people.a, people.b, people.mediator, people.other, people.coordinator].map(signedIn),
  );
  const overheard = vi.fn();
  const heard = vi.fn();
  for (const socket of [his!, strangers!, desks!]) socket.onAny(overheard);
  judges!.on('message.posted', heard);

  for (const socket of [hers!, judges!]) expect(await socket.emitWithAck('room.enter', { roomId: caucusA })).toMatchObject({ lastSeq: 0 });
  for (const socket of [his!, strangers!, desks!])
    for (const roomId of [caucusA, newId()]) {
      expect(await socket.emitWithAck('room.enter', { roomId })).toEqual(problem('not_found'));
      expect(await socket.emitWithAck('message.post', message(roomId, 'мен де'))).toEqual(problem('not_found'));
      expect(await socket.emitWithAck('room.read', { roomId, seq: 1 })).toEqual(problem('not_found'));
      socket.emit('room.type', { roomId });
    }

  const sent = message(caucusA, 'Мен жартысына көнер едім.');
  const kept = await hers!.emitWithAck('message.post', sent);
  expect(kept).toMatchObject({ seq: 1, authorId: people.a.id, body: sent.body });
  expect(await hers!.emitWithAck('message.post', sent)).toEqual(kept);
  expect(await hers!.emitWithAck('message.post', { ...sent, body: 'басқа' })).toEqual(problem('message.client_id_reused'));
  await eventually(() => expect(heard).toHaveBeenCalledWith(kept));
  await hers!.emitWithAck('room.read', { roomId: caucusA, seq: 1 });
  hers!.emit('room.type', { roomId: caucusA });
  await pause(100);
  expect(heard).toHaveBeenCalledTimes(1);
  expect(overheard).not.toHaveBeenCalled();
});

it('refuses a socket without a session, with a foreign origin, or before the second factor', async () => {
  expect(await refusedAt(connect(''))).toBe('unauthenticated');
  expect(await refusedAt(connect('kelisim=%E0%A4%A'))).toBe('unauthenticated');
  const { cookie, sessionId } = await openSession(cabinet.admin, people.mediator);
  expect(await refusedAt(connect(cookie, { origin: 'https://evil.example' }))).toMatch(/websocket error|403/);
  await cabinet.admin('UPDATE sessions SET second_factor_at = NULL WHERE id = $1', [sessionId]);
  for (const namespace of ['rooms', 'live']) expect(await refusedAt(connect(cookie, { namespace }))).toBe('second_factor_required');
});

it('shows nothing to a party who acts as an office', async () => {
  const both = await arrangeMediation(cabinet);
  const [, own] = await openRooms(both);
  const [party, office] = [await signedIn(both.a), await signedIn({ ...both.a, role: 'coordinator' })];
  const overheard = vi.fn();
  office.onAny(overheard);
  await party.emitWithAck('room.enter', { roomId: own });
  expect(await office.emitWithAck('room.enter', { roomId: own })).toEqual(problem('not_found'));
  expect(await office.emitWithAck('message.post', message(own, 'кеңсе'))).toEqual(problem('not_found'));
  await party.emitWithAck('message.post', message(own, 'өзіме'));
  await pause(100);
  expect(overheard).not.toHaveBeenCalled();
});

it('tells presence, typing and read marks to members who have entered', async () => {
  const [hers, judges, his] = [await signedIn(people.a), await signedIn(people.mediator), await signedIn(people.b)];
  const [presence, typing, read, elsewhere] = [vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  judges.on('room.presence', presence).on('room.typing', typing).on('room.read', read);
  his.onAny(elsewhere);
  expect(await judges.emitWithAck('room.enter', { roomId: caucusA })).toMatchObject({ present: [people.mediator.id] });
  await hers.emitWithAck('room.enter', { roomId: caucusA });
  await eventually(() =>
    expect(presence).toHaveBeenLastCalledWith({ roomId: caucusA, present: expect.arrayContaining([people.a.id, people.mediator.id]) }),
  );
  for (let i = 0; i < 5; i++) hers.emit('room.type', { roomId: caucusA });
  await eventually(() => expect(typing).toHaveBeenCalledWith({ roomId: caucusA, personId: people.a.id }));
  await hers.emitWithAck('room.read', { roomId: caucusA, seq: 1 });
  await eventually(() => expect(read).toHaveBeenCalledWith({ roomId: caucusA, personId: people.a.id, seq: 1 }));
  hers.disconnect();
  await eventually(() => expect(presence).toHaveBeenLastCalledWith({ roomId: caucusA, present: [people.mediator.id] }));
  expect(typing).toHaveBeenCalledTimes(1);
  expect(elsewhere).not.toHaveBeenCalled();
});

it('is silent to a removed member from the next message on, and drops a revoked session at once', async () => {
  const crowd = await arrangeMediation(cabinet, { partiesPerSide: 2 });
  const [room] = await openRooms(crowd);
  const leaver = crowd.sideA[1]!;
  const { cookie, sessionId } = await openSession(cabinet.admin, crowd.b);
  const [stays, leaves, revoked] = [await signedIn(crowd.a), await signedIn(leaver), connect(cookie)];
  const heard = vi.fn();
  leaves.on('message.posted', heard);
  for (const socket of [stays, leaves, revoked]) await socket.emitWithAck('room.enter', { roomId: room });
  await stays.emitWithAck('message.post', message(room, 'бәріміз осындамыз'));
  await eventually(() => expect(heard).toHaveBeenCalledTimes(1));
  await cabinet.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [
    room,
    leaver.id,
    '2026-09-07T16:20:00Z',
  ]);
  await stays.emitWithAck('message.post', message(room, 'ол кетті'));
  expect(await leaves.emitWithAck('message.post', message(room, 'мен әлі осындамын ба'))).toEqual(problem('not_found'));
  await pause(100);
  expect(heard).toHaveBeenCalledTimes(1);

  const dropped = new Promise((resolve) => void revoked.on('disconnect', resolve));
  await cabinet.admin('UPDATE sessions SET revoked_at = $2 WHERE id = $1', [sessionId, '2026-09-07T16:20:00Z']);
  await dropped;
  expect(await refusedAt(connect(cookie))).toBe('unauthenticated');
});

it('tells the members that their room changed, and takes out whoever is none any more', async () => {
  const crowd = await arrangeMediation(cabinet, { partiesPerSide: 2 });
  const [room] = await openRooms(crowd);
  const leaver = crowd.sideA[1]!;
  const [stays, leaves] = [await signedIn(crowd.a), await signedIn(leaver)];
  const [told, overheard] = [vi.fn(), vi.fn()];
  stays.on('room.changed', told);
  for (const socket of [stays, leaves]) await socket.emitWithAck('room.enter', { roomId: room });
  leaves.on('room.changed', overheard);
  await cabinet.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [
    room,
    leaver.id,
    '2026-09-07T16:20:00Z',
  ]);
  const redis = new Redis(inject('redisUrl'));
  await redis.publish(
    `${cabinet.database.name}:live`,
    JSON.stringify({ caseId: crowd.caseId, personIds: [], courtId: null, desk: false, notice: false }),
  );
  await eventually(() => expect(told).toHaveBeenCalledWith({ roomId: room }));
  expect(await stays.emitWithAck('room.enter', { roomId: room })).toMatchObject({ present: [crowd.a.id] });
  await pause(100);
  expect(overheard).not.toHaveBeenCalled();
  await redis.quit();
});

it('gives twenty writers at once one order without holes, the same for every listener', async () => {
  const crowd = await arrangeMediation(cabinet, { partiesPerSide: 10 });
  const [room] = await openRooms(crowd);
  const sockets = await Promise.all([...crowd.sideA, ...crowd.sideB].map(signedIn));
  const logs = sockets.map((socket) => {
    const log: MessageView[] = [];
    socket.on('message.posted', (it) => void log.push(it));
    return log;
  });
  await Promise.all(sockets.map((socket) => socket.emitWithAck('room.enter', { roomId: room })));
  await Promise.all(
    sockets.flatMap((socket) => Array.from({ length: 10 }, (_, n) => socket.emitWithAck('message.post', message(room, `${n}`)))),
  );
  await eventually(() => expect(logs.every((log) => log.length === 200)).toBe(true));
  expect(logs[0]!.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  for (const log of logs) expect(log).toEqual(logs[0]);
});

it('follows what another process committed, and tells Redis of a room and a seq only', async () => {
  const redis = new Redis(inject('redisUrl'));
  const prefix = cabinet.database.name;
  const wire: string[] = [];
  const ear = new Redis(inject('redisUrl'));
  await ear.subscribe(`${prefix}:rooms`);
  ear.on('message', (_, text) => void wire.push(text));
  const [his, hers] = [await signedIn(people.b), await signedIn(people.a)];
  const [heard, overheard] = [vi.fn(), vi.fn()];
  his.on('message.posted', heard);
  hers.onAny(overheard);
  const { lastSeq } = (await his.emitWithAck('room.enter', { roomId: caucusB })) as { lastSeq: number };
  const elsewhere = await (await anotherProcess()).post(people.mediator, message(caucusB, 'басқа процестен'));
  await redis.publish(`${prefix}:rooms`, JSON.stringify([{ roomId: caucusB, seq: elsewhere.seq }]));
  await eventually(() => expect(heard).toHaveBeenCalledWith(elsewhere));
  expect(elsewhere.seq).toBe(lastSeq + 1);
  await redis.publish(`${prefix}:rooms`, JSON.stringify([{ roomId: caucusB, seq: elsewhere.seq }]));
  await redis.publish(`${prefix}:rooms`, 'no json {');
  const own = await his.emitWithAck('message.post', message(caucusB, 'құпия-теңге-77'));
  await eventually(() => expect(heard).toHaveBeenCalledWith(own));
  await pause(100);
  expect(heard).toHaveBeenCalledTimes(2);
  expect(overheard).not.toHaveBeenCalled();
  for (const text of wire.filter((it) => it.startsWith('[')))
    for (const told of JSON.parse(text) as object[]) expect(Object.keys(told).toSorted()).toEqual(['roomId', 'seq']);
  for (const key of await redis.keys('*')) expect(Buffer.from((await redis.dumpBuffer(key)) ?? '').includes('құпия-теңге-77')).toBe(false);
  await Promise.all([redis.quit(), ear.quit()]);
});

it('finds by itself what another process committed and never told', async () => {
  const his = await signedIn(people.b);
  const heard: number[] = [];
  his.on('message.posted', ({ seq }) => void heard.push(seq));
  const { lastSeq } = (await his.emitWithAck('room.enter', { roomId: caucusB })) as { lastSeq: number };
  await (await anotherProcess()).post(people.mediator, message(caucusB, 'айтылмаған'));
  await his.emitWithAck('message.post', message(caucusB, 'келесі'));
  await eventually(() => expect(heard.toSorted()).toEqual([lastSeq + 1, lastSeq + 2]));
});

it('answers malformed frames with a refusal, closes whoever keeps sending them, and lives', async () => {
  const socket = (await signedIn(people.a)) as Socket;
  expect(await socket.emitWithAck('message.post', { roomId: 'x', clientId: 1 })).toEqual(problem('invalid'));
  expect(await socket.emitWithAck('room.enter', JSON.parse('{"__proto__":{"roomId":"x"}}'))).toEqual(problem('invalid'));
  expect(await socket.emitWithAck('room.destroy', {})).toEqual(problem('invalid'));
  expect(await socket.emitWithAck('message.post', message(joint, ''))).toEqual(problem('message.empty'));
  expect(await socket.emitWithAck('message.post', message(joint, 'x'.repeat(20_000)))).toEqual(problem('message.too_long'));
  const closed = new Promise((resolve) => void socket.on('disconnect', resolve));
  for (let i = 0; i < 40; i++) socket.emit('message.post', [[[[i]]]], null, undefined);
  await closed;
  const big = (await signedIn(people.a)) as Socket;
  await new Promise((resolve) => void big.on('connect', () => resolve(null)));
  const cut = new Promise((resolve) => void big.on('disconnect', resolve));
  big.emit('message.post', message(joint, 'x'.repeat(1_000_000)));
  await cut;
  expect(await (await signedIn(people.a)).emitWithAck('room.enter', { roomId: joint })).toMatchObject({ present: [people.a.id] });
});

it('keeps markup literal, and hides nothing in a text', async () => {
  const hers = await signedIn(people.a);
  const kept = await hers.emitWithAck('message.post', message(joint, '<b onclick=x>\u202Eсәлем\u0000</b>\r\n  екінші жол '));
  expect(kept).toMatchObject({ body: '<b onclick=x>сәлем</b>\n  екінші жол' });
});

/** The services of another api process on the same database, without its sockets. */
async function anotherProcess() {
  const { MessageFeed } = await import('#rooms');
  const { MessageWriter } = await import('../../libs/rooms/message.writer.js');
  const { RoomKeys } = await import('../../libs/rooms/room.keys.js');
  const { Clock, KeyedHash, Keys } = await import('#platform');
  const [db, clock, keys] = [cabinet.api.get(Database), cabinet.api.get(Clock), cabinet.api.get(Keys)];
  return new RoomsService(
    db,
    clock,
    keys,
    cabinet.api.get(KeyedHash),
    new RoomKeys(db, keys),
    new MessageWriter(db, clock, new MessageFeed()),
  );
}
