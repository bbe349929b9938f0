import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor, EventType, SaveNoticeSettings } from '#contract';
import { SaveNoticeSettings as schema } from '#contract';
import type { Config, Delivery, OutgoingMail, OutgoingSms } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { DeliveriesService } from '../deliveries.service.js';
import { NoticesService } from '../notices.service.js';
import { Planner } from '../planning/planner.js';
import { NoticeSettingsService } from '../settings.service.js';
import { Deliverer } from './deliverer.js';
import { Sweeper } from './sweeper.js';

let [fresh, world, planner, sweeper, settings]: [FreshDatabase, NoticeWorld, Planner, Sweeper, NoticeSettingsService] = [] as never;
let ana: Actor;
let mails: OutgoingMail[] = [];
let texts: OutgoingSms[] = [];
/** What the mail server answers, and what happens while it thinks. */
let answer: Delivery['outcome'] = 'sent';
let meanwhile: () => Promise<unknown> = async () => undefined;
const mail = {
  send: async (sent: OutgoingMail): Promise<Delivery> => {
    await meanwhile();
    if (answer === 'sent') mails.push(sent);
    return { outcome: answer, provider: 'mail', ...(answer === 'sent' ? {} : { error: '550' }) };
  },
};
const sms = { send: async (sent: OutgoingSms): Promise<Delivery> => ({ outcome: texts.push(sent) ? 'sent' : 'retry', provider: 'sms' }) };
const push = { send: async (): Promise<Delivery> => ({ outcome: 'sent', provider: 'push' }) };
const make = () => {
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  return new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, sms, push);
};

beforeAll(async () => {
  fresh = await freshDatabase();
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
  planner = new Planner(fresh.workerDb, fresh.clock);
  sweeper = new Sweeper(fresh.workerDb, fresh.clock);
  settings = new NoticeSettingsService(fresh.db, fresh.clock, fresh.hashes);
  ana = { id: world.people.ana.id, role: 'citizen' };
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  fresh.clock.set('2026-09-07T06:00:00Z'); // eleven in the morning
  await fresh.admin(`TRUNCATE notice_wishes, notice_hours, delivery_attempts, notifications`);
  [mails, texts, answer, meanwhile] = [[], [], 'sent', async () => undefined];
});

const happen = async (...types: EventType[]) => {
  for (const type of types) await planner.plan([await world.happen(type, world.caseId, type === 'meeting.booked' ? { startsAt } : {})]);
};
let startsAt = '2026-09-10T05:00:00Z';
/** One turn of the sweep, by several workers at once. */
const turn = async (workers = 1) => {
  const due = (await sweeper.due(100)).map(({ id }) => id);
  await Promise.all(Array.from({ length: workers }, make).flatMap((one) => due.map((id) => one.deliver(id))));
};
const toAna = () => mails.filter(({ to }) => to === 'ana@example.kz');
const rowsOfAna = () =>
  fresh.admin<{ id: string; state: string; attempts: number; error: string | null; due: Date; tries: number }>(
    `SELECT n.id, n.channel, n.template, n.state, n.attempts, n.last_error AS error, n.due_at AS due,
       (SELECT count(*)::int FROM delivery_attempts a WHERE a.notification_id = n.id) AS tries
     FROM notifications n WHERE recipient_id = $1 AND channel IN ('email', 'sms') ORDER BY n.id`,
    [ana.id],
  );
const read = (template: string) =>
  fresh.admin(`UPDATE notifications SET read_at = $2 WHERE recipient_id = $1 AND channel = 'in_app' AND template = $3`, [
    ana.id,
    fresh.clock.now(),
    template,
  ]);
const save = (wishes: SaveNoticeSettings['wishes'], hours?: SaveNoticeSettings['hours']) =>
  settings.save(ana, { wishes, ...(hours ? { hours } : {}) });

