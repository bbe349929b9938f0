import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import type { Attorney, SaveAnswers, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { Planner } from '../../libs/notifications/planning/planner.js';
import { caseServices } from '../support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { from, type Intake, intakeOn, summary } from '../support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let services: Awaited<ReturnType<typeof caseServices>>;
let planner: Planner;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  services = await caseServices(fresh);
  planner = new Planner(fresh.workerDb, fresh.clock);
});
afterAll(() => fresh.drop());

const absent = expect.objectContaining({ code: 'not_found' });
const attorney: Attorney = { number: 'B-1', issuedOn: '2026-09-02', powers: ['take_part', 'sign_contract'] };
let phones = 0;
const someones = () => `+7701${String(6_660_000 + ++phones)}`;
const partyOf = async (id: string) =>
  (await fresh.admin<{ id: string }>(`SELECT id FROM parties WHERE case_id = $1 AND side = 'B' ORDER BY ordinal LIMIT 1`, [id]))[0]!.id;
const codes = async (id: string) => (await intake.codesOf(id)).get('B1')!;

/** What the worker made of the facts: the ways in which this party was written to, by their sources. */
async function writtenTo(caseId: string, partyId: string) {
  const facts = await fresh.admin<{ id: string }>('SELECT id FROM events WHERE case_id = $1 ORDER BY seq', [caseId]);
  await planner.plan(facts.map(({ id }) => id));
  const rows = await fresh.admin<{ type: string; channel: string; template: string }>(
    `SELECT source_type AS type, channel, template FROM notifications WHERE recipient_id = $1 ORDER BY source_id, channel`,
    [partyId],
  );
  return rows.map(({ type, channel, template }) => `${type} ${channel} ${template}`);
}

async function invited(other: SaveAnswers['other']) {
  fresh.clock.advance({ hours: 2 });
  const { id, a } = await intake.filed({ answers: intake.complete({ other: other! }) });
  const desk = await intake.person('coordinator');
  const partyId = await partyOf(id);
  await intake.screening.decide(desk, id, { decision: 'allow', summary });
  return { id, a, desk, partyId };
}
/** The applicant knows where he lives, and no more. */
const address = 'ШҚО, Ұлан ауданы, Бозанбай ауылы, Абай көшесі, 7';
const unreachable = () => invited({ kind: 'person', surname: 'Дорофеев', given: 'Геннадий', address, language: 'ru' });
/** An advocate has consented for side B, with the telephone that the applicant knew; what else he knew is the principal's. */
async function represented(own: { email?: string } = {}) {
  const found = await invited({
    kind: 'person',
    surname: 'Дорофеев',
    given: 'Геннадий',
    phone: someones(),
    language: 'ru',
    ...own,
  } as never);
  const { id: invitationId } = await intake.invitations.open(await codes(found.id), from);
  const { personId } = await intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId, { attorney }), from);
  return { ...found, advocate: { id: personId!, role: 'citizen' } as SignedIn };
}

