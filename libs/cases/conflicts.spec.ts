import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AnswerOffer, RelationKind, SignedIn } from '#contract';
import { Case, CaseEffects } from '#cases';
import { Mediator, MediatorsService, RegisterService, RelationsService } from '#mediators';
import { newId } from '#platform';
import { mediatorsIn } from '../../apps/launcher/src/demo/scenario.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { peopleOn } from '../../test/support/people.js';
import { general, paper } from '../../test/support/register.js';
import { CasesService } from './cases.service.js';
import { findCase, setDeadline } from './case.moves.js';
import { DisclosuresService } from './disclosures.service.js';
import { ObjectionsService } from './objections.service.js';
import { OffersService } from './offers.service.js';
import { ReplacementsService } from './replacements.service.js';

let fresh: FreshDatabase;
let offers: OffersService;
let disclosures: DisclosuresService;
let objections: ObjectionsService;
let relations: RelationsService;
let arranged: ReturnType<typeof disputesIn>;
let desk: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  const [effects, mediators] = [new CaseEffects(), new MediatorsService()];
  offers = new OffersService(fresh.db, fresh.clock, effects, mediators, fresh.keys);
  disclosures = new DisclosuresService(fresh.db, fresh.clock, fresh.keys, effects, mediators);
  objections = new ObjectionsService(fresh.db, fresh.clock, fresh.keys, new ReplacementsService(fresh.db, fresh.clock, effects));
  relations = new RelationsService(fresh.db, fresh.clock, fresh.keys, fresh.hashes);
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const declaration = { related: false, employed: false, interested: false, advised: false };
const clear: AnswerOffer = { answer: 'accepted', declaration };
const openly: AnswerOffer = { answer: 'disclosed', declaration, words: 'Бір ауылда өстік.' };
const numbers = ['910527399004', '640113399006', '700825499007', '820202399008', '800520399003', '751013399008', '710504499003'];

/** A case whose first party has a number in its papers. */
async function numbered() {
  const dispute = await arranged.dispute('CONSENTED');
  const number = numbers.shift()!;
  await fresh.admin('UPDATE parties SET id_number_hash = $2 WHERE id = $1', [dispute.parties.a, fresh.hashes.of('iin', number)]);
  return { ...dispute, number };
}
const tie = (mediator: SignedIn, idNumber: string, kind: RelationKind, until: string | null = null, bars = false) =>
  relations.keep(mediator, { id: newId(), idNumber, label: 'Жандос', kind, until, bars });
async function offered(mediator: SignedIn, caseId: string) {
  await offers.offer(desk, caseId, mediator.id);
  return (await offers.list(mediator)).find((one) => one.caseId === caseId)!;
}
const candidate = async (caseId: string, mediator: SignedIn) =>
  (await offers.candidates(desk, caseId)).find(({ mediatorId }) => mediatorId === mediator.id);

