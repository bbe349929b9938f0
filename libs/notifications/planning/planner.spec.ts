import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventTypes, type EventType } from '#contract';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { rules } from '../rules/rules.js';
import { Planner } from './planner.js';

let fresh: FreshDatabase;
let world: NoticeWorld;
let planner: Planner;
beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z'); // eleven in the morning in Oskemen
  world = await arrangeNotices(fresh);
  planner = new Planner(fresh.workerDb, fresh.clock);
});
afterAll(() => fresh.drop());

/** "who channel language template", the way a person would write the list by hand. */
async function told(eventId: string): Promise<string[]> {
  const rows = (await fresh.admin(
    `SELECT coalesce(p.surname, y.surname || '*') AS who, n.channel, n.language, n.template, n.legal FROM notifications n
     LEFT JOIN persons p ON p.id = n.recipient_id LEFT JOIN parties y ON y.id = n.recipient_id WHERE n.source_id = $1`,
    [eventId],
  )) as { who: string; channel: string; language: string; template: string; legal: boolean }[];
  return rows
    .map(({ who, channel, language, template, legal }) => `${who} ${channel} ${language} ${template}${legal ? ' !' : ''}`)
    .toSorted();
}

async function play(type: EventType, { data = {}, by = null as string | null, caseId = world.caseId as string | null } = {}) {
  const id = await world.happen(type, caseId, data, by);
  await planner.plan([id]);
  return told(id);
}

const ana = (template: string, legal = false) => [
  `Асанова email kk ${template}${legal ? ' !' : ''}`,
  `Асанова in_app kk ${template}${legal ? ' !' : ''}`,
];
const boris = (template: string, legal = false) => [
  `Борисов in_app ru ${template}${legal ? ' !' : ''}`,
  `Борисов sms ru ${template}${legal ? ' !' : ''}`,
];
const judge = (template: string, legal = false) => [
  `Медетова email kk ${template}${legal ? ' !' : ''}`,
  `Медетова in_app kk ${template}${legal ? ' !' : ''}`,
];
const desk = (template: string) => [`Достықова in_app ru ${template}`, `Кеңесова in_app kk ${template}`];
const centre = (lines: string[]) => lines.filter((line) => line.includes(' in_app '));
const list = (...parts: string[][]) => parts.flat().toSorted();

describe('before the other side has joined', () => {
  it.each<[EventType, () => string[]]>([
    ['case.drafted', () => []],
    ['case.submitted', () => list(ana('application.received', true), desk('desk.submitted'))],
    ['case.returned', () => ana('application.returned', true)],
    ['case.refused', () => ana('application.refused', true)],
    ['case.refusal_proposed', () => desk('desk.refusal_proposed')],
    ['case.invited', () => list(ana('invitation.sent'), ['Тарапов* email ru invitation !', 'Тарапов* sms ru invitation !'])],
    ['case.reinvited', () => list(ana('invitation.sent'), ['Тарапов* email ru invitation !', 'Тарапов* sms ru invitation !'])],
    ['invitation.opened', () => []],
    ['invitation.understood', () => []],
    ['case.declined', () => list(ana('invitation.declined', true), desk('desk.declined'))],
    ['case.expired_invitation', () => list(ana('invitation.unanswered', true), desk('desk.unanswered'))],
    ['case.withdrawn', () => list(ana('application.withdrawn', true), ['Тарапов* email ru invitation.withdrawn'], desk('desk.withdrawn'))],
  ])('%s', async (type, expected) => expect(await play(type)).toEqual(expected()));

  it('tells a coordinator nothing of a case in which he is a party', async () => {
    const caseId = (
      await fresh.admin<{ id: string }>(
        `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, rules_on)
         VALUES (gen_random_uuid(), 'M-2026-own', 'SUBMITTED', now(), 'x', 'x', 'kk', $1, now(), '2026-09-07') RETURNING id`,
        [world.people.desk.id],
      )
    )[0]!.id;
    await world.party(caseId, 'A', 'kk', {}, world.people.desk.id);
    expect(await play('case.refusal_proposed', { caseId })).toEqual(['Достықова in_app ru desk.refusal_proposed']);
  });

  it('tells nobody that a draft is gone', async () =>
    expect((await play('case.withdrawn', { data: { from: 'DRAFT' } })).filter((line) => !line.includes('invitation'))).toEqual([]));

  it('tells the coordinator who did it nothing', async () =>
    expect(await play('case.refusal_proposed', { by: world.people.desk.id })).toEqual(['Достықова in_app ru desk.refusal_proposed']));
});

