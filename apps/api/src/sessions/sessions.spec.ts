import { generateSync } from 'otplib';
import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { unownedKey } from '#people';
import { Clock, Keyring, Keys } from '#platform';
import { type Cabinet, startCabinet } from '../../../../test/support/cabinet.js';
import type { Visitor } from '../../../../test/support/visitor.js';

let cabinet: Cabinet;
let keys: Keys;
let now = new Date('2026-09-07T16:14:00Z');
let next = 0;
const password = 'тау басында қар';
const names = { surname: 'Сыдықова', given: 'Әсел', patronymic: '', language: 'kk', consent: { version: '1' } };
const newEmail = () => `visitor${(next += 1)}@example.kz`;
beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  keys = new Keys(new Clock(), new Keyring(cabinet.secrets.CONTACT_KEYS), null);
});
beforeEach(() => turn(3_600));
afterAll(() => cabinet.stop());

const turn = (seconds: number) => cabinet.setClock((now = new Date(now.getTime() + seconds * 1_000)));
/** What the worker would have delivered. */
const delivered = async (table: string, id: string) => {
  const [row] = await cabinet.admin<{ code_sealed: Buffer | null }>(`SELECT code_sealed FROM ${table} WHERE id = $1`, [id]);
  const tx = { query: (sql: string, values: unknown[]) => cabinet.admin(sql, values) } as unknown as EntityManager;
  return row?.code_sealed ? keys.open(tx, unownedKey, row.code_sealed, id) : '000000';
};
const askCode = async (who: Visitor, contact: string, purpose: string) => {
  const { status, body } = await who.post<{ codeId: string }>('/codes', { purpose, contact, language: 'ru' });
  expect(status).toBe(201);
  return { codeId: body.codeId, code: await delivered('one_time_codes', body.codeId) };
};
const register = async (contact: string, who = cabinet.visitor()) => {
  const reply = await who.post('/people', { ...(await askCode(who, contact, 'register')), ...names, password });
  expect(reply.status).toBe(201);
  return who;
};
const sessionOf = async (who: Visitor) =>
  (await who.get<{ session: { role: string; secondFactor: string } | null }>('/sessions/current')).body.session;
