import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AnswerOffer, conflictQuestions, type SignedIn } from '#contract';
import { Case, CaseEffects } from '#cases';
import { Mediator, MediatorsService } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { OffersService } from './offers.service.js';

let fresh: FreshDatabase;
let offers: OffersService;
let arranged: ReturnType<typeof disputesIn>;
let desk: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  offers = new OffersService(fresh.db, fresh.clock, new CaseEffects(), new MediatorsService(), fresh.keys);
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const clear = { answer: 'accepted', declaration: { related: false, employed: false, interested: false, advised: false } } as AnswerOffer;
const no: AnswerOffer = { answer: 'declined' };
const openOffer = async (caseId: string) =>
  (await fresh.admin<{ id: string }>('SELECT id FROM offers WHERE case_id = $1 AND answered_at IS NULL', [caseId]))[0]?.id ?? '';

async function offered(mediator?: SignedIn) {
  const one = mediator ?? (await arranged.mediator());
  const dispute = await arranged.dispute('CONSENTED');
  await offers.offer(desk, dispute.id, one.id);
  return { ...dispute, mediator: one, offerId: await openOffer(dispute.id) };
}

it('offers a case, shows its mediator names and nothing else, and binds both when it is taken', async () => {
  const { id, mediator, offerId } = await offered();
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_OFFERED');
  const [view, ...others] = await offers.list(mediator);
  expect(others).toEqual([]);
  expect(view).toEqual({
    id: offerId,
    caseId: id,
    category: 'neighbours',
    district: 'oskemen',
    languages: ['kk', 'ru'],
    parties: [
      { side: 'A', name: expect.stringMatching(/^Тегі\d+ Айдар$/) },
      { side: 'B', name: expect.stringMatching(/^Тегі\d+ Айдар$/) },
    ],
    offeredAt: '2026-11-23T06:00:00.000Z',
    expiresAt: '2026-11-25T18:59:59.000Z',
    hints: [],
    disclosed: false,
  });
  await offers.answer(mediator, offerId, clear);
  expect(await fresh.admin('SELECT state, mediator_id FROM cases WHERE id = $1', [id])).toEqual([
    { state: 'MEDIATOR_ACCEPTED', mediator_id: mediator.id },
  ]);
  expect(await arranged.eventsOf(id)).toEqual(['offer.made', 'offer.accepted']);
  expect(await arranged.openDeadlines(id)).toEqual([]);
  expect(await offers.list(mediator)).toEqual([]);
  await offers.answer(mediator, offerId, clear); // pressed twice
  await expect(offers.answer(mediator, offerId, no)).rejects.toMatchObject({ code: 'case.already_decided' });
});

it('gives a declined case back to the desk, where the mediator no longer sees it', async () => {
  const { id, mediator, offerId } = await offered();
  await Promise.all([offers.answer(mediator, offerId, no), offers.answer(mediator, offerId, no)]);
  expect(await arranged.stateOf(id)).toBe('CONSENTED');
  expect(await arranged.eventsOf(id)).toEqual(['offer.made', 'offer.declined']);
  expect(await arranged.openDeadlines(id)).toEqual(['CHOOSE_MEDIATOR']);
  expect(await fresh.db.transaction(mediator, (tx) => tx.query('SELECT 1 FROM cases WHERE id = $1', [id]))).toEqual([]);
  await offers.offer(desk, id, (await arranged.mediator()).id);
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_OFFERED');
});

it.each(conflictQuestions)('takes no acceptance from a mediator who is %s', async (question) => {
  const { id, mediator, offerId } = await offered();
  const given = { answer: 'accepted', declaration: { ...(clear as { declaration: object }).declaration, [question]: true } } as AnswerOffer;
  await expect(offers.answer(mediator, offerId, given)).rejects.toMatchObject({
    code: 'mediator.conflict',
    details: { conflicts: [question] },
  });
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_OFFERED');
  expect(await openOffer(id)).toBe(offerId);
});

it('keeps an offer from everybody but its mediator', async () => {
  const { id, a, b, offerId, mediator } = await offered();
  const strangers = [
    await arranged.mediator(),
    a,
    b,
    desk,
    { ...mediator, role: 'citizen' as const },
    await arranged.person('administrator'),
  ];
  for (const actor of strangers) {
    await expect(offers.answer(actor, offerId, no)).rejects.toMatchObject({ code: 'not_found', details: {} });
    if (actor.role !== 'mediator') await expect(offers.list(actor)).rejects.toMatchObject({ code: 'not_found' });
    else expect(await offers.list(actor)).toEqual([]);
  }
  await expect(offers.answer(mediator, newId(), no)).rejects.toMatchObject({ code: 'not_found', details: {} });
  for (const actor of [a, b, mediator, await arranged.person('court')]) {
    await expect(offers.candidates(actor, id)).rejects.toMatchObject({ code: 'not_found', details: {} });
    await expect(offers.offer(actor, id, mediator.id)).rejects.toMatchObject({ code: 'not_found', details: {} });
  }
});