describe('once both sides and a mediator are there', () => {
  let offerId: string;
  beforeAll(async () => {
    await world.join();
    await world.offer(world.people.otherMediator.id);
    offerId = await world.offer(world.people.judge.id);
    await world.accept();
  });

  it.each<[EventType, () => string[]]>([
    ['case.consented', () => list(ana('invitation.accepted'), boris('consent.recorded', true), desk('desk.consented'))],
    ['case.court_named', () => centre(list(ana('court.named'), boris('court.named')))],
    ['offer.made', () => judge('offer.made')],
    ['offer.accepted', () => list(ana('mediator.assigned'), boris('mediator.assigned'), desk('desk.mediator_accepted'))],
    ['offer.declined', () => desk('desk.offer_declined')],
    ['offer.expired', () => list(centre(judge('offer.lapsed')), desk('desk.offer_expired'))],
    ['contract.sent', () => list(ana('contract.ready', true), boris('contract.ready', true))],
    ['contract.confirmed', () => centre(judge('contract.confirmed'))],
    [
      'case.mediation_started',
      () => list(ana('mediation.started', true), boris('mediation.started', true), judge('mediation.started', true)),
    ],
    ['case.extended', () => list(ana('mediation.extended', true), boris('mediation.extended', true), judge('mediation.extended', true))],
    ['settlement.sent', () => list(ana('settlement.ready', true), boris('settlement.ready', true))],
    ['settlement.confirmed', () => centre(judge('settlement.confirmed'))],
    ['settlement.abandoned', () => centre(list(ana('settlement.abandoned'), boris('settlement.abandoned'), judge('settlement.abandoned')))],
    ['settlement.anew_agreed', () => list(ana('settlement.anew_agreed'), boris('settlement.anew_agreed'))],
    [
      'settlement.resumed',
      () => list(ana('settlement.resumed', true), boris('settlement.resumed', true), judge('settlement.resumed', true)),
    ],
    ['case.settled', () => list(ana('case.settled', true), boris('case.settled', true), judge('case.settled', true), desk('desk.settled'))],
    [
      'case.terminated',
      () => list(ana('mediation.ended', true), boris('mediation.ended', true), judge('mediation.ended', true), desk('desk.ended')),
    ],
    ['case.handover_raised', () => desk('desk.handover')],
    ['attorney.ended', () => desk('desk.attorney_ended')],
    ['party.contact_taken', () => []], // somebody acts for every party here
    ['case.mediator_replaced', () => list(ana('mediator.replaced'), boris('mediator.replaced'), desk('desk.mediator_replaced'))],
    ['case.closed', () => centre(list(ana('case.closed'), boris('case.closed')))],
    ['case.archived', () => []],
    ['case.sent_to_court', () => list(ana('case.sent_to_court'), boris('case.sent_to_court'), judge('case.sent_to_court'))],
    ['case.court_ruled', () => list(ana('court.ruled', true), boris('court.ruled', true), judge('court.ruled', true), desk('desk.ruled'))],
    ['case.performance_changed', () => list(ana('performance.changed'), boris('performance.changed'), desk('desk.performance'))],
    ['deadline.set', () => []],
    ['deadline.cancelled', () => []],
    ['meeting.cancelled', () => list(ana('meeting.cancelled'), boris('meeting.cancelled'), judge('meeting.cancelled'))],
    ['meeting.started', () => []],
    ['meeting.ended', () => []],
  ])('%s', async (type, expected) => expect(await play(type, { data: { offerId, dueAt: '2026-09-14T13:00:00Z' } })).toEqual(expected()));

  it('asks about hours everybody but who proposed them, and tells the booked hour to all', async () => {
    const { ana: a, judge: j } = world.people;
    expect(await play('meeting.proposed', { by: j.id })).toEqual(list(ana('meeting.proposed'), boris('meeting.proposed')));
    expect(await play('meeting.declined', { by: a.id })).toEqual(list(boris('meeting.declined'), judge('meeting.declined')));
    expect(await play('meeting.booked', { data: { startsAt: '2026-09-10T05:00:00Z' } })).toEqual(
      list(ana('meeting.booked'), boris('meeting.booked'), judge('meeting.booked')),
    );
  });

  it.each([
    ['SCREENING', () => desk('desk.deadline')],
    ['CHOOSE_MEDIATOR', () => desk('desk.deadline')],
    ['RETURNED_FIX', () => list(ana('reminder.returned'), desk('desk.deadline'))],
    ['CONTRACT_SIGNING', () => list(ana('reminder.contract'), boris('reminder.contract'), desk('desk.deadline'))],
    ['PROPOSAL_ANSWER', () => []],
  ] as const)('reminds when %s has passed', async (code, expected) =>
    expect(await play('deadline.fired', { data: { code } })).toEqual(expected()),
  );

  it('reminds of a meeting everybody in it, and of an absence the mediator alone, while it stands', async () => {
    const data = { startsAt: '2026-09-14T05:00:00Z' };
    for (const kind of ['week', 'day', 'hour'])
      expect(await play('meeting.reminded', { data: { ...data, kind } })).toEqual(
        list(ana('meeting.reminder'), boris('meeting.reminder'), judge('meeting.reminder')),
      );
    expect(await play('meeting.missed', { data })).toEqual(list(ana('meeting.missed'), boris('meeting.missed'), judge('meeting.missed')));
    expect(await play('meeting.absence_told', { data: { ...data, stands: true } })).toEqual(judge('meeting.absence'));
    expect(await play('meeting.absence_told', { data: { ...data, stands: false } })).toEqual([]);
  });

  it('lets the night hold back a reminder a day before, and not the one an hour before', async () => {
    fresh.clock.set('2026-09-07T02:30:00Z'); // half past seven in the morning
    const dueOf = async (kind: string) => {
      const id = await world.happen('meeting.reminded', world.caseId, { kind, startsAt: '2026-09-07T03:30:00Z' });
      await planner.plan([id]);
      const [mail] = await fresh.admin<{ due: Date }>(
        `SELECT due_at AS due FROM notifications WHERE source_id = $1 AND channel = 'email'`,
        [id],
      );
      return mail!.due.toISOString();
    };
    expect(await dueOf('day')).toBe('2026-09-07T03:00:00.000Z');
    expect(await dueOf('hour')).toBe('2026-09-07T02:30:00.000Z');
    fresh.clock.set('2026-09-07T06:00:00Z');
  });

  it('tells an older offer from the one a fact is about', async () => {
    const [{ id }] = (await fresh.admin(`SELECT id FROM offers WHERE mediator_id = $1`, [world.people.otherMediator.id])) as [
      { id: string },
    ];
    expect(await play('offer.made', { data: { offerId: id } })).toEqual(['Бөтенова email ru offer.made', 'Бөтенова in_app ru offer.made']);
  });
});

