import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import { Mediator } from '#mediators';
import { newId, newPaperCode, paperCodeFrom } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { from, type Intake, intakeOn, summary } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
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

describe('the code', () => {
  it('is eight characters that nobody misreads, in any case', () => {
    for (let i = 0; i < 200; i++) expect(newPaperCode()).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(paperCodeFrom(' 7k4m-29qo ')).toBe('7K4M29Q0');
    expect(paperCodeFrom('oIl1-2345')).toBe('01112345');
    for (const typed of ['', '7K4M29Q', '7K4M29Q00', '7K4M29QU', '<script>', 'қазақша1']) expect(paperCodeFrom(typed)).toBeNull();
  });

  it('lies in the database as a keyed hash and a sealed copy alone', async () => {
    const { id } = await intake.filed();
    await intake.screening.decide(await intake.person('coordinator'), id, { decision: 'allow', summary });
    const code = await intake.codeOf(id);
    for (const table of ['invitations', 'events', 'outbox', 'cases'])
      expect(JSON.stringify(await fresh.admin(`SELECT t::text FROM ${table} t`))).not.toContain(code);
  });

  it('opens the invitation, and only the first opening is a fact', async () => {
    const { id, invitationId } = await intake.invited();
    const code = await intake.codeOf(id);
    await Promise.all([code.toLowerCase(), `${code.slice(0, 4)}-${code.slice(4)}`].map((typed) => intake.invitations.open(typed, from)));
    expect((await intake.eventsOf(id)).filter((type) => type === 'invitation.opened')).toHaveLength(1);
    expect((await row(invitationId)).opened_at).not.toBeNull();
  });

  it('gets one answer when it is wrong, expired or revoked', async () => {
    const [late, withdrawn] = [await intake.invited(), await intake.invited()];
    const codes = [await intake.codeOf(late.id), await intake.codeOf(withdrawn.id)];
    await intake.endings.withdraw(withdrawn.a, withdrawn.id);
    await expect(intake.invitations.open(codes[1]!, from)).rejects.toMatchObject(unusable); // revoked, and its time not yet over
    fresh.clock.advance({ days: 11 });
    for (const code of ['00000000', 'no code at all', '', ...codes])
      await expect(intake.invitations.open(code, from)).rejects.toMatchObject(unusable);
  });

  it('is not guessed: one network has thirty tries an hour, everybody a thousand', async () => {
    const { id } = await intake.invited();
    const code = await intake.codeOf(id);
    const attacker = { network: '203.0.113.7' };
    const tries = await outcomes(Array.from({ length: 40 }, () => intake.invitations.open(newPaperCode(), attacker)));
    expect(tries.filter((one) => one === 'invitation.unusable')).toHaveLength(30);
    expect(tries.filter((one) => one === 'too_many_attempts')).toHaveLength(10);
    await expect(intake.invitations.open(code, attacker)).rejects.toMatchObject({ code: 'too_many_attempts' });
    for (let i = 0; i < 35; i++) await intake.invitations.open(code, from); // right ones cost nothing
    await fresh.admin(`UPDATE throttles SET hits = 1000 WHERE bucket LIKE 'invitation_guess.everybody%' AND window_start > $1`, [
      new Date(fresh.clock.now().getTime() - 3_600_000),
    ]);
    await expect(intake.invitations.open(newPaperCode(), { network: '198.51.100.1' })).rejects.toMatchObject({
      code: 'too_many_attempts',
    });
  });
});

describe('the page behind it', () => {
  it('shows who invites and neutral words, never the claim, and changes nothing', async () => {
    const { id, invitationId } = await intake.invited();
    const before = [await row(invitationId), await intake.eventsOf(id)];
    const view = await intake.invitations.view(invitationId);
    expect(view).toMatchObject({
      inviter: expect.stringMatching(/Айдар$/),
      invited: 'Дорофеев Геннадий',
      summary,
      category: 'neighbours',
      language: 'ru',
      state: 'open',
      understood: false,
      channel: 'sms',
      channels: ['sms'],
      hasAccount: false,
      caseId: null,
    });
    expect(JSON.stringify(view)).not.toMatch(/қырық|орнына|180\s?000|Қоршау біздің/);
    expect([await row(invitationId), await intake.eventsOf(id)]).toEqual(before);
  });

  it('is marked as understood once', async () => {
    const { id, invitationId } = await intake.invited();
    await Promise.all([intake.invitations.understand(invitationId), intake.invitations.understand(invitationId)]);
    expect((await intake.invitations.view(invitationId)).understood).toBe(true);
    expect((await intake.eventsOf(id)).filter((type) => type === 'invitation.understood')).toHaveLength(1);
  });

  it('tells the desk, and nobody else, how far it has come', async () => {
    const { id, a, desk, invitationId } = await intake.invited();
    await intake.invitations.understand(invitationId);
    expect((await intake.viewOf(desk, id)).desk?.invitation).toMatchObject({ round: 1, opened: true, understood: true });
    expect((await intake.viewOf(a, id)).desk).toBeNull();
    expect((await intake.cases.timeline(a, id)).map(({ type }) => type)).toEqual(['case.drafted', 'case.submitted', 'case.invited']);
    expect((await intake.cases.timeline(desk, id)).map(({ type }) => type)).toEqual([
      'case.submitted',
      'case.invited',
      'invitation.opened',
      'invitation.understood',
    ]);
  });

  it('is nothing without a code', async () => {
    for (const act of [
      () => intake.invitations.view(newId()),
      () => intake.invitations.understand(newId()),
      () => intake.invitations.sendCode(newId(), {}, from),
    ])
      await expect(act()).rejects.toMatchObject(unusable);
  });

  it('sends a one-time code to the invited contact only, by a way it has', async () => {
    const other = { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: '87005551111', email: 'gen@example.kz' } as const;
    const { invitationId } = await intake.invited({ answers: intake.complete({ other }) });
    expect(await intake.invitations.view(invitationId)).toMatchObject({ channel: 'sms', channels: ['sms', 'email'] });
    expect(await intake.invitations.sendCode(invitationId, { channel: 'email' }, from)).toMatchObject({ channel: 'email' });
    const { invitationId: noEmail } = await intake.invited();
    await expect(intake.invitations.sendCode(noEmail, { channel: 'email' }, from)).rejects.toMatchObject({ code: 'invalid' });
  });
});
