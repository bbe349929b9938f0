import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ApplicationView, type CaseView, dataConsent, type PaperView, type SessionView, type SignedIn, type Slip } from '#contract';
import { Database, KeyedHash, Keys } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { disputesIn } from '../support/disputes.js';
import { signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let arranged: ReturnType<typeof disputesIn>;
let operator: SignedIn;
let now = new Date('2026-09-22T05:00:00Z');
const minutes = (n: number) => cabinet.setClock((now = new Date(now.getTime() + n * 60_000)));

beforeAll(async () => {
  cabinet = await startCabinet({ at: now.toISOString() });
  const { admin, api } = cabinet;
  arranged = disputesIn({
    admin,
    db: api.get(Database),
    keys: api.get(Keys),
    hashes: api.get(KeyedHash),
    clock: { now: cabinet.now },
  } as never);
  operator = await arranged.person('coordinator');
});
beforeEach(() => minutes(61)); // a new window of the budgets
afterAll(() => cabinet.stop());

const guest = { by: 'document', surname: 'Тарапов', given: 'Ерлан', patronymic: '', language: 'kk', seen: true };
const answers = {
  category: 'debt',
  district: 'oskemen',
  title: 'Жылу қарызы',
  claimText: 'Жылу үшін қарыз жиналды',
  desiredOutcome: 'Бөліп төлейін',
  own: { kind: 'person', iin: '660319499006' },
  other: { kind: 'organisation', organisation: 'ТОО «Жылу»', email: 'zhylu@example.kz' },
};
const atDesk = async (who = operator) => signedIn(cabinet, who);
const open = (by: Visitor, who: object = guest) => by.post<SessionView>('/house-sessions', who);
/** An operator's browser in which somebody else sits now. */
async function received(who: object = guest) {
  const browser = await atDesk();
  const before = browser.cookies();
  const { status, body } = await open(browser, who);
  expect(status).toBe(201);
  return { browser, before, person: body.person.id };
}
const statusOf = async (cookie: string, path = '/people/me') => (await cabinet.visitor().call('GET', path, undefined, { cookie })).status;
const file = async (browser: Visitor) => {
  const { caseId } = (await browser.post<ApplicationView>('/cases', { language: 'kk', answers })).body;
  return { caseId, sent: await browser.post<CaseView>(`/cases/${caseId}/moves`, { action: 'submit' }) };
};

describe('somebody without a telephone', () => {
  it('files at the House’s computer once he agreed, and every fact names the operator, too', async () => {
    const { browser, person } = await received();
    expect((await browser.get<{ session: SessionView }>('/sessions/current')).body.session).toMatchObject({
      role: 'citizen',
      roles: ['citizen'],
      atHouse: true,
      deviceKey: null,
    });
    expect((await file(browser)).sent.body).toMatchObject({ code: 'consent.required' });
    expect((await browser.put('/people/me/consent', { version: dataConsent.version })).status).toBe(204);
    const { caseId, sent } = await file(browser);
    expect(sent.body).toMatchObject({ state: 'SUBMITTED', viewerIs: 'party_a' });
    const facts = await cabinet.admin(`SELECT type, actor_id, data->>'openedBy' AS by FROM events WHERE case_id = $1 ORDER BY seq`, [
      caseId,
    ]);
    expect(facts).toEqual([
      { type: 'case.drafted', actor_id: person, by: operator.id },
      { type: 'case.submitted', actor_id: person, by: operator.id },
    ]);
    const [handed] = await cabinet.admin(
      `SELECT actor_id, data->>'personId' AS person FROM events WHERE type = 'person.received' ORDER BY at DESC LIMIT 1`,
    );
    expect(handed).toEqual({ actor_id: operator.id, person });
    expect(await cabinet.admin('SELECT assurance, email_hash, phone_hash FROM persons WHERE id = $1', [person])).toEqual([
      { assurance: 'desk', email_hash: null, phone_hash: null },
    ]);
  });

  it('is written to on paper', async () => {
    const { browser, person } = await received();
    await browser.put('/people/me/consent', { version: dataConsent.version });
    const { caseId } = await file(browser);
    const screener = await atDesk(await arranged.person('coordinator'));
    const returned = await screener.put(`/cases/${caseId}/screening`, { decision: 'return', notes: 'Қанша қарыз?' });
    expect(returned.status).toBe(200);
    const letters = () =>
      cabinet.admin(
        `SELECT channel, state FROM notifications WHERE recipient_id = $1 AND channel <> 'in_app' AND template = 'application.returned'`,
        [person],
      );
    await vi.waitFor(async () => expect(await letters()).toEqual([{ channel: 'letter', state: 'waiting' }]), 10_000);
  });

  it('leaves nothing of the operator behind him, nor of himself before the operator', async () => {
    const { browser, before } = await received();
    expect(await statusOf(before)).toBe(401);
    expect((await browser.get('/desk/counts')).status).toBe(404);
    expect((await browser.put('/sessions/current/role', { role: 'coordinator' })).status).toBe(401);
    const his = browser.cookies();
    expect((await browser.delete('/sessions/current')).status).toBe(204);
    expect(await statusOf(his)).toBe(401);
    expect((await browser.get<{ session: SessionView }>('/sessions/current')).body.session).toMatchObject({
      role: 'coordinator',
      secondFactor: 'needed',
      atHouse: false,
    });
    for (const path of ['/desk/counts', '/people/me', '/cases'])
      expect((await browser.get(path)).body).toMatchObject({ code: 'second_factor_required' });
    expect(await statusOf(before)).toBe(401); // the operator's old cookie stays dead
  });

  it('goes on another day with the last slip, which an operator can’t make', async () => {
    const { browser, person } = await received();
    const { caseId } = (await browser.post<ApplicationView>('/cases', { language: 'kk', answers })).body;
    const first = (await browser.put<Slip>('/people/me/slip')).body.code;
    const second = (await browser.put<Slip>('/people/me/slip')).body.code;
    expect(first).toMatch(/^[0-9A-Z]{8}$/);
    expect(JSON.stringify(await cabinet.admin('SELECT * FROM credentials WHERE person_id = $1', [person]))).not.toContain(second);
    await browser.delete('/sessions/current');

    const another = await atDesk(await arranged.person('coordinator'));
    expect((await open(another, { by: 'slip', code: first })).body).toMatchObject({ code: 'slip.unknown' });
    const typed = `${second.slice(0, 4).toLowerCase()}-${second.slice(4)}`;
    expect((await open(another, { by: 'slip', code: typed })).body).toMatchObject({ person: { id: person }, atHouse: true });
    expect((await another.get<ApplicationView>(`/cases/${caseId}/application`)).body.answers).toMatchObject({ title: answers.title });
  });

  it('is nobody at the other addresses of a session: no push to this computer, no second factor, no session of 12 hours', async () => {
    const { browser } = await received();
    const device = { endpoint: 'https://fcm.googleapis.com/x', keys: { p256dh: 'B'.repeat(87), auth: 'a'.repeat(22) } };
    expect((await browser.post('/push-subscriptions', device)).status).toBeGreaterThanOrEqual(400);
    const { secret } = (await browser.post<{ secret: string }>('/second-factors')).body;
    const code = generateSync({ secret, epoch: Math.floor(now.getTime() / 1000) });
    expect((await browser.put('/second-factors/confirmation', { code })).status).toBe(401);
    expect((await browser.get<{ session: SessionView }>('/sessions/current')).body.session).toMatchObject({ atHouse: true });
  });
});

describe('with the slip in his hand', () => {
  /** Side B of a contract that waits for everybody, at the House's computer, with a slip. */
  async function atContract() {
    const { browser, person } = await received({ ...guest, surname: `Тарапов${(guests += 1)}` });
    await browser.put('/people/me/consent', { version: dataConsent.version });
    const { code } = (await browser.put<Slip>('/people/me/slip')).body;
    const dispute = await arranged.dispute('CONTRACT_DRAFT');
    await cabinet.admin('UPDATE parties SET person_id = $2 WHERE id = $1', [dispute.parties.b, person]);
    const mediator = await signedIn(cabinet, dispute.mediator!);
    const { id, hash } = (await mediator.post<PaperView>(`/cases/${dispute.id}/papers`, { kind: 'contract' })).body;
    expect((await mediator.put(`/papers/${id}/freezing`)).status).toBe(200);
    const confirm = (said: object, by = browser) => by.put<PaperView>(`/papers/${id}/confirmation`, { hash, ...said });
    return { browser, person, code, dispute, confirm, paper: `/papers/${id}` };
  }
  let guests = 0;

  it('he confirms a contract, and the fact names both and the way', async () => {
    const { browser, person, code, dispute, confirm, paper } = await atContract();
    expect((await browser.get<PaperView>(paper)).body).toMatchObject({ mayConfirm: true, method: 'slip' });
    const { status, body } = await confirm({ slip: `${code.slice(0, 4).toLowerCase()} ${code.slice(4)}` });
    expect([status, body.mayConfirm, body.confirmedBy.length]).toEqual([200, false, 1]);
    expect((await confirm({ slip: code })).status).toBe(200); // twice changes nothing
    const facts = await cabinet.admin(
      `SELECT actor_id AS who, data->>'openedBy' AS by, data->>'method' AS method FROM events WHERE case_id = $1 AND type = 'contract.confirmed'`,
      [dispute.id],
    );
    expect(facts).toEqual([{ who: person, by: operator.id, method: 'slip' }]);
  });

  it('nobody confirms by a guess, by the slip of somebody else, by an old one, nor by a slip where a code can be sent', async () => {
    const [{ browser, code, confirm, dispute, paper, person }, stranger] = [await atContract(), await atContract()];
    for (const slip of ['00000000', 'not a code', stranger.code])
      expect((await confirm({ slip })).body).toMatchObject({ code: 'slip.unknown' });
    const fresh = (await browser.put<Slip>('/people/me/slip')).body.code;
    expect((await confirm({ slip: code })).body).toMatchObject({ code: 'slip.unknown' });
    expect((await confirm({ slip: fresh }, stranger.browser)).status).toBe(404);
    expect((await confirm({ slip: fresh }, await signedIn(cabinet, dispute.a))).body).toMatchObject({ code: 'code.wrong' });
    expect((await confirm({ slip: fresh }, await signedIn(cabinet, { id: person, role: 'citizen' }))).body).toMatchObject({
      code: 'code.wrong', // his own session elsewhere: no operator has looked at him
    });
    expect((await browser.post(`${paper}/codes`)).body).toMatchObject({ code: 'unavailable' });
    expect(
      await cabinet.admin('SELECT 1 FROM confirmations c JOIN papers p ON p.id = c.paper_id WHERE p.case_id = $1', [dispute.id]),
    ).toEqual([]);
  });

  it('lost, it ends: by his document and his case he gets another, and each is a fact', async () => {
    const { browser, person } = await received({ ...guest, surname: 'Жоғалтқан' });
    await browser.put('/people/me/consent', { version: dataConsent.version });
    const { caseId } = await file(browser);
    const { number } = (await browser.get<CaseView>(`/cases/${caseId}`)).body;
    const { code } = (await browser.put<Slip>('/people/me/slip')).body;
    await browser.delete('/sessions/current');
    const lost = { by: 'lost', number: ` ${number!.toLowerCase()} `, surname: 'жоғалтқан', given: 'Ерлан', seen: true };
    const another = await atDesk(await arranged.person('coordinator'));
    for (const wrong of [{ given: 'Ержан' }, { number: 'M-2026-9999' }, { surname: 'Басқа' }])
      expect((await open(another, { ...lost, ...wrong })).body).toMatchObject({ code: 'slip.holder_unknown' });
    expect((await open(another, { ...lost, seen: false })).body).toMatchObject({ code: 'invalid' });
    expect((await open(await atDesk(await arranged.person('coordinator')), { by: 'slip', code })).status).toBe(201); // it stood until now
    expect((await open(another, lost)).body).toMatchObject({ person: { id: person }, atHouse: true });
    const third = await atDesk(await arranged.person('coordinator'));
    expect((await open(third, { by: 'slip', code })).body).toMatchObject({ code: 'slip.unknown' });
    const renewed = (await another.put<Slip>('/people/me/slip')).body.code;
    expect((await open(third, { by: 'slip', code: renewed })).body).toMatchObject({ person: { id: person } });
    const facts = await cabinet.admin<{ type: string }>(
      `SELECT type FROM events WHERE data->>'personId' = $1 AND type LIKE 'person.slip_%' ORDER BY at, id`,
      [person],
    );
    expect(facts.map(({ type }) => type)).toEqual(['person.slip_made', 'person.slip_lost', 'person.slip_made']);
  });

  it('who has a telephone is found by no lost slip', async () => {
    const { a, id } = await arranged.dispute('INVITED');
    const [named] = await cabinet.admin<object>('SELECT surname, given FROM persons WHERE id = $1', [a.id]);
    const [{ number }] = (await cabinet.admin<{ number: string }>('SELECT number FROM cases WHERE id = $1', [id])) as [{ number: string }];
    expect((await open(await atDesk(), { by: 'lost', number, ...named, seen: true })).body).toMatchObject({ code: 'slip.holder_unknown' });
  });
});

describe('a session at the House’s computer ends', () => {
  it('ten minutes after the last touch', async () => {
    const { browser } = await received();
    minutes(9);
    expect((await browser.get('/people/me')).status).toBe(200);
    minutes(9);
    expect((await browser.get('/people/me')).status).toBe(200);
    minutes(11);
    expect((await browser.get('/people/me')).status).toBe(401);
  });

  it('after two hours, whoever touches it', async () => {
    const { browser } = await received();
    for (let at = 0; at < 117; at += 9) {
      expect((await browser.get('/people/me')).status).toBe(200);
      minutes(9);
    }
    minutes(4);
    expect((await browser.get('/people/me')).status).toBe(401);
  });

  it.each([
    ['was signed out everywhere', `UPDATE sessions SET parked_at = NULL WHERE person_id = $1`],
    ['has no second factor any more', 'UPDATE credentials SET totp_confirmed_at = NULL WHERE person_id = $1'],
    ['was shut out', `UPDATE persons SET disabled_at = '2026-09-22T05:00:00Z' WHERE id = $1`],
    ['is no operator any more', `DELETE FROM person_roles WHERE person_id = $1`],
  ])('and gives nothing back where the operator %s', async (_, sql) => {
    const gone = await arranged.person('coordinator');
    const browser = await atDesk(gone);
    expect((await open(browser)).status).toBe(201);
    await cabinet.admin(sql, [gone.id]);
    expect((await browser.delete('/sessions/current')).status).toBe(204);
    expect((await browser.get('/sessions/current')).body).toEqual({ session: null });
  });

  it('once, and the operator’s comes back once, also when both are pressed at the same time', async () => {
    const browser = await atDesk();
    const opened = await Promise.all([open(browser), open(browser)]);
    expect(opened.map(({ status }) => status).toSorted()).toEqual([201, 401]);
    const cookie = browser.cookies();
    const leave = () => cabinet.visitor().call('DELETE', '/sessions/current', undefined, { cookie });
    const left = await Promise.all([leave(), leave()]);
    expect(left.filter(({ headers }) => headers.getSetCookie().some((one) => /kelisim=[\w-]{43}/.test(one)))).toHaveLength(1);
  });
});

describe('nobody else', () => {
  it.each(['citizen', 'mediator', 'council', 'administrator'] as const)('opens one: a %s', async (role) => {
    const stranger = await atDesk(await arranged.person(role));
    for (const who of [guest, { by: 'slip', code: '00000000' }])
      expect((await open(stranger, who)).body).toMatchObject({ code: 'not_found' });
    expect((await stranger.put('/people/me/slip')).status).toBe(404);
  });

  it('guesses a slip: twenty tries an hour from one network, each answered alike', async () => {
    const browser = await atDesk();
    const seen = new Set<string>();
    for (let at = 0; at < 20; at += 1) seen.add((await open(browser, { by: 'slip', code: `0000000${at % 10}` })).text);
    expect(seen.size).toBe(1);
    expect((await open(browser, { by: 'slip', code: '00000000' })).status).toBe(429);
    expect((await open(browser, { ...guest, seen: false })).body).toMatchObject({ fields: { seen: expect.any(String) as string } });
  });
});
