import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { EventType } from '#contract';
import { type Config, type Delivery, newId, type OutgoingMail } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { Planner } from '../planning/planner.js';
import { Deliverer } from './deliverer.js';
import { Sweeper } from './sweeper.js';

let [fresh, world, planner]: [FreshDatabase, NoticeWorld, Planner] = [] as never;
let [mails, answer]: [OutgoingMail[], Delivery['outcome']] = [[], 'sent'];
const [meetingId, startsAt] = [newId(), '2026-09-10T05:00:00Z'];
const mail = {
  send: async (sent: OutgoingMail): Promise<Delivery> => {
    if (answer === 'sent') mails.push(sent);
    return { outcome: answer, provider: 'mail', ...(answer === 'sent' ? {} : { error: '450' }) };
  },
};
const other = { send: async (): Promise<Delivery> => ({ outcome: 'sent', provider: 'other' }) };

beforeAll(async () => {
  fresh = await freshDatabase();
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
  planner = new Planner(fresh.workerDb, fresh.clock);
  await fresh.admin(`INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', tstzrange($3, $4), $5)`, [
    meetingId,
    world.caseId,
    startsAt,
    '2026-09-10T06:00:00Z',
    '2026-09-01T05:00:00Z',
  ]);
});
afterAll(() => fresh.drop());
beforeEach(() => fresh.admin(`TRUNCATE delivery_attempts, notifications`));

const happen = async (type: EventType, data = {}) => planner.plan([await world.happen(type, world.caseId, data)]);
const remind = (kind: string) => happen('meeting.reminded', { meetingId, kind, startsAt });
/** One turn of the sweep, by several workers at once. */
const turn = async (workers = 1) => {
  const due = (await new Sweeper(fresh.workerDb, fresh.clock).due(100)).map(({ id }) => id);
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  const make = () => new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, other, other);
  await Promise.all(Array.from({ length: workers }, make).flatMap((one) => due.map((id) => one.deliver(id))));
};
const toAna = () => mails.filter(({ to }) => to === 'ana@example.kz');
const told = (template: string) =>
  fresh.admin(
    `SELECT n.state, n.last_error AS error, (SELECT count(*)::int FROM delivery_attempts a WHERE a.notification_id = n.id) AS tries
     FROM notifications n WHERE recipient_id = $1 AND channel = 'email' AND template = $2 ORDER BY n.id`,
    [world.people.ana.id, template],
  );
const night = () => fresh.clock.set('2026-09-09T17:00:00Z'); // ten in the evening: courtesies wait until eight
const morning = () => fresh.clock.set('2026-09-10T03:00:00Z');

it('drops a reminder of a meeting that was moved, called off or begun; of one that stands it is sent', async () => {
  for (const [change, back, sent] of [
    [`cancelled_at = cancelled_at`, `cancelled_at = cancelled_at`, 1],
    [`cancelled_at = '2026-09-09T18:00:00Z'`, `cancelled_at = NULL`, 0],
    [
      `during = tstzrange('2026-09-11T05:00:00Z', '2026-09-11T06:00:00Z')`,
      `during = tstzrange('2026-09-10T05:00:00Z', '2026-09-10T06:00:00Z')`,
      0,
    ],
  ] as const) {
    mails = [];
    night();
    await remind('day');
    await turn();
    expect(toAna()).toEqual([]);
    await fresh.admin(`UPDATE meetings SET ${change} WHERE id = $1`, [meetingId]);
    morning();
    await turn(2);
    expect(toAna()).toHaveLength(sent);
    expect((await told('meeting.reminder')).at(-1)).toMatchObject(
      sent ? { state: 'sent' } : { state: 'suppressed', error: 'lapsed', tries: 0 },
    );
    await fresh.admin(`UPDATE meetings SET ${back} WHERE id = $1`, [meetingId]);
  }
});

it('does not send it once the mail server is back, if the hour has passed by then', async () => {
  mails = [];
  fresh.clock.set('2026-09-10T04:58:00Z');
  answer = 'retry';
  await remind('hour');
  await turn();
  expect(await told('meeting.reminder')).toMatchObject([{ state: 'waiting', tries: 1 }]);
  answer = 'sent';
  fresh.clock.set('2026-09-10T05:01:00Z');
  await turn();
  expect(toAna()).toEqual([]);
  expect(await told('meeting.reminder')).toMatchObject([{ state: 'suppressed', error: 'lapsed' }]);
});

it('asks nobody about an offer that was answered or withdrawn in the night', async () => {
  const offerId = await world.offer(world.people.judge.id);
  for (const [answered, sent] of [
    [null, 1],
    ['2026-09-09T18:00:00Z', 0],
  ] as const) {
    mails = [];
    night();
    await happen('offer.disclosed', { offerId });
    await fresh.admin(
      `UPDATE offers SET answered_at = $2, answer = CASE WHEN $2::timestamptz IS NULL THEN NULL ELSE 'declined' END WHERE id = $1`,
      [offerId, answered],
    );
    morning();
    await turn();
    expect(toAna()).toHaveLength(sent);
  }
});

it('leaves alone what travelled with it', async () => {
  night();
  mails = [];
  await happen('case.sent_to_court');
  fresh.clock.set('2026-09-09T17:05:00Z');
  await remind('day');
  await fresh.admin(`UPDATE meetings SET cancelled_at = '2026-09-09T18:00:00Z' WHERE id = $1`, [meetingId]);
  morning();
  await turn();
  expect(toAna()).toHaveLength(1);
  expect(await told('case.sent_to_court')).toMatchObject([{ state: 'sent' }]);
  await fresh.admin(`UPDATE meetings SET cancelled_at = NULL WHERE id = $1`, [meetingId]);
});
