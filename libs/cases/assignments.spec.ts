import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SignedIn } from '#contract';
import { AssignmentsService, Case, CaseEffects } from '#cases';
import { Mediator, MediatorsService } from '#mediators';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { OffersService } from './offers.service.js';

let fresh: FreshDatabase;
let offers: OffersService;
let clockwork: OffersService;
let assignments: AssignmentsService;
let deadlines: Awaited<ReturnType<typeof caseServices>>['deadlines'];
let arranged: ReturnType<typeof disputesIn>;
let desk: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  offers = new OffersService(fresh.db, fresh.clock, new CaseEffects(), new MediatorsService(), fresh.keys);
  clockwork = new OffersService(fresh.workerDb, fresh.clock, new CaseEffects(), new MediatorsService(), fresh.keys);
  assignments = new AssignmentsService(fresh.db);
  ({ deadlines } = await caseServices(fresh, { as: 'worker' }));
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const declaration = { related: false, employed: false, interested: false, advised: false };
const answer = async (mediator: SignedIn, given: 'accepted' | 'declined') => {
  fresh.clock.advance({ minutes: 1 });
  const [offer] = await offers.list(mediator);
  await offers.answer(mediator, offer!.id, given === 'accepted' ? { answer: given, declaration } : { answer: given });
};
const offeredTo = async (caseId: string) =>
  await fresh.admin<{ id: string; by: string | null }>(
    'SELECT mediator_id AS id, offered_by AS by FROM offers WHERE case_id = $1 ORDER BY offered_at, id',
    [caseId],
  );

it('keeps all that a choice depended on, and makes it again the same, whatever has changed since', async () => {
  for (const capacity of [1, 2, 3]) await arranged.mediator({ capacity });
  const dispute = await arranged.dispute('CONSENTED');
  const [first] = await offers.candidates(desk, dispute.id);
  expect(first!.terms.map(({ code }) => code)).toEqual(['language', 'field', 'district', 'load', 'waiting', 'hour', 'continuity']);
  await offers.offer(desk, dispute.id, first!.mediatorId);
  const [kept] = await assignments.list(desk, dispute.id);
  expect(kept).toMatchObject({ mediatorId: first!.mediatorId, place: 1, by: 'house', terms: first!.terms });
  await fresh.admin(`UPDATE mediators SET status = 'excluded', status_from = '2020-01-01', languages = '{ru}' WHERE person_id = $1`, [
    first!.mediatorId,
  ]);
  const replayed = await assignments.replay(desk, kept!.id);
  expect(replayed).toMatchObject({ same: true, rules: kept!.rules });
  expect(replayed.ranked[0]!.mediatorId).toBe(first!.mediatorId);
  await fresh.admin(`UPDATE assignments SET rules = 'long ago' WHERE id = $1`, [kept!.id]);
  await expect(assignments.replay(desk, kept!.id)).rejects.toMatchObject({ code: 'assignment.rules_unknown' });
});

it('counts the days to the first hour that the mediator and all parties have in common, and keeps no time of theirs', async () => {
  const mediator = await arranged.mediator({
    weekly: [1, 2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '18:00' })),
  });
  const dispute = await arranged.dispute('CONSENTED');
  const hourOf = async () => {
    const one = (await offers.candidates(desk, dispute.id)).find(({ mediatorId }) => mediatorId === mediator.id)!;
    return one.terms.find(({ code }) => code === 'hour')!;
  };
  const say = (who: SignedIn, unavailable: object[], picks: object[] = []) =>
    fresh.admin(
      `INSERT INTO availabilities (person_id, zone, unavailable, picks, said_at) VALUES ($1, 'Asia/Almaty', $2, $3, now())
       ON CONFLICT (person_id) DO UPDATE SET unavailable = excluded.unavailable, picks = excluded.picks`,
      [who.id, JSON.stringify(unavailable), JSON.stringify(picks)],
    );
  expect(await hourOf()).toMatchObject({ says: 'days', n: 0 });
  await say(dispute.a, [{ from: '2026-11-23', to: '2026-11-25', weekdays: [], times: null }]);
  expect(await hourOf()).toMatchObject({ n: 2 });
  await say(dispute.b, [{ from: '2026-11-23', to: '2026-12-31', weekdays: [4], times: null }]);
  expect(await hourOf()).toMatchObject({ n: 3 });
  await say(dispute.b, [], [{ from: '2026-12-01T05:00:00Z', to: '2026-12-01T07:00:00Z' }]);
  expect(await hourOf()).toMatchObject({ n: 7 });
  await say(dispute.b, [], [{ from: '2026-12-05T05:00:00Z', to: '2026-12-05T07:00:00Z' }]); // a Saturday
  expect(await hourOf()).toMatchObject({ says: 'unknown', points: 0 });
  await offers.offer(desk, dispute.id, mediator.id);
  const [kept] = await fresh.admin<{ inputs: object }>('SELECT inputs FROM assignments WHERE case_id = $1', [dispute.id]);
  expect(JSON.stringify(kept!.inputs)).not.toMatch(/2026-12-0|unavailable|picks/);
});

