import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { guestPledge, type MessageView, type RoomClientEvents, type RoomServerEvents, type SignedIn } from '#contract';
import { Database, KeyedHash, newId } from '#platform';
import { contactHash } from '#people';
import { GuestsService, JointRoomService, ModerationService, RoomsOpening, RoomsService } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';
import { eventually } from '../support/eventually.js';

type RoomSocket = Socket<RoomServerEvents, RoomClientEvents>;

let cabinet: Cabinet;
let people: Mediation;
let joint: string;
let caucusA: string;
const opened: Socket[] = [];

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
  await cabinet.api
    .get(Database)
    .transaction(people.mediator, (tx) => cabinet.api.get(RoomsOpening).open(tx, people.mediator, people.caseId));
  const rooms = await cabinet.api.get(RoomsService).list(people.a, people.caseId);
  [joint, caucusA] = [rooms[0]!.id, rooms[1]!.id];
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(() => cabinet.stop());

async function signedIn(actor: SignedIn): Promise<RoomSocket> {
  const { cookie } = await openSession(cabinet.admin, actor);
  const socket = io(`${cabinet.origin}/rooms`, {
    transports: ['websocket'],
    forceNew: true,
    extraHeaders: { origin: cabinet.origin, cookie },
  });
  opened.push(socket);
  return socket;
}
const say = async (socket: RoomSocket, roomId: string, body: string) =>
  (await socket.emitWithAck('message.post', { roomId, clientId: randomUUID(), body })) as MessageView;

it('tells the members that a message was changed or taken back, and nobody else anything', async () => {
  const [hers, his, judges] = await Promise.all([signedIn(people.a), signedIn(people.b), signedIn(people.mediator)]);
  const [overheard, heard] = [vi.fn(), vi.fn()];
  his.onAny(overheard);
  judges.on('message.changed', heard);
  for (const socket of [hers, judges]) await socket.emitWithAck('room.enter', { roomId: caucusA });
  await his.emitWithAck('room.enter', { roomId: caucusA });
  const kept = await say(hers, caucusA, 'Жартысына келісемін.');
  const place = { roomId: caucusA, seq: kept.seq };

  const changed = await hers.emitWithAck('message.edit', { ...place, version: 0, body: 'Үштен біріне келісемін.' });
  await eventually(() => expect(heard).toHaveBeenLastCalledWith(changed));
  const gone = await hers.emitWithAck('message.retract', { ...place, version: 1 });
  expect(gone).toMatchObject({ body: '', isRetracted: true, version: 2 });
  await eventually(() => expect(heard).toHaveBeenLastCalledWith(gone));
  expect(await his.emitWithAck('message.edit', { ...place, version: 0, body: 'x' })).toMatchObject({ problem: { code: 'not_found' } });
  expect(await judges.emitWithAck('message.retract', { ...place, version: 0 })).toMatchObject({ problem: { code: 'message.not_yours' } });
  expect(overheard).not.toHaveBeenCalled();
});

it('tells the members that their room paused or slowed down', async () => {
  const hers = await signedIn(people.a);
  const changed = vi.fn();
  hers.on('room.changed', changed);
  await hers.emitWithAck('room.enter', { roomId: joint });
  await cabinet.api.get(ModerationService).set(people.mediator, joint, { state: 'paused', slowSeconds: null });
  await eventually(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(await say(hers, joint, 'x')).toMatchObject({ problem: { code: 'room.paused' } });
  await cabinet.api.get(ModerationService).set(people.mediator, joint, { state: 'open', slowSeconds: 60 });
  await eventually(() => expect(changed.mock.calls.length).toBeGreaterThan(1));
  expect([await say(hers, joint, 'бір'), await say(hers, joint, 'екі')]).toMatchObject([
    { body: 'бір' },
    { problem: { code: 'room.slow' } },
  ]);
});

it('drops an interpreter’s sockets the moment one party takes the agreement back', async () => {
  const [guests, interpreter] = [cabinet.api.get(GuestsService), { id: newId(), role: 'citizen' as const }];
  const contact = 'interpreter@example.kz';
  const hash = contactHash(cabinet.api.get(KeyedHash), { channel: 'email', contact });
  await cabinet.admin(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Е', 'А', 'ru', $2, '2026-09-07')`, [interpreter.id, hash]); // prettier-ignore
  await guests.ask(people.mediator, people.caseId, {
    id: newId(),
    capacity: 'interpreter',
    name: 'Айгерим',
    contact,
    languages: ['tr', 'ru'],
  });
  const { id } = (await guests.mine(interpreter))[0]!;
  for (const party of [people.a, people.b]) await guests.answer(party, id, { agrees: true, own: true });
  await guests.pledge(interpreter, id, guestPledge);
  const [hers, theirs] = [await signedIn(people.a), await signedIn(interpreter)];
  for (const socket of [hers, theirs]) await socket.emitWithAck('room.enter', { roomId: caucusA });
  const heard = vi.fn();
  theirs.on('message.posted', heard);
  await say(hers, caucusA, 'Аударыңызшы');
  await eventually(() => expect(heard).toHaveBeenCalledTimes(1));
  const left = new Promise((resolve) => hers.on('room.presence', ({ present }) => !present.includes(interpreter.id) && resolve(present)));
  await guests.answer(people.a, id, { agrees: true, own: false });
  await left;
  await say(hers, caucusA, 'Енді естімейсіз');
  expect(await theirs.emitWithAck('message.post', { roomId: caucusA, clientId: randomUUID(), body: 'x' })).toMatchObject({ problem: { code: 'not_found' } }); // prettier-ignore
  expect(heard).toHaveBeenCalledTimes(1);
});

it('tells no presence, typing or reading of a joint room that was closed because the sides work apart', async () => {
  const [hers, his] = [await signedIn(people.a), await signedIn(people.b)];
  for (const socket of [hers, his]) await socket.emitWithAck('room.enter', { roomId: joint });
  const emptied = new Promise((resolve) =>
    hers.on('room.presence', ({ roomId, present }) => roomId === joint && present.length === 0 && resolve(true)),
  );
  await cabinet.api.get(JointRoomService).separate(people.mediator, people.caseId);
  await emptied;
  const overheard = vi.fn();
  hers.onAny(overheard);
  const again = await signedIn(people.b);
  expect(await again.emitWithAck('room.enter', { roomId: joint })).toMatchObject({ present: [] });
  again.emit('room.type', { roomId: joint });
  await again.emitWithAck('room.read', { roomId: joint, seq: 1 });
  await again.emitWithAck('room.leave', { roomId: joint });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(
    overheard.mock.calls.filter(([event, said]) => event !== 'room.changed' && (said as { present?: string[] }).present?.length !== 0),
  ).toEqual([]);
});
