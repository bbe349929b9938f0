import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import { AnswerInvitation, type PartyAnswer, SaveApplication, type SaveAnswers } from '#contract';
import { Mediator } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn, ownIin } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-07T06:00:00Z');
  intake = intakeOn(fresh);
});
afterAll(() => fresh.drop());

const missingFor = async (answers: SaveAnswers) => {
  const { id, a } = await intake.draft({ answers: intake.complete(answers) });
  return (await intake.applications.read(a, id)).missing;
};
const childIin = '110305500013';
const attorney = {
  number: '3-1187',
  issuedBy: 'нотариус',
  issuedOn: '2026-09-02',
  validUntil: '2027-09-02',
  powers: ['take_part', 'sign_contract'],
};
const aunt: PartyAnswer = {
  kind: 'person',
  surname: 'Воронина',
  given: 'Тамара',
  iin: ownIin,
  representative: { kind: 'poa', attorney: attorney as never },
};
const partyRows = (id: string) =>
  fresh.admin<{
    party: string;
    name: string;
    kind: string | null;
    by: string | null;
    powers: string[] | null;
    mine: boolean;
    phone: boolean;
  }>(
    `SELECT side || ordinal AS party, coalesce(organisation, surname) AS name, representative_kind AS kind, representative_name AS by,
       attorney_powers AS powers, person_id IS NOT NULL AS mine, phone_hash IS NOT NULL AS phone FROM parties WHERE case_id = $1 ORDER BY 1`,
    [id],
  );

describe('somebody who applies for another', () => {
  it('by a power of attorney leaves the party its name and acts under his own', async () => {
    const { id, a } = await intake.filed({ as: await intake.citizen('Лебедь'), answers: intake.complete({ own: aunt }) });
    const [own] = await partyRows(id);
    expect(own).toMatchObject({ party: 'A1', name: 'Воронина', kind: 'poa', by: 'Лебедь Айдар', powers: attorney.powers, mine: true });
    expect((await intake.viewOf(a, id)).parties[0]).toMatchObject({
      name: 'Воронина Тамара',
      representative: 'Лебедь Айдар',
      isViewer: true,
    });
    const [{ line }] = (await fresh.admin<{ line: string }>('SELECT p::text AS line FROM parties p WHERE case_id = $1 AND side = $2', [
      id,
      'A',
    ])) as [{ line: string }];
    expect(line).not.toMatch(/3-1187|нотариус/);
  });

  it.each<[string, object, Record<string, string>]>([
    ['no number', { ...attorney, number: '' }, { 'own.representative.attorney.number': 'required' }],
    ['a day to come', { ...attorney, issuedOn: '2026-09-08' }, { 'own.representative.attorney.issuedOn': 'date_future' }],
    ['no such day', { ...attorney, issuedOn: '2026-02-30' }, { 'own.representative.attorney.issuedOn': 'date' }],
    ['a day in words', { ...attorney, issuedOn: 'кеше' }, { 'own.representative.attorney.issuedOn': 'date' }],
    ['an end before its day', { ...attorney, validUntil: '2026-09-01' }, { 'own.representative.attorney.validUntil': 'date' }],
    [
      'an end that is past',
      { ...attorney, issuedOn: '2025-01-01', validUntil: '2026-09-06' },
      { 'own.representative.attorney.validUntil': 'attorney_over' },
    ],
    ['no power to take part', { ...attorney, powers: ['sign_contract'] }, { 'own.representative.attorney.powers': 'attorney_take_part' }],
    ['no power at all', { ...attorney, powers: [] }, { 'own.representative.attorney.powers': 'attorney_take_part' }],
  ])('is not heard with a power of attorney that has %s', async (_, paper, missing) => {
    expect(await missingFor({ own: { ...aunt, representative: { kind: 'poa', attorney: paper as never } } })).toEqual(missing);
  });

  it('names the person, with a number of that person', async () => {
    expect(await missingFor({ own: { kind: 'person', representative: { kind: 'legal' } } })).toEqual({
      'own.surname': 'required',
      'own.given': 'required',
      'own.iin': 'required',
    });
  });
});

