import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.js';
import { disputesIn } from '../../../test/support/disputes.js';
import { Cleaner } from './cleaner.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
});
afterAll(() => fresh.drop());

it('throws away a choice for a pile that nobody offered within a day, and no other', async () => {
  const arranged = disputesIn(fresh);
  const [dispute, desk, mediator] = [await arranged.dispute('CONSENTED'), await arranged.person('coordinator'), await arranged.mediator()];
  const [applied, left, offer] = [newId(), newId(), newId()];
  for (const id of [applied, left])
    await fresh.admin(`INSERT INTO assignment_batches VALUES ($1, ARRAY[$2::uuid], 'x', 'x', '{}', '{}', $3, $4)`, [
      id,
      dispute.id,
      desk.id,
      fresh.clock.now(),
    ]);
  await fresh.admin(`INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5)`, [
    offer,
    dispute.id,
    mediator.id,
    desk.id,
    fresh.clock.now(),
  ]);
  await fresh.admin(`INSERT INTO assignments VALUES ($1, $2, $3, $4, 'x', 'x', 1, 1, '{}', '[]', $5, $6, $7)`, [
    newId(),
    dispute.id,
    offer,
    mediator.id,
    desk.id,
    fresh.clock.now(),
    applied,
  ]);
  const cleaner = new Cleaner(fresh.workerDb, fresh.clock);
  const kept = async () => (await fresh.admin<{ id: string }>('SELECT id FROM assignment_batches ORDER BY id')).map(({ id }) => id);
  await cleaner.clean();
  expect(await kept()).toEqual([applied, left].toSorted());
  fresh.clock.advance({ hours: 25 });
  await cleaner.clean();
  expect(await kept()).toEqual([applied]);
});
