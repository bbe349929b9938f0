import { randomUUID } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { MessageView, RoomClientEvents, RoomServerEvents, SignedIn } from '#contract';
import { Database } from '#platform';
import { ModerationService, RoomsOpening, RoomsService } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';

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
  await vi.waitFor(() => expect(heard).toHaveBeenLastCalledWith(changed));
  const gone = await hers.emitWithAck('message.retract', { ...place, version: 1 });
  expect(gone).toMatchObject({ body: '', isRetracted: true, version: 2 });
  await vi.waitFor(() => expect(heard).toHaveBeenLastCalledWith(gone));
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
  await vi.waitFor(() => expect(changed).toHaveBeenCalledTimes(1));
  expect(await say(hers, joint, 'x')).toMatchObject({ problem: { code: 'room.paused' } });
  await cabinet.api.get(ModerationService).set(people.mediator, joint, { state: 'open', slowSeconds: 60 });
  await vi.waitFor(() => expect(changed.mock.calls.length).toBeGreaterThan(1));
  expect([await say(hers, joint, 'бір'), await say(hers, joint, 'екі')]).toMatchObject([
    { body: 'бір' },
    { problem: { code: 'room.slow' } },
  ]);
});
