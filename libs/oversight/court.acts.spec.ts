import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type CaseState, EnterCourtAct } from '#contract';
import { CourtActsService, CourtAlerts, CourtCaseload, ReportClosing } from '#oversight';
import { newId } from '#platform';
import { replay, type Told } from '../cases/case.history.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let acts: CourtActsService;
let caseload: CourtCaseload;
const clerk: Actor = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
const judge: Actor = { ...clerk, id: newId() };
const third: Actor = { ...clerk, id: newId() };
const stranger: Actor = { id: newId(), role: 'court', courtId: 'RIDDER_CITY' };
const person = newId();

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  caseload = new CourtCaseload(fresh.db, fresh.clock);
  acts = new CourtActsService(fresh.db, fresh.clock, caseload);
  for (const id of [person, clerk.id, judge.id, third.id, stranger.id])
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'Тілеуова', 'Динара', 'kk', $2, '2026-01-01')`,
      [id, Buffer.from(id!)],
    );
});
afterAll(() => fresh.drop());

const approved = { kind: 'ruling', on: '2026-11-22', number: '6310-26-00-2/15', outcome: 'approved' } as const;
const enter = (who: Actor, id: string, asked: object) => acts.enter(who, id, EnterCourtAct.parse(asked));

it('enters a ruling once: the case moves, the fact is told, the duty is noted', async () => {
  const id = await atCourt();
  const [kept] = await enter(clerk, id, { ...approved, dutyRefund: true, dutyAmount: 43_250 });
  expect(kept).toMatchObject({ outcome: 'approved', dutyRefund: true, dutyAmount: 43_250, standing: true, enteredBy: 'Тілеуова Динара' });
  expect(await caseload.card(clerk, id)).toMatchObject({ state: 'COURT_APPROVED', board: 'ended' });
  const [fact] = await fresh.admin<{ type: string; data: object }>(`SELECT type, data FROM events WHERE case_id = $1`, [id]);
  expect(fact).toMatchObject({
    type: 'case.court_ruled',
    data: { action: 'court_approve', from: 'AT_COURT', to: 'COURT_APPROVED', outcome: 'approved', refund: true },
  });
  await expect(enter(judge, id, approved)).rejects.toMatchObject({ code: 'court.not_waiting' });
});

it.each([
  ['before the case was referred', { ...approved, on: '2026-10-31' }, 'court.before_referral'],
  ['before the settlement was sent', { ...approved, on: '2026-11-19' }, 'court.before_referral'],
  ['tomorrow', { ...approved, on: '2026-11-24' }, 'invalid'],
])('refuses a ruling dated %s, and leaves no trace', async (_, asked, code) => {
  const id = await atCourt();
  await expect(enter(clerk, id, asked)).rejects.toMatchObject({ code });
  expect(await acts.list(clerk, id)).toEqual([]);
  expect(await fresh.admin('SELECT 1 FROM events WHERE case_id = $1', [id])).toEqual([]);
  expect((await caseload.card(clerk, id)).state).toBe('AT_COURT');
});

it('refuses a ruling while nothing waits for it', async () => {
  for (const state of ['IN_MEDIATION', 'SUBMITTED', 'TERMINATED'] as const)
    await expect(enter(clerk, await atCourt(state), approved)).rejects.toMatchObject({ code: 'court.not_waiting' });
});

it('takes grounds with a refusal and a return alone, each from its own list', () => {
  const ask = (outcome: string, grounds: string[], more = {}) =>
    EnterCourtAct.safeParse({ ...approved, outcome, grounds, ...more }).success;
  expect([ask('refused', ['against_law']), ask('returned', ['papers_missing']), ask('approved', [])]).toEqual([true, true, true]);
  expect([ask('refused', []), ask('approved', ['against_law']), ask('returned', ['against_law'])]).toEqual([false, false, false]);
  expect([ask('refused', ['condition'], { dutyRefund: true }), ask('approved', [], { dutyAmount: 5 })]).toEqual([false, false]);
});

it('is absent for another court, whatever is asked, and for every other office', async () => {
  const id = await atCourt();
  const [kept] = await enter(clerk, id, approved);
  await enter(clerk, id, { ...approved, number: 'x', corrects: kept!.id });
  const [, correction] = await acts.list(clerk, id);
  for (const who of [stranger, { ...clerk, role: 'coordinator' }, { ...clerk, role: 'administrator' }] as Actor[]) {
    await expect(acts.list(who, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(acts.enter(who, id, EnterCourtAct.parse(approved))).rejects.toMatchObject({ code: 'not_found' });
    await expect(acts.decide(who, correction!.id, true)).rejects.toMatchObject({ code: 'not_found' });
  }
});

it('corrects only by a second person, and keeps what stood before', async () => {
  const id = await atCourt();
  const [first] = await enter(clerk, id, approved);
  const wrong = { ...approved, outcome: 'refused', grounds: ['third_party_rights'], corrects: first!.id };
  const [, proposed] = await enter(clerk, id, wrong);
  expect((await caseload.card(clerk, id)).state).toBe('COURT_APPROVED');
  await expect(enter(clerk, id, wrong)).rejects.toMatchObject({ code: 'case.already_decided' });
  await expect(acts.decide(clerk, proposed!.id, true)).rejects.toMatchObject({ code: 'court.same_person' });
  const kept = await acts.decide(judge, proposed!.id, true);
  expect(kept.map(({ outcome, standing, accepted }) => [outcome, standing, accepted])).toEqual([
    ['approved', false, null],
    ['refused', true, true],
  ]);
  expect((await caseload.card(clerk, id)).state).toBe('COURT_REFUSED');
  await expect(acts.decide(judge, proposed!.id, false)).rejects.toMatchObject({ code: 'case.already_decided' });
  const again = await enter(judge, id, { ...approved, corrects: first!.id });
  await acts.decide(clerk, again.at(-1)!.id, false);
  expect((await caseload.card(clerk, id)).state).toBe('COURT_REFUSED');
  await expect(fresh.admin(`UPDATE court_acts SET number = 'other' WHERE id = $1`, [first!.id])).rejects.toThrow('stand as entered');
  await expect(fresh.admin('DELETE FROM court_acts')).rejects.toThrow('stand as entered');
  const told = await fresh.admin<Told & { actor_role: Told['role'] }>(
    'SELECT type, actor_role AS role, data FROM events WHERE case_id = $1 ORDER BY seq',
    [id],
  );
  const before = filedAndSent;
  expect(replay([...before, ...told])).toBe('COURT_REFUSED');
});

it('lets one of two decide on a correction; the other hears that it is decided', async () => {
  const id = await atCourt();
  const [first] = await enter(clerk, id, approved);
  const [, proposed] = await enter(clerk, id, { ...approved, number: '7', corrects: first!.id });
  const tries = await Promise.allSettled([acts.decide(judge, proposed!.id, true), acts.decide(third, proposed!.id, false)]);
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'case.already_decided' } });
});

it('lets only one of two clerks enter the ruling', async () => {
  const id = await atCourt();
  const tries = await Promise.allSettled([clerk, judge].map((who) => enter(who, id, approved)));
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await fresh.admin(`SELECT 1 FROM events WHERE case_id = $1 AND type = 'case.court_ruled'`, [id])).toHaveLength(1);
});

it('rules again when a refused settlement comes back, corrects the last ruling alone, and counts each', async () => {
  const id = await atCourt();
  const [refused] = await enter(clerk, id, { ...approved, outcome: 'refused', grounds: ['condition'] });
  const early = (await enter(clerk, id, { ...approved, corrects: refused!.id })).at(-1)!;
  await comesBack(id);
  await expect(acts.decide(judge, early.id, true)).rejects.toMatchObject({ code: 'court.not_waiting' });
  const tries = await Promise.allSettled([clerk, judge].map((who) => enter(who, id, { ...approved, on: '2026-11-23', number: '2' })));
  expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await expect(acts.decide(judge, early.id, true)).rejects.toMatchObject({ code: 'court.not_waiting' });
  await acts.decide(judge, early.id, false);
  expect((await acts.list(clerk, id)).filter(({ standing }) => standing).map(({ outcome }) => outcome)).toEqual(['refused', 'approved']);
  expect(await caseload.card(clerk, id)).toMatchObject({ state: 'COURT_APPROVED', board: 'ended' });
  // The earlier one is the past: to correct it would move a case that another ruling has moved.
  await expect(enter(clerk, id, { ...approved, corrects: refused!.id })).rejects.toMatchObject({ code: 'court.not_waiting' });
  expect((await caseload.card(clerk, id)).state).toBe('COURT_APPROVED');
  const lines = await fresh.admin<{ line: string; n: number }>(
    `SELECT line, n::int AS n FROM count_month('2026-11-01') WHERE dim = 'court' AND line IN ('court_approved', 'court_refused') ORDER BY 1`,
  );
  const ruled = async (outcome: string) =>
    (await fresh.admin(`SELECT 1 FROM events WHERE type = 'case.court_ruled' AND data->>'outcome' = $1`, [outcome])).length;
  // As each was entered, but for one that was accepted to be the other since.
  expect(lines.reduce((sum, { n }) => sum + n, 0)).toBe((await ruled('approved')) + (await ruled('refused')));
});

it('sets and extends its term, on the board at once; a suspension has a date and nothing else', async () => {
  const id = await atCourt('IN_MEDIATION');
  await enter(clerk, id, { kind: 'term', on: '2026-11-20', until: '2026-12-20' });
  expect((await caseload.card(clerk, id)).termAt).toBe('2026-12-20T18:59:59.000Z');
  await enter(clerk, id, { kind: 'term', on: '2026-11-23', until: '2026-11-25' });
  expect(await caseload.card(clerk, id)).toMatchObject({ termAt: '2026-11-25T18:59:59.000Z', troubles: ['term'] });
  await enter(clerk, id, { kind: 'suspension', on: '2026-11-21' });
  expect((await caseload.facts(clerk, id)).map(({ type }) => type)).toEqual(['court.term_set', 'court.term_set', 'court.suspended']);
  await expect(enter(clerk, await atCourt('TERMINATED'), { kind: 'term', on: '2026-11-20', until: '2026-12-20' })).rejects.toMatchObject({
    code: 'court.not_waiting',
  });
});

it('takes up again what it suspended, once, no earlier, also after the case has ended here', async () => {
  const id = await atCourt('IN_MEDIATION');
  const resumed = (on: string) => enter(clerk, id, { kind: 'resumption', on });
  await expect(resumed('2026-11-21')).rejects.toMatchObject({ code: 'court.not_waiting' });
  await enter(clerk, id, { kind: 'suspension', on: '2026-11-21' });
  await expect(resumed('2026-11-20')).rejects.toMatchObject({ code: 'court.before_referral' });
  await expect(resumed('2026-11-24')).rejects.toMatchObject({ code: 'invalid' });
  await expect(acts.enter(stranger, id, EnterCourtAct.parse({ kind: 'resumption', on: '2026-11-22' }))).rejects.toMatchObject({
    code: 'not_found',
  });
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '4', state_since = '2026-11-22T05:00:00Z' WHERE id = $1`, [id]);
  expect((await resumed('2026-11-22')).at(-1)).toMatchObject({ kind: 'resumption', on: '2026-11-22', standing: true });
  await expect(resumed('2026-11-23')).rejects.toMatchObject({ code: 'court.not_waiting' });
  expect((await caseload.facts(clerk, id)).map(({ type }) => type)).toEqual(['court.suspended', 'court.resumed']);
  expect(EnterCourtAct.safeParse({ kind: 'resumption', on: '2026-11-22', until: '2026-12-01' }).data).not.toHaveProperty('until');
});

