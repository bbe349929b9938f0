import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { Screen, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn, summary } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let first: SignedIn;
let second: SignedIn;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  first = await intake.person('coordinator');
  second = await intake.person('coordinator');
});
afterAll(() => fresh.drop());

const allow: Screen = { decision: 'allow', summary };
const back: Screen = { decision: 'return', notes: 'Жер учаскесінің құжатын қосыңыз.' };
const refuse: Screen = { decision: 'refuse', code: 'CORRUPTION' };
const decide = (actor: SignedIn, id: string, decision: Screen) => intake.screening.decide(actor, id, decision);
const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code)).toSorted();

it('lets an application through and invites, once', async () => {
  const { id, a } = await intake.filed();
  await decide(first, id, allow);
  await decide(first, id, allow); // pressed twice
  expect(await intake.eventsOf(id)).toEqual(['case.drafted', 'case.submitted', 'case.invited']);
  expect(await intake.openDeadlines(id)).toEqual(['PROPOSAL_ANSWER']);
  const [invitation, ...others] = await fresh.admin(
    'SELECT round, issued_at, expires_at, code_sealed IS NOT NULL AS deliverable FROM invitations WHERE case_id = $1',
    [id],
  );
  expect(others).toEqual([]);
  expect(invitation).toMatchObject({ round: 1, deliverable: true, expires_at: new Date('2026-09-18T18:59:59Z') });
  expect(await intake.viewOf(a, id)).toMatchObject({ state: 'INVITED', nextActor: 'party_b', dueAt: '2026-09-18T18:59:59.000Z', summary });
});

it('sends single answers back, each with a note of its own, and tells which were changed since', async () => {
  const { id, a } = await intake.filed();
  const fields = { claimText: 'Қашан болғанын жазыңыз.', 'other.phone': 'Нөмір жауап бермейді.' };
  await decide(first, id, { decision: 'return', fields });
  const notes = async () => (await intake.applications.read(a, id)).returnFields;
  expect(await notes()).toEqual([
    { field: 'claimText', note: 'Қашан болғанын жазыңыз.', changed: false, reply: null },
    { field: 'other.phone', note: 'Нөмір жауап бермейді.', changed: false, reply: null },
  ]);
  expect((await intake.applications.read(a, id)).returnNotes).toBe(null);
  expect(JSON.stringify(await intake.viewOf(first, id))).not.toContain('Нөмір жауап');
  const [row] = await fresh.admin<{ text: string }>(
    `SELECT encode(return_fields_sealed, 'escape') AS text FROM applications WHERE case_id = $1`,
    [id],
  );
  expect(row!.text).not.toContain('claimText');
  // who reads it to decide does not write in it
  await expect(intake.applications.save(first, id, { claimText: 'Басқаша' })).rejects.toMatchObject({ code: 'not_found' });
  await intake.applications.save(a, id, { claimText: 'Жетінші қыркүйекте болды.' });
  expect((await notes()).map(({ changed }) => changed)).toEqual([true, false]);
  await expect(intake.filing.file(a, id, 'resubmit')).rejects.toMatchObject({
    code: 'case.incomplete',
    details: { fields: { 'other.phone': 'not_mended' } },
  });
  expect((await intake.applications.read(a, id)).missing).toEqual({ 'other.phone': 'not_mended' });
  await intake.applications.save(a, id, {}, { 'other.phone': 'Кешке ғана жауап береді.', title: 'сұралмаған' });
  expect((await notes()).map(({ reply }) => reply)).toEqual([null, 'Кешке ғана жауап береді.']);
  await intake.filing.file(a, id, 'resubmit');
  expect((await intake.viewOf(first, id)).desk?.replies).toEqual([{ field: 'other.phone', reply: 'Кешке ғана жауап береді.' }]);
  expect((await intake.viewOf(a, id)).desk).toBe(null);
  expect(await notes()).toEqual([]); // it is with the desk again
  await decide(first, id, { decision: 'return', notes: 'Құжат қосыңыз.' });
  expect(await notes()).toEqual([]); // each return says the whole of what is to be mended
});

