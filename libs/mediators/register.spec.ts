import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type Certificate, KeepEntry, SetStanding, type SignedIn } from '#contract';
import { Mediator, MediatorsService, RegisterReader, RegisterService } from '#mediators';
import { newId } from '#platform';
import { mediatorsIn } from '../../apps/launcher/src/demo/scenario.js';
import { paperOf } from '../../apps/launcher/src/demo/register.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { general, nextIin, paper } from '../../test/support/register.js';
import { atOnce, peopleOn } from '../../test/support/people.js';
import { certificateFaults, registerRule } from './register.rules.js';
import rules from './data/register-rules.json' with { type: 'json' };

let fresh: FreshDatabase;
let register: RegisterService;
let reader: RegisterReader;
let desk: SignedIn;
let second: SignedIn;
let arranged: ReturnType<typeof disputesIn>;
const mediators = new MediatorsService();
const seeds = mediatorsIn('test/scenarios');

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  const { people } = peopleOn(fresh);
  register = new RegisterService(fresh.db, fresh.clock, fresh.keys, fresh.hashes, people, mediators);
  reader = new RegisterReader(fresh.db, fresh.clock, fresh.keys, fresh.hashes);
  arranged = disputesIn(fresh);
  [desk, second] = [await arranged.person('coordinator'), await arranged.person('coordinator')];
});
afterAll(() => fresh.drop());

const enter = (values: Record<string, unknown> = {}, by: Actor = desk) => register.keep(by, paper(values));
const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'kept',
    (error: { code?: string; details?: { fields?: object } }) => error.details?.fields ?? error.code ?? String(error),
  );
const again = async (id: string, changes: Record<string, unknown>) => {
  const { entry } = await reader.read(desk, id);
  return KeepEntry.parse({ ...entry, ...changes });
};
const rows = async () =>
  (await fresh.admin<{ n: string }>('SELECT (SELECT count(*) FROM persons) || $1 || (SELECT count(*) FROM mediators) AS n', ['/']))[0]!.n;

it('takes in the forty of the scenarios, and shows each as it was entered', async () => {
  for (const seed of seeds) {
    const id = await register.keep(desk, { ...paperOf(seed), isAnother: false });
    const { entry, row, history } = await reader.read(desk, id);
    expect(entry).toMatchObject({ iin: seed.iin, email: seed.email, phone: seed.phone, surname: seed.surname });
    expect([row.certifiedUntil, row.hasAccount, history.map(({ kind }) => kind)]).toEqual([
      seed.certificate?.validUntil ?? null,
      false,
      ['entered'],
    ]);
  }
  const listed = await reader.list(desk, { show: 'all', from: 0, limit: 50 });
  expect([listed.total, listed.next]).toEqual([40, null]);
  const pages = await Promise.all([0, 15, 30].map((from) => reader.list(desk, { show: 'all', from, limit: 15 })));
  expect(pages.flatMap(({ rows }) => rows)).toEqual(listed.rows);
  expect(pages.map(({ next }) => next)).toEqual([15, 30, null]);
  expect(
    (await reader.list(desk, { show: 'expiring', from: 0, limit: 50 })).rows.every(({ certifiedUntil }) => certifiedUntil! <= '2027-01-22'),
  ).toBe(true);
  expect((await reader.list(desk, { show: 'all', from: 0, limit: 50, search: 'жусипова' })).rows.map(({ name }) => name)).toEqual([
    'Жүсіпова Бақытгүл Сапарқызы',
  ]);
});

it('knows the codes of the reference lists, no more and no fewer', () => {
  const codes = (file: string, list: string) =>
    (JSON.parse(readFileSync(`libs/cases/data/${file}.json`, 'utf8')) as Record<string, { code: string }[]>)[list]!.map(({ code }) => code);
  expect(rules.fields).toEqual(codes('dispute-categories', 'categories'));
  expect(rules.districts).toEqual(codes('districts', 'districts'));
});

