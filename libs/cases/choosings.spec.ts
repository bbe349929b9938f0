import { afterAll, beforeAll, expect, it } from 'vitest';
import { ChoosingView, type Language, type SignedIn } from '#contract';
import { AssignmentsService, Case, CaseEffects, CasesService, toCaseView } from '#cases';
import { Mediator, MediatorsService } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Dispute, disputesIn } from '../../test/support/disputes.js';
import { ChoosingsService } from './choosings.service.js';
import { OffersService } from './offers.service.js';

let fresh: FreshDatabase;
let offers: OffersService;
let workerOffers: OffersService;
let choosings: ChoosingsService;
let worker: ChoosingsService;
let arranged: ReturnType<typeof disputesIn>;
let desk: SignedIn;
let people: SignedIn[];

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  const made = (db: FreshDatabase['db']) => new OffersService(db, fresh.clock, new CaseEffects(), new MediatorsService(), fresh.keys);
  [offers, workerOffers] = [made(fresh.db), made(fresh.workerDb)];
  choosings = new ChoosingsService(fresh.db, fresh.clock, offers);
  worker = new ChoosingsService(fresh.workerDb, fresh.clock, workerOffers);
  arranged = disputesIn(fresh);
  fresh.clock.set('2026-11-23T06:00:00Z');
  desk = await arranged.person('coordinator');
  people = [
    await arranged.mediator({}, 'Ғабитов'),
    await arranged.mediator({ languages: ['kk', 'ru', 'de' as Language] }, 'Әлиев'),
    await arranged.mediator({}, 'Яковлев'),
    await arranged.mediator({ languages: ['ru'] }, 'Бөтен'),
  ];
});
afterAll(() => fresh.drop());

async function opened(options: Parameters<typeof arranged.dispute>[1] = {}) {
  fresh.clock.set('2026-11-23T06:00:00Z');
  const dispute = await arranged.dispute('CONSENTED', options);
  await choosings.open(desk, dispute.id);
  const [{ id, listed } = { id: '', listed: [] }] = await choosings.list(dispute.a, dispute.id);
  return { ...dispute, choosingId: id, listed: listed.map((one) => one.id) };
}
type Opened = Awaited<ReturnType<typeof opened>>;
/** What a side says: whom it strikes; the others in the order of the list, or those named first. */
const says = (who: SignedIn, { choosingId, listed }: Opened, struck: string[] = [], first: string[] = []) =>
  choosings.answer(who, choosingId, {
    struck,
    ranked: [...first, ...listed.filter((id) => !first.includes(id))].filter((id) => !struck.includes(id)),
  });
const offeredTo = async (caseId: string) =>
  (await fresh.admin<{ id: string }>('SELECT mediator_id AS id FROM offers WHERE case_id = $1 ORDER BY offered_at, id', [caseId])).map(
    ({ id }) => id,
  );
const outcomeOf = async (dispute: Dispute) => (await choosings.list(desk, dispute.id))[0]!.desk!.outcome;
const [ali, gabit, yakov] = [() => people[1]!.id, () => people[0]!.id, () => people[2]!.id];

it('shows both sides the same people in the same words, by name, and nobody who may not take the case', async () => {
  const dispute = await opened();
  const [forA, forB] = [await choosings.list(dispute.a, dispute.id), await choosings.list(dispute.b, dispute.id)];
  expect(forB).toEqual(forA);
  expect(ChoosingView.array().parse(await choosings.list(desk, dispute.id))).toHaveLength(1);
  expect(forA).toMatchObject([{ open: true, mine: null, desk: null, until: '2026-11-26T18:59:59.000Z' }]);
  expect(dispute.listed).toEqual([ali(), gabit(), yakov()]);
  expect(Object.keys(forA[0]!.listed[0]!).toSorted()).toEqual(['district', 'id', 'kind', 'languages', 'name', 'since']);
});

it('lists the same with and without the safety flag, whatever others carry', async () => {
  const plain = await opened();
  const busy = await arranged.dispute('IN_MEDIATION', { mediator: people[1]! });
  const flagged = await arranged.dispute('CONSENTED');
  await fresh.admin('UPDATE cases SET safe_process = true WHERE id = $1', [flagged.id]);
  await choosings.open(desk, flagged.id);
  const [before, after] = [await choosings.list(plain.a, plain.id), await choosings.list(flagged.a, flagged.id)];
  expect(JSON.stringify(after[0]!.listed)).toBe(JSON.stringify(before[0]!.listed));
  expect(JSON.stringify(after)).not.toContain(busy.id);
});