it('takes a disclosed tie with the consent of all, and shows its mediator nothing before', async () => {
  const [dispute, mediator] = [await numbered(), await arranged.mediator()];
  await tie(mediator, dispute.number, 'same_village', '1990-12-31');
  expect(await candidate(dispute.id, mediator)).toMatchObject({ eligible: true, hints: ['same_village'] });
  const offer = await offered(mediator, dispute.id);
  expect(offer).toMatchObject({ hints: ['same_village'], disclosed: false });
  await expect(offers.answer(mediator, offer.id, clear)).rejects.toMatchObject({
    code: 'mediator.conflict',
    details: { conflicts: ['disclose'] },
  });
  await offers.answer(mediator, offer.id, openly);
  await offers.answer(mediator, offer.id, openly); // pressed twice
  expect(await offers.list(mediator)).toMatchObject([{ disclosed: true, expiresAt: '2026-11-25T18:59:59.000Z' }]);
  expect(await arranged.stateOf(dispute.id)).toBe('MEDIATOR_OFFERED');
  expect(await arranged.openDeadlines(dispute.id)).toEqual(['DISCLOSURE_ANSWER']);
  expect(await fresh.db.transaction(mediator, (tx) => tx.query('SELECT 1 FROM applications WHERE case_id = $1', [dispute.id]))).toEqual([]);

  const [told] = await disclosures.list(dispute.a, dispute.id);
  expect(told).toMatchObject({ words: 'Бір ауылда өстік.', agrees: null, outcome: null, until: '2026-11-25T18:59:59.000Z' });
  await disclosures.answer(dispute.a, told!.id, true);
  await disclosures.answer(dispute.a, told!.id, true);
  expect(await arranged.stateOf(dispute.id)).toBe('MEDIATOR_OFFERED');
  expect((await disclosures.list(dispute.b, dispute.id))[0]).toMatchObject({ agrees: null }); // what the other one said is his own
  await disclosures.answer(dispute.b, told!.id, true);
  expect(await fresh.admin('SELECT state, mediator_id FROM cases WHERE id = $1', [dispute.id])).toEqual([
    { state: 'MEDIATOR_ACCEPTED', mediator_id: mediator.id },
  ]);
  expect(await arranged.eventsOf(dispute.id)).toEqual(['offer.made', 'offer.disclosed', 'offer.accepted']);
  expect(await arranged.openDeadlines(dispute.id)).toEqual([]);
});

it('is taken by who advised one side before only when all parties accept it', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
  const roomId = newId();
  await fresh.admin(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', $2)`, [roomId, fresh.clock.now()]);
  await fresh.admin(
    `INSERT INTO consultations (id, room_id, asker_id, mediator_id, language, category, source, asked_at, taken_at, ended_at, outcome)
     VALUES ($1, $2, $3, $4, 'kk', '', 'start', $5, $5, $5, 'advice')`,
    [newId(), roomId, dispute.a.id, mediator.id, fresh.clock.now()],
  );
  const offer = await offered(mediator, dispute.id);
  await expect(offers.answer(mediator, offer.id, clear)).rejects.toMatchObject({ details: { conflicts: ['advised'] } });
  await offers.answer(mediator, offer.id, { ...openly, words: 'Бір тарапқа бұрын кеңес бердім.' });
  const [told] = await disclosures.list(dispute.b, dispute.id);
  await disclosures.answer(dispute.b, told!.id, true);
  expect(await arranged.stateOf(dispute.id)).toBe('MEDIATOR_OFFERED'); // one side’s word is not both’s
  await disclosures.answer(dispute.a, told!.id, true);
  expect(await arranged.stateOf(dispute.id)).toBe('MEDIATOR_ACCEPTED');
});

