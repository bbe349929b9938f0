import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, CaseEffects } from '#cases';
import { type Actor, EnterCourtAct, type PaperView, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { CourtActsService, CourtCaseload } from '#oversight';
import { newId } from '#platform';
import { replay, type Told } from '../../libs/cases/case.history.js';
import { agreementsOf, settlement, signersOf } from '../support/agreements.js';
import { caseServices } from '../support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../support/database.js';
import { type Dispute, disputesIn } from '../support/disputes.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let services: Awaited<ReturnType<typeof caseServices>>;
let agreements: ReturnType<typeof agreementsOf>;
let acts: CourtActsService;
let desk: SignedIn;
let clerk: Actor;
const effects = new CaseEffects();
effects.on('IN_MEDIATION', async (tx, _, caseId) => {
  await tx.query('SELECT open_rooms($1, $2, $3, $4, $5)', [caseId, newId(), newId(), newId(), fresh.clock.now()]);
});

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  arranged = disputesIn(fresh);
  services = await caseServices(fresh, { effects });
  agreements = agreementsOf(fresh, services);
  acts = new CourtActsService(fresh.db, fresh.clock, new CourtCaseload(fresh.db, fresh.clock));
  fresh.clock.set('2026-11-23T06:00:00Z');
  desk = await arranged.person('coordinator');
  clerk = { ...(await arranged.person('court')), courtId: 'OSKEMEN_CITY' };
});
afterAll(() => fresh.drop());

const refused = (code: string) => expect.objectContaining({ code });
const absent = refused('not_found');
const another = { ...settlement, text: { kk: 'Қоршау 10 қазанға дейін түзетіледі.', ru: 'Забор исправят до 10 октября.' } };
const confirmAll = async (dispute: Dispute, paper: PaperView) => {
  for (const actor of signersOf(dispute)) await agreements.confirm(actor, paper);
};
const rule = (id: string, outcome: 'approved' | 'refused', number: string) =>
  acts.enter(
    clerk,
    id,
    EnterCourtAct.parse({ kind: 'ruling', on: '2026-11-23', number, outcome, grounds: outcome === 'refused' ? ['condition'] : [] }),
  );
const roomsOf = async ({ id }: Dispute) =>
  (await fresh.admin<{ state: string }>('SELECT DISTINCT state FROM rooms WHERE case_id = $1', [id])).map(({ state }) => state);

/** Settled by the contract's own way, sent, and not approved. */
async function refusedByCourt(): Promise<{ dispute: Dispute; first: PaperView }> {
  fresh.clock.set('2026-11-23T06:00:00Z');
  const dispute = await arranged.dispute('MEDIATOR_ACCEPTED', { courtId: 'OSKEMEN_CITY' });
  await fresh.admin(`UPDATE cases SET court_case_number = '6310-26-00-2/15' WHERE id = $1`, [dispute.id]);
  await agreements.concluded(dispute);
  const first = await agreements.sent(dispute, settlement);
  await confirmAll(dispute, first);
  fresh.clock.advance({ minutes: 1 });
  await services.endings.sendToCourt(dispute.a, dispute.id);
  await rule(dispute.id, 'refused', '1');
  fresh.clock.advance({ minutes: 1 });
  return { dispute, first };
}
async function agreedByBoth() {
  const found = await refusedByCourt();
  for (const actor of [found.dispute.a, found.dispute.b]) await services.anew.agree(actor, found.dispute.id);
  return found;
}

it('writes, confirms and approves a second settlement, and keeps the first as it was', async () => {
  const { dispute, first } = await agreedByBoth();
  const [before] = await fresh.admin<{ until: Date }>('SELECT term_ends_at AS until FROM cases WHERE id = $1', [dispute.id]);
  expect(await roomsOf(dispute)).toEqual(['read_only']);
  await services.anew.resume(desk, dispute.id);
  expect(await fresh.admin('SELECT state, ground, term_ends_at AS until FROM cases WHERE id = $1', [dispute.id])).toEqual([
    { state: 'SETTLEMENT_DRAFT', ground: null, until: before!.until },
  ]);
  expect(await roomsOf(dispute)).toEqual(['open']);
  expect(await fresh.admin('SELECT code, due_at FROM deadlines WHERE case_id = $1 AND cancelled_at IS NULL', [dispute.id])).toEqual([
    { code: 'MEDIATION_TERM', due_at: before!.until },
  ]);
  const second = await agreements.sent(dispute, another);
  await confirmAll(dispute, second);
  expect(await arranged.stateOf(dispute.id)).toBe('SETTLED_FULL');
  const [old, now] = await Promise.all([first, second].map(({ id }) => services.papers.read(dispute.b, id)));
  expect([old!.superseded, old!.concluded, old!.text, old!.confirmedBy.length]).toEqual([true, true, first.text, 3]);
  expect([now!.superseded, now!.concluded, now!.text]).toEqual([false, true, { ...another.text }]);
  fresh.clock.advance({ minutes: 1 });
  await services.endings.sendToCourt(dispute.mediator!, dispute.id);
  await rule(dispute.id, 'approved', '2');
  const told = await fresh.admin<Told>('SELECT type, actor_role AS role, data FROM events WHERE case_id = $1 ORDER BY seq', [dispute.id]);

  expect(told.filter(({ type }) => type === 'settlement.drafted')).toHaveLength(2);
  expect(await arranged.stateOf(dispute.id)).toBe('COURT_APPROVED');
  expect(replay([...untilAccepted, ...told])).toBe('COURT_APPROVED');
});