it('takes no return that says nothing, nor a note to an answer that is not there', () => {
  for (const asked of [
    {},
    { notes: ' ' },
    { fields: {} },
    { fields: { safety: 'x' } },
    { fields: { title: '' } },
    { fields: { title: 'x'.repeat(601) } },
  ])
    expect(Screen.safeParse({ decision: 'return', ...asked }).success).toBe(false);
});

it('sends an application back with notes that its applicant alone reads, and takes it in again', async () => {
  const { id, a } = await intake.filed();
  await decide(first, id, back);
  expect(await intake.openDeadlines(id)).toEqual(['RETURNED_FIX']);
  expect((await intake.applications.read(a, id)).returnNotes).toBe('Жер учаскесінің құжатын қосыңыз.');
  expect(JSON.stringify(await intake.viewOf(first, id))).not.toContain('Жер учаскесінің');
  const before = await intake.viewOf(a, id);
  await intake.applications.save(a, id, { claimText: 'Құжатымен қоса.', other: { kind: 'person', given: 'Геннадий Павлович' } });
  await Promise.all([intake.filing.file(a, id, 'resubmit'), intake.filing.file(a, id, 'resubmit')]);
  const after = await intake.viewOf(a, id);
  expect(after).toMatchObject({ state: 'SUBMITTED', number: before.number, filedAt: before.filedAt });
  expect(after.parties.map(({ id: party }) => party)).toEqual(before.parties.map(({ id: party }) => party));
  expect(after.parties[1]?.name).toBe('Дорофеев Геннадий Павлович');
  expect(await intake.eventsOf(id)).toEqual(['case.drafted', 'case.submitted', 'case.returned', 'case.submitted']);
  expect(await intake.openDeadlines(id)).toEqual(['SCREENING']);
});

it('refuses by two coordinators, never by one', async () => {
  const { id, a } = await intake.filed({ answers: intake.complete({ flags: { corruption: true } }) });
  await decide(first, id, refuse);
  await decide(first, id, refuse);
  expect(await intake.stateOf(id)).toBe('SUBMITTED');
  await expect(intake.screening.confirm(first, id, true)).rejects.toMatchObject({ code: 'case.same_coordinator' });
  await expect(intake.screening.confirm(first, id, false)).rejects.toMatchObject({ code: 'case.same_coordinator' });
  await expect(decide(first, id, allow)).rejects.toMatchObject({ code: 'case.second_coordinator_needed' });
  await expect(decide(second, id, allow)).rejects.toMatchObject({ code: 'case.already_decided' });
  expect((await intake.viewOf(first, id)).actions).toEqual([]);
  expect((await intake.viewOf(second, id)).actions).toEqual(['refuse']);
  expect((await intake.viewOf(second, id)).desk).toMatchObject({
    mayConfirmRefusal: true,
    refusalCode: 'CORRUPTION',
    proposal: 'refuse',
    reasons: ['CORRUPTION'],
  });
  expect(await intake.viewOf(a, id)).toMatchObject({ state: 'SUBMITTED', desk: null });
  expect((await intake.cases.timeline(a, id)).map(({ type }) => type)).toEqual(['case.drafted', 'case.submitted']);

  await intake.screening.confirm(second, id, true);
  await intake.screening.confirm(second, id, true);
  expect(await intake.stateOf(id)).toBe('REFUSED_SCOPE');
  expect(await intake.eventsOf(id)).toEqual(['case.drafted', 'case.submitted', 'case.refusal_proposed', 'case.refused']);
  expect((await intake.cases.timeline(a, id)).at(-1)).toMatchObject({ type: 'case.refused', by: 'house', data: { code: 'CORRUPTION' } });
});

it('waits for a decision again when the second coordinator disagrees', async () => {
  const { id } = await intake.filed();
  await decide(first, id, { decision: 'refuse', code: 'STATE_BODY' });
  await intake.screening.confirm(second, id, false);
  expect((await intake.viewOf(first, id)).actions).toEqual(['return', 'refuse', 'invite']);
  await decide(first, id, allow);
  expect(await intake.stateOf(id)).toBe('INVITED');
});

