import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { AnswerOffer, CaseState, SignedIn } from '#contract';
import { Case, CaseEffects, lockCase } from '#cases';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { agreementsOf, settlement } from '../../test/support/agreements.js';
import { caseServices } from '../../test/support/case-services.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
let arranged: ReturnType<typeof disputesIn>;
let api: Awaited<ReturnType<typeof caseServices>>;
let worker: typeof api;
let desk: SignedIn;
const effects = new CaseEffects();
const broken = new Set<string>();
const start = '2026-11-23T06:00:00Z';
const clear = { answer: 'accepted', declaration: { related: false, employed: false, interested: false, advised: false } } as AnswerOffer;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set(start);
  arranged = disputesIn(fresh);
  effects.on('IN_MEDIATION', async (tx, _, id) => {
    await tx.query('SELECT open_rooms($1, $2, $3, $4, $5)', [id, newId(), newId(), newId(), fresh.clock.now()]);
  });
  effects.on('NO_RESPONSE', async (_tx, _actor, id) => {
    if (broken.has(id)) throw new Error('an effect failed');
  });
  api = await caseServices(fresh, { effects });
  worker = await caseServices(fresh, { as: 'worker', effects });
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  fresh.clock.set(start);
  await fresh.admin(`UPDATE deadlines SET cancelled_at = $1 WHERE fired_at IS NULL AND cancelled_at IS NULL`, [start]);
});