it('tells the parties why this mediator, the same with and without a flag of safety, and nothing of other cases', async () => {
  const told = [];
  for (const safe of [false, true]) {
    const dispute = await arranged.dispute('CONSENTED', { category: 'debt' });
    const mediator = await arranged.mediator({ fields: ['debt'] });
    await fresh.admin('UPDATE cases SET safe_process = $2, shuttle = $3 WHERE id = $1', [dispute.id, safe, safe ? 'required' : null]);
    await offers.offer(desk, dispute.id, mediator.id);
    expect(await assignments.why(dispute.a, dispute.id)).toEqual([]);
    await answer(mediator, 'accepted');
    const [why] = await assignments.why(dispute.a, dispute.id);
    expect(await assignments.why(dispute.b, dispute.id)).toEqual([why]);
    const kept = JSON.stringify(await fresh.admin('SELECT inputs, result FROM assignments WHERE case_id = $1', [dispute.id]));
    expect(kept).not.toMatch(/safe|shuttle/);
    told.push(why!.terms);
    for (const actor of [await arranged.person(), await arranged.mediator()])
      await expect(assignments.why(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
    for (const actor of [dispute.a, mediator]) {
      await expect(assignments.list(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
      const [{ id }] = (await fresh.admin<{ id: string }>('SELECT id FROM assignments WHERE case_id = $1', [dispute.id])) as [
        { id: string },
      ];
      await expect(assignments.replay(actor, id)).rejects.toMatchObject({ code: 'not_found' });
    }
  }
  expect(told[0]!.map(({ code }) => code)).toEqual(['language', 'district', 'hour']);
  expect(told[1]).toEqual(told[0]);
});

it('offers to the next in the list by itself after a refusal, to nobody twice, and leaves the case when nobody is left', async () => {
  const field = 'land';
  const three = [
    await arranged.mediator({ fields: [field] }),
    await arranged.mediator({ fields: [field] }),
    await arranged.mediator({ fields: [field] }),
  ];
  const dispute = await arranged.dispute('CONSENTED', { category: field });
  expect(await clockwork.followDeclined()).toBe(0); // the first is a person's to choose
  const order = (await offers.candidates(desk, dispute.id)).filter(({ eligible }) => eligible).map(({ mediatorId }) => mediatorId);
  expect(order.toSorted()).toEqual(three.map(({ id }) => id).toSorted());
  const by = (id: string) => three.find((one) => one.id === id)!;
  await offers.offer(desk, dispute.id, order[0]!);
  await answer(by(order[0]!), 'declined');
  expect(await arranged.stateOf(dispute.id)).toBe('CONSENTED');
  fresh.clock.advance({ minutes: 1 });
  expect((await Promise.all([clockwork.followDeclined(), clockwork.followDeclined()])).reduce((sum, one) => sum + one)).toBe(1);
  expect((await offeredTo(dispute.id)).map(({ id }) => id)).toEqual(order.slice(0, 2));
  expect((await offeredTo(dispute.id))[1]!.by).toBeNull();
  expect((await assignments.list(desk, dispute.id))[0]).toMatchObject({ mediatorId: order[1], by: 'system' });
  await answer(by(order[1]!), 'declined');
  fresh.clock.advance({ minutes: 1 });
  expect(await clockwork.followDeclined()).toBe(1);
  await answer(by(order[2]!), 'declined');
  expect(await clockwork.followDeclined()).toBe(0);
  expect(await arranged.stateOf(dispute.id)).toBe('CONSENTED');
  expect(await arranged.openDeadlines(dispute.id)).toEqual(['CHOOSE_MEDIATOR']);
});

it('lets an offer end after two working days and asks the next by itself, however many workers sweep; silence is told of nobody', async () => {
  const field = 'education';
  const both = [await arranged.mediator({ fields: [field] }), await arranged.mediator({ fields: [field] })];
  const dispute = await arranged.dispute('CONSENTED', { category: field });
  const [first] = await offers.candidates(desk, dispute.id);
  await offers.offer(desk, dispute.id, first!.mediatorId);
  const [{ id, until }] = (await fresh.admin<{ id: string; until: Date }>('SELECT id, expires_at AS until FROM offers WHERE case_id = $1', [
    dispute.id,
  ])) as [{ id: string; until: Date }];
  const sweep = async () => {
    await Promise.all([deadlines.fireDue(1_000), deadlines.fireDue(1_000)]);
    await Promise.all([clockwork.followDeclined(), clockwork.followDeclined()]);
  };
  fresh.clock.set(new Date(until.getTime() - 60_000));
  await sweep();
  expect(await offeredTo(dispute.id)).toHaveLength(1);
  fresh.clock.set(new Date(until.getTime() + 60_000));
  const late = both.find((one) => one.id === first!.mediatorId)!;
  await expect(offers.answer(late, id, { answer: 'accepted', declaration })).rejects.toMatchObject({ code: 'offer.expired' });
  await sweep();
  await sweep();
  expect((await offeredTo(dispute.id)).map(({ by }) => by)).toEqual([desk.id, null]);
  expect((await offeredTo(dispute.id))[1]!.id).not.toBe(first!.mediatorId);
  expect(await assignments.why(dispute.a, dispute.id)).toEqual([]);
});

it('lets no number of cases without anybody hold up a newer one, and tries them again after a while', async () => {
  const refused = async (category: string) => {
    const dispute = await arranged.dispute('CONSENTED', { category, since: fresh.clock.now() });
    const asked = await arranged.mediator({ fields: [category], capacity: 0 });
    await fresh.admin(
      `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at, answered_at, answer)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $4, $4, 'declined')`,
      [dispute.id, asked.id, desk.id, fresh.clock.now()],
    );
    return dispute;
  };
  for (let n = 0; n < 3; n += 1) await refused('labour');
  fresh.clock.advance({ minutes: 1 });
  const newer = await refused('family');
  await arranged.mediator({ fields: ['family'] });
  expect(await clockwork.followDeclined(3)).toBe(0); // the three nobody can take
  expect(await clockwork.followDeclined(3)).toBe(1);
  expect(await arranged.stateOf(newer.id)).toBe('MEDIATOR_OFFERED');
  await arranged.mediator({ fields: ['labour'], capacity: 3 });
  expect(await clockwork.followDeclined()).toBe(0); // just tried
  fresh.clock.advance({ minutes: 11 });
  expect(await clockwork.followDeclined()).toBe(3);
});

it('chooses for a whole pile at once what no list from above would find', async () => {
  const field = 'medical';
  const both = await arranged.mediator({ fields: [field], languages: ['kk', 'ru'], capacity: 1 });
  const one = await arranged.mediator({ fields: [field], languages: ['kk'], capacity: 1 });
  const [kazakh, mixed] = [
    await arranged.dispute('CONSENTED', { category: field, languages: ['kk', 'kk'] }),
    await arranged.dispute('CONSENTED', { category: field, languages: ['kk', 'ru'] }),
  ];
  const { pairs } = (await offers.batch(desk, [kazakh.id, mixed.id]))!;
  expect([pairs.get(kazakh.id), pairs.get(mixed.id)]).toEqual([one.id, both.id]);
  expect((await offers.batch(desk, [mixed.id, kazakh.id]))!.pairs).toEqual(pairs);
  expect(await offers.batch(desk, [])).toBeNull();
  await expect(offers.batch(kazakh.a, [kazakh.id])).rejects.toMatchObject({ code: 'not_found' });
});