it('leaves a closed month as it was counted when a ruling is corrected later, and keeps who proposed and who accepted', async () => {
  const id = await atCourt();
  const [first] = await enter(clerk, id, approved);
  const closing = new ReportClosing(fresh.workerDb, fresh.clock);
  fresh.clock.set('2026-12-02T06:00:00Z');
  await closing.closeDue();
  const cells = () => fresh.admin(`SELECT line, dim, value, n FROM report_cells WHERE month = '2026-11-01' ORDER BY 1, 2, 3`);
  const before = await cells();
  expect(before).toContainEqual(expect.objectContaining({ line: 'court_approved', dim: 'all' }));
  const wrong = { ...approved, outcome: 'refused', grounds: ['condition'], corrects: first!.id };
  const [, proposed] = await enter(clerk, id, wrong);
  await expect(acts.decide(clerk, proposed!.id, true)).rejects.toMatchObject({ code: 'court.same_person' });
  const kept = await acts.decide(judge, proposed!.id, true);
  expect(kept.map(({ outcome, standing, decidedAt }) => [outcome, standing, decidedAt])).toEqual([
    ['approved', false, null],
    ['refused', true, '2026-12-02T06:00:00.000Z'],
  ]);
  fresh.clock.set('2027-01-02T06:00:00Z');
  await closing.closeDue();
  expect(await cells()).toEqual(before);
  expect(
    await fresh.admin(`SELECT 1 FROM report_cells WHERE month = '2026-12-01' AND period = '2026-12' AND line LIKE 'court_%' AND n > 0`),
  ).toEqual([]);
  fresh.clock.set('2026-11-23T06:00:00Z');
});