describe('a burst', () => {
  it('is one mail with all of it, and each is proved by itself', async () => {
    await happen('offer.accepted');
    fresh.clock.advance({ minutes: 4 });
    await happen('case.mediator_replaced', 'case.sent_to_court');
    await turn();
    expect(toAna()).toEqual([]);
    fresh.clock.advance({ minutes: 6 });
    await turn();
    fresh.clock.advance({ minutes: 20 });
    await turn();
    expect(toAna()).toHaveLength(1);
    const [{ text, html, messageId }] = toAna() as [OutgoingMail];
    expect(text).toMatch(/Кабинетте 3 хабарлама бар:\n\n- .+медиатор.+\n- .+\n- .+сот/);
    expect(html.match(/<li /g)).toHaveLength(3);
    const rows = await rowsOfAna();
    expect(rows).toHaveLength(3);
    expect(rows).toMatchObject(rows.map(() => ({ state: 'sent', attempts: 1, tries: 1 })));
    expect(messageId).toBe(`<${rows[0]!.id}@kelisim.test>`);
  });

  it('is one text message for who has no address', async () => {
    await happen('offer.accepted', 'case.mediator_replaced');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(texts.map(({ to }) => to)).toEqual(['+77010000002']);
  });

  it('is nothing when all was read meanwhile, and leaves out what was', async () => {
    await happen('offer.accepted', 'case.mediator_replaced', 'case.sent_to_court');
    await read('mediator.assigned');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(toAna()[0]!.html.match(/<li /g)).toHaveLength(2);
    expect(await rowsOfAna()).toMatchObject([{ state: 'suppressed', error: 'read' }, { state: 'sent' }, { state: 'sent' }]);
    await happen('offer.accepted');
    await read('mediator.assigned');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(toAna()).toHaveLength(1);
  });

  it('is not split by workers who take it up at once', async () => {
    await happen('offer.accepted', 'case.mediator_replaced', 'case.sent_to_court', 'meeting.declined', 'case.performance_changed');
    fresh.clock.advance({ minutes: 10 });
    await turn(4);
    expect(toAna()).toHaveLength(1);
    expect(toAna()[0]!.html.match(/<li /g)).toHaveLength(5);
  });

  it('is tried again as it was: what comes later goes by itself', async () => {
    answer = 'retry';
    await happen('meeting.declined', 'offer.accepted');
    await turn();
    answer = 'sent';
    await happen('case.sent_to_court');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(toAna().map(({ html }) => html.match(/<li /g)?.length ?? 1)).toEqual(expect.arrayContaining([2, 1]));
    expect(toAna()).toHaveLength(2);
    expect(await rowsOfAna()).toMatchObject([{ tries: 2 }, { tries: 2 }, { tries: 1 }]);
  });

  it('that can never arrive stands before the desk one by one, goes by text message once, and is sent again one by one', async () => {
    answer = 'failed';
    await happen('offer.accepted', 'case.mediator_replaced');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(await rowsOfAna()).toMatchObject([{ state: 'failed' }, { state: 'failed' }, { state: 'waiting' }, { state: 'waiting' }]);
    await turn();
    expect(texts.filter(({ to }) => to === '+77010000001')).toHaveLength(1);
    answer = 'sent';
    const desk = new DeliveriesService(fresh.db, fresh.clock);
    await desk.resend({ id: world.people.desk.id, role: 'coordinator' }, (await rowsOfAna())[1]!.id);
    await turn();
    expect(toAna().map(({ html }) => html.match(/<li /g))).toEqual([null]);
  });
});

describe('a wish', () => {
  it('turns courtesies off by kind and channel, and moves them to another; the centre and what is legal stay', async () => {
    await save([
      { kind: 'case', channel: 'email', wanted: false },
      { kind: 'case', channel: 'sms', wanted: true },
    ]);
    await happen('offer.accepted', 'meeting.declined', 'contract.sent');
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(await rowsOfAna()).toMatchObject([
      { channel: 'sms', template: 'mediator.assigned', state: 'sent' },
      { channel: 'email', template: 'meeting.declined', state: 'sent' },
      { channel: 'email', template: 'contract.ready', state: 'sent' },
    ]);
    const { rows } = await new NoticesService(fresh.db, fresh.clock, {} as never).list(ana, { limit: 20 });
    expect(rows).toHaveLength(3);
  });

  it('bears on what waits already, and harms nothing while it is being sent', async () => {
    await happen('offer.accepted');
    await save([{ kind: 'case', channel: 'email', wanted: false }]);
    fresh.clock.advance({ minutes: 10 });
    await turn();
    expect(await rowsOfAna()).toMatchObject([{ state: 'suppressed', error: 'unwanted' }]);
    await happen('meeting.declined');
    meanwhile = () => save([{ kind: 'meeting', channel: 'email', wanted: false }]);
    await turn();
    expect((await rowsOfAna())[1]).toMatchObject({ state: 'sent', tries: 1 });
  });

  it('is one person’s own: of two pages that save at once both are kept, and a stranger’s changes nothing', async () => {
    const stranger: Actor = { id: world.people.stranger.id, role: 'citizen' };
    await Promise.all([
      save([{ kind: 'case', channel: 'email', wanted: false }]),
      save([{ kind: 'room', channel: 'sms', wanted: true }]),
      settings.save(stranger, { wishes: [{ kind: 'meeting', channel: 'email', wanted: false }] }),
    ]);
    const { wishes, hours, reach } = await settings.read(ana);
    expect(wishes.filter(({ channel, wanted }) => wanted !== (channel !== 'sms'))).toEqual([
      { kind: 'case', channel: 'email', wanted: false },
      { kind: 'room', channel: 'sms', wanted: true },
    ]);
    expect([hours.zone, reach]).toEqual(['Asia/Almaty', ['email', 'sms']]);
    expect(() => settings.read({ id: null, role: 'visitor' })).toThrow('unauthenticated');
    expect(await fresh.db.transaction(stranger, (tx) => tx.query(`SELECT 1 FROM notice_wishes WHERE person_id = $1`, [ana.id]))).toEqual(
      [],
    );
  });

  it.each([{ zone: 'Oskemen' }, { zone: 'Asia/Oskemen' }, { quietFrom: '24:00' }, { quietTo: '8:00' }])('%j is refused', (wrong) =>
    expect(schema.safeParse({ hours: { zone: 'Asia/Almaty', quietFrom: '22:00', quietTo: '07:00', ...wrong } }).success).toBe(false),
  );
});