it.each([
  ['person.registered', []],
  ['person.received', []],
  ['person.slip_made', []],
  ['person.slip_lost', []],
  ['person.role_granted', ana('person.role_granted')],
  ['person.disabled', ana('person.disabled', true)],
  ['person.password_changed', ana('person.password_changed', true)],
  ['person.contact_changed', [...ana('person.contact_changed', true), 'Асанова sms kk person.contact_changed !']],
  ['person.second_factor_set', ana('person.second_factor_set', true)],
  ['person.second_factor_reset', ana('person.second_factor_reset', true)],
  ['partner.token_made', []],
  ['case.import_undone', []],
  ['partner.token_revoked', []],
  ['partner.hook_made', []],
  ['partner.hook_ended', []],
  ['staff.invited', []],
] as const)('%s concerns the person alone', async (type, expected) =>
  expect(await play(type, { caseId: null, data: { personId: world.people.ana.id } })).toEqual([...expected]),
);

it('never tells a stranger, and has a rule or an explicit nobody for every fact', async () => {
  expect(await fresh.admin(`SELECT 1 FROM notifications WHERE recipient_id = $1`, [world.people.stranger.id])).toEqual([]);
  expect(Object.keys(rules).toSorted()).toEqual([...eventTypes].toSorted());
  expect(await fresh.admin(`SELECT template, last_error FROM notifications WHERE state = 'failed'`)).toEqual([]);
});

