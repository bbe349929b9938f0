import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, StandingService } from '#cases';
import { Mediator } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';

let fresh: FreshDatabase;
let standing: StandingService;
let arranged: ReturnType<typeof disputesIn>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  standing = new StandingService(fresh.workerDb, fresh.clock);
  arranged = disputesIn(fresh);
});
afterAll(() => fresh.drop());

const stuckBy = async (id: string) =>
  (await fresh.admin<{ code: string | null }>('SELECT stuck_code AS code FROM cases WHERE id = $1', [id]))[0]?.code;

it('raises the open cases of whoever may not mediate today, once, and nobody else’s', async () => {
  const expired = await arranged.mediator({ kind: 'professional', certificateUntil: '2026-11-30' });
  const suspended = await arranged.mediator({ status: 'suspended', statusFrom: '2026-12-01', statusUntil: '2027-01-01' });
  const excluded = await arranged.mediator({ status: 'excluded', statusFrom: '2026-11-24' });
  const well = await arranged.mediator();
  const [first, second, third, other] = [
    await arranged.dispute('IN_MEDIATION', { mediator: expired }),
    await arranged.dispute('CONTRACT_DRAFT', { mediator: suspended }),
    await arranged.dispute('SETTLEMENT_SIGNING', { mediator: excluded }),
    await arranged.dispute('IN_MEDIATION', { mediator: well }),
  ];
  const ended = await arranged.dispute('CLOSED', { mediator: excluded });
  expect(await standing.raiseLapsed()).toBe(0); // the last days on which they may
  fresh.clock.set('2026-11-30T18:30:00Z'); // half past eleven in the evening of Oskemen: the last valid day
  expect(await standing.raiseLapsed()).toBe(1);
  expect([await stuckBy(first.id), await stuckBy(third.id)]).toEqual([null, 'HANDOVER']);
  fresh.clock.set('2026-11-30T19:30:00Z'); // and half an hour past its midnight
  const both = await Promise.all([standing.raiseLapsed(), standing.raiseLapsed()]);
  expect(both[0] + both[1]).toBe(2);
  expect(await Promise.all([first, second, third].map(({ id }) => stuckBy(id)))).toEqual(['HANDOVER', 'HANDOVER', 'HANDOVER']);
  expect(await standing.raiseLapsed()).toBe(0);
  for (const { id } of [other, ended]) expect(await arranged.eventsOf(id)).toEqual([]);
  expect(await arranged.eventsOf(second.id)).toEqual(['case.handover_raised']);
});