async function waiting(state: CaseState, code: string, dueAt = '2026-11-25T18:59:59Z') {
  const dispute = await arranged.dispute(state);
  await fresh.admin(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, $3, $4, $5)`, [
    newId(),
    dispute.id,
    code,
    start,
    dueAt,
  ]);
  return dispute;
}
async function invited() {
  const dispute = await waiting('INVITED', 'PROPOSAL_ANSWER');
  await fresh.admin(
    `INSERT INTO invitations (id, case_id, party_id, round, code_hash, code_sealed, issued_at, expires_at) VALUES ($1, $2, $3, 1, $4, '\\x00', $5, '2026-11-25T18:59:59Z')`,
    [newId(), dispute.id, dispute.parties.b, fresh.hashes.of('invitation', dispute.id), start],
  );
  return dispute;
}
const firedEvents = (id: string) =>
  fresh.admin(`SELECT type, actor_role, data->>'code' AS code FROM events WHERE case_id = $1 AND actor_role = 'system'`, [id]);

it('takes silence for no answer when the time for it is over, not before', async () => {
  const dispute = await invited();
  fresh.clock.set('2026-11-25T18:59:59Z');
  expect(await worker.deadlines.fireDue()).toBe(0);
  fresh.clock.set('2026-11-25T19:00:00Z');
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect(await arranged.stateOf(dispute.id)).toBe('NO_RESPONSE');
  expect(await fresh.admin('SELECT answer, code_sealed FROM invitations WHERE case_id = $1', [dispute.id])).toEqual([
    { answer: 'silence', code_sealed: null },
  ]);
  expect(await firedEvents(dispute.id)).toEqual([{ type: 'case.expired_invitation', actor_role: 'system', code: null }]);
  expect(await arranged.openDeadlines(dispute.id)).toEqual([]);
  expect(await worker.deadlines.fireDue()).toBe(0);
});

it('gives an unanswered offer back to the desk', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator({ capacity: 1 })];
  await api.offers.offer(desk, dispute.id, mediator.id);
  fresh.clock.advance({ days: 3 });
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect(await arranged.stateOf(dispute.id)).toBe('CONSENTED');
  expect(await fresh.admin('SELECT answer FROM offers WHERE case_id = $1', [dispute.id])).toEqual([{ answer: 'expired' }]);
  expect(await arranged.openDeadlines(dispute.id)).toEqual(['CHOOSE_MEDIATOR']);
  expect(await api.offers.list(mediator)).toEqual([]);
  await api.offers.offer(desk, dispute.id, mediator.id); // the place is free again
});

it('leaves an offer alone that was answered in time', async () => {
  const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
  await api.offers.offer(desk, dispute.id, mediator.id);
  const [offer] = await api.offers.list(mediator);
  await api.offers.answer(mediator, offer!.id, clear);
  fresh.clock.advance({ days: 3 });
  expect(await worker.deadlines.fireDue()).toBe(0);
  expect(await arranged.stateOf(dispute.id)).toBe('MEDIATOR_ACCEPTED');
});

it('ends mediation by ground 5 when its term is over, with its rooms and the text not yet confirmed', async () => {
  const agreements = agreementsOf(fresh, api);
  const dispute = await agreements.concluded(await arranged.dispute('MEDIATOR_ACCEPTED'));
  const paper = await agreements.sent(dispute, settlement);
  await agreements.confirm(dispute.a, paper);
  fresh.clock.set('2026-12-23T18:59:59Z');
  expect(await worker.deadlines.fireDue()).toBe(0);
  fresh.clock.set('2026-12-23T19:00:00Z');
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect(await fresh.admin('SELECT state, ground FROM cases WHERE id = $1', [dispute.id])).toEqual([{ state: 'TERMINATED', ground: '5' }]);
  expect(await fresh.admin('SELECT DISTINCT state FROM rooms WHERE case_id = $1', [dispute.id])).toEqual([{ state: 'read_only' }]);
  expect(await fresh.admin('SELECT abandoned_at FROM papers WHERE id = $1', [paper.id])).toEqual([{ abandoned_at: fresh.clock.now() }]);
});

it.each<[CaseState, string]>([
  ['SUBMITTED', 'SCREENING'],
  ['RETURNED', 'RETURNED_FIX'],
  ['CONSENTED', 'CHOOSE_MEDIATOR'],
  ['CONTRACT_SIGNING', 'CONTRACT_SIGNING'],
])('in %s reminds once and decides nothing', async (state, code) => {
  const dispute = await waiting(state, code);
  fresh.clock.advance({ days: 3 });
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect(await worker.deadlines.fireDue()).toBe(0);
  expect(await arranged.stateOf(dispute.id)).toBe(state);
  expect(await firedEvents(dispute.id)).toEqual([{ type: 'deadline.fired', actor_role: 'system', code }]);
});

it('passes by the clocks that are not its own', async () => {
  const draft = await waiting('DRAFT', 'DRAFT_AUTODELETE');
  fresh.clock.advance({ days: 3 });
  expect(await worker.deadlines.fireDue()).toBe(0);
  expect(await arranged.openDeadlines(draft.id)).toEqual(['DRAFT_AUTODELETE']);
});

it('fires each once, however many workers sweep', async () => {
  const disputes = await Promise.all(Array.from({ length: 24 }, invited));
  fresh.clock.advance({ days: 3 });
  const more = await Promise.all(Array.from({ length: 3 }, () => caseServices(fresh, { as: 'worker', effects })));
  const fired = await Promise.all([worker, ...more].flatMap(({ deadlines }) => [deadlines.fireDue(), deadlines.fireDue()]));
  fired.push(await worker.deadlines.fireDue());
  expect(fired.reduce((sum, one) => sum + one, 0)).toBe(24);
  for (const { id } of disputes) expect(await arranged.eventsOf(id)).toEqual(['case.expired_invitation']);
});

it('passes by a case that somebody holds, waits for nobody, and finds nothing to do once it was answered', async () => {
  const [held, free] = [await invited(), await invited()];
  fresh.clock.advance({ days: 3 });
  await fresh.db.transaction(desk, async (tx) => {
    await lockCase(tx, held.id);
    expect(await worker.deadlines.fireDue()).toBe(1);
    await tx.query('UPDATE deadlines SET cancelled_at = $2 WHERE case_id = $1', [held.id, fresh.clock.now()]);
  });
  expect(await worker.deadlines.fireDue()).toBe(0);
  expect([await arranged.stateOf(held.id), await arranged.stateOf(free.id)]).toEqual(['INVITED', 'NO_RESPONSE']);
});

it('decides nothing on a deadline that was lifted between seeing it and holding its case', async () => {
  const dispute = await invited();
  fresh.clock.advance({ days: 3 });
  const [seen] = await fresh.admin('SELECT id, case_id, code FROM deadlines WHERE case_id = $1', [dispute.id]);
  await fresh.admin('UPDATE deadlines SET cancelled_at = $2 WHERE case_id = $1', [dispute.id, fresh.clock.now()]);
  const inside = worker.deadlines as unknown as { fire(tx: EntityManager, due: unknown): Promise<void> };
  await fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) => inside.fire(tx, seen));
  expect(await arranged.stateOf(dispute.id)).toBe('INVITED');
  expect(await arranged.eventsOf(dispute.id)).toEqual([]);
});

it('meets an answer in the same moment without a deadlock, and one of the two counts', async () => {
  for (let round = 0; round < 5; round += 1) {
    fresh.clock.set(start);
    const [dispute, mediator] = [await arranged.dispute('CONSENTED'), await arranged.mediator()];
    await api.offers.offer(desk, dispute.id, mediator.id);
    const [offer] = await api.offers.list(mediator);
    await fresh.admin(`UPDATE deadlines SET due_at = starts_at - interval '1 second' WHERE case_id = $1`, [dispute.id]);
    const [answered, fired] = await Promise.allSettled([api.offers.answer(mediator, offer!.id, clear), worker.deadlines.fireDue()]);
    expect(fired.status).toBe('fulfilled');
    const [{ answer }] = (await fresh.admin('SELECT answer FROM offers WHERE id = $1', [offer!.id])) as [{ answer: string | null }];
    expect(answer).toBe(answered.status === 'fulfilled' ? 'accepted' : 'expired');
    if (answered.status === 'rejected') expect((answered.reason as { code: string }).code).toMatch(/^(offer\.expired|not_found)$/);
    expect(await arranged.stateOf(dispute.id)).toBe(answered.status === 'fulfilled' ? 'MEDIATOR_ACCEPTED' : 'CONSENTED');
  }
});

it('leaves what fails for the next sweep and goes on with the rest', async () => {
  const [bad, good] = [await invited(), await invited()];
  broken.add(bad.id);
  fresh.clock.advance({ days: 3 });
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect([await arranged.stateOf(bad.id), await arranged.stateOf(good.id)]).toEqual(['INVITED', 'NO_RESPONSE']);
  expect(await arranged.eventsOf(bad.id)).toEqual([]);
  broken.clear();
  expect(await worker.deadlines.fireDue()).toBe(1);
  expect(await arranged.stateOf(bad.id)).toBe('NO_RESPONSE');
});
