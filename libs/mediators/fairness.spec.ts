import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, FairnessRow, SignedIn } from '#contract';
import { FairnessService, Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { gini, groupOf, medianOf } from './fairness.js';

let fresh: FreshDatabase;
let board: FairnessService;
let desk: SignedIn;
let arranged: ReturnType<typeof disputesIn>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  board = new FairnessService(fresh.db, fresh.clock);
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

it.each([
  [[1, 2, 3, 4], 0.25], // mean 2.5; of the 16 ordered pairs the differences sum to 20: 20 / (2 · 16 · 2.5)
  [[0, 0, 0, 10], 0.75], // one has all: (n − 1) / n
  [[2, 2, 4, 8], 0.3125], // differences 0 2 6 2 6 4, twice: 40 / (2 · 16 · 4)
  [[5, 5, 5], 0],
  [[0, 0], 0],
  [[7], 0],
])('reckons by hand: %j is %d', (shares, expected) => {
  expect(gini(shares)).toBeCloseTo(expected, 12);
});

it('is half the mean difference over the mean, whatever the order and the unit, and falls when who has more gives to who has less', () => {
  let seed = 7;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let round = 0; round < 300; round += 1) {
    const shares = Array.from({ length: 2 + next(12) }, () => next(9));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const differences = shares.flatMap((one) => shares.map((other) => Math.abs(one - other))).reduce((sum, each) => sum + each, 0);
    const expected = mean === 0 ? 0 : differences / (2 * shares.length ** 2 * mean);
    expect(gini(shares)).toBeCloseTo(expected, 10);
    expect(gini(shares.toReversed())).toBeCloseTo(expected, 10);
    expect(gini(shares.map((share) => share * 3))).toBeCloseTo(expected, 10);
    const [low, high] = [Math.min(...shares), Math.max(...shares)];
    if (high - low < 2) continue;
    const shared = [...shares];
    shared[shares.indexOf(low)]! += 1;
    shared[shares.indexOf(high)]! -= 1;
    expect(gini(shared)).toBeLessThan(gini(shares));
  }
  expect([medianOf([]), medianOf([3, 1, 2]), medianOf([4, 1])]).toEqual([null, 2, 2.5]);
});

it('says of a group under five how many it is, and nothing else', () => {
  const rows = (n: number) => Array.from({ length: n }, () => row());
  expect(groupOf('kk', rows(4))).toEqual({
    code: 'kk',
    mediators: 4,
    accepted: null,
    acceptance: null,
    load: null,
    hours: null,
    gini: null,
  });
  expect(groupOf('kk', rows(5))).toEqual({ code: 'kk', mediators: 5, accepted: 10, acceptance: 0.5, load: 0.25, hours: 6, gini: 0 });
});

it('counts offers of the period and cases of today, of those who may take one', async () => {
  const [busy, idle, gone] = [
    await arranged.mediator({ capacity: 4 }, 'Абаев'),
    await arranged.mediator({ capacity: 2, languages: ['ru'], district: 'ridder' }, 'Идлин'),
    await arranged.mediator({ status: 'excluded', statusFrom: '2026-11-23' }, 'Кеткен'),
  ];
  await arranged.dispute('IN_MEDIATION', { mediator: busy });
  await arranged.dispute('CLOSED', { mediator: busy });
  for (const [mediator, offered, hours, answer] of [
    [busy, '2026-11-02T04:00:00Z', 2, 'accepted'],
    [busy, '2026-11-03T04:00:00Z', 4, 'accepted'],
    [busy, '2026-11-04T04:00:00Z', 9, 'declined'],
    [busy, '2026-11-05T04:00:00Z', 48, 'expired'],
    [busy, '2026-07-05T04:00:00Z', 1, 'accepted'], // before the period
    [idle, '2026-11-22T04:00:00Z', null, null],
    [gone, '2026-11-02T04:00:00Z', 1, 'accepted'],
  ] as const)
    await offer(mediator, offered, hours, answer);
  const { mediators, all, byLanguage, byDistrict } = await board.board(desk, { months: 3 });
  const common = { languages: ['kk', 'ru'], district: 'oskemen' };
  expect(mediators).toEqual([
    {
      mediatorId: busy.id,
      name: 'Абаев Айдар',
      ...common,
      capacity: 4,
      open: 1,
      offered: 4,
      accepted: 2,
      declined: 1,
      expired: 1,
      hours: 4,
    },
    {
      mediatorId: idle.id,
      name: 'Идлин Айдар',
      languages: ['ru'],
      district: 'ridder',
      capacity: 2,
      open: 1,
      offered: 1,
      accepted: 0,
      declined: 0,
      expired: 0,
      hours: null,
    },
  ]);
  expect([all.gini, byLanguage.map(({ code, mediators: n }) => [code, n]), byDistrict.map(({ code }) => code)]).toEqual([
    null,
    [
      ['kk', 1],
      ['ru', 2],
    ],
    ['oskemen', 'ridder'],
  ]);
  expect(JSON.stringify(await board.board(desk, { months: 3 }))).not.toMatch(/case|number|category/i);
});

it('is the desk’s alone, in the database too', async () => {
  for (const role of ['citizen', 'mediator', 'court', 'council', 'administrator', 'system'] as const) {
    const actor: Actor = { id: role === 'system' ? null : desk.id, role };
    if (role !== 'system') await expect(board.board(actor, { months: 3 })).rejects.toMatchObject({ code: 'not_found' });
    const rows = await fresh.db.transaction(
      actor,
      (tx) => tx.query(`SELECT * FROM fairness_facts('2026-01-01', '2027-01-01')`) as Promise<object[]>,
    );
    expect(rows).toEqual([]);
  }
});

const row = (): FairnessRow => ({
  mediatorId: newId(),
  name: 'x',
  languages: ['kk'],
  district: 'oskemen',
  capacity: 4,
  open: 1,
  offered: 4,
  accepted: 2,
  declined: 1,
  expired: 1,
  hours: 6,
});

async function offer({ id }: SignedIn, offered: string, hours: number | null, answer: string | null) {
  const { id: caseId } = await arranged.dispute('CONSENTED');
  await fresh.admin(
    `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at, answered_at, answer, declaration)
     VALUES ($1, $2, $3, $4, $5::timestamptz, $5::timestamptz + interval '2 days', $5::timestamptz + make_interval(hours => $6), $7, '{}')`,
    [newId(), caseId, id, desk.id, offered, hours, answer],
  );
}