it('lists candidates by the needs of the case', async () => {
  const dispute = await arranged.dispute('CONSENTED', { category: 'criminal', languages: ['en', 'ru'] });
  const fits = await arranged.mediator({
    kind: 'professional',
    certificateUntil: '2027-01-01',
    languages: ['en', 'ru'],
    fields: ['criminal'],
  });
  const speechless = await arranged.mediator({ fields: ['criminal'] });
  const found = await offers.candidates(desk, dispute.id);
  expect(found[0]).toMatchObject({ mediatorId: fits.id, eligible: true, reasons: [] });
  expect(found.find(({ mediatorId }) => mediatorId === speechless.id)?.reasons).toEqual(['wrong_kind', 'language_missing']);
  await expect(offers.offer(desk, dispute.id, speechless.id)).rejects.toMatchObject({ code: 'mediator.not_eligible' });
  await expect(offers.offer(desk, dispute.id, newId())).rejects.toMatchObject({ code: 'not_found' });
});

it('takes a party for a mediator never', async () => {
  const mediator = await arranged.mediator();
  const dispute = await arranged.dispute('CONSENTED');
  await fresh.admin('UPDATE parties SET person_id = $2 WHERE id = $1', [dispute.parties.b, mediator.id]);
  await expect(offers.offer(desk, dispute.id, mediator.id)).rejects.toMatchObject({
    code: 'mediator.not_eligible',
    details: { reasons: ['is_party'] },
  });
});

it('lets one of two desks offer, and is not disturbed by a double click', async () => {
  const [one, two, other] = [await arranged.mediator(), await arranged.mediator(), await arranged.person('coordinator')];
  const dispute = await arranged.dispute('CONSENTED');
  const tries = await Promise.allSettled([offers.offer(desk, dispute.id, one.id), offers.offer(other, dispute.id, two.id)]);
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(tries.find((one) => one.status === 'rejected')?.reason).toMatchObject({ code: 'case.already_decided' });
  const again = await arranged.dispute('CONSENTED');
  await Promise.all([offers.offer(desk, again.id, one.id), offers.offer(desk, again.id, one.id)]);
  expect(await arranged.eventsOf(again.id)).toEqual(['offer.made']);
  await expect(offers.offer(desk, again.id, two.id)).rejects.toMatchObject({ code: 'case.already_decided' });
});

it('gives a mediator with one place left one case of ten offered at once', async () => {
  const mediator = await arranged.mediator({ capacity: 1 });
  const disputes = await Promise.all(Array.from({ length: 10 }, () => arranged.dispute('CONSENTED')));
  const tries = await Promise.allSettled(disputes.map(({ id }) => offers.offer(desk, id, mediator.id)));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of tries) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'mediator.at_capacity' });
  expect(await offers.list(mediator)).toHaveLength(1);
});

it('refuses an answer that comes too late, swept or not', async () => {
  const { id, mediator, offerId } = await offered();
  const before = fresh.clock.now();
  fresh.clock.set('2026-11-25T19:00:00Z');
  await expect(offers.answer(mediator, offerId, clear)).rejects.toMatchObject({ code: 'offer.expired' });
  expect(await offers.list(mediator)).toEqual([]);
  fresh.clock.set(before);
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_OFFERED');
});

it('asks the register again when the offer is taken', async () => {
  const { id, mediator, offerId } = await offered(await arranged.mediator({ capacity: 1 }));
  await fresh.admin(`UPDATE mediators SET status = 'excluded', status_from = '2026-11-01' WHERE person_id = $1`, [mediator.id]);
  await expect(offers.answer(mediator, offerId, clear)).rejects.toMatchObject({
    code: 'mediator.not_eligible',
    details: { reasons: ['excluded'] },
  });
  await fresh.admin(`UPDATE mediators SET status = 'active' WHERE person_id = $1`, [mediator.id]);
  await offers.answer(mediator, offerId, clear);
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_ACCEPTED');
});

it('is not simply taken by the mediator on duty who has advised one side, whatever he declares, and tells nobody else why', async () => {
  const { id, a, mediator, offerId } = await offered();
  const roomId = newId();
  await fresh.admin(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', $2)`, [roomId, fresh.clock.now()]);
  await fresh.admin(
    `INSERT INTO consultations (id, room_id, asker_id, mediator_id, language, category, source, asked_at, taken_at, ended_at, outcome)
     VALUES ($1, $2, $3, $4, 'kk', '', 'start', $5, $5, $5, 'advice')`,
    [newId(), roomId, a.id, mediator.id, fresh.clock.now()],
  );
  await expect(offers.answer(mediator, offerId, clear)).rejects.toMatchObject({
    code: 'mediator.conflict',
    details: { conflicts: ['advised'] },
  });
  expect(await arranged.stateOf(id)).toBe('MEDIATOR_OFFERED');
  await offers.answer(mediator, offerId, no);
  expect(await arranged.eventsOf(id)).toEqual(['offer.made', 'offer.declined']);
});
