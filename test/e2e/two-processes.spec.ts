import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { CaseEffects } from '#cases';
import type { SignedIn } from '#contract';
import { RoomsOpening } from '#rooms';
import { type ApiProcess, spawnApi } from '../support/api.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { arrangeMediation, type Mediation, openSession } from '../support/mediation.js';
import { eventually } from '../support/eventually.js';
import { startWire } from '../support/wire.js';

const origin = 'http://kelisim.test';
const now = new Date().toISOString();
let fresh: FreshDatabase;
let [one, other]: [ApiProcess, ApiProcess] = [] as never;
let redis: Redis;
const opened: Socket[] = [];
const wire: string[] = [];

beforeAll(async () => {
  fresh = await freshDatabase();
  const options = { origin, redisUrl: inject('redisUrl') };
  [one, other] = await Promise.all([spawnApi(fresh, options), spawnApi(fresh, options)]);
  redis = new Redis(inject('redisUrl'));
  await redis.psubscribe(`${fresh.name}:*`);
  redis.on('pmessage', (_pattern, channel: string, text: string) => void wire.push(`${channel.split(':')[1]} ${text}`));
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.disconnect();
});
afterAll(async () => {
  await redis.quit();
  await Promise.all([one.end(), other.end()]);
  await fresh.drop();
});

async function mediation(options: { partiesPerSide?: number } = {}): Promise<Mediation & { joint: string; caucusA: string }> {
  const people = await arrangeMediation(fresh, options);
  await fresh.db.transaction(people.mediator, (tx) =>
    new RoomsOpening(fresh.keys, fresh.clock, new CaseEffects()).open(tx, people.mediator, people.caseId),
  );
  const rooms = await fresh.admin<{ id: string }>('SELECT id FROM rooms WHERE case_id = $1 ORDER BY kind DESC, side', [people.caseId]);
  return { ...people, joint: rooms[0]!.id, caucusA: rooms[1]!.id };
}

async function come(actor: SignedIn, at: ApiProcess, roomId?: string) {
  const { cookie, sessionId } = await openSession(fresh.admin, actor, now);
  const socket = io(`http://127.0.0.1:${at.port}/rooms`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { origin, cookie },
  });
  opened.push(socket);
  const frames: [event: string, input: Record<string, unknown>][] = [];
  socket.onAny((event: string, input: Record<string, unknown>) => frames.push([event, input]));
  if (roomId) expect(await socket.emitWithAck('room.enter', { roomId })).toHaveProperty('lastSeq');
  return { socket, sessionId, frames, lastOf: (event: string) => frames.findLast(([name]) => name === event)?.[1] };
}

it('shows presence, typing, read marks and messages of one process to the members on the other, and to nobody else', async () => {
  const { a, b, mediator, joint, caucusA } = await mediation();
  const judge = await come(mediator, one, caucusA);
  const his = await come(b, other, joint);
  const hers = await come(a, other, caucusA);
  const both = {
    roomId: caucusA,
    present: expect.toSatisfy((ids: string[]) => ids.toSorted().join() === [a.id, mediator.id].toSorted().join()),
  };
  await eventually(() => expect(judge.lastOf('room.presence')).toEqual(both));
  await eventually(() => expect(hers.lastOf('room.presence')).toEqual(both));
  hers.socket.emit('room.type', { roomId: caucusA });
  await eventually(() => expect(judge.lastOf('room.typing')).toEqual({ roomId: caucusA, personId: a.id }));
  const kept = await hers.socket.emitWithAck('message.post', { roomId: caucusA, clientId: crypto.randomUUID(), body: 'екі үйден' });
  await eventually(() => expect(judge.lastOf('message.posted')).toEqual(kept));
  await judge.socket.emitWithAck('room.read', { roomId: caucusA, seq: 1 });
  await eventually(() => expect(hers.lastOf('room.read')).toEqual({ roomId: caucusA, personId: mediator.id, seq: 1 }));
  hers.socket.disconnect();
  await eventually(() => expect(judge.lastOf('room.presence')).toEqual({ roomId: caucusA, present: [mediator.id] }));
  await pause(100);
  expect(his.frames.filter(([event]) => event !== 'room.presence')).toEqual([]);
  expect(his.frames.map(([, { roomId }]) => roomId)).not.toContain(caucusA);
});

it('puts out whoever is removed, and ends what is revoked, on every process at once', async () => {
  const { a, b, sideA, mediator, joint } = await mediation({ partiesPerSide: 2 });
  const leaver = sideA[1]!;
  const stays = await come(a, one, joint);
  const leaves = [await come(leaver, one, joint), await come(leaver, other, joint)];
  const revoked = [await come(b, one, joint), await come(b, other, joint)];
  const judge = await come(mediator, other, joint);
  await eventually(() => expect(stays.lastOf('room.presence')?.present).toHaveLength(4));
  await fresh.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [joint, leaver.id, now]);
  await eventually(() => {
    for (const { lastOf } of [stays, judge]) expect(lastOf('room.presence')?.present).not.toContain(leaver.id);
  });
  expect(stays.frames.some(([event]) => event === 'room.changed')).toBe(true);
  for (const { frames } of leaves) frames.length = 0;
  judge.socket.emit('room.type', { roomId: joint });
  await judge.socket.emitWithAck('message.post', { roomId: joint, clientId: crypto.randomUUID(), body: 'ол кетті' });
  for (const { socket } of leaves)
    expect(await socket.emitWithAck('room.enter', { roomId: joint })).toMatchObject({ problem: { code: 'not_found' } });
  await eventually(() => expect(stays.lastOf('message.posted')).toBeDefined());
  for (const { frames } of leaves) expect(frames).toEqual([]);

  await fresh.admin('UPDATE sessions SET revoked_at = $2 WHERE person_id = $1', [b.id, now]);
  await eventually(() => expect(revoked.map(({ socket }) => socket.connected)).toEqual([false, false]));
});

