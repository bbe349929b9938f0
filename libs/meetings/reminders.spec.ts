import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { bookMeeting } from '../../test/support/meetings.js';
import { Reminders } from './reminders.js';

let fresh: FreshDatabase;
let reminders: Reminders;
beforeAll(async () => {
  fresh = await freshDatabase();
  reminders = new Reminders(fresh.workerDb, fresh.clock);
});
afterAll(() => fresh.drop());

const hour = { from: '2026-10-05T05:00:00Z', to: '2026-10-05T06:00:00Z' };
const told = async ({ caseId }: Mediation) =>
  (
    await fresh.admin<{ kind: string; at: string }>(
      `SELECT data->>'kind' AS kind, data->>'startsAt' AS at FROM events WHERE case_id = $1 AND type = 'meeting.reminded' ORDER BY seq`,
      [caseId],
    )
  ).map(({ kind, at }) => `${kind} ${at.slice(0, 16)}`);
const at = async (instant: string, ...sweeps: Reminders[]) => {
  fresh.clock.set(instant);
  await Promise.all((sweeps.length > 0 ? sweeps : [reminders]).map((one) => one.remindDue()));
};

it('reminds a week, a day and an hour before, once each, whoever sweeps and however often', async () => {
  const people = await arrangeMediation(fresh);
  await bookMeeting(fresh.admin, people, hour);
  await at('2026-09-28T04:59:59Z');
  expect(await told(people)).toEqual([]);
  const workers = Array.from({ length: 4 }, () => new Reminders(fresh.workerDb, fresh.clock));
  for (const instant of [
    '2026-09-28T05:00:00Z',
    '2026-10-04T04:59:00Z',
    '2026-10-04T05:00:00Z',
    '2026-10-05T04:00:00Z',
    '2026-10-05T04:59:59Z',
  ])
    await at(instant, ...workers, ...workers);
  expect(await told(people)).toEqual(['week 2026-10-05T05:00', 'day 2026-10-05T05:00', 'hour 2026-10-05T05:00']);
  await at('2026-10-05T05:00:00Z');
  expect(await told(people)).toHaveLength(3);
});

it('sends the one that is due now after a long silence, and none for a meeting that has begun', async () => {
  const people = await arrangeMediation(fresh);
  await bookMeeting(fresh.admin, people, hour);
  await at('2026-10-05T01:00:00Z');
  expect(await told(people)).toEqual(['day 2026-10-05T05:00']);
  const late = await arrangeMediation(fresh);
  await bookMeeting(fresh.admin, late, hour);
  await at('2026-10-05T05:00:00Z');
  expect(await told(late)).toEqual([]);
});

it('reminds of the new hour of a meeting that moved, and of the old one no more', async () => {
  const people = await arrangeMediation(fresh);
  const id = await bookMeeting(fresh.admin, people, hour);
  await at('2026-10-04T05:00:00Z');
  await fresh.admin(`UPDATE meetings SET during = tstzrange('2026-10-15T05:00:00Z', '2026-10-15T06:00:00Z'), sequence = 1 WHERE id = $1`, [
    id,
  ]);
  await at('2026-10-05T04:30:00Z');
  expect(await told(people)).toEqual(['day 2026-10-05T05:00']);
  for (const instant of ['2026-10-08T05:00:00Z', '2026-10-14T05:00:00Z', '2026-10-15T04:00:00Z']) await at(instant);
  expect(await told(people)).toEqual(['day 2026-10-05T05:00', 'week 2026-10-15T05:00', 'day 2026-10-15T05:00', 'hour 2026-10-15T05:00']);
});

it('does not repeat what the notice of a booking or of a move has just said', async () => {
  const people = await arrangeMediation(fresh);
  await bookMeeting(fresh.admin, people, { ...hour, bookedAt: '2026-10-02T05:00:00Z' });
  await at('2026-10-02T05:01:00Z');
  expect(await told(people)).toEqual([]);
  await at('2026-10-04T05:00:00Z');
  expect(await told(people)).toEqual(['day 2026-10-05T05:00']);
  const moved = await arrangeMediation(fresh);
  const id = await bookMeeting(fresh.admin, moved, hour);
  await fresh.admin(`SELECT record_event($1, $2, 'meeting.moved', NULL, 'system', '2026-10-01T05:00:00Z', $3)`, [
    newId(),
    moved.caseId,
    JSON.stringify({ meetingId: id }),
  ]);
  await at('2026-10-02T05:00:00Z');
  expect(await told(moved)).toEqual([]);
});

it('is silent about a meeting that was called off', async () => {
  const people = await arrangeMediation(fresh);
  const id = await bookMeeting(fresh.admin, people, hour);
  await fresh.admin('UPDATE meetings SET cancelled_at = $2 WHERE id = $1', [id, '2026-09-20T05:00:00Z']);
  await at('2026-10-04T05:00:00Z');
  expect(await told(people)).toEqual([]);
});
