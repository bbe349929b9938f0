import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case, CaseEffects } from '#cases';
import type { AlsoAnswered, Attorney, PartyAnswer, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { agreementsOf } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Dispute, disputesIn } from '../../test/support/disputes.js';
import { from, type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let services: Awaited<ReturnType<typeof caseServices>>;
const effects = new CaseEffects();
effects.on('IN_MEDIATION', async (tx, _, caseId) => {
  await tx.query('SELECT open_rooms($1, $2, $3, $4, $5)', [caseId, newId(), newId(), newId(), fresh.clock.now()]);
});
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  services = await caseServices(fresh, { effects });
});
afterAll(() => fresh.drop());

const power = (number: string, changes: Partial<Attorney> = {}): Attorney => ({
  number,
  issuedOn: '2026-09-02',
  powers: ['take_part', 'sign_contract'],
  ...changes,
});
let phones = 0;
const ownPhone = () => `8701${String(5_550_000 + ++phones)}`;
const neighbour = (surname: string, phone: string): PartyAnswer => ({ kind: 'person', surname, given: 'А', phone });
const partyRows = (id: string) =>
  fresh.admin<{ id: string; party: string; person: string | null; kind: string | null; ended: boolean }>(
    `SELECT id, side || ordinal AS party, person_id AS person, representative_kind AS kind, attorney_ended_at IS NOT NULL AS ended FROM parties
     WHERE case_id = $1 ORDER BY 2`,
    [id],
  );

/** Three neighbours of side B by the telephone of one advocate, and the letter that came to it. */
async function threeInvited() {
  fresh.clock.advance({ hours: 2 }); // a new window of the budgets
  const phone = ownPhone();
  const [first, ...others] = ['Оспанова', 'Ким', 'Ли'].map((surname) => neighbour(surname, phone));
  const { id, a } = await intake.filed({ answers: intake.complete({ other: first!, otherMore: others }) });
  const desk = await intake.person('coordinator');
  await intake.screening.decide(desk, id, { decision: 'allow', summary: 'Шекара туралы дау' });
  const codes = await intake.codesOf(id);
  const { id: invitationId } = await intake.invitations.open(codes.get('B1')!, from);
  return { id, a, desk, codes, invitationId, also: (await intake.invitations.view(invitationId)).also };
}
const answer = async (invitationId: string, attorney: Attorney | undefined, also: AlsoAnswered[]) =>
  intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId, { attorney, also }), from);
const each = (also: { invitationId: string }[], attorney = power): AlsoAnswered[] =>
  also.map(({ invitationId }, at) => ({ invitationId, answer: 'consent', attorney: attorney(`B-${at + 2}`) }));

describe('one invitation for several', () => {
  it('lists each principal, and one code is sent', async () => {
    const { codes, also } = await threeInvited();
    expect([...codes.keys()]).toEqual(['B1']);
    expect(also.map(({ invited }) => invited)).toEqual(['Ким А', 'Ли А']);
  });

  it('takes a consent with a power of attorney for each', async () => {
    const { id, invitationId, also } = await threeInvited();
    const { personId } = await answer(invitationId, power('B-1'), each(also));
    const rows = (await partyRows(id)).filter(({ party }) => party.startsWith('B'));
    expect(rows.map(({ party, person, kind }) => [party, person, kind])).toEqual(
      ['B1', 'B2', 'B3'].map((party) => [party, personId, 'poa']),
    );
    expect(await intake.stateOf(id)).toBe('CONSENTED');
  });

  it('is not answered for one alone, nor for somebody it does not list', async () => {
    const [{ id, invitationId, also }, stranger] = [await threeInvited(), await threeInvited()];
    for (const said of [[], each(also.slice(0, 1)), each([...also, ...stranger.also]), each([also[0]!, also[0]!]), each(stranger.also)])
      await expect(answer(invitationId, power('B-1'), said)).rejects.toMatchObject({
        code: 'invalid',
        details: { fields: { also: 'choose' } },
      });
    expect(await intake.stateOf(id)).toBe('INVITED');
    expect((await partyRows(id)).filter(({ party }) => party.startsWith('B')).every(({ person }) => person === null)).toBe(true);
  });

  it('asks of each what its power of attorney gives', async () => {
    const { invitationId, also } = await threeInvited();
    const [second, third] = each(also);
    await expect(
      answer(invitationId, power('B-1'), [
        second!,
        { ...third!, answer: 'consent', attorney: power('B-3', { powers: ['sign_contract'] }) },
      ]),
    ).rejects.toMatchObject({ code: 'invalid', details: { fields: { 'also.1.attorney.powers': 'attorney_take_part' } } });
  });

  it('lets him answer for himself, once', async () => {
    const { id, invitationId, also } = await threeInvited();
    const bare: AlsoAnswered[] = also.map((one) => ({ invitationId: one.invitationId, answer: 'consent' }));
    await expect(answer(invitationId, undefined, bare)).rejects.toMatchObject({
      code: 'invalid',
      details: { fields: { 'also.0.attorney.number': 'required' } },
    });
    await answer(invitationId, undefined, each(also));
    expect((await partyRows(id)).map(({ party, kind }) => `${party} ${kind}`)).toEqual(['A1 null', 'B1 null', 'B2 poa', 'B3 poa']);
  });

  it('ends with the no of one', async () => {
    const { id, invitationId, also } = await threeInvited();
    const [second, third] = also;
    await answer(invitationId, power('B-1'), [
      ...each([second!]),
      { invitationId: third!.invitationId, answer: 'decline', reason: 'Уақыты жоқ' },
    ]);
    expect(await intake.stateOf(id)).toBe('DECLINED');
    const answers = await fresh.admin<{ answer: string }>('SELECT answer FROM invitations WHERE case_id = $1 ORDER BY id', [id]);
    expect(answers.map((row) => row.answer)).toEqual(['consent', 'consent', 'decline']);
  });
});