describe('who can be reached by nothing', () => {
  it('has a letter on the desk, and the invitation by telephone once the desk has taken one down', async () => {
    const { id, a, desk, partyId } = await unreachable();
    expect(await writtenTo(id, partyId)).toEqual(['case.invited letter invitation']);
    await services.contacts.takeDown(desk, id, { partyId, phone: someones() });
    expect(await writtenTo(id, partyId)).toEqual(['case.invited letter invitation', 'party.contact_taken sms invitation']);
    const { id: invitationId } = await intake.invitations.open(await codes(id), from);
    const { personId } = await intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId), from);
    expect(await intake.stateOf(id)).toBe('CONSENTED');
    const seenBy = async (viewer: SignedIn) => (await intake.viewOf(viewer, id)).parties.map((party) => party.address);
    const mediator = await intake.mediator();
    await fresh.admin(`UPDATE cases SET mediator_id = $2, state = 'IN_MEDIATION' WHERE id = $1`, [id, mediator.id]);
    expect(await seenBy(mediator)).toEqual([null, null]);
    expect(await seenBy(a)).toEqual([null, null]);
    expect(await seenBy({ id: personId!, role: 'citizen' })).toEqual([null, address]);
    await expect(services.contacts.takeDown(desk, id, { partyId, phone: someones() })).rejects.toEqual(absent);
  });

  it('lives at an address that the desk alone reads, and has nowhere to get a code', async () => {
    const { id, a, desk, partyId } = await unreachable();
    const addressFor = async (viewer: SignedIn) => (await intake.viewOf(viewer, id)).parties.find((party) => party.id === partyId)?.address;
    expect([await addressFor(desk), await addressFor(a)]).toEqual([address, null]);
    const strangers = [await intake.citizen(), await intake.mediator(), await intake.person('administrator')];
    for (const stranger of [...strangers, { id: desk.id, role: 'court', courtId: 'OSKEMEN_CITY' } as SignedIn])
      await expect(addressFor(stranger)).rejects.toEqual(absent);
    const [row] = await fresh.admin<{ sealed: Buffer }>('SELECT address_sealed AS sealed FROM parties WHERE id = $1', [partyId]);
    expect(row!.sealed.toString('utf8')).not.toContain('Абай');
    const { id: invitationId } = await intake.invitations.open(await codes(id), from);
    expect(await intake.invitations.view(invitationId)).toMatchObject({ state: 'open', channel: null, channels: [] });
    await expect(intake.invitations.sendCode(invitationId, {}, from)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('is named by the applicant step by step as well, and taken back with the answer', async () => {
    const { id, a, desk } = await unreachable();
    expect((await intake.viewOf(desk, id)).parties.map((party) => party.address)).toEqual([null, address]);
    const other = { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: someones(), language: 'ru' } as const;
    const again = await intake.filed({ as: a, answers: intake.complete({ other: { ...other, address } }) });
    await intake.screening.decide(desk, again.id, { decision: 'return', notes: 'Мекенжай дұрыс емес' });
    await intake.applications.save(a, again.id, { other: { ...other, address: '' } });
    await intake.filing.file(a, again.id, 'resubmit');
    expect((await intake.viewOf(desk, again.id)).parties.map((party) => party.address)).toEqual([null, null]);
  });

  it('is written to once, however often the same is taken down', async () => {
    const { id, desk, partyId } = await unreachable();
    const phone = someones();
    await Promise.all([1, 2, 3].map(() => services.contacts.takeDown(desk, id, { partyId, phone })));
    expect((await intake.eventsOf(id)).filter((type) => type === 'party.contact_taken')).toHaveLength(1);
    expect((await writtenTo(id, partyId)).filter((line) => line.startsWith('party.'))).toEqual(['party.contact_taken sms invitation']);
  });

  it('is the desk’s business alone, and of its own case', async () => {
    const [here, there] = [await unreachable(), await unreachable()];
    const phone = someones();
    for (const actor of [here.a, there.a, await intake.person('mediator'), { id: null, role: 'visitor' as const }])
      await expect(services.contacts.takeDown(actor, here.id, { partyId: here.partyId, phone })).rejects.toEqual(absent);
    await expect(services.contacts.takeDown(here.desk, here.id, { partyId: there.partyId, phone })).rejects.toEqual(absent);
    await intake.endings.withdraw(here.a, here.id);
    await expect(services.contacts.takeDown(here.desk, here.id, { partyId: here.partyId, phone })).rejects.toMatchObject({
      code: 'case.transition_forbidden',
    });
  });
});

describe('a principal whose power of attorney has ended', () => {
  it('is told himself, once, by what is his own and not by what was the advocate’s', async () => {
    const { id, advocate, desk, partyId } = await represented({ email: 'principal@example.kz' });
    await services.attorneys.end(advocate, id, partyId);
    await services.attorneys.end(desk, id, partyId);
    expect((await writtenTo(id, partyId)).filter((line) => line.startsWith('attorney'))).toEqual([
      'attorney.ended email attorney.ended_principal',
    ]);
    expect(await fresh.admin('SELECT phone_hash, email_hash IS NOT NULL AS email FROM parties WHERE id = $1', [partyId])).toEqual([
      { phone_hash: null, email: true },
    ]);
  });

  it('is written a letter where only the advocate could be reached, and told when the desk has taken a contact down', async () => {
    const { id, desk, partyId } = await represented();
    await services.attorneys.end(desk, id, partyId);
    await writtenTo(id, partyId);
    await services.contacts.takeDown(desk, id, { partyId, phone: someones() });
    expect((await writtenTo(id, partyId)).filter((line) => !line.startsWith('case'))).toEqual([
      'attorney.ended letter attorney.ended_principal',
      'party.contact_taken sms attorney.ended_principal',
    ]);
    expect(await intake.stateOf(id)).toBe('CONSENTED');
  });

  it('is invited himself while his side is still asked', async () => {
    fresh.clock.advance({ hours: 2 });
    const third = { kind: 'person', surname: 'Ким', given: 'А', phone: someones() } as const;
    const phone = someones();
    const { id } = await intake.filed({
      answers: intake.complete({
        other: { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone, language: 'ru' },
        otherMore: [third],
      }),
    });
    const desk = await intake.person('coordinator');
    await intake.screening.decide(desk, id, { decision: 'allow', summary });
    const partyId = await partyOf(id);
    const first = await codes(id);
    const { id: invitationId } = await intake.invitations.open(first, from);
    await intake.invitationAnswers.consent(invitationId, await intake.consentTo(invitationId, { attorney }), from);
    await services.attorneys.end(desk, id, partyId);
    await writtenTo(id, partyId);
    await services.contacts.takeDown(desk, id, { partyId, phone: someones() });
    expect((await writtenTo(id, partyId)).filter((line) => !line.startsWith('case'))).toEqual([
      'attorney.ended letter invitation',
      'party.contact_taken sms invitation',
    ]);
    const again = await codes(id);
    expect(again).not.toBe(first);
    const { id: renewed } = await intake.invitations.open(again, from);
    await intake.invitationAnswers.consent(renewed, await intake.consentTo(renewed), from);
    expect(
      await fresh.admin('SELECT joined_at IS NOT NULL AS joined, representative_kind AS kind FROM parties WHERE id = $1', [partyId]),
    ).toEqual([{ joined: true, kind: null }]);
    expect(await intake.stateOf(id)).toBe('INVITED');
  });
});