it('asks whom both left and placed best, and goes on with the next of them when he declines', async () => {
  const dispute = await opened();
  await says(dispute.a, dispute, [gabit()], [yakov(), ali()]);
  expect(await worker.decideDue()).toBe(0);
  await says(dispute.b, dispute, [], [gabit(), yakov(), ali()]);
  expect(await worker.decideDue()).toBe(1);
  expect([await offeredTo(dispute.id), await outcomeOf(dispute)]).toEqual([[yakov()], 'sides']);
  fresh.clock.advance({ minutes: 1 });
  const mediator: SignedIn = { id: yakov(), role: 'mediator' };
  const offer = (await offers.list(mediator)).find(({ caseId }) => caseId === dispute.id)!;
  await offers.answer(mediator, offer.id, { answer: 'declined' });
  fresh.clock.advance({ minutes: 1 });
  await workerOffers.followDeclined();
  expect(await offeredTo(dispute.id)).toEqual([yakov(), ali()]);
  expect(await arranged.eventsOf(dispute.id)).toEqual([
    'choosing.opened', 'choosing.decided', 'offer.made', 'offer.declined', 'offer.made',
  ]); // prettier-ignore
});

it('never comes to a struck one, though nobody else is left: a person looks then', async () => {
  const dispute = await opened();
  await says(dispute.a, dispute, [ali(), gabit()]);
  await says(dispute.b, dispute, [yakov()]);
  await worker.decideDue();
  expect([await offeredTo(dispute.id), await outcomeOf(dispute)]).toEqual([[], 'nobody']);
  expect(await arranged.stateOf(dispute.id)).toBe('CONSENTED');
  const other = await arranged.mediator({ capacity: 1 });
  const again = await opened();
  await says(again.a, again, [ali(), gabit(), other.id]);
  await says(again.b, again, [yakov()]);
  await arranged.mediator({ capacity: 0 });
  await worker.decideDue();
  expect(await outcomeOf(again)).toBe('nobody');
  await fresh.admin('DELETE FROM mediators WHERE person_id = $1', [other.id]);
});

it('proposes by the engine where the sides have nobody in common', async () => {
  const dispute = await opened();
  await says(dispute.a, dispute, [ali(), gabit()]);
  await says(dispute.b, dispute, [yakov()]);
  const late = await arranged.mediator({ capacity: 1 }, 'Кейінгі');
  await worker.decideDue();
  expect([await offeredTo(dispute.id), await outcomeOf(dispute)]).toEqual([[late.id], 'house']);
});

it('reminds a silent side once, and when its time is over proposes from whom the other left', async () => {
  const dispute = await opened();
  await says(dispute.b, dispute, [ali(), yakov()], []);
  expect(await worker.nudgeDue()).toBe(0);
  fresh.clock.set('2026-11-26T04:00:00Z');
  expect(await worker.nudgeDue()).toBeGreaterThan(0);
  expect(await worker.nudgeDue()).toBe(0);
  const nudges = await fresh.admin(`SELECT data->>'personId' AS id FROM events WHERE case_id = $1 AND type = 'choosing.nudged'`, [
    dispute.id,
  ]);
  expect(nudges).toEqual([{ id: dispute.a.id }]);
  fresh.clock.set('2026-11-26T19:00:00Z');
  await worker.decideDue();
  expect([await offeredTo(dispute.id), await outcomeOf(dispute)]).toEqual([[gabit()], 'house']);
  await expect(says(dispute.a, dispute)).rejects.toMatchObject({ code: 'choosing.closed' });
});

/** All that a side can come to see of its case. */
async function receivedBy(who: SignedIn, { id, choosingId }: Opened) {
  const cases = new CasesService(fresh.db, fresh.clock, fresh.keys);
  const all = {
    choosing: await choosings.list(who, id),
    view: toCaseView(await cases.read(who, id), who),
    course: await cases.timeline(who, id),
    why: await new AssignmentsService(fresh.db).why(who, id),
    rows: await fresh.db.transaction(who, (tx) =>
      tx.query('SELECT side, struck, ranked FROM choosing_answers WHERE choosing_id = $1', [choosingId]),
    ),
  };
  return all;
}
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** Ids of one run by the order in which they are met: people of the list keep theirs. */
function told(all: unknown) {
  const met: string[] = people.map(({ id }) => id);
  const name = (id: string) => (met.includes(id) || met.push(id), `#${met.indexOf(id)}`);
  return JSON.stringify(all)
    .replaceAll(uuid, name)
    .replaceAll(/Тегі\d+/g, 'Тегі');
}