it('keeps ids, codes and dates alone', async () => {
  const rows = (await fresh.admin(`SELECT DISTINCT key, value FROM notifications, jsonb_each_text(variables)`)) as {
    key: string;
    value: string;
  }[];
  expect([...new Set(rows.map(({ key }) => key))].toSorted()).toEqual(['at', 'number', 'until']);
  for (const { key, value } of rows)
    expect([key, value]).toEqual([key, key === 'number' ? expect.stringMatching(/^M-2026-\w+$/) : new Date(value).toISOString()]);
});

it('plans once, whoever plans and however often', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => world.happen('contract.sent', world.caseId)));
  const planners = Array.from({ length: 3 }, () => new Planner(fresh.workerDb, fresh.clock));
  // Without the mark of the first planner the others would plan again: only the unique key stands in their way then.
  await Promise.allSettled(planners.flatMap((one) => [one.plan(ids), one.plan(ids.toReversed())]));
  await fresh.admin(`UPDATE outbox SET handled_at = NULL WHERE event_id = ANY($1)`, [ids]);
  await planner.plan(ids);
  const rows = await fresh.admin(`SELECT source_id, recipient_id, channel FROM notifications WHERE source_id = ANY($1)`, [ids]);
  expect(rows).toHaveLength(ids.length * 4);
});

it('shows the desk what it cannot tell: no number', async () => {
  const { id } = await world.person('Жетпес', 'kk', { phone: '+77010000009' });
  await fresh.admin(`UPDATE persons SET phone_sealed = NULL WHERE id = $1`, [id]);
  const caseId = (
    await fresh.admin<{ id: string }>(
      `INSERT INTO cases (id, state, state_since, category, district, language, created_by, created_at, rules_on)
     VALUES (gen_random_uuid(), 'DRAFT', now(), 'x', 'x', 'kk', $1, now(), '2026-09-07') RETURNING id`,
      [id],
    )
  )[0]!.id;
  await world.party(caseId, 'A', 'kk', {}, id);
  const event = await world.happen('contract.sent', caseId);
  await planner.plan([event]);
  expect(await fresh.admin(`SELECT channel, state, last_error FROM notifications WHERE source_id = $1 ORDER BY channel`, [event])).toEqual([
    { channel: 'in_app', state: 'failed', last_error: 'variable_missing:number' },
    { channel: 'letter', state: 'failed', last_error: 'variable_missing:number' },
  ]);
});

it('lets a courtesy wait for the morning and a legal notice not', async () => {
  fresh.clock.set('2026-09-07T17:30:00Z'); // half past ten in the evening
  const id = await world.happen('case.consented', world.caseId);
  await planner.plan([id]);
  const rows = await fresh.admin(
    `SELECT channel, legal, due_at FROM notifications WHERE source_id = $1 AND channel <> 'in_app' ORDER BY legal`,
    [id],
  );
  expect(rows).toEqual([
    { channel: 'email', legal: false, due_at: new Date('2026-09-08T03:00:00Z') },
    { channel: 'sms', legal: true, due_at: new Date('2026-09-07T17:30:00Z') },
  ]);
});
