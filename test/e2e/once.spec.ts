import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ApplicationView, CaseView } from '#contract';
import { Database, KeyedHash, Keys } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { disputesIn } from '../support/disputes.js';
import { consenting, signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let [ana, boris]: Visitor[] = [];
const answers = {
  category: 'neighbours',
  district: 'ulan',
  title: 'Қоршау',
  claimText: 'Қоршау ауысып кетті',
  desiredOutcome: 'Орнына қойсын',
  own: { kind: 'person', iin: '660319499006' },
  other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: '87000000001', language: 'ru' },
};
const draft = { language: 'kk', answers };

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-09-08T05:00:00Z', worker: false });
  const { api, admin, now } = cabinet;
  const arranged = disputesIn({ admin, db: api.get(Database), keys: api.get(Keys), hashes: api.get(KeyedHash), clock: { now } } as never);
  const citizen = async () => signedIn(cabinet, await consenting(cabinet, await arranged.person('citizen')));
  [ana, boris] = [await citizen(), await citizen()];
});
afterAll(() => cabinet.stop());

const act = <T>(who: Visitor, path: string, body: unknown, key: string) => who.call<T>('POST', path, body, { 'idempotency-key': key });
const cases = async () => Number((await cabinet.admin<{ n: string }>('SELECT count(*) AS n FROM cases'))[0]!.n);

it('opens one case for one key, fifty times at once, with one answer', async () => {
  const before = await cases();
  const replies = await Promise.all(Array.from({ length: 50 }, () => act<ApplicationView>(ana!, '/cases', draft, 'key-1')));
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
  expect(await cases()).toBe(before + 1);

  const { caseId } = replies[0]!.body;
  const sent = await Promise.all(
    Array.from({ length: 50 }, () => act<CaseView>(ana!, `/cases/${caseId}/moves`, { action: 'submit' }, 'key-2')),
  );
  expect(new Set(sent.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(sent[0]!.body).toMatchObject({ id: caseId, state: 'SUBMITTED' });
  const facts = await cabinet.admin(`SELECT 1 FROM events WHERE case_id = $1 AND type = 'case.submitted'`, [caseId]);
  expect(facts).toHaveLength(1);
});

it('gives the first answer again, whatever came after', async () => {
  const opened = await act<ApplicationView>(ana!, '/cases', draft, 'key-3');
  await ana!.put(`/cases/${opened.body.caseId}/application`, { answers: { title: 'Басқа атау' } });
  expect((await act(ana!, '/cases', draft, 'key-3')).text).toBe(opened.text);
});

it('refuses another body under a used key, and changes nothing', async () => {
  const before = await cases();
  expect(await act(ana!, '/cases', { ...draft, language: 'ru' }, 'key-1')).toMatchObject({ status: 422, body: { code: 'act.key_reused' } });
  const { body } = await act<ApplicationView>(ana!, '/cases', draft, 'key-1');
  expect(await act(ana!, `/cases/${body.caseId}/moves`, draft, 'key-1')).not.toMatchObject({ status: 200 });
  expect(await cases()).toBe(before);
});

it('keeps two people with the same key apart', async () => {
  const [one, other] = await Promise.all([
    act<ApplicationView>(ana!, '/cases', draft, 'shared'),
    act<ApplicationView>(boris!, '/cases', draft, 'shared'),
  ]);
  expect([one.status, other.status]).toEqual([201, 201]);
  expect(one.body.caseId).not.toBe(other.body.caseId);
  expect((await boris!.get(`/cases/${one.body.caseId}`)).status).toBe(404);
});

it('leaves a key free when the act was refused', async () => {
  const { body } = await act<ApplicationView>(ana!, '/cases', { language: 'kk' }, 'key-4');
  const submit = () => act<{ code?: string }>(ana!, `/cases/${body.caseId}/moves`, { action: 'submit' }, 'key-5');
  expect((await submit()).body.code).toBe('case.incomplete');
  await ana!.put(`/cases/${body.caseId}/application`, { answers });
  expect((await submit()).body).toMatchObject({ state: 'SUBMITTED' });
});

it('keeps no answer in clear, and takes no key that is none', async () => {
  const rows = await cabinet.admin<{ kept: string }>(`SELECT encode(answer_sealed, 'escape') AS kept FROM act_answers`);
  for (const { kept } of rows) expect(kept).not.toContain('caseId');
  for (const key of ['', ' ', 'a b', 'x'.repeat(201)])
    expect((await act<object>(ana!, '/cases', draft, key)).body).toMatchObject({
      code: 'invalid',
      fields: { 'idempotency-key': 'invalid' },
    });
});