describe('refuses, with the field named, and writes nothing:', () => {
  const overlapping = [
    general({ number: '1', validUntil: '2026-06-01' }),
    general({ number: '2', issuedOn: '2026-06-01', validUntil: '2029-01-01' }),
  ];
  it.each<[string, Record<string, unknown>, Record<string, string>]>([
    ['overlapping certificates', { certificates: overlapping }, { 'certificates.1.issuedOn': 'certificate_overlaps' }],
    ['days in the wrong order', { certificates: [general({ validUntil: '2024-01-09' })] }, { 'certificates.0.validUntil': 'ends_first' }],
    ['a certificate of tomorrow', { certificates: [general({ issuedOn: '2026-11-24' })] }, { 'certificates.0.issuedOn': 'date_future' }],
    [
      'one number twice',
      { certificates: [general({ number: 'x', validUntil: '2025-01-01' }), general({ number: 'x', issuedOn: '2025-01-02' })] },
      { 'certificates.1.number': 'number_taken' },
    ],
    [
      'a professional without a general course',
      { certificates: [general({ course: 'specialised', field: 'family' })] },
      { certificates: 'certificate_needed' },
    ],
    [
      'a specialised course of nothing known',
      { certificates: [general(), general({ course: 'specialised', field: 'astrology' })] },
      { 'certificates.1.field': 'choose' },
    ],
    ['a public one whom nobody elected', { kind: 'public', certificates: [] }, { community: 'required', protocolDate: 'required' }],
    [
      'an election of tomorrow',
      { kind: 'public', certificates: [], community: 'Самар', protocolDate: '2026-11-24' },
      { protocolDate: 'date_future' },
    ],
    ['nobody who can be reached', { email: '', phone: '' }, { email: 'contact_needed' }],
    ['too young a professional', { iin: nextIin('010203', 5) }, { enteredOn: 'age_professional' }],
    ['a district that is none', { district: 'almaty' }, { district: 'choose' }],
  ])('%s', async (_, values, fields) => {
    const before = await rows();
    expect(await refused(enter(values))).toEqual(fields);
    expect(await rows()).toBe(before);
  });

  it.each([
    ['a capacity of zero', { capacity: 0 }, 'capacity', 'capacity'],
    ['a capacity of 21', { capacity: 21 }, 'capacity', 'capacity'],
    ['half a place', { capacity: 1.5 }, 'capacity', 'whole_number'],
    ['a wrong digit in the IIN', { iin: '710504499004' }, 'iin', 'iin_check'],
    ['a BIN for an IIN', { iin: '151240990011' }, 'iin', 'iin_is_bin'],
    ['a day that is none', { enteredOn: '2024-02-30' }, 'enteredOn', 'date'],
  ])('%s, at the door', (_, values, field, code) => {
    const { success, error } = KeepEntry.safeParse({ ...paper(), ...values });
    expect([success, error?.issues.map(({ path, message }) => [path.join('.'), message])]).toEqual([false, [[field, code]]]);
  });
});

it('knows one person under two spellings, unless the desk says that it is another', async () => {
  const iin = nextIin('700101');
  await enter({ surname: 'Сұлтанова', given: 'Әсем', iin });
  expect(await refused(enter({ surname: 'Cултанова', given: 'Acем', iin }))).toEqual({ iin: 'already_registered' }); // Latin C, A, c
  const typo = nextIin('700101');
  expect(await refused(enter({ surname: 'Султанова', given: 'Асем', iin: typo }))).toEqual({ surname: 'looks_registered' });
  expect(await refused(enter({ surname: 'Султанова', given: 'Асем', iin: nextIin('700102') }))).toBe('kept'); // born on another day
  expect(await refused(enter({ surname: 'Султанова', given: 'Асем', iin: typo, isAnother: true }))).toBe('kept');
});

it('refuses a number, a certificate and a contact that are another’s', async () => {
  const [registerNumber, certificate, email] = [`ВКО-${newId()}`, general(), `${newId()}@example.kz`];
  await enter({ registerNumber, certificates: [certificate], email });
  expect(await refused(enter({ registerNumber, certificates: [certificate] }))).toEqual({
    registerNumber: 'number_taken',
    'certificates.0.number': 'number_taken',
  });
  expect(await refused(enter({ email, surname: 'Бөтен' }))).toEqual({ email: 'contact_of_other' });
});

it('leaves account, week and consent to be listed as they are when an entry is corrected, and tells what changed', async () => {
  const id = await enter({ surname: 'Түзетов', fields: ['debt'] });
  await fresh.admin(
    `UPDATE mediators SET published_at = '2026-01-01', weekly = '[{"day":1,"from":"09:00","to":"12:00"}]' WHERE person_id = $1`,
    [id],
  );
  await register.keep(
    desk,
    await again(id, { fields: ['debt', 'family'], address: 'Өскемен, Қазақстан к., 1', capacity: 5, language: 'ru' }),
    id,
  );
  const [row] = await fresh.admin<object>(
    'SELECT published_at IS NOT NULL AS published, weekly, capacity, version FROM mediators WHERE person_id = $1',
    [id],
  );
  expect(row).toEqual({ published: true, weekly: [{ day: 1, from: '09:00', to: '12:00' }], capacity: 5, version: 2 });
  const { history } = await reader.read(desk, id);
  expect(history[0]).toMatchObject({ kind: 'corrected', from: null });
  expect(history[0]!.changes.toSorted((one, other) => one.what.localeCompare(other.what))).toEqual([
    { what: 'address', before: null, after: null },
    { what: 'capacity', before: '3', after: '5' },
    { what: 'fields', before: 'debt', after: 'debt, family' },
    { what: 'language', before: 'kk', after: 'ru' },
  ]);
  await register.keep(desk, await again(id, {}), id); // the same again is no change
  expect((await reader.read(desk, id)).history).toHaveLength(2);
});

