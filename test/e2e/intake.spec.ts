import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type ApplicationView,
  type CaseRows,
  type CaseView,
  type CodeSent,
  dataConsent,
  type InvitationView,
  type Reference,
  type SessionView,
  type SignedIn,
} from '#contract';
import { Database, KeyedHash, Keys, newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { codeSent } from '../support/codes.js';
import { disputesIn } from '../support/disputes.js';
import { openSession } from '../support/mediation.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let arranged: ReturnType<typeof disputesIn>;
let sealed: Parameters<typeof codeSent>[0];

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-09-08T05:00:00Z', worker: false });
  const { admin, api, now } = cabinet;
  sealed = { admin: admin as never, db: api.get(Database), keys: api.get(Keys) };
  arranged = disputesIn({ ...(sealed as never as Parameters<typeof disputesIn>[0]), hashes: api.get(KeyedHash), clock: { now } });
});
afterAll(() => cabinet.stop());

/** Somebody signed in, at a browser of his own. */
async function as(actor: SignedIn): Promise<Visitor> {
  const { cookie } = await openSession(cabinet.admin, actor, cabinet.now().toISOString());
  const visitor = cabinet.visitor();
  const [name = '', value = ''] = cookie.split('=');
  (visitor as unknown as { jar: Map<string, string> }).jar.set(name, value);
  return visitor;
}
async function citizen(): Promise<Visitor> {
  const actor = await arranged.person('citizen');
  await cabinet.admin('INSERT INTO consents (person_id, document, version, given_at) VALUES ($1, $2, $3, $4)', [
    actor.id,
    dataConsent.document,
    dataConsent.version,
    cabinet.now(),
  ]);
  return as(actor);
}
const pages = [
  { category: 'neighbours', subcategory: 'fence', district: 'ulan' },
  { title: '<b>Қоршау</b>', claimText: 'құпия-талап '.repeat(300), desiredOutcome: 'Орнына қойсын' },
  { own: { kind: 'person', iin: '660319499006' } },
  { other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: '8 (700) 000-00-01', language: 'ru' } },
];

async function filed(a: Visitor): Promise<string> {
  const id = newId();
  expect((await a.post('/cases', { id, language: 'kk' })).status).toBe(201);
  for (const answers of pages) expect((await a.put(`/cases/${id}/application`, { answers })).status).toBe(200);
  expect((await a.post(`/cases/${id}/moves`, { action: 'submit' })).status).toBe(200);
  return id;
}
const codeOf = async (caseId: string): Promise<string> => {
  const [row] = await cabinet.admin<{ party_id: string; code_sealed: Buffer }>(
    'SELECT party_id, code_sealed FROM invitations WHERE case_id = $1 ORDER BY round DESC LIMIT 1',
    [caseId],
  );
  return sealed.db.transaction({ id: null, role: 'system' }, (tx) =>
    sealed.keys.open(tx, { scope: 'party', id: row!.party_id }, row!.code_sealed, 'invitation'),
  );
};
const allow = { decision: 'allow', summary: 'Қоршау туралы дау' };

