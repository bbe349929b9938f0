import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteLook } from '#access';
import { Case } from '#cases';
import type { Actor, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { LooksService } from '#safekeeping';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let looks: LooksService;
let arranged: ReturnType<typeof disputesIn>;
let caseId = '';
let [ana, boris, judge, desk, stranger]: SignedIn[] = [];
const clerk = { role: 'court', courtId: 'OSKEMEN_CITY' } as const;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:20:00Z');
  looks = new LooksService(fresh.db, fresh.keys);
  arranged = disputesIn(fresh);
  await fresh.admin(
    `INSERT INTO courts (id, level, kk, ru, en) VALUES ('OSKEMEN_CITY', 'first', 'сот', 'суд', 'court') ON CONFLICT DO NOTHING`,
  );
  const dispute = await arranged.dispute('CONSENTED', { courtId: 'OSKEMEN_CITY' });
  [caseId, ana, boris] = [dispute.id, dispute.a, dispute.b];
  [judge, desk, stranger] = [await arranged.mediator(), await arranged.person('coordinator'), await arranged.person('citizen')];
  await fresh.admin(`UPDATE parties SET joined_at = '2026-11-23T06:10:00Z' WHERE case_id = $1 AND side = 'B'`, [caseId]);
  await fresh.admin('UPDATE cases SET mediator_id = $2 WHERE id = $1', [caseId, judge.id]);
});
afterAll(() => fresh.drop());

const look = (who: Actor, seen: Omit<Parameters<typeof noteLook>[2], 'caseId' | 'at'>) =>
  fresh.db.transaction(who, (tx) => noteLook(tx, who, { ...seen, caseId, at: fresh.clock.now() }));
const told = async (who: Actor) =>
  (await looks.list(who, caseId)).looks.map(({ capacity, what, hour }) => `${capacity} ${what} ${hour.slice(11, 13)}`);

it('tells both parties the office and the hour, once an hour, and of a mediator the name', async () => {
  await look(desk!, { what: 'application' });
  await look(desk!, { what: 'application' });
  await look(judge!, { what: 'application' });
  fresh.clock.set('2026-11-23T07:05:00Z');
  await look(desk!, { what: 'case' });
  const all = ['coordinator case 07', 'coordinator application 06', 'mediator application 06'];
  expect([await told(ana!), await told(boris!)]).toEqual([all, all]);
  const [first, , third] = (await looks.list(ana!, caseId)).looks;
  expect([first!.name, third!.name]).toEqual([null, expect.stringMatching(/\S+ \S+/)]);
  expect(JSON.stringify(await looks.list(ana!, caseId))).not.toContain(desk!.id);
});

it('tells a side of its own file alone, and of nothing that was before it joined', async () => {
  await look(judge!, { what: 'file', side: 'A' });
  expect([(await told(ana!)).includes('mediator file 07'), (await told(boris!)).includes('mediator file 07')]).toEqual([true, false]);
  await fresh.admin(`INSERT INTO case_looks VALUES ($1, $2, 'coordinator', 'application', NULL, NULL, '2026-11-20T05:00:00Z')`, [
    caseId,
    desk!.id,
  ]);
  expect([(await told(ana!)).includes('coordinator application 05'), (await told(boris!)).includes('coordinator application 05')]).toEqual([
    true,
    false,
  ]);
});

it('does not tell when a mediator comes back: those are the hours of his talks with one side', async () => {
  const before = [await told(ana!), await told(boris!)];
  for (const hour of ['09', '11', '14']) {
    fresh.clock.set(`2026-11-23T${hour}:00:00Z`);
    for (const what of ['application', 'paper'] as const) await look(judge!, { what });
  }
  const after = [await told(ana!), await told(boris!)];
  expect(after.map((list, at) => list.filter((one) => !before[at]!.includes(one)))).toEqual([['mediator paper 09'], ['mediator paper 09']]);
});

it('notes nobody whose it was not to open, and is read by no one but the parties', async () => {
  const before = await fresh.admin('SELECT count(*)::int AS n FROM case_looks');
  const other = { ...(await arranged.person('court')), courtId: 'ULAN' };
  for (const who of [other, await arranged.mediator(), { ...ana!, role: 'coordinator' } as Actor]) await look(who, { what: 'case' });
  expect(await fresh.admin('SELECT count(*)::int AS n FROM case_looks')).toEqual(before);
  await look({ ...(await arranged.person('court')), ...clerk }, { what: 'case' });
  expect((await looks.list(ana!, caseId)).looks.find(({ capacity }) => capacity === 'court')).toMatchObject({
    courtId: 'OSKEMEN_CITY',
    name: null,
  });
  for (const who of [stranger!, desk!, judge!, { ...(await arranged.person('administrator')) }])
    await expect(looks.list(who, caseId)).rejects.toMatchObject({ code: 'not_found' });
});