it('lets one of two coordinators through, and the other is told', async () => {
  const id = await enter();
  const read = await again(id, {});
  const both = [desk, second].map((who, at) => () => register.keep(who, { ...read, capacity: 7 + at }, id));
  expect((await atOnce(fresh, both)).toSorted()).toEqual(['ok', 'stale']);
  const same = paper();
  expect((await atOnce(fresh, [() => register.keep(desk, same), () => register.keep(second, same)])).toSorted()).toEqual(['invalid', 'ok']);
});

it('suspends from a day on a ground, and restores: one standing at a time', async () => {
  const id = await enter();
  const set = async (asked: Record<string, unknown>, by = desk) =>
    refused(
      register.setStanding(by, id, SetStanding.parse({ until: null, version: (await reader.read(desk, id)).entry.version, ...asked })),
    );
  const now = async () => (await reader.read(desk, id)).row.standing;
  expect(await set({ status: 'active', from: '2026-11-23', ground: 'mistake' })).toBe('register.standing_same');
  expect([await set({ status: 'suspended', from: '2026-11-23', until: '2026-12-31', ground: 'under_inquiry' }), await now()]).toEqual([
    'kept',
    'suspended',
  ]);
  expect(await set({ status: 'excluded', from: '2026-12-10', ground: 'ethics_breach' })).toEqual({ from: 'standing_runs' });
  expect([await set({ status: 'active', from: '2026-11-25', ground: 'ground_ended' }), await now()]).toEqual(['kept', 'suspended']);
  expect([await set({ status: 'excluded', from: '2026-11-23', ground: 'ethics_breach' }), await now()]).toEqual(['kept', 'excluded']);
  expect([await set({ status: 'active', from: '2026-11-23', ground: 'court_decision' }), await now()]).toEqual(['kept', 'active']);
  expect([await set({ status: 'excluded', from: '2026-12-01', ground: 'own_request' }), await now()]).toEqual(['kept', 'active']);
  const { history } = await reader.read(desk, id);
  expect(history.map(({ kind, from, ground }) => `${kind} ${from} ${ground}`).toReversed()).toEqual([
    'entered null null',
    'suspended 2026-11-23 under_inquiry',
    'restored 2026-11-25 ground_ended',
    'excluded 2026-11-23 ethics_breach',
    'restored 2026-11-23 court_decision',
    'excluded 2026-12-01 own_request',
  ]);
});

it.each([
  ['an end before the beginning', { status: 'suspended', from: '2026-11-23', until: '2026-11-23', ground: 'other' }, 'until'],
  ['an end of an exclusion', { status: 'excluded', from: '2026-11-23', until: '2027-01-01', ground: 'other' }, 'until'],
  ['a ground of something else', { status: 'suspended', from: '2026-11-23', until: null, ground: 'death' }, 'ground'],
])('refuses %s', (_, asked, field) => {
  expect(SetStanding.safeParse({ ...asked, version: 1 }).error?.issues[0]?.path).toEqual([field]);
});

it('blocks new cases at once and raises the open ones in the same moment', async () => {
  const id = await enter({ kind: 'professional' });
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2026-01-01')`, [id]);
  const [open, ended] = [
    await arranged.dispute('IN_MEDIATION', { mediator: { id, role: 'mediator' } }),
    await arranged.dispute('CLOSED', { mediator: { id, role: 'mediator' } }),
  ];
  const needs = { field: 'debt', kinds: ['professional' as const], languages: ['kk' as const], partyIds: [], partyIdNumbers: [] };
  const lock = () => fresh.db.transaction(desk, (tx) => mediators.lockEligible(tx, id, needs, '2026-11-23'));
  await lock();
  await register.setStanding(desk, id, { status: 'excluded', from: '2026-11-23', until: null, ground: 'ethics_breach', version: 1 });
  await expect(lock()).rejects.toMatchObject({ code: 'mediator.not_eligible', details: { reasons: ['excluded'] } });
  expect(await arranged.eventsOf(open.id)).toEqual(['case.handover_raised']);
  expect(await arranged.eventsOf(ended.id)).toEqual([]);
});

