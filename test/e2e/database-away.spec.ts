import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { RoomClientEvents, RoomServerEvents } from '#contract';
import { Database, KeyedHash, Keys, patienceMs } from '#platform';
import { RoomsOpening, RoomsService } from '#rooms';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { disputesIn } from '../support/disputes.js';
import { arrangeMediation, openSession } from '../support/mediation.js';
import { consenting, signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';
import { startWire, type Wire } from '../support/wire.js';

let [wire, cabinet, ana]: [Wire, Cabinet, Visitor] = [] as never;
beforeAll(async () => {
  wire = await startWire();
  cabinet = await startCabinet({ at: '2026-09-08T05:00:00Z', worker: false, wire });
  const { api, admin, now } = cabinet;
  const arranged = disputesIn({ admin, db: api.get(Database), keys: api.get(Keys), hashes: api.get(KeyedHash), clock: { now } } as never);
  ana = await signedIn(cabinet, await consenting(cabinet, await arranged.person('citizen')));
});
beforeEach(() => wire.up());
afterAll(async () => {
  await cabinet.stop();
  await wire.stop();
});

const ask = (path: string) => ana.call<{ code?: string; retryAfter?: number }>('GET', path);

it('answers a database that restarts by waiting for it: nobody is refused', async () => {
  wire.down();
  const asked = Array.from({ length: 30 }, () => ask('/notices'));
  const drafted = ana.call('POST', '/cases', { language: 'kk', answers: {} }, { 'idempotency-key': 'during' });
  await pause(patienceMs / 3);
  wire.up();
  expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
  expect((await drafted).status).toBe(201);
  expect(await cabinet.admin(`SELECT 1 FROM cases`)).toHaveLength(1);
});

it('says 503 and when to come again while there is none, at once after a while; and is back by itself', async () => {
  wire.down();
  const first = await ask('/notices');
  expect([first.status, first.body]).toMatchObject([503, { code: 'unavailable', retryAfter: 2 }]);
  expect(first.headers.get('retry-after')).toBe('2');
  const began = performance.now();
  const [list, ready, act] = await Promise.all([
    ask('/notices'),
    ask('/health/ready'),
    ana.call('POST', '/cases', { language: 'kk', answers: {} }, { 'idempotency-key': 'away' }),
  ]);
  expect([list.status, ready.status, act.status]).toEqual([503, 503, 503]);
  expect(performance.now() - began).toBeLessThan(patienceMs / 2);
  expect((await cabinet.visitor().get('/health/live')).status).toBe(200);
  wire.up();
  expect((await ask('/notices')).status).toBe(200);
  expect(await cabinet.admin(`SELECT 1 FROM cases`)).toHaveLength(1);
});

it('does not do twice what was under way when the line broke', async () => {
  const db = cabinet.api.get(Database);
  let times = 0;
  const act = db.transaction({ id: null, role: 'system' }, async (tx) => {
    times += 1;
    await tx.query('SELECT 1');
    wire.cut();
    await pause(50);
    await tx.query('SELECT 1');
  });
  await expect(act).rejects.toMatchObject({ name: 'DatabaseAway' });
  expect(times).toBe(1);
});

it('tells a socket the same, in the acknowledgement, and keeps a message that is sent again under its name', async () => {
  const { api, admin, origin } = cabinet;
  const people = await arrangeMediation({ admin });
  await api.get(Database).transaction(people.mediator, (tx) => api.get(RoomsOpening).open(tx, people.mediator, people.caseId));
  const [joint] = await api.get(RoomsService).list(people.a, people.caseId);
  const { cookie } = await openSession(admin, people.a, '2026-09-08T04:00:00Z');
  const open = () => io(`${origin}/rooms`, { transports: ['websocket'], forceNew: true, extraHeaders: { origin, cookie } });
  const hers: Socket<RoomServerEvents, RoomClientEvents> = open();
  const message = { roomId: joint!.id, clientId: randomUUID(), body: 'үзілсе де' };
  await hers.emitWithAck('room.enter', { roomId: joint!.id });
  wire.down();
  const refused = { problem: { code: 'unavailable', status: 503, retryAfter: expect.any(Number) as number } };
  expect(await hers.emitWithAck('message.post', message)).toMatchObject(refused);
  expect(await hers.emitWithAck('room.enter', { roomId: joint!.id })).toMatchObject(refused);
  const late = open();
  const error = await new Promise<Error & { data?: object }>((resolve) => void late.on('connect_error', resolve));
  expect(error.data).toMatchObject(refused);
  wire.up();
  const kept = await vi.waitFor(
    async () => {
      const reply = await hers.emitWithAck('message.post', message);
      expect(reply).toMatchObject({ seq: 1, body: 'үзілсе де' });
      return reply;
    },
    { timeout: 10_000 },
  );
  expect(await hers.emitWithAck('message.post', message)).toEqual(kept);
  for (const socket of [hers, late]) socket.disconnect();
});