describe('one press in a mail program', () => {
  const linkOf = ({ headers }: OutgoingMail) => /unsubscriptions\/([\w-]+)>$/.exec(headers?.['List-Unsubscribe'] ?? '')?.[1] ?? '';

  it('ends e-mails of what the mail was about, for its reader, and nothing else', async () => {
    await happen('meeting.declined');
    await turn();
    const [sent] = toAna() as [OutgoingMail];
    expect(sent.headers?.['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
    await settings.endMails(linkOf(sent));
    await settings.endMails(linkOf(sent));
    expect((await settings.read(ana)).wishes.filter(({ channel, wanted }) => channel === 'email' && !wanted)).toEqual([
      { kind: 'meeting', channel: 'email', wanted: false },
    ]);
    expect(await fresh.admin(`SELECT DISTINCT person_id FROM notice_wishes`)).toEqual([{ person_id: ana.id }]);
    await happen('meeting.declined', 'contract.sent');
    await turn();
    expect(toAna()).toHaveLength(2);
    expect(toAna()[1]!.headers).not.toHaveProperty('List-Unsubscribe');
  });

  it('made up, for somebody else or for another kind, ends nothing', async () => {
    await happen('meeting.declined');
    await turn();
    const bytes = Buffer.from(linkOf(toAna()[0]!), 'base64url');
    const turned = (at: number) => Buffer.from(bytes.map((byte, here) => (here === at ? byte ^ 1 : byte))).toString('base64url');
    for (const token of [turned(0), turned(16), turned(20), bytes.subarray(0, 17).toString('base64url'), '', 'x'.repeat(44)])
      await expect(settings.endMails(token)).rejects.toMatchObject({ code: 'not_found' });
    expect(await fresh.admin(`SELECT 1 FROM notice_wishes`)).toEqual([]);
  });
});

describe('quiet hours', () => {
  it.each([
    ['Asia/Almaty', '21:00', '08:00', '2026-09-07T18:00:00Z', '2026-09-08T03:00:00Z'],
    ['Europe/Berlin', '22:00', '07:00', '2026-10-24T21:30:00Z', '2026-10-25T06:00:00Z'], // the clocks go back that night
    ['America/New_York', '12:00', '14:00', '2026-09-07T16:30:00Z', '2026-09-07T18:00:00Z'], // a rest at noon
    ['Asia/Almaty', '08:00', '08:00', '2026-09-07T18:00:00Z', '2026-09-07T18:00:00Z'], // never quiet
  ])('in %s from %s to %s', async (zone, quietFrom, quietTo, at, due) => {
    fresh.clock.set(at);
    await save([], { zone, quietFrom, quietTo });
    await happen('meeting.declined', 'contract.sent');
    expect((await rowsOfAna()).map((row) => row.due)).toEqual([new Date(due), new Date(at)]);
  });

  it('hold also for a later try, which does not count then', async () => {
    fresh.clock.set('2026-09-07T15:59:55Z'); // five seconds to nine in the evening
    answer = 'retry';
    await happen('meeting.declined');
    await turn();
    answer = 'sent';
    fresh.clock.advance({ seconds: 30 });
    await turn();
    expect(toAna()).toEqual([]);
    expect(await rowsOfAna()).toMatchObject([{ state: 'waiting', attempts: 1, due: new Date('2026-09-08T03:00:00Z') }]);
    fresh.clock.set('2026-09-08T03:00:00Z');
    await turn();
    expect(toAna()).toHaveLength(1);
  });

  it('give way to an appointment that the morning would tell too late', async () => {
    fresh.clock.set('2026-09-07T18:00:00Z');
    startsAt = '2026-09-08T03:15:00Z';
    await happen('meeting.booked');
    await turn();
    expect(toAna()).toHaveLength(1);
    startsAt = '2026-09-10T05:00:00Z';
  });
});
