import { afterAll, beforeAll, expect, it } from 'vitest';
import { AssignmentsService, BulkService, Case, OffersService } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator, MediatorsService } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
let bulk: BulkService;
let assignments: AssignmentsService;
let arranged: ReturnType<typeof disputesIn>;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
  const offers = new OffersService(fresh.db, fresh.clock, intake.effects, new MediatorsService(), fresh.keys);
  assignments = new AssignmentsService(fresh.db);
  arranged = disputesIn(fresh);
  bulk = new BulkService(intake.cases, offers, intake.invitations, intake.endings);
});
afterAll(() => fresh.drop());

type Row = Awaited<ReturnType<BulkService['preview']>>['rows'][number];
const doable = (rows: Row[]) => rows.flatMap(({ caseId: id, since, possible }) => (possible ? [{ id, since: since! }] : []));
const offered = async (caseId: string) =>
  await fresh.admin<{ mediator: string; batch: string | null; replay: string }>(
    'SELECT mediator_id AS mediator, batch_id AS batch, id AS replay FROM assignments WHERE case_id = $1 ORDER BY made_at',
    [caseId],
  );

it('shows for each case what would happen, gives no mediator more than he can take, and then does just that', async () => {
  const mediator = await intake.mediator({ capacity: 2, languages: ['kk', 'ru', 'en'] });
  const ready = await Promise.all([intake.joined(), intake.joined(), intake.joined()]);
  const early = await intake.filed();
  const { batchId, rows } = await bulk.preview(desk, { action: 'offer', caseIds: [...ready, early].map(({ id }) => id).concat(newId()) });
  expect(rows.map(({ possible, reason }) => reason ?? possible).slice(3)).toEqual(['state', 'absent']);
  expect(rows.slice(0, 3).filter(({ possible }) => possible)).toHaveLength(2);
  expect(rows.slice(0, 3).find(({ possible }) => !possible)?.reason).toBe('no_mediator');
  expect(new Set(rows.flatMap((row) => row.mediator?.id ?? []))).toEqual(new Set([mediator.id]));
  for (const { id } of ready) expect((await intake.viewOf(desk, id)).state).toBe('CONSENTED'); // looking changes nothing
  const done = await bulk.act(desk, { action: 'offer', batchId: batchId!, cases: doable(rows) });
  expect(done.map((one) => one.done)).toEqual([true, true]);
  const states = await Promise.all(ready.map(async ({ id }) => (await intake.viewOf(desk, id)).state));
  expect(states.toSorted()).toEqual(['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_OFFERED']);
  for (const { caseId, mediator: shown } of rows.filter(({ possible }) => possible))
    expect(await offered(caseId)).toMatchObject([{ mediator: shown!.id, batch: batchId }]);
});

it('leaves alone what has moved since it was looked at, and goes on with the others', async () => {
  const [one, other] = [await intake.dispute('NO_RESPONSE'), await intake.dispute('NO_RESPONSE')];
  const { batchId, rows } = await bulk.preview(desk, { action: 'close', caseIds: [one.id, other.id] });
  expect(batchId).toBeNull();
  expect(rows.every(({ possible }) => possible)).toBe(true);
  fresh.clock.advance({ minutes: 1 });
  await intake.endings.close(desk, one.id);
  const done = await bulk.act(desk, { action: 'close', cases: doable(rows) });
  expect(done.map(({ done: isDone, code }) => code ?? isDone)).toEqual(['stale', true]);
  expect((await intake.viewOf(desk, other.id)).state).toBe('CLOSED');
});

it('offers of two desks that looked at one pile once each, whoever presses first, and tells the other', async () => {
  const field = 'family';
  const mediator = await intake.mediator({ fields: [field], languages: ['kk', 'ru', 'en'], capacity: 5 });
  const ready = [await arranged.dispute('CONSENTED', { category: field }), await arranged.dispute('CONSENTED', { category: field })];
  const caseIds = ready.map(({ id }) => id);
  const desks = [desk, await intake.person('coordinator')];
  const seen = await Promise.all(desks.map((one) => bulk.preview(one, { action: 'offer', caseIds })));
  expect(seen[0]!.batchId).not.toBe(seen[1]!.batchId);
  expect(seen[0]!.rows).toEqual(seen[1]!.rows);
  const done = await Promise.all(
    desks.map((one, at) => bulk.act(one, { action: 'offer', batchId: seen[at]!.batchId!, cases: doable(seen[at]!.rows) })),
  );
  for (const caseId of caseIds) {
    const told = done.flat().filter((one) => one.caseId === caseId);
    expect(told.filter((one) => one.done)).toHaveLength(1);
    expect(['stale', 'case.already_decided']).toContain(told.find((one) => !one.done)!.code);
    expect(await offered(caseId)).toMatchObject([{ mediator: mediator.id }]);
  }
});