it('tells whoever enters of a message that another process keeps while his room is being read', async () => {
  const { a, mediator, joint, caucusA } = await mediation();
  const [judge, hears, late] = [await come(mediator, other, joint), await come(mediator, one, caucusA), await come(a, one)];
  const release = await holdReading(a);
  const entering = late.socket.emitWithAck('room.enter', { roomId: joint }) as Promise<{ lastSeq: number }>;
  await eventually(async () =>
    expect(await fresh.admin(`SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 1907 AND NOT granted`)).toHaveLength(1),
  );
  const kept = await judge.socket.emitWithAck('message.post', { roomId: joint, clientId: crypto.randomUUID(), body: 'сіз кіргенде' });
  await judge.socket.emitWithAck('message.post', { roomId: caucusA, clientId: crypto.randomUUID(), body: 'хабар келді' });
  await eventually(() => expect(hears.lastOf('message.posted')).toBeDefined()); // so this process has heard of the one before, too
  await release();
  expect((await entering).lastSeq).toBe(0);
  await eventually(() => expect(late.lastOf('message.posted')).toEqual(kept));
});

/** Reading a room as this person waits, seeing what was there when it began, until it is released. */
async function holdReading(person: SignedIn) {
  const [{ asIs }] = (await fresh.admin(`SELECT pg_get_functiondef('current_person()'::regprocedure) AS "asIs"`)) as [{ asIs: string }];
  const holder = (await fresh.connect(fresh.urls.worker)).createQueryRunner();
  await holder.query('SELECT pg_advisory_lock(1907)');
  await fresh.admin(`CREATE OR REPLACE FUNCTION current_person() RETURNS uuid LANGUAGE plpgsql VOLATILE AS $body$
    DECLARE person uuid := nullif(current_setting('cabinet.person', true), '')::uuid;
    BEGIN
      IF person = '${person.id}' AND current_query() LIKE '%last_seq%' THEN PERFORM pg_advisory_xact_lock_shared(1907); END IF;
      RETURN person;
    END $body$`);
  return async () => {
    await holder.query('SELECT pg_advisory_unlock(1907)');
    await holder.release();
    await fresh.admin(asIs);
  };
}

it('tells the others later what was kept while its own line to Redis was cut', async () => {
  const { a, mediator, joint } = await mediation();
  const redisUrl = new URL(inject('redisUrl'));
  const line = await startWire([Number(redisUrl.port)]);
  redisUrl.host = `127.0.0.1:${line.port}`;
  const third = await spawnApi(fresh, { origin, redisUrl: redisUrl.href });
  const [judge, hers] = [await come(mediator, one, joint), await come(a, third, joint)];
  await eventually(() => expect(judge.lastOf('room.presence')?.present).toHaveLength(2));
  line.down();
  const kept = await hers.socket.emitWithAck('message.post', { roomId: joint, clientId: crypto.randomUUID(), body: 'желі үзілді' });
  line.up();
  await eventually(() => expect(judge.lastOf('message.posted')).toEqual(kept));
  hers.socket.disconnect();
  await third.end('SIGKILL');
  await line.stop();
});

it('misses the people of a process that was killed', async () => {
  const { a, mediator, joint } = await mediation();
  const third = await spawnApi(fresh, { origin, redisUrl: inject('redisUrl') });
  const judge = await come(mediator, one, joint);
  await come(a, third, joint);
  await eventually(() => expect(judge.lastOf('room.presence')?.present).toHaveLength(2));
  await third.end('SIGKILL');
  await vi.waitFor(() => expect(judge.lastOf('room.presence')).toEqual({ roomId: joint, present: [mediator.id] }), {
    timeout: 25_000,
    interval: 200,
  });
}, 60_000);

it('lets nothing but ids travel between processes', () => {
  const kinds = new Set(
    wire.map((line) => `${line.split(' ')[0]} ${(JSON.parse(line.slice(line.indexOf(' '))) as { kind?: string }).kind ?? ''}`),
  );
  expect([...kinds].toSorted()).toEqual(['rooms ', 'signs alive', 'signs ask', 'signs here', 'signs read', 'signs typing']);
  const values: unknown[] = [];
  const collect = (value: unknown): unknown =>
    value && typeof value === 'object' ? Object.values(value).map(collect) : values.push(value);
  for (const line of wire) collect(JSON.parse(line.slice(line.indexOf(' '))));
  const isId = (value: unknown) => typeof value === 'number' || /^([0-9a-f-]{36}|here|alive|ask|gone|typing|read)$/.test(String(value));
  expect(values.filter((value) => !isId(value))).toEqual([]);
  for (const line of wire.filter((it) => it.startsWith('rooms')))
    for (const told of JSON.parse(line.slice(6)) as object[]) expect(Object.keys(told)).toEqual(['roomId', 'seq']);
});
