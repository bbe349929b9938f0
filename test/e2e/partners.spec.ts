import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CourtRows, MadePartnerToken, PartnerTokenRow, SignedIn } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let [admin, court]: Visitor[] = [] as never;
let clerk: SignedIn;

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false, at: '2026-09-22T05:00:00Z' });
  const person = async (role: SignedIn['role'], more: Partial<SignedIn> = {}): Promise<SignedIn> => {
    const id = newId();
    await cabinet.admin(
      `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Сотова', 'Әлия', 'kk', $2, $3)`,
      [id, Buffer.from(id), cabinet.now()],
    );
    return { id, role, ...more };
  };
  clerk = await person('court', { courtId: 'OSKEMEN_CITY' });
  court = await signedIn(cabinet, clerk);
  admin = await signedIn(cabinet, await person('administrator'));
});
afterAll(() => cabinet.stop());

const make = async (changes: object = {}) =>
  (
    await admin!.post<MadePartnerToken>('/partner-tokens', {
      name: 'ТӨРЕЛІК',
      personId: clerk.id,
      scopes: ['referrals'],
      days: 30,
      ...changes,
    })
  ).body;
const asked = async (token: string, method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
  const reply = await fetch(`${cabinet.origin}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await reply.text();
  return { status: reply.status, body: (text ? JSON.parse(text) : {}) as Record<string, unknown> };
};
const party = (surname: string, phone: string) => ({ kind: 'person', surname, given: 'А', phone, language: 'ru' });
const referral = (changes: object = {}) => ({
  language: 'ru',
  category: 'family',
  district: 'oskemen',
  caseNumber: '6310-26-00-2/705',
  rulingOn: '2026-09-21',
  termDays: 30,
  sideA: [party('Жумадилов', '87010000034')],
  sideB: [party('Бурцева', '87010000035')],
  ...changes,
});

describe('a token', () => {
  it('refers a case as the form does, once under one key', async () => {
    const { token } = await make();
    const byForm = (await court!.post<{ caseId: string }>('/court/referrals', referral())).body.caseId;
    const key = { 'idempotency-key': randomUUID() };
    const first = await asked(token, 'POST', '/court/referrals', referral(), key);
    expect(first.status).toBe(201);
    expect(await asked(token, 'POST', '/court/referrals', referral(), key)).toEqual(first);
    expect(await asked(token, 'POST', '/court/referrals', referral({ termDays: 20 }), key)).toMatchObject({
      status: 422,
      body: { code: 'act.key_reused' },
    });
    const alike = (caseId: unknown) =>
      cabinet.admin(
        `SELECT c.state, c.category, c.district, c.language, c.door, c.court_id, c.court_case_number, c.safe_process, c.shuttle, c.created_by,
           r.judge, r.ruling_on, r.term_days, r.referred_by, (SELECT jsonb_agg(jsonb_build_object('side', p.side, 'surname', p.surname, 'phone', encode(p.phone_hash, 'hex')) ORDER BY p.side)
             FROM parties p WHERE p.case_id = c.id) AS parties, (SELECT jsonb_agg(d.code ORDER BY d.code) FROM deadlines d WHERE d.case_id = c.id) AS deadlines,
           (SELECT jsonb_agg(jsonb_build_object('type', e.type, 'data', e.data) ORDER BY e.id) FROM events e WHERE e.case_id = c.id) AS facts
         FROM cases c JOIN referrals r ON r.case_id = c.id WHERE c.id = $1`,
        [caseId],
      );
    expect(await alike(first.body.caseId)).toEqual(await alike(byForm));
  });

  it('tells what is wrong by field, as the form does', async () => {
    const { token } = await make();
    const reply = await asked(token, 'POST', '/court/referrals', referral({ caseNumber: 'дело 5' }));
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalid', fields: { caseNumber: 'court_number' } } });
  });

  it('does what it has a scope for, and nothing else', async () => {
    const [refers, reads] = [(await make()).token, (await make({ scopes: ['caseload'] })).token];
    expect((await asked(refers, 'GET', '/court/cases')).body).toMatchObject({ code: 'token.scope_missing' });
    expect(((await asked(reads, 'GET', '/court/cases')).body as unknown as CourtRows).rows.length).toBeGreaterThan(0);
    expect((await asked(reads, 'POST', '/court/referrals', referral())).body).toMatchObject({ code: 'token.scope_missing' });
    for (const path of ['/people/me', '/cases', '/notices', '/partner-tokens', '/sessions'])
      expect([path, (await asked(refers, 'GET', path)).status]).toEqual([path, 403]);
  });

  it('opens nothing when it is wrong, over, revoked, or its clerk has gone', async () => {
    const tries = (token: string) => asked(token, 'POST', '/court/referrals', referral());
    const closed = { status: 401, body: { code: 'unauthenticated' } };
    expect(await tries(`kelisim_${'x'.repeat(43)}`)).toMatchObject(closed);
    const { id, token } = await make();
    expect((await tries(token)).status).toBe(201);
    expect((await admin!.delete(`/partner-tokens/${id}`)).status).toBe(204);
    expect(await tries(token)).toMatchObject(closed);
    expect((await admin!.delete(`/partner-tokens/${id}`)).status).toBe(404);
    const short = await make({ days: 1 });
    await cabinet.admin(
      `UPDATE partner_tokens SET made_at = made_at - interval '2 days', expires_at = expires_at - interval '2 days' WHERE id = $1`,
      [short.id],
    );
    expect(await tries(short.token)).toMatchObject(closed);
    const left = await make();
    await cabinet.admin(`UPDATE persons SET disabled_at = $2 WHERE id = $1`, [clerk.id, cabinet.now()]);
    expect(await tries(left.token)).toMatchObject(closed);
    await cabinet.admin(`UPDATE persons SET disabled_at = NULL WHERE id = $1`, [clerk.id]);
  });

  it('counts in no browser: not beside a cookie, not from a page', async () => {
    const { token } = await make();
    const from = (headers: Record<string, string>) => asked(token, 'POST', '/court/referrals', referral(), headers);
    expect((await from({ cookie: 'kelisim=x' })).body).toMatchObject({ code: 'origin_refused' });
    expect((await from({ origin: 'https://evil.example.org' })).body).toMatchObject({ code: 'origin_refused' });
    expect((await from({ origin: cabinet.origin })).status).toBe(401);
  });

  it('is the administrator’s to make, for a clerk alone, is told once and kept as a hash', async () => {
    const body = { name: 'x', personId: clerk.id, scopes: ['referrals'], days: 30 };
    expect((await court!.post('/partner-tokens', body)).status).toBe(404);
    expect((await court!.get('/partner-tokens')).status).toBe(404);
    expect((await admin!.post('/partner-tokens', { ...body, personId: newId() })).body).toMatchObject({ code: 'role.not_held' });
    expect((await admin!.post('/partner-tokens', { ...body, days: 400 })).status).toBe(400);
    expect((await admin!.post('/partner-tokens', { ...body, scopes: ['everything'] })).status).toBe(400);
    const { token } = await make();
    const listed = await admin!.get<PartnerTokenRow[]>('/partner-tokens');
    expect(listed.body[0]).toMatchObject({ name: 'ТӨРЕЛІК', courtId: 'OSKEMEN_CITY', state: 'open' });
    expect(listed.text).not.toContain(token);
    expect(JSON.stringify(await cabinet.admin('SELECT t::text FROM partner_tokens t'))).not.toContain(token.slice(8));
  });

  it('stands in the description of the api', async () => {
    const { paths } = (await admin!.get<{ paths: Record<string, Record<string, { security?: object[] }>> }>('/openapi.json')).body;
    expect(paths['/api/court/referrals']!['post']!.security).toEqual([{ bearer: [] }]);
    expect(paths['/api/cases']!['get']!.security).toBeUndefined();
  });
});