it('offers whom it showed or nobody: not to one who lost his standing since, not by the choice of another day, not outside its pile', async () => {
  const field = 'debt';
  const mediator = await intake.mediator({ fields: [field], languages: ['kk', 'ru', 'en'] });
  const [one, other] = [await arranged.dispute('CONSENTED', { category: field }), await arranged.dispute('CONSENTED', { category: field })];
  const { batchId, rows } = await bulk.preview(desk, { action: 'offer', caseIds: [one.id] });
  const cases = doable(rows);
  const code = async (asked: Omit<Parameters<BulkService['act']>[1], 'action'>) =>
    (await bulk.act(desk, { action: 'offer', ...asked }))[0]!.code;
  expect(await code({ cases })).toBe('invalid');
  expect(await code({ batchId: newId(), cases })).toBe('not_found');
  expect(await code({ batchId: batchId!, cases: [{ ...cases[0]!, id: other.id }] })).toBe('invalid');
  await fresh.admin(`UPDATE mediators SET status = 'suspended', status_from = '2020-01-01' WHERE person_id = $1`, [mediator.id]);
  await intake.mediator({ fields: [field], languages: ['kk', 'ru', 'en'] });
  expect(await code({ batchId: batchId!, cases })).toMatch(/^mediator\./);
  expect(await offered(one.id)).toEqual([]);
  await fresh.admin(`UPDATE mediators SET status = 'active', status_from = NULL WHERE person_id = $1`, [mediator.id]);
  fresh.clock.advance({ hours: 13 });
  expect(await code({ batchId: batchId!, cases })).toBe('stale');
});

it('makes the matching of a pile again the same, whatever has become of the register, and shows no stranger any of it', async () => {
  const field = 'labour';
  const mediators = [
    await intake.mediator({ fields: [field], languages: ['kk', 'ru'], capacity: 1 }),
    await intake.mediator({ fields: [field], languages: ['kk'], capacity: 1 }),
  ];
  const [mixed, kazakh] = [
    await arranged.dispute('CONSENTED', { category: field, languages: ['kk', 'ru'] }),
    await arranged.dispute('CONSENTED', { category: field, languages: ['kk', 'kk'] }),
  ];
  const { batchId, rows } = await bulk.preview(desk, { action: 'offer', caseIds: [kazakh.id, mixed.id] });
  await bulk.act(desk, { action: 'offer', batchId: batchId!, cases: doable(rows) });
  for (const { id } of mediators)
    await fresh.admin(`UPDATE mediators SET status = 'excluded', status_from = '2020-01-01', capacity = 0 WHERE person_id = $1`, [id]);
  const { replay, mediator } = (await offered(mixed.id))[0]!;
  expect(mediator).toBe(mediators[0]!.id);
  expect(await assignments.replay(desk, replay)).toMatchObject({ same: true, batch: { same: true, cases: 2 } });
  // A coordinator who is a party to the one case learns nothing through the other.
  expect(await assignments.replay({ ...kazakh.a, role: 'coordinator' }, replay)).toMatchObject({ same: true, batch: null });
  for (const stranger of [mixed.a, mediators[0]!, await intake.person()])
    await expect(assignments.replay(stranger, replay)).rejects.toMatchObject({ code: 'not_found' });
  await fresh.admin(`UPDATE assignment_batches SET result = '{"pairs":[],"total":0}' WHERE id = $1`, [batchId]);
  expect(await assignments.replay(desk, replay)).toMatchObject({ same: false, batch: { same: false } });
  await fresh.admin(
    `UPDATE assignment_batches SET rules = 'long ago', inputs = jsonb_set(inputs::jsonb, '{rules}', '"long ago"')::json WHERE id = $1`,
    [batchId],
  );
  await expect(assignments.replay(desk, replay)).rejects.toMatchObject({ code: 'assignment.rules_unknown' });
});

it('is the desk’s alone, and shows nobody his own dispute', async () => {
  const { id, a } = await intake.filed();
  for (const stranger of [a, await intake.mediator(), await intake.person('administrator')]) {
    await expect(bulk.preview(stranger, { action: 'close', caseIds: [id] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(bulk.act(stranger, { action: 'close', cases: [{ id, since: fresh.clock.now().toISOString() }] })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  expect(await bulk.preview({ ...a, role: 'coordinator' }, { action: 'close', caseIds: [id] })).toMatchObject({
    rows: [{ reason: 'absent', title: '' }],
  });
});