it('is told of once, a week before its term ends, and anew when the term is moved', async () => {
  const id = await atCourt('IN_MEDIATION');
  const alerts = new CourtAlerts(fresh.workerDb, fresh.clock);
  const told = () =>
    fresh.admin<{ data: object }>(`SELECT data FROM events WHERE case_id = $1 AND type = 'court.term_ending' ORDER BY seq`, [id]);
  await enter(clerk, id, { kind: 'term', on: '2026-11-20', until: '2026-12-20' });
  await alerts.tellDue();
  expect(await told()).toEqual([]);
  fresh.clock.set('2026-12-14T06:00:00Z');
  await Promise.all([alerts.tellDue(), alerts.tellDue()]);
  await alerts.tellDue();
  expect(await told()).toEqual([{ data: { dueAt: '2026-12-20T18:59:59.000Z' } }]);
  await enter(clerk, id, { kind: 'term', on: '2026-12-14', until: '2026-12-18' });
  await alerts.tellDue();
  expect(await told()).toHaveLength(2);
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '4' WHERE id = $1`, [id]);
  fresh.clock.set('2026-11-23T06:00:00Z');
});

/** What the log of such a case tells before the court has it, in short. */
const filedAndSent = (
  [
    ['case.submitted', 'citizen', 'submit', 'DRAFT', 'SUBMITTED'],
    ['case.invited', 'coordinator', 'invite', 'SUBMITTED', 'INVITED'],
    ['case.consented', 'citizen', 'consent', 'INVITED', 'CONSENTED'],
    ['offer.made', 'coordinator', 'offer_mediator', 'CONSENTED', 'MEDIATOR_OFFERED'],
    ['offer.accepted', 'mediator', 'accept_offer', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED'],
    ['contract.drafted', 'mediator', 'draft_contract', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT'],
    ['contract.sent', 'mediator', 'send_contract', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'],
    ['case.mediation_started', 'mediator', 'conclude_contract', 'CONTRACT_SIGNING', 'IN_MEDIATION'],
    ['settlement.drafted', 'mediator', 'draft_settlement', 'IN_MEDIATION', 'SETTLEMENT_DRAFT'],
    ['settlement.sent', 'mediator', 'send_settlement', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING'],
    ['case.settled', 'mediator', 'conclude_settlement_full', 'SETTLEMENT_SIGNING', 'SETTLED_FULL', '1'],
    ['case.sent_to_court', 'coordinator', 'send_to_court', 'SETTLED_FULL', 'AT_COURT'],
  ] as const
).map(([type, role, action, from, to, ground]): Told => ({ type, role, data: { action, from, to, ...(ground ? { ground } : {}) } }));

/** Both sides settle anew after the refusal, and it is sent again. */
async function comesBack(id: string) {
  await fresh.admin(`UPDATE cases SET state = 'SETTLEMENT_DRAFT', state_since = '2026-11-23T05:30:00Z' WHERE id = $1`, [id]);
  await fresh.admin(`UPDATE cases SET state = 'AT_COURT', ground = '1', state_since = '2026-11-23T05:40:00Z' WHERE id = $1`, [id]);
  fresh.clock.advance({ minutes: 1 });
}

async function atCourt(state: CaseState = 'AT_COURT') {
  const id = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, ground, category, district, language, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
     VALUES ($1, $2, $3, '2026-11-20T05:00:00Z', $4, 'debt', 'oskemen', 'kk', $5, $5, 'OSKEMEN_CITY', '6310-26-00-2/15', '2026-11-01', '2026-11-01T05:00:00Z', '2026-11-01')`,
    [id, `M-${id}`, state, state === 'TERMINATED' ? '4' : null, person],
  );
  return id;
}