describe('somebody under age', () => {
  const child = { kind: 'person', surname: 'Литвиненко', given: 'Матвей', iin: childIin } as const;

  it('does not apply by himself, a parent does', async () => {
    expect(await missingFor({ own: child })).toEqual({ 'own.representative.kind': 'minor_needs_parent' });
    const { id } = await intake.filed({
      as: await intake.citizen('Литвиненко'),
      answers: intake.complete({ own: { ...child, representative: { kind: 'legal' } } }),
    });
    expect((await partyRows(id))[0]).toMatchObject({ name: 'Литвиненко', kind: 'legal', by: 'Литвиненко Айдар' });
    expect((await intake.viewOf(await intake.person('coordinator'), id)).desk).toMatchObject({ reasons: ['MINOR'] });
  });

  it('is not invited, the parent is, and keeps the child’s name', async () => {
    const other = { ...child, phone: '87000000033', representative: { kind: 'legal', name: 'Әкесі', phone: '87000000032' } } as const;
    expect(await missingFor({ other: { ...child, phone: '87000000033' } })).toEqual({ 'other.representative.kind': 'minor_needs_parent' });
    const { id, b } = await intake.joined({ answers: intake.complete({ other }) });
    expect((await partyRows(id))[1]).toMatchObject({ name: 'Литвиненко', kind: 'legal', by: 'Дорофеев Геннадий Павлович' });
    const view = await intake.viewOf(b, id);
    expect(view.parties[1]).toMatchObject({ name: 'Литвиненко Матвей', isViewer: true, phone: '+77000000032' });
  });

  it('is under age to the day', async () => {
    const almost = { kind: 'person', surname: 'А', given: 'Б', iin: '080908500013' } as const; // 18 tomorrow
    const faults = await missingFor({ other: { ...almost, phone: '87000000044' } });
    expect(faults).toEqual({ 'other.representative.kind': 'minor_needs_parent' });
    fresh.clock.set('2026-09-07T19:00:00Z'); // midnight in Oskemen: the eighth
    expect(await missingFor({ other: { ...almost, phone: '87000000044' } })).toEqual({});
    fresh.clock.set('2026-09-07T06:00:00Z');
  });
});

describe('several on a side', () => {
  const neighbour = (surname: string, phone: string): PartyAnswer => ({ kind: 'person', surname, given: 'А', phone });

  it('each join by an invitation of their own, and the case goes on with the last', async () => {
    const { id } = await intake.filed({
      answers: intake.complete({
        ownMore: [neighbour('Омарова', '87010000042')],
        otherMore: [neighbour('Оспанова', '87010000046'), { kind: 'organisation', organisation: '«Ұлы» ЖШС', email: 'uly@example.kz' }],
      }),
    });
    expect((await partyRows(id)).map(({ party, name }) => `${party} ${name}`)).toEqual([
      expect.stringMatching(/^A1 /),
      'A2 Омарова',
      'B1 Дорофеев',
      'B2 Оспанова',
      'B3 «Ұлы» ЖШС',
    ]);
    await intake.screening.decide(await intake.person('coordinator'), id, { decision: 'allow', summary: 'Шекара туралы дау' });
    const codes = await intake.codesOf(id);
    expect([...codes.keys()]).toEqual(['A2', 'B1', 'B2', 'B3']);
    for (const [party, code] of [...codes].toReversed()) {
      expect(await intake.stateOf(id)).toBe('INVITED');
      const { id: invitationId } = await intake.invitations.open(code, from);
      const inviter = (await intake.invitations.view(invitationId)).inviter;
      expect(inviter).not.toMatch(party === 'A2' ? /Омарова/ : /Дорофеев|Оспанова/);
      await intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId, { surname: party, given: 'Ә' }), from);
    }
    expect(await intake.stateOf(id)).toBe('CONSENTED');
    expect((await partyRows(id)).every(({ mine }) => mine)).toBe(true);
  });

  it('are written anew when the application comes back shorter', async () => {
    const { id, a } = await intake.filed({ answers: intake.complete({ otherMore: [neighbour('Екінші', '87010000051')] }) });
    const desk = await intake.person('coordinator');
    await intake.screening.decide(desk, id, { decision: 'return', notes: 'Артық адам' });
    await intake.applications.save(a, id, { otherMore: [] });
    await intake.filing.file(a, id, 'resubmit');
    expect((await partyRows(id)).map(({ party }) => party)).toEqual(['A1', 'B1']);
  });

  it('are each complete, named once, and on one side', async () => {
    expect(await missingFor({ otherMore: [{ kind: 'person', surname: 'Т' }] })).toEqual({
      'otherMore.0.given': 'required',
      'otherMore.0.phone': 'way_needed',
    });
    const twin = { kind: 'person', surname: 'Т', given: 'Т', iin: '881231300109', phone: '87010000061' } as const;
    expect(Object.values(await missingFor({ otherMore: [twin, { ...twin, phone: '87010000062' }] }))).toContain('same_person');
    const { id, a } = await intake.draft({
      answers: intake.complete({ ownMore: [neighbour('Бір', '87010000071')], otherMore: [neighbour('Бір', '87010000071')] }),
    });
    await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject({ code: 'case.person_on_both_sides' });
  });

  it('are not one and the same person, unless he says by what he acts for the other', async () => {
    const { id } = await intake.filed({ answers: intake.complete({ otherMore: [neighbour('Екі', '87010000081')] }) });
    await intake.screening.decide(await intake.person('coordinator'), id, { decision: 'allow', summary: 'x' });
    const [first, second] = [...(await intake.codesOf(id)).values()];
    const { id: one } = await intake.invitations.open(first!, from);
    const { personId } = await intake.invitationAnswers.consent(one, await intake.consentTo(one), from);
    await fresh.admin(`UPDATE persons SET phone_hash = (SELECT phone_hash FROM parties WHERE case_id = $1 AND ordinal = 2) WHERE id = $2`, [
      id,
      personId,
    ]);
    const { id: two } = await intake.invitations.open(second!, from);
    await expect(intake.invitationAnswers.consent(two, await intake.consentTo(two), from)).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { 'attorney.number': 'required' } },
    });
  });
});

