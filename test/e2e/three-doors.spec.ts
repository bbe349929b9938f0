import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ImportView, type MadePartnerToken, partyColumns, type ReferCase, type SignedIn } from '#contract';
import { newId } from '#platform';
import { referralOf } from '../../apps/launcher/src/demo/play.js';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { scenario } from '../support/company.js';
import { consenting, signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let [desk, court, admin, colleague, elsewhere]: Visitor[] = [] as never;
let token: string;
/** Somebody's own draft. */
const foreign = newId();

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false, at: '2026-09-22T05:05:00Z' });
  const come = async (role: SignedIn['role'], more: Partial<SignedIn> = {}) => {
    const id = newId();
    await cabinet.admin(
      `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Сотова', 'Әлия', 'kk', $2, $3)`,
      [id, Buffer.from(id), cabinet.now()],
    );
    return consenting(cabinet, { id, role, ...more } as SignedIn);
  };
  const clerk = await come('court', { courtId: 'OSKEMEN_CITY' });
  const citizen = await come('citizen');
  [desk, court, admin, colleague, elsewhere] = [
    await signedIn(cabinet, await come('coordinator')),
    await signedIn(cabinet, clerk),
    await signedIn(cabinet, await come('administrator')),
    await signedIn(cabinet, await come('court', { courtId: 'OSKEMEN_CITY' })),
    await signedIn(cabinet, await come('court', { courtId: 'RIDDER_CITY' })),
  ];
  await cabinet.admin(
    `INSERT INTO cases (id, state, state_since, category, district, language, created_by, created_at, rules_on) VALUES ($1, 'DRAFT', $2, '', '', 'kk', $3, $2, '2026-09-22')`,
    [foreign, cabinet.now(), citizen.id],
  );
  const asked = { name: 'ТӨРЕЛІК', personId: clerk.id, scopes: ['referrals'], days: 30 };
  token = (await admin.post<MadePartnerToken>('/partner-tokens', asked)).body.token;
});
afterAll(() => cabinet.stop());

const byForm = async (asked: ReferCase) => (await court!.post<{ caseId: string }>('/court/referrals', asked)).body.caseId;
async function byMachine(asked: ReferCase): Promise<string> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  const reply = await fetch(`${cabinet.origin}/api/court/referrals`, { method: 'POST', headers, body: JSON.stringify(asked) });
  return ((await reply.json()) as { caseId: string }).caseId;
}
async function byTable(asked: ReferCase): Promise<string> {
  const headers = { cookie: desk!.cookies(), origin: cabinet.origin, 'content-type': 'text/csv' };
  const reply = await fetch(`${cabinet.origin}/api/imports`, { method: 'POST', headers, body: tableOf(asked) });
  const { id, done, good } = (await reply.json()) as ImportView;
  expect([done, good]).toEqual([1, 1]);
  const [row] = await cabinet.admin<{ id: string }>('SELECT case_id AS id FROM import_rows WHERE import_id = $1', [id]);
  return row!.id;
}

/** The same as the court would send it: one line under a header. */
function tableOf({ sideA, sideB, safeProcess, ...facts }: ReferCase): string {
  const party = (side: 'a' | 'b', of: object) =>
    partyColumns.map((name) => [`${side}${name}`, (of as Record<string, string>)[name[0]!.toLowerCase() + name.slice(1)] ?? '']);
  const cells = [
    ...Object.entries(facts),
    ['court', 'OSKEMEN_CITY'],
    ['safeProcess', safeProcess ? 'да' : ''],
    ...party('a', sideA[0]!),
    ...party('b', sideB[0]!),
  ];
  return [cells.map(([name]) => name), cells.map(([, cell]) => `"${String(cell ?? '').replaceAll('"', '""')}"`)]
    .map((row) => row.join(','))
    .join('\r\n');
}