it('goes back to the desk with the first no, and tells nobody whose it was', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
  const offer = await offered(mediator, dispute.id);
  await offers.answer(mediator, offer.id, openly);
  const [told] = await disclosures.list(dispute.b, dispute.id);
  await disclosures.answer(dispute.b, told!.id, false);
  expect(await arranged.stateOf(dispute.id)).toBe('CONSENTED');
  const by = await fresh.admin(`SELECT actor_id, actor_role FROM events WHERE case_id = $1 AND type = 'offer.declined'`, [dispute.id]);
  expect(by).toEqual([{ actor_id: null, actor_role: 'system' }]);
  expect(await disclosures.list(dispute.a, dispute.id)).toMatchObject([{ outcome: 'refused', agrees: null }]);
  expect(await disclosures.list(desk, dispute.id)).toMatchObject([{ outcome: 'refused', agrees: null }]);
  await expect(disclosures.list(mediator, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(disclosures.answer(dispute.a, told!.id, true)).rejects.toMatchObject({ code: 'case.already_decided' });
});

it('is answered by the parties alone', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
  const offer = await offered(mediator, dispute.id);
  await offers.answer(mediator, offer.id, openly);
  const [told] = await disclosures.list(desk, dispute.id);
  for (const actor of [mediator, desk, await arranged.mediator(), await arranged.person(), await arranged.person('administrator')])
    await expect(disclosures.answer(actor, told!.id, true)).rejects.toMatchObject({ code: 'not_found', details: {} });
  for (const actor of [await arranged.mediator(), await arranged.person(), await arranged.person('court')])
    await expect(disclosures.list(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found', details: {} });
});

it('lets the two last answers meet: one acceptance', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
  const offer = await offered(mediator, dispute.id);
  await offers.answer(mediator, offer.id, openly);
  const [told] = await disclosures.list(desk, dispute.id);
  await Promise.all([disclosures.answer(dispute.a, told!.id, true), disclosures.answer(dispute.b, told!.id, true)]);
  expect(await arranged.eventsOf(dispute.id)).toEqual(['offer.made', 'offer.disclosed', 'offer.accepted']);
});

it.each<[string, RelationKind, string | null, boolean, boolean]>([
  ['kin', 'kin', null, false, false],
  ['work two years ago', 'worked_for_party', '2024-12-31', false, false],
  ['work that lasts', 'worked_for_party', null, false, false],
  ['work long ago', 'worked_for_party', '2019-06-30', false, true],
  ['a neighbour who says he could not', 'neighbour', null, true, false],
  ['a neighbour', 'neighbour', null, false, true],
])('by what ties him, %s: may he be offered it?', async (_, kind, until, bars, isEligible) => {
  const [dispute, mediator] = [await numbered(), await arranged.mediator()];
  await tie(mediator, dispute.number, kind, until, bars);
  expect(await candidate(dispute.id, mediator)).toMatchObject({ eligible: isEligible, reasons: isEligible ? [] : ['in_conflict'] });
  if (!isEligible) await expect(offers.offer(desk, dispute.id, mediator.id)).rejects.toMatchObject({ code: 'mediator.not_eligible' });
  numbers.push(dispute.number);
  await fresh.admin('UPDATE parties SET id_number_hash = NULL WHERE id = $1', [dispute.parties.a]);
});

it('hints at a surname, a shared contact and a shared case, and refuses nobody for it', async () => {
  const dispute = await arranged.dispute('CONSENTED');
  await fresh.admin(`UPDATE parties SET surname = 'Мұсабекова' WHERE id = $1`, [dispute.parties.a]);
  const namesake = await arranged.mediator({}, 'Мұсабеков');
  expect(await candidate(dispute.id, namesake)).toMatchObject({ eligible: true, hints: ['surname'] });
  const housemate = await arranged.mediator();
  await fresh.admin('UPDATE parties SET phone_hash = $2 WHERE id = $1', [dispute.parties.b, Buffer.from('one phone')]);
  await fresh.admin('UPDATE persons SET phone_hash = $2 WHERE id = $1', [housemate.id, Buffer.from('one phone')]);
  expect(await candidate(dispute.id, housemate)).toMatchObject({ eligible: true, hints: ['contact'] });
  const [together, before] = [await arranged.mediator(), await arranged.mediator()];
  const earlier = await arranged.dispute('CLOSED', { mediator: before });
  await fresh.admin('UPDATE parties SET person_id = $2 WHERE id = $1', [earlier.parties.a, dispute.a.id]);
  await fresh.admin('UPDATE parties SET person_id = $2 WHERE id = $1', [earlier.parties.b, together.id]);
  expect(await candidate(dispute.id, together)).toMatchObject({ eligible: true, hints: ['shared_case'] });
  expect(await candidate(dispute.id, before)).toMatchObject({ eligible: true, hints: ['mediated_before'] });
  expect(await candidate(dispute.id, await arranged.mediator())).toMatchObject({ eligible: true, hints: [] });
});

it('hints at who employs him or keeps his register, by the BIN that the register holds, until it is corrected', async () => {
  const register = new RegisterService(fresh.db, fresh.clock, fresh.keys, fresh.hashes, peopleOn(fresh).people, new MediatorsService());
  const [bin, another] = [...new Set(mediatorsIn('test/scenarios').flatMap(({ organisation }) => organisation?.bin ?? []))];
  const dispute = await arranged.dispute('CONSENTED');
  await fresh.admin(`UPDATE parties SET kind = 'organisation', organisation = 'ЖШС', id_number_hash = $2 WHERE id = $1`, [
    dispute.parties.b,
    fresh.hashes.of('iin', bin!),
  ]);
  const entered = async (values: object) => {
    const entry = paper({ surname: 'Қызметкеров', fields: ['neighbours'], languages: ['kk', 'ru'], certificates: [general()], ...values });
    const id = await register.keep(desk, entry);
    await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2026-01-01')`, [id]);
    return { entry, actor: { id, role: 'mediator' } as SignedIn };
  };
  const employed = await entered({ employer: 'ЖШС', employerBin: bin });
  const member = await entered({ organisationBin: bin });
  const stranger = await entered({ employer: 'Басқа', employerBin: another, organisationBin: another });
  for (const { actor } of [employed, member])
    expect(await candidate(dispute.id, actor)).toMatchObject({ eligible: true, hints: ['employer'] });
  expect(await candidate(dispute.id, stranger.actor)).toMatchObject({ eligible: true, hints: [] });
  const offer = await offered(employed.actor, dispute.id);
  expect(offer.hints).toEqual(['employer']); // he is told before he declares
  await register.keep(desk, { ...member.entry, organisationBin: null, version: 1 }, member.actor.id);
  expect(await candidate(dispute.id, member.actor)).toMatchObject({ hints: [] });
});

it('keeps a list of ties for its mediator alone, without the number', async () => {
  const mediator = await arranged.mediator();
  const id = newId();
  const kept = { id, idNumber: '600905399004', label: 'Інім', kind: 'kin' as const, until: null, bars: false };
  await relations.keep(mediator, kept);
  await relations.keep(mediator, kept);
  expect(await relations.list(mediator)).toEqual([{ id, label: 'Інім', kind: 'kin', until: null, bars: false }]);
  await expect(relations.keep(mediator, { ...kept, id: newId() })).rejects.toMatchObject({ code: 'conflict' });
  await expect(relations.keep(mediator, { ...kept, id: newId(), idNumber: '600905399005' })).rejects.toMatchObject({ code: 'invalid' });
  expect(await relations.list(await arranged.mediator())).toEqual([]);
  for (const actor of [desk, await arranged.person()]) await expect(relations.list(actor)).rejects.toMatchObject({ code: 'not_found' });
  await expect(relations.remove(await arranged.mediator(), id)).rejects.toMatchObject({ code: 'not_found' });
  await relations.remove(mediator, id);
  expect(await relations.list(mediator)).toEqual([]);
});

it('moves no date of the case by an objection, for anybody but the desk', async () => {
  const dispute = await arranged.dispute('IN_MEDIATION');
  const term = new Date('2026-12-20T18:59:59Z');
  await fresh.db.transaction(desk, async (tx) =>
    setDeadline(tx, await findCase(tx, dispute.id), 'MEDIATION_TERM', fresh.clock.now(), { until: term }),
  );
  const cases = new CasesService(fresh.db, fresh.clock, fresh.keys);
  const dateFor = async (actor: SignedIn) => (await cases.read(actor, dispute.id)).dueAt;
  const listedFor = async (actor: SignedIn) => (await cases.list(actor, { limit: 50 })).rows.find(({ id }) => id === dispute.id)?.dueAt;
  await objections.make(dispute.b, dispute.id, 'Ол менімен сөйлеспейді.');
  for (const actor of [dispute.a, dispute.b, dispute.mediator!]) {
    expect(await dateFor(actor)).toEqual(term);
    expect(await listedFor(actor)).toBe(term.toISOString());
  }
  expect(await dateFor(desk)).toEqual(new Date('2026-11-25T18:59:59Z'));
  await fresh.admin(`UPDATE cases SET court_id = (SELECT id FROM courts LIMIT 1) WHERE id = $1`, [dispute.id]);
  expect(await fresh.admin('SELECT court_due FROM cases WHERE id = $1', [dispute.id])).toEqual([{ court_due: term }]);
});

it('gives each objection its own two days', async () => {
  const dispute = await arranged.dispute('IN_MEDIATION');
  await objections.make(dispute.a, dispute.id, 'Бірінші.');
  const [first] = await objections.list(desk, dispute.id);
  fresh.clock.advance({ days: 1 });
  await objections.make(dispute.b, dispute.id, 'Екінші.');
  await objections.decide(desk, first!.id, { upheld: false, words: 'Негіз жоқ.' });
  const running = `SELECT due_at FROM deadlines WHERE case_id = $1 AND code = 'OBJECTION' AND fired_at IS NULL AND cancelled_at IS NULL`;
  expect(await fresh.admin(running, [dispute.id])).toEqual([{ due_at: new Date('2026-11-26T18:59:59Z') }]);
  fresh.clock.set('2026-11-23T06:00:00Z');
});

it('decides an objection in two working days: upheld takes the case from the mediator, dismissed answers', async () => {
  const dispute = await arranged.dispute('IN_MEDIATION');
  await objections.make(dispute.b, dispute.id, 'Ол менімен сөйлеспейді.');
  await expect(objections.make(dispute.b, dispute.id, 'Тағы.')).rejects.toMatchObject({ code: 'conflict' });
  expect(await arranged.openDeadlines(dispute.id)).toContain('OBJECTION');
  const [made] = await objections.list(desk, dispute.id);
  expect(made).toMatchObject({ side: 'B', reason: 'Ол менімен сөйлеспейді.', outcome: null, due: '2026-11-25T18:59:59.000Z' });
  expect(await objections.list(dispute.a, dispute.id)).toEqual([]);
  expect(await objections.list(dispute.mediator!, dispute.id)).toEqual([]);
  for (const actor of [dispute.a, dispute.b, dispute.mediator!, await arranged.person('administrator')])
    await expect(objections.decide(actor, made!.id, { upheld: true })).rejects.toMatchObject({ code: 'not_found', details: {} });
  for (const actor of [dispute.mediator!, desk, await arranged.person()])
    await expect(objections.make(actor, dispute.id, 'x')).rejects.toMatchObject({ code: 'not_found' });

  await objections.decide(desk, made!.id, { upheld: false, words: 'Екі жаққа да бірдей жазады.' });
  await objections.decide(desk, made!.id, { upheld: false });
  expect(await objections.list(dispute.b, dispute.id)).toMatchObject([{ outcome: 'dismissed', answer: 'Екі жаққа да бірдей жазады.' }]);
  expect(await arranged.openDeadlines(dispute.id)).not.toContain('OBJECTION');
  await expect(objections.decide(desk, made!.id, { upheld: true })).rejects.toMatchObject({ code: 'case.already_decided' });

  await objections.make(dispute.a, dispute.id, 'Туысы екен.');
  await objections.make(dispute.b, dispute.id, 'Тағы да.');
  const again = (await objections.list(desk, dispute.id)).find(({ side }) => side === 'A')!;
  await objections.decide(desk, again.id, { upheld: true });
  expect(await fresh.admin('SELECT state, mediator_id FROM cases WHERE id = $1', [dispute.id])).toEqual([
    { state: 'CONSENTED', mediator_id: null },
  ]);
  expect((await objections.list(dispute.b, dispute.id))[0]).toMatchObject({ outcome: 'lapsed' });
  expect(await arranged.openDeadlines(dispute.id)).not.toContain('OBJECTION');
  await expect(objections.list(dispute.mediator!, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(objections.make(dispute.a, dispute.id, 'Кімге?')).rejects.toMatchObject({ code: 'case.transition_forbidden' });
});
