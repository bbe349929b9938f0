import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type { MessageView, RoomView, Schedule, SignedIn } from '#contract';
import { Database, newId } from '#platform';
import { RoomsOpening } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';
import { eventually } from '../support/eventually.js';

let cabinet: Cabinet;
let people: Mediation;
let court: SignedIn;
const opened: Socket[] = [];

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
  await cabinet.api
    .get(Database)
    .transaction(people.mediator, (tx) => cabinet.api.get(RoomsOpening).open(tx, people.mediator, people.caseId));
  await cabinet.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('TEST', 'first', 'x', 'x', 'x') ON CONFLICT DO NOTHING`);
  court = { ...people.other, role: 'court', courtId: 'TEST' };
});
afterAll(async () => {
  for (const socket of opened) socket.disconnect();
  await cabinet.stop();
});

async function signIn(actor: SignedIn) {
  const { cookie } = await openSession(cabinet.admin, actor);
  const visitor = cabinet.visitor();
  return {
    cookie,
    call: <T>(method: string, path: string, body?: unknown) => visitor.call<T>(method, path, body, { cookie }),
    socket: (namespace: string) => {
      const socket = io(`${cabinet.origin}/${namespace}`, {
        transports: ['websocket'],
        forceNew: true,
        extraHeaders: { origin: cabinet.origin, cookie },
      });
      opened.push(socket);
      return new Promise<Socket>((resolve) => void socket.on('connect', () => resolve(socket)));
    },
  };
}

it('serves rooms over HTTP where sockets are cut, and reaches the sockets of the others', async () => {
  const [hers, judges, his] = [await signIn(people.a), await signIn(people.mediator), await signIn(people.b)];
  const { body: rooms } = await hers.call<RoomView[]>('GET', `/cases/${people.caseId}/rooms`);
  expect(rooms.map(({ kind, side }) => [kind, side])).toEqual([
    ['joint', null],
    ['caucus', 'A'],
  ]);
  const caucus = rooms[1]!.id;
  const socket = await judges.socket('rooms');
  const heard = vi.fn();
  socket.onAny(heard);
  await socket.emitWithAck('room.enter', { roomId: caucus });
  const sent = { clientId: randomUUID(), body: 'Вебсокетсіз' };
  const posted = await hers.call<MessageView>('POST', `/rooms/${caucus}/messages`, sent);
  expect(posted).toMatchObject({ status: 201, body: { seq: 1, body: sent.body, authorId: people.a.id } });
  expect((await hers.call('POST', `/rooms/${caucus}/messages`, sent)).body).toEqual(posted.body);
  await eventually(() => expect(heard).toHaveBeenCalledWith('message.posted', posted.body));
  expect((await judges.call('GET', `/rooms/${caucus}/messages?after=0`)).body).toEqual({ messages: [posted.body], lastSeq: 1 });
  expect((await judges.call('PUT', `/rooms/${caucus}/read-mark`, { seq: 9 })).body).toEqual({ seq: 1 });
  expect((await judges.call('GET', `/rooms/${caucus}`)).body).toMatchObject({ unread: 0, readSeq: 1, mayPost: true });

  for (const path of [`/rooms/${caucus}`, `/rooms/${caucus}/messages`]) {
    const [closed, random] = [await his.call('GET', path), await his.call('GET', path.replace(caucus, newId()))];
    expect(closed.status).toBe(404);
    expect(closed.text).toBe(random.text);
  }
  expect((await his.call('POST', `/rooms/${caucus}/messages`, sent)).status).toBe(404);
  expect((await hers.call('POST', `/rooms/${caucus}/messages`, { clientId: 'x', body: '' })).status).toBe(400);
  expect((await hers.call('POST', `/rooms/${caucus}/messages`, { ...sent, body: 'басқа' })).body).toMatchObject({
    code: 'message.client_id_reused',
  });
  expect((await cabinet.visitor().get(`/rooms/${caucus}`)).status).toBe(401);
});

it('plans a meeting over HTTP', async () => {
  const [hers, his, judges, courts] = await Promise.all([people.a, people.b, people.mediator, court].map(signIn));
  const slots = [{ from: '2026-09-10T05:00:00Z', to: '2026-09-10T06:00:00Z' }];
  const made = await judges!.call<Schedule>('POST', `/cases/${people.caseId}/proposals`, { id: newId(), mode: 'room', slots });
  const answer = { acceptedSlotIds: made.body.proposal!.slots.map(({ id }) => id) };
  expect((await courts!.call('PUT', `/proposals/${made.body.proposal!.id}/answer`, answer)).status).toBe(404);
  expect((await courts!.call('GET', `/cases/${people.caseId}/schedule`)).status).toBe(404);
  await hers!.call('PUT', `/proposals/${made.body.proposal!.id}/answer`, answer);
  const booked = await his!.call<Schedule>('PUT', `/proposals/${made.body.proposal!.id}/answer`, answer);
  expect(booked.body).toMatchObject({ proposal: null, meetings: [{ from: '2026-09-10T05:00:00.000Z' }] });
  expect((await his!.call('DELETE', `/meetings/${booked.body.meetings[0]!.id}`)).body).toMatchObject({ meetings: [{ cancelled: true }] });
});

it('hints to those whose case or notice it is, and to their court, and to nobody else', async () => {
  const redis = new Redis(inject('redisUrl'));
  const names = ['a', 'b', 'mediator', 'coordinator', 'office', 'court'] as const;
  const actors: SignedIn[] = [people.a, people.b, people.mediator, people.coordinator, { ...people.a, role: 'coordinator' }, court];
  const sockets = await Promise.all(actors.map(async (actor) => (await signIn(actor)).socket('live')));
  const heard: Record<string, unknown[]> = Object.fromEntries(names.map((name) => [name, []]));
  sockets.forEach((socket, i) => socket.onAny((...frame: unknown[]) => heard[names[i]!]!.push(frame)));
  /** What each of them hears of it, and then of nothing more. */
  const tell = async (hint: object, expected: object) => {
    await redis.publish(
      `${cabinet.database.name}:live`,
      JSON.stringify({ caseId: null, personIds: [], courtId: null, desk: false, notice: false, ...hint }),
    );
    const said = () => Object.fromEntries(names.map((name) => [name, heard[name]]).filter(([, frames]) => frames!.length > 0));
    await eventually(() => expect(said()).toEqual(expected));
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(said()).toEqual(expected);
    for (const name of names) heard[name]!.length = 0;
  };
  const changed = ['case.changed', { caseId: people.caseId }];
  const toOffice = [changed, ['caseload.changed']];
  await tell({ caseId: people.caseId, personIds: [people.a.id, people.mediator.id] }, { a: [changed], mediator: [changed] });
  await tell({ caseId: people.caseId, courtId: 'TEST' }, { court: [['caseload.changed']] });
  await tell({ caseId: people.caseId, desk: true }, { coordinator: toOffice, office: toOffice });
  await tell({ personIds: [people.b.id], notice: true }, { b: [['notice.arrived']] });
  await tell({ caseId: people.caseId }, {});
  await tell({ notice: true }, {});
  await tell({ desk: 'x' }, {});
  await redis.quit();
});