it('twins: what one side receives is the same whichever way the other struck and ranked, or has not yet', async () => {
  const runs: string[][] = [];
  for (const [struck, first] of [
    [[], [yakov()]],
    [[gabit()], [yakov(), ali()]],
    [[ali(), gabit()], []],
    [null, []],
  ] as [string[] | null, string[]][]) {
    const dispute = await opened();
    if (struck) await says(dispute.a, dispute, struck, first);
    const waiting = told(await receivedBy(dispute.b, dispute));
    await says(dispute.b, dispute, [], [yakov()]);
    const answered = told(await receivedBy(dispute.b, dispute));
    if (struck) await worker.decideDue();
    runs.push(struck ? [waiting, answered, told(await receivedBy(dispute.b, dispute))] : [waiting, answered]);
    if (struck) expect(await offeredTo(dispute.id)).toEqual([yakov()]);
  }
  for (const run of runs.slice(1)) expect(run).toEqual(runs[0]!.slice(0, run.length));
});

it('is answered by the two sides alone, and read by no stranger', async () => {
  const dispute = await opened();
  for (const actor of [desk, people[0]!, await arranged.person(), await arranged.person('administrator'), await arranged.person('court')])
    await expect(says(actor, dispute)).rejects.toMatchObject({ code: 'not_found', details: {} });
  for (const actor of [people[0]!, await arranged.person(), await arranged.person('court')])
    await expect(choosings.list(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found', details: {} });
  for (const actor of [dispute.a, people[0]!, await arranged.person()])
    await expect(choosings.open(actor, dispute.id)).rejects.toMatchObject({ code: 'not_found' });
  await says(dispute.a, dispute, [ali()]);
  expect(await choosings.list(desk, dispute.id)).toMatchObject([{ mine: null, desk: { answered: ['A'], outcome: null } }]);
  expect(await choosings.list(dispute.a, dispute.id)).toMatchObject([{ mine: { struck: [ali()] }, desk: null }]);
});

it.each<[string, (listed: string[]) => { struck: string[]; ranked: string[] }]>([
  ['leaves somebody out', ([, ...rest]) => ({ struck: [], ranked: rest })],
  ['names somebody twice', ([one, , ...rest]) => ({ struck: [one!], ranked: [one!, ...rest] })],
  ['names a stranger to the list', ([, ...rest]) => ({ struck: [people[3]!.id], ranked: rest })],
])('refuses an answer that %s, and keeps nothing of it', async (_, given) => {
  const dispute = await opened();
  await expect(choosings.answer(dispute.a, dispute.choosingId, given(dispute.listed))).rejects.toMatchObject({ code: 'invalid' });
  expect((await choosings.list(dispute.a, dispute.id))[0]!.mine).toBeNull();
});

it('is one round for two desks at once, and one decision for two workers and a late answer', async () => {
  fresh.clock.set('2026-11-23T06:00:00Z');
  const { id, a, b } = await arranged.dispute('CONSENTED');
  const other = await arranged.person('coordinator');
  await Promise.all([choosings.open(desk, id), choosings.open(other, id), choosings.open(desk, id)]);
  const rounds = await choosings.list(a, id);
  expect(rounds).toHaveLength(1);
  const round = { choosingId: rounds[0]!.id, listed: rounds[0]!.listed.map((one) => one.id) } as Opened;
  await Promise.all([says(a, round), says(b, round)]);
  await Promise.allSettled([worker.decideDue(), worker.decideDue(), says(a, round, [ali()]), worker.decideDue()]);
  await worker.decideDue(); // where the late answer held the case, all three passed it by
  expect((await arranged.eventsOf(id)).filter((type) => type === 'offer.made')).toHaveLength(1);
});

it('ends when the desk offers by hand or a side leaves, and opens only where a mediator is sought', async () => {
  const dispute = await opened();
  await offers.offer(desk, dispute.id, ali());
  expect(await outcomeOf(dispute)).toBe('lapsed');
  await expect(says(dispute.a, dispute)).rejects.toMatchObject({ code: 'choosing.closed' });
  await expect(choosings.open(desk, dispute.id)).rejects.toMatchObject({ code: 'case.transition_forbidden' });
  const lonely = await arranged.dispute('CONSENTED', { category: 'debt' });
  await expect(choosings.open(desk, lonely.id)).rejects.toMatchObject({ code: 'choosing.too_few' });
});
