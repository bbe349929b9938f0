import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import { type SaveAnswers, SaveApplication, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn, ownIin } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-07T16:14:00Z');
  intake = intakeOn(fresh);
  await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('OSKEMEN_CITY', 'first', 'с', 'с', 'c') ON CONFLICT DO NOTHING`);
});
afterAll(() => fresh.drop());

const refused = (code: string, fields?: Record<string, string>) => ({ code, ...(fields ? { details: { fields } } : {}) });
const codesOf = (tries: PromiseSettledResult<unknown>[]) =>
  tries.map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code)).toSorted();

describe('a draft', () => {
  it('opens once, however often it is pressed', async () => {
    const a = await intake.citizen();
    const asked = { id: newId(), language: 'kk', answers: { title: 'Қоршау' } } as const;
    const views = await Promise.all([1, 2, 3].map(() => intake.applications.open(a, asked)));
    expect(views.map(({ version }) => version)).toEqual([1, 1, 1]);
    expect(views[0]).toMatchObject({ caseId: asked.id, state: 'DRAFT', answers: { title: 'Қоршау' }, returnNotes: null });
    expect(await intake.eventsOf(asked.id)).toEqual(['case.drafted']);
    expect(await intake.openDeadlines(asked.id)).toEqual(['DRAFT_AUTODELETE']);
  });

  it('does not open over a draft of somebody else', async () => {
    const { id } = await intake.draft();
    await expect(intake.applications.open(await intake.citizen(), { id, language: 'kk', answers: {} })).rejects.toMatchObject(
      refused('not_found'),
    );
  });

  it.each(['mediator', 'council', 'administrator'] as const)('does not open for a %s', async (role) => {
    const actor = await intake.person(role);
    await expect(intake.applications.open(actor, { id: newId(), language: 'kk', answers: {} })).rejects.toMatchObject(refused('not_found'));
  });

  it('keeps what a page does not mention, and takes back what it empties', async () => {
    const { id, a } = await intake.draft({ answers: {} });
    const save = (answers: SaveAnswers) => intake.applications.save(a, id, answers);
    await save({ title: 'Қоршау', other: { kind: 'person', surname: 'Дорофеев', given: 'Г', phone: '87000000001' } });
    await save({ amountKzt: 180_000, other: { kind: 'person', email: 'g@example.kz' } });
    const { answers } = await save({});
    expect(answers).toEqual({
      title: 'Қоршау',
      amountKzt: 180_000,
      other: { kind: 'person', surname: 'Дорофеев', given: 'Г', phone: '87000000001', email: 'g@example.kz' },
    });
    const emptied = await save({ amountKzt: null, other: { kind: 'person', phone: '' } });
    expect(emptied.answers).toEqual({ title: 'Қоршау', other: { kind: 'person', surname: 'Дорофеев', given: 'Г', email: 'g@example.kz' } });
    expect(emptied.version).toBe(5);
  });

  it('is nobody else’s to read or to write', async () => {
    const { id } = await intake.draft();
    const court: SignedIn = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
    const strangers = [
      await intake.citizen(),
      await intake.mediator(),
      await intake.person('coordinator'),
      await intake.person('administrator'),
      court,
    ];
    for (const stranger of strangers) {
      await expect(intake.applications.read(stranger, id)).rejects.toMatchObject(refused('not_found'));
      await expect(intake.applications.save(stranger, id, { title: 'x' })).rejects.toMatchObject(refused('not_found'));
      await expect(intake.filing.file(stranger, id, 'submit')).rejects.toMatchObject(refused('not_found'));
      await expect(intake.cases.read(stranger, id)).rejects.toMatchObject(refused('not_found'));
    }
    await expect(intake.applications.read({ id: null, role: 'visitor' }, id)).rejects.toMatchObject(refused('not_found'));
  });

  it('is kept as it was typed: markup, long texts, letters of any kind', async () => {
    const { id, a } = await intake.draft();
    const markup = '<script>alert(1)</script> & "—" 👩‍👩‍👧 \\u0000 =1+1';
    const typed = { title: `${markup}`, claimText: 'ң'.repeat(4000), desiredOutcome: `a\u0000b\u202Ec\u200F\tқатар\nжаңа` };
    const page = SaveApplication.parse({ answers: typed }).answers;
    await intake.applications.save(a, id, page);
    const { answers } = await intake.applications.read(a, id);
    expect(answers).toMatchObject({ title: markup, claimText: 'ң'.repeat(4000), desiredOutcome: 'abc\tқатар\nжаңа' });
    expect(SaveApplication.safeParse({ answers: { claimText: 'ң'.repeat(4001) } }).success).toBe(false);
  });

  it('leaves no word of it in clear', async () => {
    const { id } = await intake.filed({ answers: intake.complete({ claimText: 'құпия-сөз-қоршау', amountKzt: 987_654_321 }) });
    let sealed = 0;
    for (const table of ['applications', 'cases', 'parties', 'events', 'deadlines']) {
      const rows = await fresh.admin(`SELECT t::text AS line FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`, [id]);
      expect(rows.length).toBeGreaterThan(0);
      const text = rows.map(({ line }) => String(line)).join('\n');
      const bytes = [...text.matchAll(/\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString('utf8'));
      sealed += bytes.length;
      for (const one of [text, ...bytes]) expect(one).not.toMatch(/құпия-сөз|987654321|660319499006|8 700|\+7700/);
    }
    expect(sealed).toBeGreaterThan(5);
  });
});

describe('sending it', () => {
  it('gives a number, the parties and the clock of screening', async () => {
    const { id, a } = await intake.filed();
    const view = await intake.viewOf(a, id);
    expect(view).toMatchObject({ state: 'SUBMITTED', viewerIs: 'party_a', nextActor: 'house', yourTurn: false, actions: ['withdraw'] });
    expect(view.number).toMatch(/^M-2026-\d{4}$/);
    expect(view.parties.map(({ side, name, joined }) => [side, name, joined])).toEqual([
      ['A', expect.stringMatching(/Айдар$/), true],
      ['B', 'Дорофеев Геннадий', false],
    ]);
    expect(view.dueAt).toBe('2026-09-10T18:59:59.000Z'); // filed at 21:14: two working days after the next one
    expect(await intake.eventsOf(id)).toEqual(['case.drafted', 'case.submitted']);
    expect(await intake.openDeadlines(id)).toEqual(['SCREENING']);
  });

  it('happens once, however often it is pressed', async () => {
    const { id, a } = await intake.draft();
    await Promise.all([1, 2, 3, 4].map(() => intake.filing.file(a, id, 'submit')));
    expect(await intake.eventsOf(id)).toEqual(['case.drafted', 'case.submitted']);
    expect(await fresh.admin('SELECT 1 FROM parties WHERE case_id = $1', [id])).toHaveLength(2);
  });

  it.each<[string, SaveAnswers, Record<string, string>]>([
    ['no category', { category: null }, { category: 'choose' }],
    ['an unknown category', { category: 'witchcraft' }, { category: 'choose' }],
    ['an unknown district', { district: 'almaty' }, { district: 'choose' }],
    ['no claim', { claimText: '' }, { claimText: 'required' }],
    ['a court nobody knows', { court: { courtId: 'MOON' } }, { 'court.courtId': 'choose' }],
    ['a wrong case number', { court: { courtId: 'OSKEMEN_CITY', caseNumber: '12/34' } }, { 'court.caseNumber': 'court_number' }],
    ['no IIN', { own: { kind: 'person', iin: '' } }, { 'own.iin': 'required' }],
    ['an IIN with a wrong check digit', { own: { kind: 'person', iin: '660319499007' } }, { 'own.iin': 'iin_check' }],
    ['a BIN where an IIN belongs', { own: { kind: 'person', iin: '111140990030' } }, { 'own.iin': 'iin_is_bin' }],
    [
      'an organisation that is none',
      { own: { kind: 'organisation', bin: ownIin } },
      { 'own.organisation': 'required', 'own.bin': 'bin_is_iin', 'own.representative.name': 'required' },
    ],
    [
      'no names of the other side',
      { other: { kind: 'person', surname: '', given: '' } },
      { 'other.surname': 'required', 'other.given': 'required' },
    ],
    ['no way to reach it', { other: { kind: 'person', phone: '' } }, { 'other.phone': 'way_needed' }],
    ['a telephone that is none', { other: { kind: 'person', phone: '123' } }, { 'other.phone': 'phone' }],
    ['an address that is none', { other: { kind: 'person', email: 'дорофеев' } }, { 'other.email': 'email' }],
    ['an IIN of a day that cannot be', { other: { kind: 'person', iin: '123456789011' } }, { 'other.iin': 'iin_date' }],
  ])('is refused with %s, and the draft stays', async (_, page, fields) => {
    const { id, a } = await intake.draft();
    const saved = await intake.applications.save(a, id, page);
    expect(saved.missing).toEqual(fields);
    await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject(refused('case.incomplete', fields));
    const after = await intake.applications.read(a, id);
    expect(after).toEqual(saved);
    expect(await fresh.admin('SELECT 1 FROM parties WHERE case_id = $1', [id])).toEqual([]);
    expect(await intake.eventsOf(id)).toEqual(['case.drafted']);
  });

  it.each<[string, (a: SignedIn) => SaveAnswers]>([
    ['IIN', () => ({ other: { kind: 'person', surname: 'Д', given: 'Г', phone: '87000000001', iin: ownIin } })],
    ['e-mail', (a) => ({ other: { kind: 'person', surname: 'Д', given: 'Г', email: `${a.id}@EXAMPLE.kz` } })],
    [
      'telephone',
      () => ({
        own: { kind: 'person', iin: ownIin, phone: '+7 700 000 00 01' },
        other: { kind: 'person', surname: 'Д', given: 'Г', phone: '87000000001' },
      }),
    ],
    [
      'the account of who writes for another',
      (a) => ({
        own: {
          kind: 'organisation',
          organisation: 'ЖШС',
          bin: '061240004895',
          email: 'uy@example.kz',
          representative: { kind: 'head', name: 'Д Г' },
        },
        other: { kind: 'person', surname: 'Д', given: 'Г', email: `${a.id}@example.kz` },
      }),
    ],
  ])('is refused when one person stands on both sides by %s', async (_, changes) => {
    const a = await intake.citizen();
    const { id } = await intake.draft({ as: a, answers: intake.complete(changes(a)) });
    await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject(refused('case.person_on_both_sides'));
    expect((await intake.applications.read(a, id)).missing).toEqual({});
  });

  it('needs the consent to the processing of data', async () => {
    const a = await intake.person('citizen');
    const { id } = await intake.draft({ as: a });
    await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject(refused('consent.required'));
    // and each time it comes back, for a consent may be withdrawn meanwhile
    const returned = await intake.filed();
    await intake.screening.decide(await intake.person('coordinator'), returned.id, { decision: 'return', notes: 'Толықтырыңыз' });
    await fresh.admin('UPDATE consents SET withdrawn_at = $2 WHERE person_id = $1', [returned.a.id, fresh.clock.now()]);
    await expect(intake.filing.file(returned.a, returned.id, 'resubmit')).rejects.toMatchObject(refused('consent.required'));
    expect(await intake.stateOf(returned.id)).toBe('RETURNED');
  });

  it('writes the court and its number as the court does', async () => {
    const { id, a } = await intake.filed({
      answers: intake.complete({ court: { courtId: 'OSKEMEN_CITY', caseNumber: ' 3599-24-00-2A\\2151' } }),
    });
    expect((await intake.viewOf(a, id)).court).toEqual({ id: 'OSKEMEN_CITY', caseNumber: '3599-24-00-2а/2151' });
  });

  it('files for an organisation by its signatory', async () => {
    const own = {
      kind: 'organisation',
      organisation: 'ТОО «Рудный Край»',
      bin: '111140990030',
      representative: { kind: 'head', name: 'Ибрагимов Р. Ф.' },
    } as const;
    const { id, a } = await intake.filed({ answers: intake.complete({ own }) });
    const [party] = (await intake.viewOf(a, id)).parties;
    expect(party).toMatchObject({ kind: 'organisation', name: 'ТОО «Рудный Край»', representative: 'Ибрагимов Р. Ф.', isViewer: true });
  });

  it.each([
    ['violence', { violence: true }, { safe_process: true, shuttle: 'required' }],
    ['a criminal matter', { criminal: true }, { safe_process: false, shuttle: 'default' }],
    ['nothing', {}, { safe_process: false, shuttle: null }],
  ])('keeps in clear only that care is needed: %s', async (_, flags, kept) => {
    const { id } = await intake.filed({ answers: intake.complete({ flags }) });
    expect(await fresh.admin('SELECT safe_process, shuttle FROM cases WHERE id = $1', [id])).toEqual([kept]);
  });

  it('takes it back, once, and never for another', async () => {
    const { id, a } = await intake.filed();
    await expect(intake.endings.withdraw(await intake.citizen(), id)).rejects.toMatchObject(refused('not_found'));
    await intake.endings.withdraw(a, id);
    await intake.endings.withdraw(a, id);
    expect(await intake.stateOf(id)).toBe('WITHDRAWN');
    expect(await intake.openDeadlines(id)).toEqual([]);
    await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject(refused('case.transition_forbidden'));
    await expect(intake.applications.save(a, id, { title: 'x' })).rejects.toMatchObject(refused('case.transition_forbidden'));
  });

  it('taken back before it was sent was never the desk’s to see, by no door', async () => {
    const [{ id, a }, desk] = [await intake.draft(), await intake.person('coordinator')];
    await intake.endings.withdraw(a, id);
    expect(await intake.stateOf(id)).toBe('WITHDRAWN');
    for (const actor of [desk, await intake.citizen()]) {
      await expect(intake.cases.read(actor, id)).rejects.toMatchObject(refused('not_found'));
      await expect(intake.cases.timeline(actor, id)).rejects.toMatchObject(refused('not_found'));
    }
    expect(await intake.viewOf(a, id)).toMatchObject({ state: 'WITHDRAWN' });
    const sent = await intake.filed();
    await intake.endings.withdraw(sent.a, sent.id);
    expect(await intake.viewOf(desk, sent.id)).toMatchObject({ state: 'WITHDRAWN' }); // its twin had reached the desk
  });

  it('gives every case a number of its own', async () => {
    const drafts = await Promise.all(Array.from({ length: 6 }, () => intake.draft()));
    const tries = await Promise.allSettled(drafts.map(({ a, id }) => intake.filing.file(a, id, 'submit')));
    expect(codesOf(tries)).toEqual(Array(6).fill('ok'));
    const numbers = await fresh.admin('SELECT DISTINCT number FROM cases WHERE id = ANY($1)', [drafts.map(({ id }) => id)]);
    expect(numbers).toHaveLength(6);
  });
});