it('knows only grounds that are on the list', async () => {
  const { id } = await intake.filed();
  for (const code of ['DEFAULT', 'LANGUAGE', 'x'])
    await expect(decide(first, id, { decision: 'refuse', code })).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { code: 'choose' } },
    });
});

it.each<[string, Screen, Screen]>([
  ['allow and allow', allow, allow],
  ['allow and return', allow, back],
  ['return and return', back, back],
  ['allow and refuse', allow, refuse],
  ['refuse and refuse', refuse, refuse],
])('lets one of two coordinators decide: %s', async (_, one, other) => {
  const { id } = await intake.filed();
  expect(await outcomes([decide(first, id, one), decide(second, id, other)])).toEqual(['case.already_decided', 'ok']);
  expect((await intake.eventsOf(id)).length).toBe(3);
});

it('is nobody’s but a coordinator’s', async () => {
  const { id, a } = await intake.filed();
  const court: SignedIn = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
  for (const actor of [a, await intake.citizen(), await intake.mediator(), await intake.person('administrator'), court]) {
    await expect(decide(actor, id, allow)).rejects.toMatchObject({ code: 'not_found' });
    await expect(intake.screening.confirm(actor, id, true)).rejects.toMatchObject({ code: 'not_found' });
    await expect(intake.cases.nameCourt(actor, id, { courtId: 'OSKEMEN_CITY', caseNumber: '3599-24-00-2/1' })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  await expect(intake.screening.decide({ id: null, role: 'visitor' }, id, allow)).rejects.toMatchObject({ code: 'not_found' });
  await expect(decide(first, newId(), allow)).rejects.toMatchObject({ code: 'not_found' });
  await expect(decide(first, (await intake.draft()).id, allow)).rejects.toMatchObject({ code: 'not_found' });
});

it.each<[string, object, string, string[]]>([
  ['violence', { violence: true }, 'manual_review', ['VIOLENCE']],
  ['a state body', { stateBody: true }, 'manual_review', ['STATE_BODY']],
  ['rights of others', { thirdPartyRights: true }, 'refuse', ['THIRD_PARTY']],
  ['nothing', {}, 'allow', ['DEFAULT']],
])('shows the desk what the machine proposes: %s', async (_, flags, proposal, reasons) => {
  const { id } = await intake.filed({ answers: intake.complete({ flags }) });
  const { desk } = await intake.viewOf(first, id);
  expect(desk).toMatchObject({
    proposal,
    reasons,
    needsSafeProcess: 'violence' in flags,
    application: { title: 'Қоршау біздің аулада тұр' },
  });
});

it.each(['other', 'otherMore', 'ownMore'] as const)('sees a minor by the number alone: among %s', async (where) => {
  const representative = { kind: 'legal', name: 'Анасы', phone: '87000009999' } as const;
  const child = { kind: 'person', surname: 'Д', given: 'Г', iin: '110305500013', representative } as const;
  const { id } = await intake.filed({ answers: intake.complete(where === 'other' ? { other: child } : { [where]: [child] }) });
  expect((await intake.viewOf(first, id)).desk).toMatchObject({ proposal: 'manual_review', reasons: ['MINOR'] });
});

it('names a court once, as the court writes it', async () => {
  await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('OSKEMEN_CITY', 'first', 'с', 'с', 'c') ON CONFLICT DO NOTHING`);
  const { id } = await intake.filed();
  const name = (courtId: string, caseNumber: string) => intake.cases.nameCourt(first, id, { courtId, caseNumber });
  await expect(name('MOON', '3599-24-00-2/1')).rejects.toMatchObject({ code: 'court.unknown' });
  await expect(name('OSKEMEN_CITY', 'дело 1')).rejects.toMatchObject({
    code: 'invalid',
    details: { fields: { caseNumber: 'court_number' } },
  });
  await name('OSKEMEN_CITY', '3599-24-00-2a/2151');
  await name('OSKEMEN_CITY', '3599-24-00-2а/2151');
  expect((await intake.viewOf(first, id)).court).toEqual({ id: 'OSKEMEN_CITY', caseNumber: '3599-24-00-2а/2151' });
  expect((await intake.eventsOf(id)).filter((type) => type === 'case.court_named')).toHaveLength(1);
});
