import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn, summary } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
const system = { id: null, role: 'system' } as const;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
});
beforeEach(() => fresh.clock.advance({ hours: 2 })); // a new window of the budgets
afterAll(() => fresh.drop());

const unusable = { code: 'invitation.unusable', details: {} };
const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code)).toSorted();
const row = async (id: string) => (await fresh.admin<Record<string, unknown>>('SELECT * FROM invitations WHERE id = $1', [id]))[0]!;
const expire = (caseId: string) =>
  fresh.workerDb.transaction(system, async (tx) => {
    const found = await tx.findOneOrFail(Case, { where: { id: caseId }, lock: { mode: 'pessimistic_write' } });
    await intake.invitations.expire(tx, system, found, fresh.clock.now());
  });

describe('consent', () => {
  const consent = async (invitationId: string, changes = {}) =>
    intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId, changes), from);

  it('opens an account, joins the case and lets it go on', async () => {
    const { id, a, b, desk, invitationId } = await intake.joined();
    expect(await intake.stateOf(id)).toBe('CONSENTED');
    expect(await intake.openDeadlines(id)).toEqual(['CHOOSE_MEDIATOR']);
    expect((await intake.eventsOf(id)).at(-1)).toBe('case.consented');
    expect(await row(invitationId)).toMatchObject({ answer: 'consent', code_sealed: null });
    expect(await intake.invitations.view(invitationId)).toMatchObject({ state: 'consented', caseId: id });

    const seen = await intake.viewOf(b, id);
    expect(seen).toMatchObject({ viewerIs: 'party_b', summary, claim: null, desk: null, nextActor: 'house' });
    expect(seen.title).toMatch(/ – Дорофеев Геннадий Павлович$/);
    expect(seen.parties).toMatchObject([
      { side: 'A', email: null, phone: null, isViewer: false },
      { side: 'B', name: 'Дорофеев Геннадий Павлович', joined: true, isViewer: true, phone: expect.stringMatching(/^\+7700/) },
    ]);
    expect(JSON.stringify([seen, await intake.cases.timeline(b, id), await intake.cases.list(b, { limit: 20 })])).not.toMatch(
      /қырық|орнына|180\s?000|Қоршау біздің/,
    );
    await expect(intake.applications.read(b, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(intake.applications.save(b, id, { title: 'x' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(intake.endings.withdraw(b, id)).rejects.toMatchObject({ code: 'not_found' });
    const [, other] = (await intake.viewOf(a, id)).parties;
    expect(other).toMatchObject({ joined: true, phone: null, email: null });
    expect((await intake.viewOf(desk, id)).parties[1]).toMatchObject({ phone: expect.stringMatching(/^\+7700/) });
  });

  it('happens once, however often it is pressed', async () => {
    const { id, invitationId } = await intake.invited();
    const given = await intake.consentTo(invitationId);
    const tries = await outcomes(Array.from({ length: 4 }, () => intake.invitationAnswers.consent(invitationId, given, from)));
    expect(tries).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect((await intake.eventsOf(id)).filter((type) => type === 'case.consented')).toHaveLength(1);
  });

  it('finds the account that holds the contact', async () => {
    const known = await intake.people.register('87007770001');
    const other = { kind: 'person', surname: 'Д', given: 'Г', phone: '8 700 777 00 01' } as const;
    const { invitationId } = await intake.invited({ answers: intake.complete({ other }) });
    expect((await intake.invitations.view(invitationId)).hasAccount).toBe(true);
    expect(await consent(invitationId)).toEqual({ personId: known.session.person.id });
  });

  it('never joins one person to both sides', async () => {
    const other = { kind: 'person', surname: 'Д', given: 'Г', phone: '87007770002' } as const;
    const { id, a, invitationId } = await intake.invited({ answers: intake.complete({ other }) });
    await fresh.admin('UPDATE persons SET phone_hash = $2 WHERE id = $1', [a.id, fresh.hashes.of('contact', 'phone:+77007770002')]);
    await expect(consent(invitationId)).rejects.toMatchObject({ code: 'case.person_on_both_sides' });
    expect(await intake.stateOf(id)).toBe('INVITED');
    expect((await row(invitationId)).answer).toBeNull();
  });

  it('takes no code but the one that went to this invitation', async () => {
    const [one, other] = [await intake.invited(), await intake.invited()];
    const given = await intake.consentTo(one.invitationId);
    await expect(intake.invitationAnswers.consent(other.invitationId, given, from)).rejects.toMatchObject({ code: 'code.wrong' });
    // The number was mended after the code had gone to the former one: whoever holds that one answers nothing.
    const late = await intake.invited();
    const sent = await intake.consentTo(late.invitationId);
    await fresh.admin(`UPDATE parties SET phone_hash = $2 WHERE case_id = $1 AND side = 'B'`, [late.id, Buffer.from('another number')]);
    await expect(intake.invitationAnswers.consent(late.invitationId, sent, from)).rejects.toMatchObject({ code: 'code.wrong' });
    const wrong = { ...given, code: given.code === '000000' ? '000001' : '000000' };
    await expect(intake.invitationAnswers.consent(one.invitationId, wrong, from)).rejects.toMatchObject({ code: 'code.wrong' });
    fresh.clock.advance({ minutes: 11 });
    await expect(intake.invitationAnswers.consent(one.invitationId, given, from)).rejects.toMatchObject({ code: 'code.expired' });
    expect([await intake.stateOf(one.id), await intake.stateOf(other.id)]).toEqual(['INVITED', 'INVITED']);
  });

  it('needs the consent to the processing of data, and leaves nothing behind without it', async () => {
    const { id, invitationId } = await intake.invited();
    const persons = await fresh.admin('SELECT count(*) FROM persons');
    await expect(consent(invitationId, { consent: { version: 'none' } })).rejects.toMatchObject({ code: 'consent.required' });
    expect(await fresh.admin('SELECT count(*) FROM persons')).toEqual(persons);
    expect(await intake.stateOf(id)).toBe('INVITED');
  });

  it('keeps an organisation’s name and gains its signatory', async () => {
    const other = { kind: 'organisation', organisation: 'ИП «Смарт-Точка»', bin: '220860990045', phone: '87007770003' } as const;
    const { id, b } = await intake.joined({ answers: intake.complete({ other }) });
    expect((await intake.viewOf(b, id)).parties[1]).toMatchObject({
      name: 'ИП «Смарт-Точка»',
      representative: 'Дорофеев Геннадий Павлович',
    });
  });

  it('waits for everybody who was invited', async () => {
    const { id } = await intake.filed();
    const second = await intake.party(id, 'B', null, 'ru', 2);
    const sealed = await fresh.db.transaction(system, (tx) => fresh.keys.seal(tx, { scope: 'party', id: second }, '+77007770004', 'phone'));
    await fresh.admin('UPDATE parties SET joined_at = NULL, phone_sealed = $2, phone_hash = $3 WHERE id = $1', [
      second,
      sealed,
      fresh.hashes.of('contact', 'phone:+77007770004'),
    ]);
    await intake.screening.decide(await intake.person('coordinator'), id, { decision: 'allow', summary });
    const invitations = await fresh.admin<{ id: string }>('SELECT id FROM invitations WHERE case_id = $1', [id]);
    expect(invitations).toHaveLength(2);
    await consent(invitations[0]!.id);
    expect(await intake.stateOf(id)).toBe('INVITED');
    await consent(invitations[1]!.id);
    expect(await intake.stateOf(id)).toBe('CONSENTED');
    expect((await intake.eventsOf(id)).slice(-2)).toEqual(['invitation.consented', 'case.consented']);
  });
});

describe('refusal and silence', () => {
  const decline = async (invitationId: string, reason?: string) =>
    intake.invitationAnswers.decline(invitationId, { answer: 'decline', ...(await intake.oneTimeCode(invitationId)), reason }, from);

  it('ends the proposal quietly; why is nobody’s to read', async () => {
    const { id, a, desk, invitationId } = await intake.invited();
    await decline(invitationId, 'Он мне угрожал');
    expect(await intake.stateOf(id)).toBe('DECLINED');
    expect(await intake.invitations.view(invitationId)).toMatchObject({ state: 'declined' });
    const kept = await row(invitationId);
    expect(kept).toMatchObject({ answer: 'decline', code_sealed: null });
    expect((kept.reason_sealed as Buffer).toString('utf8')).not.toContain('угрожал');
    expect(JSON.stringify(await fresh.admin('SELECT data FROM events WHERE case_id = $1', [id]))).not.toContain('угрожал');
    for (const viewer of [a, desk])
      expect(JSON.stringify([await intake.viewOf(viewer, id), await intake.cases.timeline(viewer, id)])).not.toContain('угрожал');
    expect((await intake.cases.timeline(a, id)).at(-1)).toEqual(
      expect.objectContaining({ type: 'case.declined', by: 'party_b', data: {} }),
    );
    const opened = fresh.workerDb.transaction(system, (tx) =>
      fresh.workerKeys.open(tx, { scope: 'case', id }, kept.reason_sealed as Buffer, `decline:${invitationId}`),
    );
    await expect(opened).rejects.toThrow(); // the worker holds no content key
  });

  it.each([1, 2, 3])('of a consent and a refusal at once one counts (%i)', async () => {
    const { id, invitationId } = await intake.invited();
    const [yes, no] = [await intake.consentTo(invitationId), { answer: 'decline' as const, ...(await intake.oneTimeCode(invitationId)) }];
    const tries = await outcomes([
      intake.invitationAnswers.consent(invitationId, yes, from),
      intake.invitationAnswers.decline(invitationId, no, from),
    ]);
    expect(tries).toEqual(['case.already_decided', 'ok']);
    expect(['CONSENTED', 'DECLINED']).toContain(await intake.stateOf(id));
    expect((await intake.eventsOf(id)).filter((type) => type === 'case.consented' || type === 'case.declined')).toHaveLength(1);
  });

  it.each([1, 2, 3])('of a consent and the end of its time at once one counts (%i)', async () => {
    const { id, invitationId } = await intake.invited();
    const given = await intake.consentTo(invitationId);
    const tries = await outcomes([intake.invitationAnswers.consent(invitationId, given, from), expire(id)]);
    expect(tries).toContain('ok');
    expect(tries).toHaveLength(2);
    const [state, events] = [await intake.stateOf(id), await intake.eventsOf(id)];
    const answers = events.filter((type) => type === 'case.consented' || type === 'case.expired_invitation');
    expect(answers).toEqual([state === 'CONSENTED' ? 'case.consented' : 'case.expired_invitation']);
  });

  it('takes no answer once its time is over, also before the sweep has noticed', async () => {
    const { id, invitationId } = await intake.invited();
    const expiresAt = (await row(invitationId)).expires_at as Date;
    fresh.clock.set(new Date(expiresAt.getTime() - 60_000));
    const given = await intake.consentTo(invitationId);
    fresh.clock.advance({ minutes: 2 });
    await expect(intake.invitationAnswers.consent(invitationId, given, from)).rejects.toMatchObject(unusable);
    await expect(intake.oneTimeCode(invitationId)).rejects.toMatchObject(unusable);
    expect(await intake.invitations.view(invitationId)).toMatchObject({ state: 'expired', summary: '' });
    await expire(id);
    expect(await intake.stateOf(id)).toBe('NO_RESPONSE');
    expect(await row(invitationId)).toMatchObject({ answer: 'silence', code_sealed: null });
    expect(await intake.openDeadlines(id)).toEqual([]);
  });

  it('may be followed by a new proposal, whose old code is dead', async () => {
    const { id, a, desk, invitationId } = await intake.invited();
    const old = await intake.codeOf(id);
    await decline(invitationId);
    for (const stranger of [a, await intake.citizen(), await intake.mediator(), await intake.person('administrator')])
      await expect(intake.invitations.reinvite(stranger, id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await intake.viewOf(desk, id)).actions).toEqual(['reinvite', 'close']);
    await Promise.all([intake.invitations.reinvite(desk, id), intake.invitations.reinvite(desk, id)]);
    expect(await fresh.admin('SELECT round FROM invitations WHERE case_id = $1 ORDER BY round', [id])).toEqual([
      { round: 1 },
      { round: 2 },
    ]);
    await expect(intake.invitations.open(old, from)).rejects.toMatchObject(unusable);
    await expect(intake.invitations.view(invitationId)).rejects.toMatchObject(unusable);
    const { id: anew } = await intake.invitations.open(await intake.codeOf(id), from);
    await intake.invitationAnswers.consent(anew, await intake.consentTo(anew), from);
    expect(await intake.stateOf(id)).toBe('CONSENTED');
  });

  it('ends with the application: a withdrawn one says so behind the code', async () => {
    const { id, a, invitationId } = await intake.invited();
    await intake.endings.withdraw(a, id);
    expect(await intake.invitations.view(invitationId)).toMatchObject({ state: 'withdrawn', summary: '' });
    await intake.invitations.understand(invitationId);
    expect((await row(invitationId)).understood_at).toBeNull();
    await expect(intake.invitations.sendCode(invitationId, {}, from)).rejects.toMatchObject(unusable);
  });
});

it('gives nobody his office in his own dispute', async () => {
  const { id, a, b } = await intake.joined();
  for (const person of [a, b]) {
    const office: SignedIn = { ...person, role: 'coordinator' };
    await expect(intake.cases.read(office, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(intake.screening.decide(office, id, { decision: 'allow', summary })).rejects.toMatchObject({ code: 'not_found' });
    expect((await intake.cases.list(office, { limit: 100 })).rows.map((row) => row.id)).not.toContain(id);
    expect((await intake.viewOf(person, id)).id).toBe(id);
  }
});

it('gives nobody his office in a dispute whose papers name him, before he has joined it', async () => {
  const { complete, filed, invited } = intake;
  const office = await intake.person('coordinator');
  const other = { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', email: `${office.id}@example.kz` } as const;
  const filedAgainst = await filed({ answers: complete({ other }) });
  const acts = (id: string) => [
    () => intake.cases.read(office, id),
    () => intake.cases.timeline(office, id),
    () => intake.applications.read(office, id),
    () => intake.screening.decide(office, id, { decision: 'allow', summary }),
    () => intake.invitations.reinvite(office, id),
  ];
  for (const act of acts(filedAgainst.id)) await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  const claims = (id: string) =>
    fresh.db.transaction(office, (tx) => tx.query('SELECT 1 FROM applications WHERE case_id = $1', [id]) as Promise<object[]>);
  expect([await claims(filedAgainst.id), (await claims((await filed()).id)).length]).toEqual([[], 1]);
  const open = await invited({ answers: complete({ other }) });
  for (const act of acts(open.id)) await expect(act()).rejects.toMatchObject({ code: 'not_found' });
  const listed = async (by: SignedIn) => (await intake.cases.list(by, { limit: 100 })).rows.map((row) => row.id);
  expect(await listed(open.desk)).toEqual(expect.arrayContaining([filedAgainst.id, open.id]));
  for (const id of [filedAgainst.id, open.id]) expect(await listed(office)).not.toContain(id);
  expect((await intake.viewOf(open.desk, open.id)).state).toBe('INVITED');
  // Whose contact it was before somebody else joined under it is nobody's office any more.
  await fresh.admin(`UPDATE parties SET person_id = $2 WHERE case_id = $1 AND side = 'B'`, [open.id, (await intake.citizen()).id]);
  expect((await intake.viewOf(office, open.id)).id).toBe(open.id);
});

it('shows a case to those who take part, and to nobody else', async () => {
  const { id, a, b, desk } = await intake.joined();
  for (const viewer of [a, b, desk]) expect((await intake.viewOf(viewer, id)).id).toBe(id);
  const court: SignedIn = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
  const strangers = [
    await intake.citizen(),
    await intake.mediator(),
    await intake.person('administrator'),
    await intake.person('council'),
    court,
  ];
  for (const stranger of strangers) {
    await expect(intake.cases.read(stranger, id)).rejects.toMatchObject({ code: 'not_found', details: {} });
    await expect(intake.cases.timeline(stranger, id)).rejects.toMatchObject({ code: 'not_found', details: {} });
    expect(await intake.cases.list(stranger, { limit: 20 })).toEqual({ rows: [], next: null });
  }
  await expect(intake.cases.read({ id: null, role: 'visitor' }, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(intake.cases.read({ ...a, role: 'mediator' }, id)).rejects.toMatchObject({ code: 'not_found' });
});