it('takes a power of attorney from who joins by one', async () => {
  const { id, invitationId } = await intake.invited();
  const given = AnswerInvitation.parse(await intake.consentTo(invitationId, { attorney: attorney as never })) as never;
  await intake.invitationAnswers.consent(invitationId, given, from);
  expect((await partyRows(id))[1]).toMatchObject({
    name: 'Дорофеев',
    kind: 'poa',
    by: 'Дорофеев Геннадий Павлович',
    powers: attorney.powers,
  });
});

it('refuses a power of attorney that is not whole from who joins by one, by field, and keeps the code', async () => {
  const { invitationId } = await intake.invited();
  const shown = await intake.consentTo(invitationId);
  const yesterday = '2026-09-06';
  for (const [changes, fields] of [
    [{ number: '' }, { 'attorney.number': 'required' }],
    [{ issuedOn: '2031-01-01' }, { 'attorney.issuedOn': 'date_future' }],
    [{ issuedOn: '2026-01-01', validUntil: yesterday }, { 'attorney.validUntil': 'attorney_over' }],
    [{ powers: ['sign_contract'] }, { 'attorney.powers': 'attorney_take_part' }],
  ] as const)
    await expect(
      intake.invitationAnswers.consent(invitationId, { ...shown, attorney: { ...attorney, ...changes } as never }, from),
    ).rejects.toMatchObject({ code: 'invalid', details: { fields } });
  await intake.invitationAnswers.consent(invitationId, { ...shown, attorney: attorney as never }, from);
});

it('keeps what a party needs for those who prepare the hour, and from the other side', async () => {
  const own = {
    kind: 'person',
    iin: ownIin,
    accessibility: ['large_print', 'screen_reader'],
    interpreter: 'tr',
    channel: 'letter',
  } as const;
  const { id, a, b } = await intake.joined({ answers: intake.complete({ own: own as never }) });
  const needs = { accessibility: ['large_print', 'screen_reader'], interpreter: 'tr' };
  const seenBy = async (who: typeof a) => (await intake.viewOf(who, id)).parties[0]!.needs;
  expect(await seenBy(a)).toEqual(needs);
  expect(await seenBy(await intake.person('coordinator'))).toEqual(needs);
  expect(await seenBy(b)).toBeNull();
});

it('refuses by field what no page would send', () => {
  const bad = [
    { ownMore: Array.from({ length: 10 }, () => ({ kind: 'person' })) },
    { own: { kind: 'person', accessibility: ['everything'] } },
    { own: { kind: 'person', interpreter: 'turkish' } },
    { own: { kind: 'robot' } },
    { other: { kind: 'person', representative: { kind: 'friend' } } },
    { own: { kind: 'person', representative: { kind: 'poa', attorney: { powers: ['everything'] } } } },
  ];
  for (const answers of bad) expect(SaveApplication.safeParse({ answers }).success).toBe(false);
});