it('feeds the register with a certificate that was earned, once and never overlapping', async () => {
  const id = await enter({ certificates: [general({ validUntil: '2026-12-31' })] });
  const certify = (one: Certificate) => refused(fresh.db.transaction(desk, (tx) => register.certify(tx, desk, id, one)));
  const earned = general({ issuedOn: '2026-11-20', validUntil: '2029-11-19', course: 'specialised', field: 'family' });
  expect([await certify(earned), await certify(earned)]).toEqual(['kept', { certificate: 'certificate_overlaps' }]);
  expect(await certify({ ...earned, course: 'trainer', field: null })).toEqual({ certificate: 'number_taken' });
  const { row, entry, history } = await reader.read(desk, id);
  expect([row.certifiedUntil, entry.certificates.length, history[0]!.kind]).toEqual(['2026-12-31', 2, 'certified']);
});

it('holds in the database what the rules say: order, no overlap, one person once', async () => {
  const id = await enter({ certificates: [general({ number: 'held' })] });
  const insert = (from: string, until: string, number = newId()) =>
    refused(
      fresh.admin(`INSERT INTO certificates VALUES ($1, $2, 'general', NULL, $3, 'Алтай-Бітім', $4, $5)`, [
        newId(),
        id,
        number,
        from,
        until,
      ]),
    );
  expect(await insert('2027-01-09', '2028-01-01')).toBe('23P01');
  expect(await insert('2028-01-09', '2028-01-01')).toBe('23514');
  expect(await insert('2028-01-09', '2029-01-01', 'held')).toBe('23505');
  expect(await insert('2027-01-10', '2029-01-01')).toBe('kept');
  expect((await reader.read(desk, id)).row.certifiedUntil).toBe('2029-01-01');
});

it('takes in a renewal before the old certificate ends: it begins the day after, and nothing overlaps or leaves a gap', async () => {
  const id = await enter();
  const { entry } = await reader.read(desk, id); // until 2027-01-09
  const renewal = (values: Partial<Certificate> = {}) =>
    general({ issuedOn: '2026-11-20', validFrom: '2027-01-10', validUntil: '2030-01-09', ...values });
  const kept = async (...certificates: Certificate[]) => refused(register.keep(desk, await again(id, { certificates }), id));
  const old = entry.certificates[0] as Certificate;
  for (const values of [{ validFrom: '2027-01-09' }, { validFrom: '2027-02-01' }, { issuedOn: '2026-05-01' }])
    expect(await kept(old, renewal(values))).toEqual({ 'certificates.1.validFrom': 'renewal' });
  expect(await kept(old, renewal({ validFrom: null }))).toEqual({ 'certificates.1.issuedOn': 'certificate_overlaps' });
  expect(await kept(renewal())).toEqual({ 'certificates.0.validFrom': 'renewal' }); // what it renews is gone
  expect((await reader.read(desk, id)).row.certifiedUntil).toBe('2027-01-09');
  expect(await kept(old, renewal())).toBe('kept');
  const { row, entry: renewed } = await reader.read(desk, id);
  expect([row.certifiedUntil, renewed.certificates.at(-1)?.validFrom]).toEqual(['2030-01-09', '2027-01-10']);
});

it('is nobody else’s: not a citizen’s, a mediator’s, a clerk’s; and nobody keeps his own entry', async () => {
  const id = await enter();
  const own: SignedIn = { id, role: 'coordinator' };
  for (const role of ['citizen', 'mediator', 'council', 'administrator', 'visitor'] as const) {
    const stranger = { id: role === 'visitor' ? null : desk.id, role } as Actor;
    expect(await refused(reader.list(stranger, { show: 'all', from: 0, limit: 50 }))).toBe('not_found');
    expect(await refused(reader.read(stranger, id))).toBe(await refused(reader.read(stranger, newId())));
    expect(await refused(enter({}, stranger))).toBe('not_found');
    expect(
      await refused(
        register.setStanding(stranger, id, { status: 'excluded', from: '2026-11-23', until: null, ground: 'other', version: 1 }),
      ),
    ).toBe('not_found');
  }
  expect(await refused(register.keep(own, await again(id, { capacity: 9 }), id))).toBe('register.own_entry');
  expect(await refused(reader.read(desk, newId()))).toBe('not_found');
});

it('judges ages and warnings by the rule of the day', () => {
  const row = (value: number, from: string | null, to: string | null) => ({
    code: 'age_public',
    value,
    effective_from: from,
    effective_to: to,
  });
  const changed = [row(18, null, '2027-01-01'), row(40, '2027-01-01', null)];
  expect([registerRule('age_public', '2026-12-31', changed), registerRule('age_public', '2027-01-01', changed)]).toEqual([18, 40]);
  expect(() => registerRule('age_public', '2026-01-01', [])).toThrow(RangeError);
  expect(certificateFaults([general({ issuedOn: '2024-01-10', validUntil: '2024-01-10' })], '2026-01-01')).toEqual({});
});
