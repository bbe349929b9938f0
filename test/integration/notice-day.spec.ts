import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, EventType } from '#contract';
import { Reminders } from '#meetings';
import { Deliverer, NoticeSettingsService, NoticesService, Planner, Sweeper } from '#notifications';
import { type Config, type Delivery, newId } from '#platform';
import { freshDatabase, type FreshDatabase } from '../support/database.js';
import { arrangeNotices, type NoticeWorld } from '../support/notices.js';

let [fresh, world]: [FreshDatabase, NoticeWorld] = [] as never;
beforeAll(async () => {
  fresh = await freshDatabase();
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
});
afterAll(() => fresh.drop());

const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
const who: Record<string, string> = {
  'ana@example.kz': 'Ana',
  '+77010000001': 'Ana',
  '+77010000002': 'Boris',
  'judge@example.kz': 'Judge',
};
/** Midnight in Oskemen. */
const midnight = Date.parse('2026-09-06T19:00:00Z');
const minutesOf = (at: string) => {
  const [, day, hours, minutes] = /^(\+)?(\d\d):(\d\d)$/.exec(at)!;
  return (day ? 1_440 : 0) + Number(hours) * 60 + Number(minutes);
};

it('is told as the list says, and once', async () => {
  const sent: { at: string; to: string; by: string; id: string }[] = [];
  const take = (by: string) => async (to: string, id: string) => {
    sent.push({ at: now(), to: who[to] ?? to, by, id });
    return { outcome: 'sent', provider: by } satisfies Delivery;
  };
  const [byMail, bySms] = [take('mail'), take('sms')];
  const mail = { send: ({ to, messageId }: { to: string; messageId: string }) => byMail(to, messageId.slice(1, 37)) };
  const sms = { send: ({ to, reference }: { to: string; reference: string }) => bySms(to, reference) };
  const push = { send: async () => ({ outcome: 'sent', provider: 'push' }) satisfies Delivery };
  const settings = new NoticeSettingsService(fresh.db, fresh.clock, fresh.hashes);
  const centre = new NoticesService(fresh.db, fresh.clock, {} as never);
  const actor = (name: 'ana' | 'boris' | 'judge', role: Actor['role'] = 'citizen'): Actor => ({ id: world.people[name].id, role });
  const fact =
    (type: EventType, data: object = {}) =>
    () =>
      world.happen(type, world.caseId, data);
  const state = (now: string) => () => fresh.admin('UPDATE cases SET state = $2 WHERE id = $1', [world.caseId, now]);
  const proposalId = newId();
  const propose = () =>
    fresh.admin(
      `INSERT INTO proposals (id, case_id, proposed_by, mode, created_at, expires_at) VALUES ($1, $2, $3, 'room', $4, $4::timestamptz + interval '3 days')`,
      [proposalId, world.caseId, world.people.judge.id, fresh.clock.now()],
    );
  const readAll = async () => centre.markRead(actor('ana'), (await centre.list(actor('ana'), { limit: 1 })).rows[0]!.id);

  await fresh.admin(`INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', $3, '2026-09-05T05:00:00Z')`, [
    newId(),
    world.caseId,
    '[2026-09-08T10:00Z,2026-09-08T11:00Z)', // three in the afternoon of the next day
  ]);
  const script: Record<string, (() => Promise<unknown>)[]> = {
    '00:30': [fact('meeting.declined')],
    '07:10': [fact('case.consented')],
    '09:00': [fact('offer.accepted')],
    '09:05': [fact('case.mediator_replaced')],
    '10:00': [fact('contract.sent', { dueAt: '2026-09-12T13:00:00Z' })],
    '11:00': [fact('offer.accepted')],
    '11:05': [readAll],
    '12:00': [() => settings.save(actor('boris'), { wishes: [], hours: { zone: 'Europe/Berlin', quietFrom: '22:00', quietTo: '07:00' } })],
    '13:00': [() => settings.save(actor('judge', 'mediator'), { wishes: [{ kind: 'meeting', channel: 'email', wanted: false }] })],
    '13:30': [fact('meeting.cancelled')],
    '16:00': [state('RETURNED'), fact('deadline.fired', { code: 'RETURNED_FIX' })],
    '16:30': [fact('deadline.fired', { code: 'RETURNED_FIX' })],
    '16:35': [state('INVITED')], // the applicant has just sent it again
    '20:55': [fact('case.sent_to_court')],
    '22:00': [fact('case.mediation_started', { dueAt: '2026-10-07T18:59:59Z' })],
    '23:30': [propose, fact('meeting.proposed', { proposalId })],
  };

  let minute = 0;
  const now = () =>
    `${minute >= 1_440 ? '+' : ''}${String(Math.floor((minute % 1_440) / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  const [reminders, sweeper] = [new Reminders(fresh.workerDb, fresh.clock), new Sweeper(fresh.workerDb, fresh.clock)];
  const planners = [1, 2].map(() => new Planner(fresh.workerDb, fresh.clock));
  const deliverers = [1, 2].map(
    () => new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail as never, sms as never, push),
  );
  for (; minute <= minutesOf('+10:00'); minute += 5) {
    fresh.clock.set(new Date(midnight + minute * 60_000));
    for (const act of script[now()] ?? []) await act();
    await reminders.remindDue();
    const facts = await fresh.admin<{ id: string }>('SELECT event_id AS id FROM outbox WHERE handled_at IS NULL');
    if (facts.length > 0) await Promise.all(planners.map((one) => one.plan(facts.map(({ id }) => id))));
    const due = await sweeper.due(100);
    await Promise.all(deliverers.flatMap((one) => due.map(({ id }) => one.deliver(id))));
  }

  const rows = await fresh.admin<{ id: string; first: string; template: string }>(
    `SELECT id, coalesce(carried_by, id) AS first, template FROM notifications WHERE channel IN ('email', 'sms') AND state = 'sent' ORDER BY carried_by IS NOT NULL, id`,
  );
  const told = sent.map(
    ({ at, to, by, id }) =>
      `${at} ${to} ${by} ${rows
        .filter(({ first }) => first === id)
        .map(({ template }) => template)
        .join(' + ')}`,
  );
  expect(told.toSorted()).toEqual([
    '+08:00 Ana mail case.sent_to_court + meeting.proposed',
    '+08:00 Judge mail case.sent_to_court',
    '07:10 Boris sms consent.recorded',
    '08:00 Ana mail meeting.declined + invitation.accepted',
    '08:00 Boris sms meeting.declined',
    '08:00 Judge mail meeting.declined',
    '09:10 Ana mail mediator.assigned + mediator.replaced',
    '09:10 Boris sms mediator.assigned + mediator.replaced',
    '10:00 Ana mail contract.ready',
    '10:00 Boris sms contract.ready',
    '11:10 Boris sms mediator.assigned', // Ana has read it in the centre
    '13:30 Ana mail meeting.cancelled',
    '13:30 Boris sms meeting.cancelled', // the mediator wants no such mails
    '15:00 Ana mail meeting.reminder',
    '15:00 Boris sms meeting.reminder',
    '16:10 Ana mail reminder.returned',
    '21:05 Boris sms case.sent_to_court', // early evening in Berlin
    '22:00 Ana mail mediation.started',
    '22:00 Boris sms mediation.started',
    '22:00 Judge mail mediation.started',
    '23:30 Boris sms meeting.proposed',
  ]);
  expect(await fresh.admin(`SELECT 1 FROM notifications WHERE state IN ('waiting', 'failed')`)).toEqual([]);
}, 120_000);