describe('both sides', () => {
  it('are not represented by one, in two steps or by two invitations at once', async () => {
    fresh.clock.advance({ hours: 2 });
    const [phone, email] = [ownPhone(), `${newId()}@example.kz`];
    const other: PartyAnswer = { kind: 'person', surname: 'Оспанова', given: 'А', email };
    const { id } = await intake.filed({ answers: intake.complete({ ownMore: [neighbour('Омарова', phone)], other }) });
    await intake.screening.decide(await intake.person('coordinator'), id, { decision: 'allow', summary: 'Шекара туралы дау' });
    const codes = await intake.codesOf(id);
    const advocate = await intake.citizen('Қорғаушы'); // the telephone of one side and the address of the other are his
    await fresh.admin('UPDATE persons SET phone_hash = $2, email_hash = $3 WHERE id = $1', [
      advocate.id,
      fresh.hashes.of('contact', `phone:+7${phone.slice(1)}`),
      fresh.hashes.of('contact', `email:${email}`),
    ]);
    const opened = await Promise.all(['A2', 'B1'].map((party) => intake.invitations.open(codes.get(party)!, from)));
    const given = await Promise.all(opened.map((one) => intake.consentTo(one.id, { attorney: power('1') })));
    const both = await Promise.allSettled(opened.map((one, at) => intake.invitationAnswers.consent(one.id, given[at]!, from)));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual([
      'case.person_on_both_sides',
    ]);
    expect((await partyRows(id)).filter(({ person }) => person === advocate.id)).toHaveLength(1);
    expect(await intake.stateOf(id)).toBe('INVITED');
    const left = both.findIndex(({ status }) => status === 'rejected');
    const again = await intake.consentTo(opened[left]!.id, { attorney: power('2') });
    await expect(intake.invitationAnswers.consent(opened[left]!.id, again, from)).rejects.toMatchObject({
      code: 'case.person_on_both_sides',
    });
  });

  it('are kept apart by the database itself, and nobody is twice for himself', async () => {
    const arranged = disputesIn(fresh);
    const { id, a, b } = await arranged.dispute('INVITED');
    await expect(arranged.party(id, 'B', a, 'kk', 2)).rejects.toThrow(/parties_one_side_a_case/);
    await expect(arranged.party(id, 'B', b, 'kk', 2)).rejects.toThrow(/parties_once_for_oneself/);
    const tries = await Promise.allSettled((['A', 'B'] as const).map(async (side) => arranged.party(id, side, await strange(), 'kk', 3)));
    expect(tries.every(({ status }) => status === 'fulfilled')).toBe(true);
    const two = await strange();
    const once = await Promise.allSettled((['A', 'B'] as const).map((side) => arranged.party(id, side, two, 'kk', 4)));
    expect(once.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});
const strange = () => intake.citizen('Бөтен');

describe('under a contract', () => {
  let dispute: Dispute;
  let third: string;
  /** B acts for himself and for a neighbour whose power of attorney is given; another's lacks the signature. */
  async function arrange(powers: string[]) {
    const arranged = disputesIn(fresh);
    dispute = await arranged.dispute('CONTRACT_DRAFT');
    third = newId();
    await fresh.admin(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language, joined_at, representative_kind, attorney_powers)
       VALUES ($1, $2, 'B', 2, 'person', $3, 'Ли', 'А', 'kk', $4, 'poa', $5)`,
      [third, dispute.id, dispute.b.id, fresh.clock.now(), powers],
    );
    const agreements = agreementsOf(fresh, services);
    return { agreements, paper: await agreements.sent(dispute, { kind: 'contract' }) };
  }
  const confirmed = (paperId: string) =>
    fresh.admin<{ party_id: string | null }>('SELECT party_id FROM confirmations WHERE paper_id = $1', [paperId]);

  it('he confirms for each apart, and has one seat in each room', async () => {
    const { agreements, paper } = await arrange(['take_part', 'sign_contract']);
    const once = await services.confirmations.confirm(dispute.b, paper.id, {
      ...(await agreements.shown(dispute.b, paper)),
      partyIds: [dispute.parties.b],
    });
    expect(once.confirmsFor).toEqual([{ partyId: third, name: 'Ли А', lacksPower: false }]);
    expect(once.mayConfirm).toBe(true);
    fresh.clock.advance({ minutes: 2 });
    await agreements.confirm(dispute.b, paper);
    expect((await confirmed(paper.id)).map((row) => row.party_id).toSorted()).toEqual([dispute.parties.b, third].toSorted());
    for (const actor of [dispute.a, dispute.mediator!]) await agreements.confirm(actor, paper);
    const seats = await fresh.admin<{ room_id: string }>(
      `SELECT m.room_id FROM room_members m JOIN rooms r ON r.id = m.room_id WHERE r.case_id = $1 AND m.person_id = $2`,
      [dispute.id, dispute.b.id],
    );
    expect(seats).toHaveLength(2); // the joint room and his side's own
  });

  it('he does not confirm for whom the power is not given, nor a stranger for anybody', async () => {
    const { agreements, paper } = await arrange(['take_part']);
    const shown = await agreements.shown(dispute.b, paper);
    const confirm = (actor: SignedIn, partyIds: string[]) => services.confirmations.confirm(actor, paper.id, { ...shown, partyIds });
    await expect(confirm(dispute.b, [third])).rejects.toMatchObject({ code: 'paper.power_missing' });
    await expect(confirm(dispute.b, [dispute.parties.a])).rejects.toMatchObject({ code: 'not_found' });
    await expect(confirm(await strange(), [third])).rejects.toMatchObject({ code: 'not_found' });
    await agreements.confirm(dispute.b, paper);
    expect((await confirmed(paper.id)).map((row) => row.party_id)).toEqual([dispute.parties.b]);
  });

  it('one power of attorney ends, the rest stays; no stranger ends it', async () => {
    const { agreements, paper } = await arrange(['take_part', 'sign_contract']);
    for (const actor of [await strange(), dispute.a]) {
      await expect(services.attorneys.end(actor, dispute.id, third)).rejects.toMatchObject({ code: 'not_found' });
    }
    await expect(services.attorneys.end(dispute.b, dispute.id, dispute.parties.b)).rejects.toMatchObject({ code: 'not_found' });
    await services.attorneys.end(dispute.b, dispute.id, third);
    const rows = await partyRows(dispute.id);
    expect(rows.find(({ id }) => id === third)).toMatchObject({ person: null, ended: true });
    expect(rows.find(({ id }) => id === dispute.parties.b)).toMatchObject({ person: dispute.b.id, ended: false });
    await agreements.confirm(dispute.b, paper);
    expect((await confirmed(paper.id)).map((row) => row.party_id)).toEqual([dispute.parties.b]);
  });

  it("he ends them himself, and with the last of them the case is nobody's business of his", async () => {
    await arrange(['take_part', 'sign_contract']);
    await fresh.admin(`UPDATE parties SET representative_kind = 'poa', attorney_powers = '{take_part,sign_contract}' WHERE id = $1`, [
      dispute.parties.b,
    ]);
    for (const partyId of [third, dispute.parties.b]) await services.attorneys.end(dispute.b, dispute.id, partyId);
    expect((await partyRows(dispute.id)).filter(({ party }) => party.startsWith('B'))).toMatchObject([
      { person: null, ended: true },
      { person: null, ended: true },
    ]);
    await expect(intake.cases.read(dispute.b, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(services.attorneys.end(dispute.b, dispute.id, third)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('whoever acts for nobody any more leaves his seats', async () => {
    const { agreements, paper } = await arrange(['take_part', 'sign_contract']);
    await fresh.admin(`UPDATE parties SET representative_kind = 'poa', attorney_powers = '{take_part,sign_contract}' WHERE id = $1`, [
      dispute.parties.b,
    ]);
    for (const actor of [dispute.a, dispute.b, dispute.mediator!]) await agreements.confirm(actor, paper);
    const seated = async () =>
      (
        await fresh.admin(
          `SELECT 1 FROM room_members m JOIN rooms r ON r.id = m.room_id WHERE r.case_id = $1 AND m.person_id = $2 AND m.left_at IS NULL`,
          [dispute.id, dispute.b.id],
        )
      ).length;
    const desk = await intake.person('coordinator');
    await services.attorneys.end(desk, dispute.id, third);
    expect(await seated()).toBe(2);
    await services.attorneys.end(desk, dispute.id, dispute.parties.b);
    expect(await seated()).toBe(0);
    await services.attorneys.end(desk, dispute.id, dispute.parties.b);
    expect((await intake.eventsOf(dispute.id)).filter((type) => type === 'attorney.ended')).toHaveLength(2);
  });
});