it('waits for the yes of every party, and goes on by the desk alone', async () => {
  const { dispute } = await refusedByCourt();
  await expect(services.anew.resume(desk, dispute.id)).rejects.toEqual(refused('settlement.not_agreed_anew'));
  expect((await services.anew.agree(dispute.a, dispute.id)).parties.map(({ side, agreedAt }) => [side, agreedAt !== null])).toEqual([
    ['A', true],
    ['B', false],
  ]);
  await expect(services.anew.resume(desk, dispute.id)).rejects.toEqual(refused('settlement.not_agreed_anew'));
  await expect(fresh.admin(`UPDATE cases SET state = 'SETTLEMENT_DRAFT' WHERE id = $1`, [dispute.id])).rejects.toMatchObject({
    code: '23001',
  });
  await services.anew.agree(dispute.b, dispute.id);
  for (const actor of [dispute.a, dispute.b, dispute.mediator!])
    await expect(services.anew.resume(actor, dispute.id)).rejects.toEqual(absent);
  expect(await arranged.stateOf(dispute.id)).toBe('COURT_REFUSED');
  const agreed = await fresh.admin<{ all: boolean }>(
    `SELECT (data->>'all')::boolean AS all FROM events WHERE case_id = $1 AND type = 'settlement.anew_agreed' ORDER BY seq`,
    [dispute.id],
  );
  expect(agreed.map(({ all }) => all)).toEqual([false, true]);
});

it('is nothing to whoever is not of the case', async () => {
  const [{ dispute }, stranger] = [await refusedByCourt(), await refusedByCourt()];
  for (const actor of [stranger.dispute.a, stranger.dispute.mediator!, clerk, { id: null, role: 'visitor' as const }]) {
    await expect(services.anew.read(actor, dispute.id)).rejects.toEqual(absent);
    await expect(services.anew.agree(actor, dispute.id)).rejects.toEqual(absent);
    await expect(services.anew.resume(actor, dispute.id)).rejects.toEqual(absent);
  }
  await expect(services.anew.agree(dispute.mediator!, dispute.id)).rejects.toEqual(absent);
  await expect(services.anew.agree(desk, dispute.id)).rejects.toEqual(absent);
});

it('counts a yes and a move once, however often and however many press', async () => {
  const { dispute } = await refusedByCourt();
  await Promise.all([dispute.a, dispute.b, dispute.a, dispute.b].map((actor) => services.anew.agree(actor, dispute.id)));
  await services.anew.agree(dispute.a, dispute.id);
  const second = await arranged.person('coordinator');
  const pressed = await Promise.allSettled([desk, desk, second].map((actor) => services.anew.resume(actor, dispute.id)));
  expect(pressed.filter(({ status }) => status === 'rejected').length).toBeLessThan(3);
  const facts = await arranged.eventsOf(dispute.id);
  expect(facts.filter((type) => type === 'settlement.anew_agreed')).toHaveLength(2);
  expect(facts.filter((type) => type === 'settlement.resumed')).toHaveLength(1);
  expect(await arranged.stateOf(dispute.id)).toBe('SETTLEMENT_DRAFT');
});

it('has no place before a refusal, after the term, or for an old refusal', async () => {
  const settled = await agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
  await expect(services.anew.agree(settled.a, settled.id)).rejects.toEqual(refused('case.transition_forbidden'));
  const { dispute } = await agreedByBoth();
  await services.anew.resume(desk, dispute.id);
  await confirmAll(dispute, await agreements.sent(dispute, another));
  fresh.clock.advance({ minutes: 1 });
  await services.endings.sendToCourt(dispute.a, dispute.id);
  await rule(dispute.id, 'refused', '2');
  expect((await services.anew.read(desk, dispute.id)).parties.map(({ agreedAt }) => agreedAt)).toEqual([null, null]);
  await expect(services.anew.resume(desk, dispute.id)).rejects.toEqual(refused('settlement.not_agreed_anew'));
  fresh.clock.set('2026-12-24T06:00:00Z');
  expect((await services.anew.read(dispute.a, dispute.id)).open).toBe(false);
  await expect(services.anew.agree(dispute.a, dispute.id)).rejects.toEqual(refused('case.transition_forbidden'));
});

it('lets nobody touch the paper that was not approved', async () => {
  const { dispute, first } = await agreedByBoth();
  await services.anew.resume(desk, dispute.id);
  await expect(services.papers.abandon(dispute.mediator!, first.id)).rejects.toEqual(refused('case.transition_forbidden'));
  await agreements.sent(dispute, another);
  await expect(services.confirmations.askCode(dispute.a, first.id)).rejects.toEqual(refused('contract.already_confirmed'));
  await expect(services.papers.abandon(dispute.mediator!, first.id)).rejects.toEqual(refused('case.transition_forbidden'));
});

/** How the case came to its mediator, for the replay: that was arranged. */
const moved = (type: Told['type'], role: Told['role'], action: string, from: string, to: string) =>
  ({ type, role, data: { action, from, to } }) as Told;
const untilAccepted: Told[] = [
  moved('case.submitted', 'citizen', 'submit', 'DRAFT', 'SUBMITTED'),
  moved('case.invited', 'coordinator', 'invite', 'SUBMITTED', 'INVITED'),
  moved('case.consented', 'citizen', 'consent', 'INVITED', 'CONSENTED'),
  moved('offer.made', 'coordinator', 'offer_mediator', 'CONSENTED', 'MEDIATOR_OFFERED'),
  moved('offer.accepted', 'mediator', 'accept_offer', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED'),
];
