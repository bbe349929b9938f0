import { afterAll, beforeAll, expect, it } from 'vitest';
import { BulkService, Case, OffersService } from '#cases';
import type { SignedIn } from '#contract';
import { Mediator, MediatorsService } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
let bulk: BulkService;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
  const offers = new OffersService(fresh.db, fresh.clock, intake.effects, new MediatorsService(), fresh.keys);
  bulk = new BulkService(intake.cases, offers, intake.invitations, intake.endings);
});
afterAll(() => fresh.drop());

const doable = (rows: Awaited<ReturnType<BulkService['preview']>>) =>
  rows.flatMap(({ caseId: id, since, possible, mediator }) =>
    possible ? [{ id, since: since!, ...(mediator && { mediatorId: mediator.id }) }] : [],
  );

it('shows for each case what would happen, gives no mediator more than he can take, and then does just that', async () => {
  const mediator = await intake.mediator({ capacity: 2, languages: ['kk', 'ru', 'en'] });
  const ready = await Promise.all([intake.joined(), intake.joined(), intake.joined()]);
  const early = await intake.filed();
  const rows = await bulk.preview(desk, { action: 'offer', caseIds: [...ready, early].map(({ id }) => id).concat(newId()) });
  expect(rows.map(({ possible, reason }) => reason ?? possible).slice(3)).toEqual(['state', 'absent']);
  expect(rows.slice(0, 3).filter(({ possible }) => possible)).toHaveLength(2);
  expect(rows.slice(0, 3).find(({ possible }) => !possible)?.reason).toBe('no_mediator');
  expect(new Set(rows.flatMap((row) => row.mediator?.id ?? []))).toEqual(new Set([mediator.id]));
  for (const { id } of ready) expect((await intake.viewOf(desk, id)).state).toBe('CONSENTED'); // looking changes nothing
  const done = await bulk.act(desk, { action: 'offer', cases: doable(rows) });
  expect(done.map((one) => one.done)).toEqual([true, true]);
  const states = await Promise.all(ready.map(async ({ id }) => (await intake.viewOf(desk, id)).state));
  expect(states.toSorted()).toEqual(['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_OFFERED']);
});

it('leaves alone what has moved since it was looked at, and goes on with the others', async () => {
  const [one, other] = [await intake.dispute('NO_RESPONSE'), await intake.dispute('NO_RESPONSE')];
  const rows = await bulk.preview(desk, { action: 'close', caseIds: [one.id, other.id] });
  expect(rows.every(({ possible }) => possible)).toBe(true);
  fresh.clock.advance({ minutes: 1 });
  await intake.endings.close(desk, one.id);
  const done = await bulk.act(desk, { action: 'close', cases: doable(rows) });
  expect(done.map(({ done: isDone, code }) => code ?? isDone)).toEqual(['stale', true]);
  expect((await intake.viewOf(desk, other.id)).state).toBe('CLOSED');
});

it('is the desk’s alone, and shows nobody his own dispute', async () => {
  const { id, a } = await intake.filed();
  for (const stranger of [a, await intake.mediator(), await intake.person('administrator')]) {
    await expect(bulk.preview(stranger, { action: 'close', caseIds: [id] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(bulk.act(stranger, { action: 'close', cases: [{ id, since: fresh.clock.now().toISOString() }] })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
  expect(await bulk.preview({ ...a, role: 'coordinator' }, { action: 'close', caseIds: [id] })).toMatchObject([
    { reason: 'absent', title: '' },
  ]);
});
