import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { sessionCookie } from '#people';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { atOnce, type People, peopleOn } from '../../test/support/people.js';
import { eventually } from '../../test/support/eventually.js';

let fresh: FreshDatabase;
let here: People;
let line: Client;
const ended: string[] = [];
const system = { id: null, role: 'system' } as const;
const day = 86_400_000;
let next = 0;
beforeAll(async () => {
  fresh = await freshDatabase();
  here = peopleOn(fresh);
  line = new Client({ connectionString: fresh.urls.app });
  await line.connect();
  line.on('notification', ({ payload }) => ended.push(payload ?? ''));
  await line.query('LISTEN sessions');
});
beforeEach(() => fresh.clock.advance({ days: 40 }));
afterAll(async () => {
  await line.end();
  await fresh.drop();
});

const someone = async () => {
  const { token, session } = await here.register(`+7705${String(1_000_000 + (next += 1))}`);
  return { token, personId: session.person.id, actor: await here.actorOf(token) };
};
const open = (personId: string, changes: object = {}) =>
  fresh.db.transaction(system, (tx) => here.sessions.open(tx, { personId, ownDevice: false, ...changes }));
const grant = (personId: string, role: 'mediator' | 'coordinator') =>
  fresh.db.transaction(system, (tx) => here.offices.grant(tx, system, personId, { role }));

it('knows the bearer of a token, and nobody by another', async () => {
  const { token, personId } = await someone();
  expect(await here.sessions.authenticate(token)).toMatchObject({ actor: { id: personId, role: 'citizen' }, secondFactor: 'none' });
  for (const other of ['', 'x', `${token}x`, token.toLowerCase(), token.slice(1)])
    expect(await here.sessions.authenticate(other)).toBeNull();
});

it('keeps no token', async () => {
  const { token } = await someone();
  const rows = JSON.stringify(await fresh.admin(`SELECT s.*, encode(token_hash, 'escape') AS escaped FROM sessions s`));
  expect(rows).not.toContain(token);
  expect(rows).not.toContain(Buffer.from(token, 'base64url').toString('hex'));
});

it('asks the database once', async () => {
  const { token } = await someone();
  const look = vi.spyOn(fresh.db, 'look');
  await here.sessions.authenticate(token);
  await here.sessions.authenticate(token);
  expect(look).toHaveBeenCalledTimes(2);
  fresh.clock.advance({ minutes: 1 });
  await here.sessions.authenticate(token);
  await here.sessions.authenticate(token);
  expect(look).toHaveBeenCalledTimes(5);
  look.mockRestore();
});

it('gives a key to keep things by on a device of one’s own alone: the same in one session, another in the next, none after its end', async () => {
  const { personId } = await someone();
  const keyIn = async (token: string) => (await here.sessions.current((await here.sessions.authenticate(token))!.actor)).deviceKey;
  const [own, again, elsewhere] = [
    await open(personId, { ownDevice: true }),
    await open(personId, { ownDevice: true }),
    await open(personId),
  ];
  expect(await keyIn(own.token)).toMatch(/^[\w-]{43}$/);
  expect(await keyIn(own.token)).toBe(own.session.deviceKey);
  expect(again.session.deviceKey).not.toBe(own.session.deviceKey);
  expect(elsewhere.session.deviceKey).toBeNull();
  const { actor, sessionId } = (await here.sessions.authenticate(own.token))!;
  await here.sessions.end(actor, sessionId);
  await expect(here.sessions.current(actor)).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('slides on for 12 hours, or 30 days on a device of one’s own', async () => {
  const { personId, token } = await someone();
  const own = (await open(personId, { ownDevice: true })).token;
  fresh.clock.advance({ hours: 11, minutes: 59 });
  expect(await here.sessions.authenticate(token)).not.toBeNull();
  fresh.clock.advance({ hours: 11, minutes: 59 });
  expect(await here.sessions.authenticate(token)).not.toBeNull();
  fresh.clock.advance({ hours: 12 });
  expect(await here.sessions.authenticate(token)).toBeNull();
  expect(await here.sessions.authenticate(own)).not.toBeNull();
  fresh.clock.set(new Date(fresh.clock.now().getTime() + 30 * day - 1));
  expect(await here.sessions.authenticate(own)).not.toBeNull();
  fresh.clock.advance({ days: 30 });
  expect(await here.sessions.authenticate(own)).toBeNull();
});

it('is dead the moment it is ended, and every process is told', async () => {
  const { token, actor } = await someone();
  await here.sessions.end(actor, actor.sessionId!);
  expect(await here.sessions.authenticate(token)).toBeNull();
  await eventually(() => expect(ended).toContain(actor.sessionId));
  await expect(here.sessions.end(actor, actor.sessionId!)).rejects.toMatchObject({ code: 'not_found' });
});

it('is ended by its owner only, and listed to nobody else', async () => {
  const [one, stranger] = [await someone(), await someone()];
  await expect(here.sessions.end(stranger.actor, one.actor.sessionId!)).rejects.toMatchObject({ code: 'not_found' });
  expect(await here.sessions.authenticate(one.token)).not.toBeNull();
  const second = await open(one.personId, { device: 'Firefox' });
  expect(await here.sessions.list(one.actor)).toHaveLength(2);
  expect((await here.sessions.list(one.actor)).filter(({ current }) => current).map(({ id }) => id)).toEqual([one.actor.sessionId]);
  expect(await here.sessions.list(stranger.actor)).toHaveLength(1);
  await here.sessions.end(one.actor, (await here.actorOf(second.token)).sessionId!);
  expect(await here.sessions.list(one.actor)).toHaveLength(1);
});

it('acts in a role that is held, under a new token', async () => {
  const { personId, token, actor } = await someone();
  await expect(here.sessions.changeRole(actor, 'mediator')).rejects.toMatchObject({ code: 'role.not_held' });
  expect(await here.sessions.authenticate(token)).not.toBeNull();
  await grant(personId, 'mediator');
  const changed = await here.sessions.changeRole(actor, 'mediator');
  expect(changed.session).toMatchObject({ role: 'mediator', secondFactor: 'to_set' });
  expect(await here.sessions.authenticate(token)).toBeNull();
  expect((await here.actorOf(changed.token)).sessionId).not.toBe(actor.sessionId);
  await eventually(() => expect(ended).toContain(actor.sessionId));
  await expect(here.sessions.changeRole(actor, 'citizen')).rejects.toMatchObject({ code: 'unauthenticated' });
});

it('changes its role once, however often it is asked at once', async () => {
  const { personId, actor } = await someone();
  await grant(personId, 'mediator');
  const tries = await atOnce(
    fresh,
    Array.from({ length: 6 }, () => () => here.sessions.changeRole(actor, 'mediator')),
  );
  expect(tries.filter((one) => one === 'ok')).toHaveLength(1);
  expect(await here.sessions.list(actor)).toHaveLength(1);
});

it('opens in the role last used', async () => {
  const { personId, actor } = await someone();
  await grant(personId, 'mediator');
  expect((await open(personId)).session.role).toBe('citizen');
  fresh.clock.advance({ minutes: 1 });
  await here.sessions.changeRole(actor, 'mediator');
  fresh.clock.advance({ minutes: 1 });
  expect((await open(personId)).session.role).toBe('mediator');
});

it('binds its cookie to the host on https', () => {
  expect(sessionCookie({ WEB_ORIGIN: ['https://kelisim.example'] })).toBe('__Host-kelisim');
  expect(sessionCookie({ WEB_ORIGIN: ['http://localhost:3000'] })).toBe('kelisim');
});
