import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataSource } from 'typeorm';
import { Case } from '#cases';
import { Database, newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeRivals, bookGuarded, bookUnguarded, type Rival } from '../../test/support/rivals.js';

const many = 1_000;
let fresh: FreshDatabase;
let source: DataSource;
let db: Database;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  source = await new DataSource({ type: 'postgres', url: fresh.urls.app, entities: [Case], extra: { max: 40 } }).initialize();
  db = new Database(source);
});
afterAll(async () => {
  await source.destroy();
  await fresh.drop();
});

const hourAt = (day: string, fromMinute: number, minutes = 60) => {
  const from = new Date(Date.parse(`${day}T05:00:00Z`) + fromMinute * 60_000);
  return { from, to: new Date(+from + minutes * 60_000) };
};
/** All at once; how many got it, how many were told the hour is not free, anything else that happened, and how long all of it took. */
async function race(rivals: Rival[], attempt: (rival: Rival) => Promise<unknown>) {
  await Promise.all(Array.from({ length: 40 }, () => db.look('SELECT pg_sleep(0.05)', []))); // connections that stand already
  const begun = performance.now();
  const settled = await Promise.allSettled(rivals.map(attempt));
  const seconds = (performance.now() - begun) / 1000;
  const codes = settled.map((one) =>
    one.status === 'fulfilled' ? 'booked' : ((one.reason as { code?: string }).code ?? String(one.reason)),
  );
  const count = (code: string) => codes.filter((one) => one === code).length;
  return {
    booked: count('booked'),
    refused: count('meeting.hour_not_free'),
    others: [...new Set(codes)].filter((one) => one !== 'booked' && one !== 'meeting.hour_not_free'),
    seconds,
  };
}
/** Pairs of active bookings of one subject that overlap: what must not be. */
const doubles = async (subjects: string[]) =>
  (
    await fresh.admin(
      `SELECT 1 FROM bookings a JOIN bookings b ON a.subject_id = b.subject_id AND a.id < b.id AND a.during && b.during
       WHERE a.cancelled_at IS NULL AND b.cancelled_at IS NULL AND a.subject_id = ANY($1)`,
      [subjects],
    )
  ).length;
const guarded =
  (mode: 'room' | 'in_person' = 'room') =>
  (rival: Rival) =>
    bookGuarded({ db, clock: fresh.clock }, rival, mode);
const active = async (subject: string) =>
  (await fresh.admin('SELECT 1 FROM bookings WHERE subject_id = $1 AND cancelled_at IS NULL', [subject])).length;

it('gives one hour of one mediator to exactly one of a thousand', async () => {
  const rivals = await arrangeRivals(fresh, many, { mediators: 1, hourOf: () => hourAt('2026-10-05', 0) });
  const { seconds, ...told } = await race(rivals, guarded());
  expect(told).toEqual({ booked: 1, refused: many - 1, others: [] });
  expect(await active(rivals[0]!.mediator.id)).toBe(1);
  expect(seconds).toBeLessThan(30);
}, 60_000);

it('gives overlapping unequal hours of two mediators away once each', async () => {
  // Every hour reaches over 12:00, none is like another: of each mediator's five hundred one can stand.
  const rivals = await arrangeRivals(fresh, many, { mediators: 2, hourOf: (n) => hourAt('2026-10-06', -(n % 97), 100 + (n % 53)) });
  const { seconds, ...told } = await race(rivals, guarded());
  expect(told).toEqual({ booked: 2, refused: many - 2, others: [] });
  const judges = [...new Set(rivals.map(({ mediator }) => mediator.id))];
  expect(await Promise.all(judges.map(active))).toEqual([1, 1]);
  expect(await doubles(judges)).toBe(0);
  expect(seconds).toBeLessThan(30);
}, 60_000);

it('gives one room of the House to exactly one of a thousand, whoever mediates', async () => {
  const place = newId();
  await fresh.admin(`INSERT INTO resources (id, kind, name, changed_at) VALUES ($1, 'place', '1', '2026-09-07')`, [place]);
  const rivals = await arrangeRivals(fresh, many, { mediators: 20, hourOf: () => hourAt('2026-10-07', 0) });
  const { seconds, ...told } = await race(rivals, guarded('in_person'));
  expect(told).toEqual({ booked: 1, refused: many - 1, others: [] });
  expect(await active(place)).toBe(1);
  expect(seconds).toBeLessThan(30);
}, 60_000);

it('books nobody twice who takes part in several cases', async () => {
  const rivals = await arrangeRivals(fresh, 60, { mediators: 6, hourOf: (n) => hourAt('2026-10-08', (n % 5) * 20) });
  const shared = rivals.slice(0, 4).map(({ a }) => a);
  const crossed = rivals.map((rival, n) => ({ ...rival, a: shared[n % 4]!, b: shared[(n + 1) % 4]! })); // crossing pairs, in either order
  const { others } = await race(crossed, guarded());
  expect(others).toEqual([]);
  expect(await doubles(shared)).toBe(0);
}, 60_000);

it('is a test that fails without the guards', async () => {
  const bare = await freshDatabase({ entities: [Case] });
  const unguarded = await new DataSource({ type: 'postgres', url: bare.urls.app, entities: [Case], extra: { max: 40 } }).initialize();
  try {
    await bare.admin('ALTER TABLE bookings DROP CONSTRAINT bookings_never_overlap');
    const rivals = await arrangeRivals(bare, 200, { mediators: 1, hourOf: () => hourAt('2026-10-05', 0) });
    const open = new Database(unguarded);
    await Promise.all(Array.from({ length: 40 }, () => open.look('SELECT pg_sleep(0.05)', [])));
    await Promise.allSettled(rivals.map((rival) => bookUnguarded({ db: open, clock: bare.clock }, rival)));
    const standing = await bare.admin('SELECT 1 FROM bookings WHERE subject_id = $1 AND cancelled_at IS NULL', [rivals[0]!.mediator.id]);
    expect(standing.length).toBeGreaterThan(1);
  } finally {
    await unguarded.destroy();
    await bare.drop();
  }
}, 60_000);