it('goes from a draft to two sides over HTTP', async () => {
  const [a, desk] = [await citizen(), await as(await arranged.person('coordinator'))];
  const id = await filed(a);
  const { body: seen } = await a.get<CaseView>(`/cases/${id}`);
  expect(seen).toMatchObject({ state: 'SUBMITTED', claim: { title: '<b>Қоршау</b>' } });
  expect((await a.post(`/cases/${id}/moves`, { action: 'submit' })).status).toBe(200);

  const { body: queue } = await desk.get<CaseRows>(`/cases?queue=screen&search=${encodeURIComponent('дopoфeeв')}`);
  expect(queue.rows.map((row) => row.id)).toEqual([id]);
  expect((await desk.get<CaseRows>(`/cases?search=${encodeURIComponent(seen.number!.toLowerCase())}`)).body.rows).toHaveLength(1);
  const decided = await desk.put<CaseView>(`/cases/${id}/screening`, allow);
  expect([decided.status, decided.body.state]).toEqual([200, 'INVITED']);

  const b = cabinet.visitor();
  const code = await codeOf(id);
  const opened = await b.post<InvitationView>('/invitations/openings', { code: code.toLowerCase() });
  expect(opened.body).toMatchObject({ state: 'open', summary: allow.summary, caseId: null });
  const [cookie = ''] = opened.headers.getSetCookie();
  expect(cookie).toMatch(/^kelisim-invitation=/);
  expect(cookie).toMatch(/Path=\/api\/invitation; HttpOnly; SameSite=Lax/i);
  expect(cookie).not.toContain(code);
  expect(opened.headers.get('cache-control')).toBe('no-store');
  expect(opened.headers.get('referrer-policy')).toBe('no-referrer');
  expect((await b.put<InvitationView>('/invitation/understanding')).body.understood).toBe(true);
  const { body: sent } = await b.call<CodeSent>('POST', '/invitation/codes');
  const consent = {
    answer: 'consent',
    codeId: sent.codeId,
    code: await codeSent(sealed, sent.codeId),
    surname: 'Дорофеев',
    given: 'Геннадий',
    language: 'ru',
    consent: { version: dataConsent.version },
  };
  const joined = await b.put<InvitationView>('/invitation/answer', consent);
  expect(joined.body).toMatchObject({ state: 'consented', caseId: id });
  expect((await b.put<InvitationView>('/invitation/answer', consent)).body).toMatchObject({ state: 'consented' });
  const { body: current } = await b.get<{ session: SessionView }>('/sessions/current');
  expect(current.session).toMatchObject({ role: 'citizen', person: { surname: 'Дорофеев' } });

  const mine = [await b.get<CaseView>(`/cases/${id}`), await b.get(`/cases/${id}/timeline`), await b.get('/cases')];
  expect(mine.map(({ status }) => status)).toEqual([200, 200, 200]);
  for (const { text } of [...mine, opened, joined]) expect(text).not.toMatch(/құпия-талап|Орнына қойсын|<b>/);
  expect(await b.get(`/cases/${id}/application`)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

it('answers a GET of the code’s page without a code like any unusable one, and keeps no trace of it', async () => {
  const [a, desk] = [await citizen(), await as(await arranged.person('coordinator'))];
  const id = await filed(a);
  await desk.put(`/cases/${id}/screening`, allow);
  const scanner = cabinet.visitor();
  const code = await codeOf(id);
  const bare = [
    await scanner.get('/invitation'),
    await scanner.post('/invitations/openings', { code: '00000000' }),
    await scanner.post('/invitations/openings', { code: 'x' }),
  ];
  const bodies = bare.map(({ status, body }) => [status, body]);
  expect(new Set(bodies.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(bodies[0]![0]).toBe(404);
  expect((await scanner.get(`/invitations/openings`)).status).toBe(404);
  expect(await cabinet.admin('SELECT opened_at FROM invitations WHERE case_id = $1', [id])).toEqual([{ opened_at: null }]);

  await scanner.post('/invitations/openings', { code });
  const jar = scanner.cookies();
  expect((await cabinet.visitor().call('GET', '/invitation', undefined, { cookie: jar })).status).toBe(200);
  const other = await filed(a);
  await desk.put(`/cases/${other}/screening`, allow);
  const [{ id: another }] = (await cabinet.admin<{ id: string }>('SELECT id FROM invitations WHERE case_id = $1', [other])) as [
    { id: string },
  ];
  for (const forged of [jar.replace(/=[0-9a-f-]{36}/, `=${another}`), jar.replace(/\.(\d+)\./, '.9999999999999.'), jar.slice(0, -2)]) {
    expect(forged).not.toBe(jar);
    expect((await cabinet.visitor().call('GET', '/invitation', undefined, { cookie: forged })).status).toBe(404);
  }
  // A day later the code is asked for again: whoever sits down at this browser next finds nothing open.
  cabinet.setClock(new Date(cabinet.now().getTime() + 24 * 3_600_000 + 1_000));
  expect((await cabinet.visitor().call('GET', '/invitation', undefined, { cookie: jar })).status).toBe(404);
  expect((await cabinet.visitor().post('/invitations/openings', { code })).status).toBe(201);
});

it('refuses what is bad by field, and loses nothing', async () => {
  const a = await citizen();
  const id = newId();
  await a.post('/cases', { id, language: 'kk', answers: pages[1] });
  const long = await a.put(`/cases/${id}/application`, { answers: { claimText: 'ң'.repeat(4001) } });
  expect(long).toMatchObject({ status: 400, body: { code: 'invalid', fields: { 'answers.claimText': expect.any(String) } } });
  for (const amountKzt of [-1, 1.5, '180 000', 1e14])
    expect((await a.put(`/cases/${id}/application`, { answers: { amountKzt } })).body).toMatchObject({ code: 'invalid' });
  const sent = await a.post(`/cases/${id}/moves`, { action: 'submit' });
  expect(sent).toMatchObject({
    status: 422,
    body: { code: 'case.incomplete', fields: { category: 'choose', 'own.kind': 'choose', 'other.kind': 'choose' } },
  });
  const { body: kept } = await a.get<ApplicationView>(`/cases/${id}/application`);
  expect(kept).toMatchObject({ state: 'DRAFT', answers: { title: '<b>Қоршау</b>' } });
  expect((await a.get('/cases?after=nonsense')).body).toMatchObject({ code: 'invalid' });
  expect((await a.get('/cases/not-an-id')).body).toMatchObject({ code: 'invalid' });
});

it('tells a person of what he has begun and not sent, and nobody else', async () => {
  const [a, b, desk, other] = [
    await citizen(),
    await citizen(),
    await as(await arranged.person('coordinator')),
    await as(await arranged.person('coordinator')),
  ];
  const own = async (who: Visitor) => (await who.get<CaseRows>('/cases?unsent=own')).body.rows.map(({ id, state }) => [id, state]);
  const [sent, begun, atDesk] = [await filed(a), newId(), newId()];
  await a.post('/cases', { id: begun, language: 'kk', answers: pages[1] });
  await desk.post('/cases', { id: atDesk, language: 'kk', answers: pages[0] });
  expect((await a.get<CaseRows>('/cases')).body.rows.map(({ id }) => id)).toEqual(expect.arrayContaining([begun, sent]));
  expect(await own(a)).toEqual([[begun, 'DRAFT']]);
  expect(await own(desk)).toEqual([[atDesk, 'DRAFT']]);
  for (const stranger of [b, other, await as(await arranged.person('mediator'))]) expect(await own(stranger)).toEqual([]);
  expect((await cabinet.visitor().get('/cases?unsent=own')).status).toBe(401);
  expect((await desk.get<CaseRows>('/cases')).body.rows.map(({ id }) => id)).not.toContain(atDesk);
  expect((await a.get('/cases?unsent=all')).body).toMatchObject({ code: 'invalid' });
});

it('pages through a list without a gap', async () => {
  const a = await citizen();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const id = newId();
    await a.post('/cases', { id, language: 'kk', answers: { title: `Іс ${i}` } });
    ids.push(id);
  }
  const seen: string[] = [];
  for (let after: string | null = ''; after !== null;) {
    const page: CaseRows = (await a.get<CaseRows>(`/cases?limit=2${after && `&after=${encodeURIComponent(after)}`}`)).body;
    seen.push(...page.rows.map((row) => row.id));
    after = page.next;
  }
  expect(seen.toSorted()).toEqual(ids.toSorted());
  expect(new Set(seen).size).toBe(5);
});

it('tells everybody the lists, the warnings and the house in three languages', async () => {
  const { status, body } = await cabinet.visitor().get<Reference>('/reference');
  expect(status).toBe(200);
  expect(body.consents).toContainEqual(expect.objectContaining(dataConsent));
  expect(body.warnings.map(({ code }) => code)).toEqual(['LIMITATION', 'COURT_TERMS', 'DANGER', 'NO_MONEY']);
  expect(body.courts.map(({ id }) => id)).toContain('OSKEMEN_CITY');
  expect(body.refusals.map(({ code }) => code)).not.toContain('DEFAULT');
  expect(body.house.phone).toMatch(/^\+7/);
  const texts = [
    ...body.categories,
    ...body.districts,
    ...body.courts,
    ...body.grounds,
    ...body.refusals,
    ...body.legalAid,
    ...body.emergency,
  ].map(({ name }) => name);
  for (const { kk, ru, en } of texts) expect([kk, ru, en].every(Boolean)).toBe(true);
});