const signIn = (who: Visitor, login: string, secret = password) => who.post('/sessions', { method: 'password', login, password: secret });
const makeOffice = async (email: string, role: string) => {
  const id = `(SELECT id FROM persons ORDER BY id DESC LIMIT 1)`;
  await cabinet.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES (${id}, $1, $2)`, [role, now]);
  return email;
};

it('tells a visitor that he has no session', async () => {
  const { status, body } = await cabinet.visitor().get('/sessions/current');
  expect({ status, body }).toEqual({ status: 200, body: { session: null } });
});

it('signs in whoever registers, with a cookie no script can read', async () => {
  const who = cabinet.visitor();
  const reply = await who.post('/people', { ...(await askCode(who, newEmail(), 'register')), ...names });
  expect(reply.body).toMatchObject({ role: 'citizen', secondFactor: 'none', person: { surname: 'Сыдықова' } });
  expect(reply.headers.getSetCookie().join()).toMatch(/^kelisim=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
  expect(reply.text).not.toContain(who.cookies().split('=')[1]);
  expect(await sessionOf(who)).toMatchObject({ role: 'citizen' });
});

it('signs in by password and by code, and out again', async () => {
  const email = newEmail();
  await register(email);
  const who = cabinet.visitor();
  expect((await signIn(who, email)).status).toBe(201);
  expect((await who.get('/people/me')).body).toMatchObject({ email, hasPassword: true });
  const cookie = who.cookies();
  expect((await who.delete('/sessions/current')).status).toBe(204);
  expect((await cabinet.visitor().call('GET', '/people/me', undefined, { cookie })).status).toBe(401);
  expect(await sessionOf(who)).toBeNull();
  expect((await who.post('/sessions', { method: 'code', ...(await askCode(who, email, 'sign_in')), ownDevice: true })).status).toBe(201);
  expect(await sessionOf(who)).toMatchObject({ ownDevice: true });
});

it('opens nothing to a cookie of before: signed out, replaced, made up', async () => {
  const email = newEmail();
  const who = await register(email);
  const before = who.cookies();
  await signIn(who, email);
  for (const cookie of [before, 'kelisim=', 'kelisim=x', `kelisim=${'A'.repeat(43)}`, `__Host-${before}`]) {
    expect((await cabinet.visitor().call('GET', '/people/me', undefined, { cookie })).status).toBe(401);
  }
  expect((await who.get('/people/me')).status).toBe(200);
});

it('answers alike about known and unknown: status, headers and body', async () => {
  const email = newEmail();
  await register(email);
  const masked = (text: string) => text.replace(/[0-9a-f-]{36}/g, 'ID').replace(/"retryAfter":\d+/, '');
  const seen = async (ask: (contact: string) => Promise<{ status: number; text: string; headers: Headers }>) => {
    const replies = [await ask(email), await ask(newEmail())];
    return replies.map(({ status, text, headers }) => ({
      status,
      text: masked(text),
      headers: [...headers].filter(([name]) => !['x-request-id', 'date'].includes(name)),
    }));
  };
  for (const purpose of ['register', 'sign_in', 'reset_password']) {
    const [known, unknown] = await seen((contact) => cabinet.visitor().post('/codes', { purpose, contact, language: 'kk' }));
    expect(known).toEqual(unknown);
  }
  const [known, unknown] = await seen((contact) => signIn(cabinet.visitor(), contact, 'a wrong password'));
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({ status: 401 });
});

it('refuses what is no sign-in at all, naming the fields', async () => {
  const who = cabinet.visitor();
  expect((await who.post('/sessions', {})).body).toMatchObject({ code: 'invalid' });
  expect((await who.post('/sessions', { method: 'password', login: 'x'.repeat(400), password })).body).toMatchObject({
    code: 'invalid',
    fields: { login: 'too_big' },
  });
  expect((await who.post('/codes', { purpose: 'register', contact: 'nonsense', language: 'kk' })).body).toMatchObject({
    fields: { contact: 'contact' },
  });
  expect((await who.post('/codes', { purpose: 'add_contact', contact: newEmail(), language: 'kk' })).status).toBe(401);
  const shown = await askCode(who, newEmail(), 'register');
  expect((await who.post('/people', { ...shown, ...names, password: 'short' })).status).toBe(400);
  expect((await who.post('/people', { ...shown, ...names, password: 'Password123!' })).body).toMatchObject({
    status: 422,
    code: 'password.weak',
  });
  expect((await who.post('/people', { ...shown, ...names, consent: undefined })).status).toBe(400);
});

it('says when to come back to who tries too often, per network', async () => {
  const network = (last: number) => ({ 'x-forwarded-for': `203.0.113.${last}` });
  const attempt = (last: number) =>
    cabinet.visitor().call('POST', '/sessions', { method: 'password', login: newEmail(), password: 'a wrong password' }, network(last));
  for (let i = 0; i < 60; i += 10) await Promise.all(Array.from({ length: 10 }, () => attempt(1)));
  const refused = await attempt(1);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await attempt(2)).status).toBe(401);
});

it('keeps an office shut until the second factor is set, then until it is shown', async () => {
  const email = newEmail();
  await register(email);
  await makeOffice(email, 'administrator');
  const who = cabinet.visitor();
  await signIn(who, email);
  const changed = await who.put('/sessions/current/role', { role: 'administrator' });
  expect(changed.body).toMatchObject({ role: 'administrator', secondFactor: 'to_set' });
  for (const path of ['/people', '/people/me', '/sessions', '/staff-invitations']) {
    expect((await who.get(path)).body).toMatchObject({ status: 403, code: 'second_factor_required' });
  }
  expect(await sessionOf(who)).toMatchObject({ secondFactor: 'to_set' });
  const { secret } = (await who.post<{ secret: string }>('/second-factors')).body;
  const code = (seconds = 0) => generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) + seconds });
  expect((await who.put('/second-factors/confirmation', { code: code() })).body).toMatchObject({ secondFactor: 'passed' });
  expect((await who.get('/people')).status).toBe(200);

  const again = cabinet.visitor();
  expect((await signIn(again, email)).body).toMatchObject({ role: 'administrator', secondFactor: 'needed' });
  expect((await again.get('/people')).status).toBe(403);
  expect((await again.put('/sessions/current/second-factor', { code: code() })).body).toMatchObject({ code: 'second_factor.wrong' });
  turn(60);
  expect((await again.put('/sessions/current/second-factor', { code: code() })).body).toMatchObject({ secondFactor: 'passed' });
  expect((await again.get('/people')).status).toBe(200);
});

it('invites, shuts out and restores at the administrator’s desk, and shows it to nobody else', async () => {
  const email = newEmail();
  const admin = await register(email);
  await makeOffice(email, 'administrator');
  await admin.put('/sessions/current/role', { role: 'administrator' });
  const { secret } = (await admin.post<{ secret: string }>('/second-factors')).body;
  await admin.put('/second-factors/confirmation', { code: generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) }) });

  const person = { surname: 'Омаров', given: 'Тимур', email: newEmail(), role: 'coordinator', language: 'ru' };
  const invited = await admin.post<{ id: string }>('/staff-invitations', person);
  expect(invited.body).toMatchObject({ name: 'Омаров Тимур', role: 'coordinator', used: false });
  expect(invited.text).not.toContain(person.email);
  const code = await delivered('staff_invitations', invited.body.id);
  const staff = cabinet.visitor();
  const used = await staff.post<{ person: { id: string } }>('/staff-invitations/uses', { code, password, consent: { version: '1' } });
  expect(used.body).toMatchObject({ role: 'coordinator', secondFactor: 'to_set' });
  expect((await cabinet.visitor().post('/staff-invitations/uses', { code, password, consent: { version: '1' } })).status).toBe(404);
  expect((await admin.get<{ used: boolean }[]>('/staff-invitations')).body).toMatchObject([{ used: true }]);

  const target = used.body.person.id;
  const stranger = await register(newEmail());
  const tried = [
    () => stranger.get('/people'),
    () => stranger.get('/staff-invitations'),
    () => stranger.post('/staff-invitations', person),
    () => stranger.put(`/people/${target}/disablement`),
    () => stranger.delete(`/people/${target}/disablement`),
    () => stranger.delete(`/people/${target}/second-factor`),
  ];
  for (const attempt of tried) expect((await attempt()).status).toBe(404);
  expect(await sessionOf(staff)).not.toBeNull();
  expect((await admin.put(`/people/${target}/disablement`)).status).toBe(204);
  expect(await sessionOf(staff)).toBeNull();
  expect((await admin.get<{ rows: object[] }>('/people?limit=100')).body.rows).toContainEqual({
    id: target,
    name: 'Омаров Тимур',
    roles: ['coordinator'],
    disabled: true,
    hasSecondFactor: false,
    openWork: 0,
  });
});

it('lists and ends one’s own sessions, and nobody else’s', async () => {
  const email = newEmail();
  const here = await register(email);
  const there = cabinet.visitor();
  await signIn(there, email);
  const stranger = await register(newEmail());
  const rows = (await here.get<{ id: string; current: boolean }[]>('/sessions')).body;
  expect(rows.map(({ current }) => current).toSorted()).toEqual([false, true]);
  const other = rows.find(({ current }) => !current)!.id;
  expect((await stranger.delete(`/sessions/${other}`)).status).toBe(404);
  expect((await here.delete(`/sessions/${other}`)).status).toBe(204);
  expect((await there.get('/people/me')).status).toBe(401);
});

it('changes one’s profile, and asks for a right IIN', async () => {
  const who = await register(newEmail());
  expect((await who.patch('/people/me', { given: '  Айым ', language: 'ru', iin: '850812400007' })).body).toMatchObject({
    given: 'Айым',
    language: 'ru',
    iin: '8508******07',
  });
  expect((await who.patch('/people/me', { iin: '850812400008' })).body).toMatchObject({ status: 400, fields: { iin: 'iin_check' } });
  const shown = await askCode(who, '+7 701 000 00 77', 'add_contact');
  expect((await who.post('/people/me/contacts', shown)).body).toMatchObject({ phone: '+77010000077' });
  expect((await cabinet.visitor().post('/people/me/contacts', shown)).status).toBe(401);
});

it('refuses a form that another site posts', async () => {
  const who = await register(newEmail());
  const foreign = { origin: 'https://elsewhere.example' };
  expect((await who.call('POST', '/sessions', { method: 'password', login: 'x@example.kz', password }, foreign)).status).toBe(403);
  expect((await who.call('DELETE', '/sessions/current', undefined, foreign)).status).toBe(403);
  expect(await sessionOf(who)).not.toBeNull();
});
