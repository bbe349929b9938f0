import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { AnswerInvitation, type ApplicationView, dataConsent, ReferCase, SaveAnswers, type SignedIn } from '#contract';
import { Database, KeyedHash, Keys, newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { disputesIn } from '../support/disputes.js';
import { consenting, signedIn } from '../support/signed-in.js';
import { fieldsIn } from '../support/schema-fields.js';
import type { Visitor } from '../support/visitor.js';

/** Every field that somebody may write before a mediation begins, with the most it takes and one too much; a new field without a row here fails. */
let cabinet: Cabinet;
let arranged: ReturnType<typeof disputesIn>;
let [citizen, court, invited]: Visitor[] = [];
let caseId: string;

beforeAll(async () => {
  cabinet = await startCabinet({ at: '2026-09-22T05:00:00Z', worker: false });
  const { admin, api, now } = cabinet;
  const sealed = { admin, db: api.get(Database), keys: api.get(Keys), hashes: api.get(KeyedHash), clock: { now } };
  arranged = disputesIn(sealed as never);
  citizen = await signedIn(cabinet, await consenting(cabinet, await arranged.person('citizen')));
  const clerk: SignedIn = { ...(await arranged.person('court')), courtId: 'OSKEMEN_CITY' };
  court = await signedIn(cabinet, clerk);
  invited = cabinet.visitor();
  caseId = (await citizen.post<ApplicationView>('/cases', { language: 'kk', answers: {} })).body.caseId;
});
afterAll(() => cabinet.stop());

type Limit = { most: unknown; tooMuch: unknown };
type Limits = Record<string, Limit>;
const text = (most: number): Limit => ({ most: 'ң'.repeat(most), tooMuch: 'ң'.repeat(most + 1) });
const oneOf = (one: string): Limit => ({ most: one, tooMuch: 'nonsense' });
const day: Limit = { most: '2026-09-01', tooMuch: '2026-09-011' };
const list = (one: unknown, most: number): Limit => ({ most: Array(most).fill(one), tooMuch: Array(most + 1).fill(one) });
const within = (path: string, limits: Limits): Limits =>
  Object.fromEntries(Object.entries(limits).map(([field, limit]) => [`${path}.${field}`, limit]));

const attorney: Limits = {
  number: text(60),
  issuedBy: text(200),
  issuedOn: day,
  validUntil: day,
  powers: list('take_part', 4),
};
const party: Limits = {
  kind: oneOf('person'),
  surname: text(80),
  given: text(80),
  patronymic: text(80),
  organisation: text(200),
  iin: text(20),
  bin: text(20),
  email: text(254),
  phone: text(30),
  address: text(300),
  language: oneOf('ru'),
  channel: oneOf('letter'),
  accessibility: list('large_print', 7),
  interpreter: { most: 'tr', tooMuch: 'tur' },
  'representative.kind': oneOf('poa'),
  'representative.name': text(160),
  'representative.position': text(120),
  'representative.phone': text(30),
  'representative.email': text(254),
  ...within('representative.attorney', attorney),
};
const one = { kind: 'person' };
const application: Limits = {
  category: text(40),
  subcategory: text(60),
  district: text(40),
  title: text(160),
  claimText: text(4000),
  desiredOutcome: text(4000),
  amountKzt: { most: 1e13, tooMuch: 1e13 + 1 },
  flags: { most: { violence: true }, tooMuch: { violence: 'yes' } },
  'court.courtId': text(40),
  'court.caseNumber': text(60),
  ...within('own', party),
  ...within('other', party),
  ownMore: list(one, 9),
  otherMore: list(one, 9),
  ...within('ownMore.0', party),
  ...within('otherMore.0', party),
};
const referral: Limits = {
  id: { most: newId(), tooMuch: 'x' },
  language: oneOf('kk'),
  category: text(40),
  subcategory: text(60),
  district: text(40),
  caseNumber: text(60),
  judge: text(160),
  rulingOn: day,
  termDays: { most: 365, tooMuch: 366 },
  safeProcess: { most: true, tooMuch: 'yes' },
  sideA: list(one, 10),
  sideB: list(one, 10),
  ...within('sideA.0', party),
  ...within('sideB.0', party),
};
const shownCode = { codeId: { most: newId(), tooMuch: 'x' }, code: { most: '000000', tooMuch: '0000000' } };
const answer = {
  consent: {
    ...shownCode,
    'consent.version': text(40),
    language: oneOf('kk'),
    surname: text(80),
    given: text(80),
    patronymic: text(80),
    password: text(200),
    ...within('attorney', attorney),
    also: list({ invitationId: newId(), answer: 'consent' }, 50),
    'also.0.invitationId': { most: newId(), tooMuch: 'x' },
    'also.0.reason': text(4000),
    ...within('also.0.attorney', attorney),
  } satisfies Limits,
  decline: { ...shownCode, reason: text(4000) } satisfies Limits,
};

/** The value at its place; whatever an object needs besides is filled in. */
function put(base: object, path: string, value: unknown): object {
  const [key = '', ...rest] = path.split('.');
  const filled = key === 'representative' ? { kind: 'poa' } : key === 'court' ? { courtId: 'X' } : isParty(key) ? one : {};
  const known = (base as Record<string, unknown>)[key];
  if (rest.length === 0) return { ...base, [key]: value };
  if (rest[0] === '0') {
    const [, ...inside] = rest;
    const first = (known as object[] | undefined)?.[0] ?? startOf(key, inside.join('.'));
    return { ...base, [key]: [put(first, inside.join('.'), value)] };
  }
  return { ...base, [key]: put((known ?? filled) as object, rest.join('.'), value) };
}
const isParty = (key: string) => ['own', 'other'].includes(key);
const startOf = (key: string, path: string) =>
  key === 'also' ? { invitationId: newId(), answer: path === 'reason' ? 'decline' : 'consent' } : one;

/** What tells one shape from another. */
const discriminators = ['answer', 'also.0.answer'];

it.each<[string, string[], z.ZodType]>([
  ['an application', Object.keys(application), SaveAnswers],
  ['a referral', Object.keys(referral), ReferCase],
  ['an answer to an invitation', [...Object.keys(answer.consent), ...Object.keys(answer.decline)], AnswerInvitation],
])('the table knows every field of %s', (_, known, schema) => {
  const there = fieldsIn(schema).filter((path) => !discriminators.includes(path));
  expect([...new Set(known)].toSorted()).toEqual([...new Set(there)].toSorted());
});

type Refused = { code: string; fields?: Record<string, string> };
/** Refused, and said which field it was: its own path, or the place in a list where it went wrong. */
const named = ({ status, body }: { status: number; body: unknown }, path: string) => {
  const { code, fields: wrong = {} } = body as Refused;
  const found = Object.keys(wrong).find((field) => field === path || field.startsWith(`${path}.`));
  return status === 400 && code === 'invalid' && found ? null : { path, status, code, wrong };
};

describe('one too much is refused by its field', () => {
  it('in an application, whose draft stays as it was', async () => {
    const before = (await citizen!.get<ApplicationView>(`/cases/${caseId}/application`)).body;
    const wrong = [];
    for (const [path, { tooMuch }] of Object.entries(application)) {
      const said = await citizen!.put(`/cases/${caseId}/application`, { answers: put({}, path, tooMuch) });
      wrong.push(named(said, `answers.${path}`));
    }
    expect(wrong.filter(Boolean)).toEqual([]);
    expect((await citizen!.get<ApplicationView>(`/cases/${caseId}/application`)).body).toEqual(before);
  });

  it('in a referral, and no case begins', async () => {
    const [{ n }] = (await cabinet.admin('SELECT count(*)::int AS n FROM cases')) as [{ n: number }];
    const wrong = [];
    for (const [path, { tooMuch }] of Object.entries(referral))
      wrong.push(named(await court!.post('/court/referrals', put(whole, path, tooMuch)), path));
    expect(wrong.filter(Boolean)).toEqual([]);
    expect(await cabinet.admin('SELECT count(*)::int AS n FROM cases')).toEqual([{ n }]);
  });

  it.each(['consent', 'decline'] as const)('in a %s', async (kind) => {
    const wrong = [];
    for (const [path, { tooMuch }] of Object.entries(answer[kind]))
      wrong.push(named(await invited!.put('/invitation/answer', put(given(kind), path, tooMuch)), path));
    expect(wrong.filter(Boolean)).toEqual([]);
  });
});

describe('the most it takes is taken', () => {
  it('in an application, and comes back as it was written', async () => {
    const wrong = [];
    for (const [path, { most }] of Object.entries(application)) {
      const answers = put({}, path, most);
      const { status, body } = await citizen!.put<ApplicationView>(`/cases/${caseId}/application`, { answers });
      if (status !== 200) wrong.push([path, status, body]);
    }
    expect(wrong).toEqual([]);
    const { answers } = (await citizen!.get<ApplicationView>(`/cases/${caseId}/application`)).body;
    expect(answers).toMatchObject({ claimText: 'ң'.repeat(4000), amountKzt: 1e13, other: { organisation: 'ң'.repeat(200) } });
  });

  it.each<[string, Limits, z.ZodType, object]>([
    ['a referral', referral, ReferCase, {}],
    ['a consent', answer.consent, AnswerInvitation, {}],
    ['a decline', answer.decline, AnswerInvitation, {}],
  ])('in %s', (name, limits, schema) => {
    const base = name === 'a referral' ? whole : given(name === 'a consent' ? 'consent' : 'decline');
    const refused = Object.entries(limits).filter(([path, { most }]) => !schema.safeParse(put(base, path, most)).success);
    expect(refused).toEqual([]);
  });
});

const whole = {
  language: 'ru',
  category: 'civil',
  district: 'shemonaikha',
  caseNumber: '6325-26-00-2а/318',
  rulingOn: '2026-09-21',
  termDays: 30,
  sideA: [one],
  sideB: [one],
};
const given = (kind: 'consent' | 'decline') => ({
  answer: kind,
  codeId: newId(),
  code: '000000',
  ...(kind === 'consent' && { consent: { version: dataConsent.version }, language: 'kk', surname: 'А', given: 'Б' }),
});

describe('what people paste', () => {
  const kept = async (answers: object) => {
    const { status, body } = await citizen!.put<ApplicationView>(`/cases/${caseId}/application`, { answers });
    return { status, answers: body.answers };
  };

  it.each([
    ['markup', '<script>alert(1)</script> &lt;b&gt; {{7*7}} ${7*7}', '<script>alert(1)</script> &lt;b&gt; {{7*7}} ${7*7}'],
    ['right-to-left marks', 'бір\u202Eекі\u2066 үш\u200F', 'бірекі үш'],
    ['emoji, one of several signs among them', 'Қоршау 🏚️👨‍👩‍👧 дауы', 'Қоршау 🏚️👨‍👩‍👧 дауы'],
    ['a table', 'Ай\tҚарыз\r\nҚаңтар\t180 000\r\nАқпан\t−5', 'Ай\tҚарыз\r\nҚаңтар\t180 000\r\nАқпан\t−5'],
    ['control characters', 'бір\u0000\u0007екі\u001B[31m', 'бірекі[31m'],
    ['letters in two signs', 'Й'.normalize('NFD'), 'Й'],
    ['a beginning that a table would reckon', '=1+1', '=1+1'],
  ])('%s', async (_, typed, expected) => {
    expect(await kept({ claimText: typed })).toMatchObject({ status: 200, answers: { claimText: expected } });
  });

  it.each([['180 000'], ['180,50'], ['-5'], [-5], [0], [180.5], [Number.MAX_SAFE_INTEGER], ['1e3'], [[180]], [true]])(
    'an amount of %s is no amount',
    async (amountKzt) => {
      expect(named(await citizen!.put(`/cases/${caseId}/application`, { answers: { amountKzt } }), 'answers.amountKzt')).toBeNull();
    },
  );

  it('an old tab that saves an empty page takes nothing away, and one that saves a page anew only that page', async () => {
    await kept({ title: 'Қоршау', claimText: 'Талап', other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий' } });
    const before = (await citizen!.get<ApplicationView>(`/cases/${caseId}/application`)).body.answers;
    expect((await kept({})).answers).toEqual(before);
    expect((await kept({ other: { kind: 'person' } })).answers).toEqual(before);
    expect((await kept({ title: 'Басқа' })).answers).toEqual({ ...before, title: 'Басқа' });
  });
});

it.each<[string, object, Record<string, string>]>([
  ['an IIN too short', { own: { ...one, iin: '66031949900' } }, { 'own.iin': 'iin' }],
  ['an IIN too long', { own: { ...one, iin: '6603194990066' } }, { 'own.iin': 'iin' }],
  ['an IIN with a wrong last digit', { own: { ...one, iin: '660319499007' } }, { 'own.iin': 'iin_check' }],
  ['an IIN of 30 February', { own: { ...one, iin: '850230300000' } }, { 'own.iin': 'iin_date' }],
  ['an IIN of somebody not born yet', { other: { ...one, iin: '990101500006' } }, { 'other.iin': 'iin_date' }],
  ['a BIN for an IIN', { other: { ...one, iin: '150240990069' } }, { 'other.iin': 'iin_is_bin' }],
  ['an IIN for a BIN', { other: { kind: 'organisation', bin: '850808300009' } }, { 'other.bin': 'bin_is_iin' }],
  ['a BIN too short', { other: { kind: 'organisation', bin: '15024099006' } }, { 'other.bin': 'bin' }],
  ['a BIN of a thirteenth month', { other: { kind: 'organisation', bin: '151340990069' } }, { 'other.bin': 'bin_form' }],
  ['a BIN with a wrong last digit', { other: { kind: 'organisation', bin: '150240990060' } }, { 'other.bin': 'bin_check' }],
  ['a telephone of letters', { other: { ...one, phone: 'call me' } }, { 'other.phone': 'phone' }],
  ['a telephone of another country', { other: { ...one, phone: '+49 30 123456' } }, { 'other.phone': 'phone' }],
  ['an address without a domain', { other: { ...one, email: 'дорофеев@' } }, { 'other.email': 'email' }],
  ['a court nobody knows', { court: { courtId: 'MOON' } }, { 'court.courtId': 'choose' }],
  [
    'a case of no court',
    { court: { courtId: '', caseNumber: '12/34' } },
    { 'court.courtId': 'choose', 'court.caseNumber': 'court_number' },
  ],
  ['a case number that is none', { court: { courtId: 'OSKEMEN_CITY', caseNumber: '12/34' } }, { 'court.caseNumber': 'court_number' }],
  ['a category nobody knows', { category: 'witchcraft' }, { category: 'choose' }],
  ['a place nobody knows', { district: 'moon' }, { district: 'choose' }],
  ['a power of attorney given tomorrow', power({ issuedOn: '2026-09-23' }), { 'own.representative.attorney.issuedOn': 'date_future' }],
  ['one that is over', power({ validUntil: '2026-09-21' }), { 'own.representative.attorney.validUntil': 'attorney_over' }],
  ['one of a day that is none', power({ issuedOn: '2026-02-30' }), { 'own.representative.attorney.issuedOn': 'date' }],
])('is not sent with %s: named by its field, and the draft stays', async (_, changes, expected) => {
  const opened = await citizen!.post<ApplicationView>('/cases', { language: 'kk', answers: { ...sendable, ...changes } });
  const { caseId: id, answers, missing } = opened.body;
  expect(missing).toMatchObject(expected);
  const sent = await citizen!.post<Refused>(`/cases/${id}/moves`, { action: 'submit' });
  expect(sent).toMatchObject({ status: 422, body: { code: 'case.incomplete', fields: expected } });
  expect((await citizen!.get<ApplicationView>(`/cases/${id}/application`)).body).toMatchObject({ state: 'DRAFT', answers });
});

function power(changes: object) {
  const written = { number: '1', issuedBy: 'Нотариус', issuedOn: '2026-09-01', powers: ['take_part'], ...changes };
  return {
    own: {
      kind: 'organisation',
      organisation: 'ТОО «Жылу»',
      bin: '150240990069',
      representative: { kind: 'poa', name: 'Ким А', attorney: written },
    },
  };
}
const sendable = {
  category: 'neighbours',
  district: 'ulan',
  title: 'Қоршау',
  claimText: 'Қоршау біздің жақта тұр',
  desiredOutcome: 'Орнына қойсын',
  own: { ...one, iin: '660319499006' },
  other: { ...one, surname: 'Дорофеев', given: 'Геннадий', phone: '87000000001' },
};