/** All that there is of a case but its own number, its ids, its key and who typed it in. */
const whole = (caseId: string) =>
  cabinet.admin(
    `SELECT c.state, c.category, c.subcategory, c.district, c.language, c.door, c.court_id, c.court_case_number, c.safe_process, c.shuttle, c.rules_on, c.court_term,
       c.court_board, r.court_id AS by, r.case_number, r.judge, r.ruling_on, r.term_days,
       (SELECT jsonb_agg(jsonb_build_object('side', p.side, 'kind', p.kind, 'surname', p.surname, 'given', p.given, 'patronymic', p.patronymic, 'language', p.language,
          'organisation', p.organisation, 'iin', encode(p.id_number_hash, 'hex'), 'phone', encode(p.phone_hash, 'hex'), 'email', encode(p.email_hash, 'hex')) ORDER BY p.side)
        FROM parties p WHERE p.case_id = c.id) AS parties,
       (SELECT jsonb_agg(d.code || ' ' || d.due_at ORDER BY d.code) FROM deadlines d WHERE d.case_id = c.id) AS deadlines,
       (SELECT jsonb_agg(jsonb_build_object('type', e.type, 'data', e.data) ORDER BY e.seq) FROM events e WHERE e.case_id = c.id) AS facts
     FROM cases c JOIN referrals r ON r.case_id = c.id WHERE c.id = $1`,
    [caseId],
  );

it.each(['07', '14'])('dispute %s is the same case through the form, a table and the api', async (nth) => {
  const asked = referralOf(scenario(nth));
  const form = await whole(await byForm(asked));
  const moved = { action: 'submit', from: 'DRAFT', to: 'SUBMITTED', deadline: 'SCREENING', dueAt: expect.any(String) };
  const facts = [{ type: 'case.submitted', data: { door: 'court', courtId: 'OSKEMEN_CITY', ...moved } }];
  const deadlines = [expect.stringMatching(/^COURT_PENDING /), expect.stringMatching(/^SCREENING /)];
  expect(form).toMatchObject([{ state: 'SUBMITTED', parties: [{ side: 'A' }, { side: 'B' }], deadlines, facts }]);
  expect(await whole(await byTable(asked))).toEqual(form);
  expect(await whole(await byMachine(asked))).toEqual(form);
});

it('a referral is sent once under its id, also twice at the same moment; an id that another’s case has opens nothing', async () => {
  const asked = { ...referralOf(scenario('14')), id: newId() };
  const both = await Promise.all([court!.post<{ caseId: string }>('/court/referrals', asked), byMachine(asked)]);
  expect([both[0].body.caseId, both[1]]).toEqual([asked.id, asked.id]);
  const before = await whole(asked.id);
  for (const [who, id] of [
    [colleague!, asked.id],
    [elsewhere!, asked.id],
    [court!, foreign],
  ] as const)
    // prettier-ignore
    expect(await who.post('/court/referrals', { ...asked, id })).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect(await whole(asked.id)).toEqual(before);
  expect((await elsewhere!.get(`/court/cases/${asked.id}`)).status).toBe(404);
});

it('a token that is revoked in the middle of many referrals opens nothing from then on, and what went in stays', async () => {
  const { id, token: other } = (await admin!.post<MadePartnerToken>('/partner-tokens', { name: 'x', personId: (await court!.get<{ id: string }>('/people/me')).body.id, scopes: ['referrals'], days: 1 })).body; // prettier-ignore
  const asked = referralOf(scenario('14'));
  const send = async (nth: number) =>
    fetch(`${cabinet.origin}/api/court/referrals`, {
      method: 'POST',
      headers: { authorization: `Bearer ${other}`, 'content-type': 'application/json', 'idempotency-key': `many-${nth}` },
      body: JSON.stringify({ ...asked, caseNumber: `6325-26-00-2/${9000 + nth}` }),
    });
  const before = [await send(1), await send(2)];
  await admin!.delete(`/partner-tokens/${id}`);
  const after = [await send(3), await send(1)];
  expect([...before, ...after].map(({ status }) => status)).toEqual([201, 201, 401, 401]);
  expect(await cabinet.admin(`SELECT count(*)::int AS n FROM referrals WHERE case_number LIKE '6325-26-00-2/900%'`)).toEqual([{ n: 2 }]);
});
