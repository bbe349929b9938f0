import { simpleParser } from 'mailparser';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startMailbox, type Mailbox } from '../../../apps/launcher/src/mailbox.js';
import { freshDatabase, type FreshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { type Sink, startSink } from '../../../test/support/smtp.js';
import type { Config } from '#platform';
import { MobizonSms } from '../channels/mobizon.sms.js';
import { SmtpMail } from '../channels/smtp.mail.js';
import { Planner } from '../planning/planner.js';
import { Deliverer } from './deliverer.js';
import { mostAttempts } from './outcomes.js';
import { Sweeper } from './sweeper.js';

const dir = mkdtempSync(join(tmpdir(), 'deliver-'));
let [fresh, world, mailbox, sink, mail]: [FreshDatabase, NoticeWorld, Mailbox, Sink, SmtpMail] = [] as never;
let [planner, sweeper, deliverer]: [Planner, Sweeper, Deliverer] = [] as never;
beforeAll(async () => {
  [fresh, mailbox] = await Promise.all([freshDatabase(), startMailbox({ dir })]);
  world = await arrangeNotices(fresh);
  await world.join();
  planner = new Planner(fresh.workerDb, fresh.clock);
  sweeper = new Sweeper(fresh.workerDb, fresh.clock);
});
beforeEach(async () => {
  fresh.clock.set('2026-09-07T06:00:00Z');
  sink = await startSink();
  mail = new SmtpMail([sink.url]);
  deliverer = make();
});
afterEach(async () => {
  mail.close();
  await sink.stop();
});
afterAll(async () => {
  await mailbox.stop();
  await fresh.drop();
  rmSync(dir, { recursive: true });
});

const push = { send: async () => ({ outcome: 'sent', provider: 'push' }) as const };
const make = () => {
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  const sms = new MobizonSms({ url: mailbox.smsUrl, key: mailbox.smsKey, from: 'KELISIM' });
  return new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, sms, push);
};
const texts = async (to: string) => (await (await fetch(`${mailbox.webUrl}/api/sms?to=${to}`)).json()) as { text: string }[];
/** Plans a fact and tries to deliver all of it once. */
async function deliver(...fact: Parameters<NoticeWorld['happen']>) {
  const event = await world.happen(...fact);
  const planned = (await planner.plan([event])).filter(({ channel }) => channel !== 'in_app');
  const more = await Promise.all(planned.map(({ id }) => deliverer.deliver(id)));
  return { event, planned, more: more.flat() };
}
const rows = (event: string) =>
  fresh.admin<{
    id: string;
    channel: string;
    state: string;
    attempts: number;
    last_error: string | null;
    due_at: Date;
    sent_at: Date | null;
  }>(`SELECT * FROM notifications WHERE source_id = $1 AND channel IN ('email', 'sms') ORDER BY channel, id`, [event]);
const attemptsOf = (id: string) =>
  fresh.admin(`SELECT outcome, provider, receipt, error FROM delivery_attempts WHERE notification_id = $1 ORDER BY at, id`, [id]);

describe('what is due', () => {
  it('goes to each by their own channel and language, with proof', async () => {
    const { event } = await deliver('contract.sent', world.caseId, { dueAt: '2026-09-12T13:00:00Z' });
    const [email, sms] = await rows(event);
    expect([email, sms]).toMatchObject([
      { channel: 'email', state: 'sent', attempts: 1, sent_at: fresh.clock.now() },
      { channel: 'sms', state: 'sent', attempts: 1 },
    ]);
    expect(sink.taken).toMatchObject([{ to: 'ana@example.kz', messageId: `<${email!.id}@kelisim.test>` }]);
    expect(sink.taken[0]!.raw).toMatch(/^Auto-Submitted: auto-generated\r?$/m);
    expect(sink.taken[0]!.raw).not.toMatch(/^List-Unsubscribe/m);
    expect((await texts('77010000002'))[0]!.text).toMatch(
      /^Дом дружбы: в кабинете есть сообщение для вас, ответ до 12 сентября\. kelisim\.test /,
    );
    expect(await attemptsOf(email!.id)).toEqual([
      { outcome: 'sent', provider: new URL(sink.url).host, receipt: '250 2.0.0 kept', error: null },
    ]);
  });

  it('lets a courtesy be unsubscribed from', async () => {
    await deliver('meeting.cancelled', world.caseId);
    const unfolded = sink.taken[0]!.raw.replaceAll(/\r?\n[ \t]/g, '');
    expect(unfolded).toMatch(/^List-Unsubscribe: ?<https:\/\/kelisim\.test\/api\/unsubscriptions\/[\w-]+>\r?$/m);
    expect(unfolded).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  });

  it('goes once, however many workers are told of it at once', async () => {
    const event = await world.happen('contract.sent', world.caseId);
    const planned = (await planner.plan([event])).filter(({ channel }) => channel === 'email');
    await Promise.all([make(), make(), make()].flatMap((one) => [...planned, ...planned].map(({ id }) => one.deliver(id))));
    await deliverer.deliver(planned[0]!.id);
    expect(sink.taken).toHaveLength(1);
  });

  it('waits for its hour', async () => {
    fresh.clock.set('2026-09-07T18:00:00Z');
    const { planned } = await deliver('offer.accepted', world.caseId);
    expect(sink.taken).toEqual([]);
    fresh.clock.set('2026-09-08T03:00:00Z');
    const due = (await sweeper.due(100)).map(({ id }) => id);
    expect(due).toEqual(expect.arrayContaining(planned.map(({ id }) => id)));
    await Promise.all(due.map((id) => deliverer.deliver(id)));
    expect(sink.taken).toHaveLength(1);
  });
});

describe('what does not arrive', () => {
  it('is tried again after 451, with the same id, and then no more', async () => {
    sink.behaviour.onRcpt = () => '451 4.2.0 come back';
    const { event } = await deliver('contract.sent', world.caseId);
    const [before] = await rows(event);
    expect(before).toMatchObject({
      state: 'waiting',
      attempts: 1,
      last_error: '451 4.2.0 EENVELOPE',
      due_at: new Date('2026-09-07T06:00:10Z'),
    });
    await deliverer.deliver(before!.id);
    expect(await attemptsOf(before!.id)).toHaveLength(1); // too early
    sink.behaviour.onRcpt = undefined;
    fresh.clock.advance({ seconds: 10 });
    expect((await sweeper.due(10)).map(({ id }) => id)).toContain(before!.id);
    await deliverer.deliver(before!.id);
    expect(await rows(event)).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }, {}]);
    expect(sink.taken.map(({ messageId }) => messageId)).toEqual([`<${before!.id}@kelisim.test>`]);
    expect(await attemptsOf(before!.id)).toMatchObject([{ outcome: 'retry' }, { outcome: 'sent' }]);
  });

  it('is given up after more than four hours of trying', async () => {
    sink.behaviour.onRcpt = () => '451 4.2.0 come back';
    const { event } = await deliver('contract.sent', world.caseId);
    const { id } = (await rows(event))[0]!;
    const begun = fresh.clock.now().getTime();
    for (let tried = 1; tried < mostAttempts; tried += 1) {
      const { due_at } = (await rows(event))[0]!;
      fresh.clock.set(due_at);
      await deliverer.deliver(id);
    }
    expect((await rows(event))[0]).toMatchObject({ state: 'failed', attempts: mostAttempts });
    expect(fresh.clock.now().getTime() - begun).toBeGreaterThanOrEqual(4 * 3_600_000);
  });

  it('fails at once after 550, and goes by text message where there is a number', async () => {
    sink.behaviour.onRcpt = () => '550 5.1.1 no such user';
    const { event, more } = await deliver('contract.sent', world.caseId);
    expect(await rows(event)).toMatchObject([
      { channel: 'email', state: 'failed', last_error: '550 5.1.1 EENVELOPE' },
      { channel: 'sms', state: 'sent' }, // Boris
      { channel: 'sms', state: 'waiting' }, // Ana, instead of the mail
    ]);
    expect(more).toMatchObject([{ channel: 'sms', recipientId: world.people.ana.id }]);
    await deliverer.deliver(more[0]!.id);
    expect((await texts('77010000001'))[0]!.text).toMatch(/^Достық үйі: кабинетте сізге хабарлама бар/);
  });

  it('may come twice when the line is cut after the text, but with one id', async () => {
    let cuts = 1;
    sink.behaviour.onText = () => (cuts-- > 0 ? 'cut' : undefined);
    const { event } = await deliver('contract.sent', world.caseId);
    fresh.clock.advance({ seconds: 10 });
    const { id } = (await rows(event))[0]!;
    await deliverer.deliver(id);
    expect(sink.taken.map(({ messageId, answered }) => [messageId, answered])).toEqual([
      [`<${id}@kelisim.test>`, false],
      [`<${id}@kelisim.test>`, true],
    ]);
    expect(await rows(event)).toMatchObject([{ state: 'sent', attempts: 2 }, {}]);
  });

  it('is taken up by another worker when the first one died over it', async () => {
    const event = await world.happen('contract.sent', world.caseId);
    const { id } = (await planner.plan([event])).find(({ channel }) => channel === 'email')!;
    await fresh.admin(`UPDATE notifications SET due_at = due_at + interval '90 seconds', attempts = 1 WHERE id = $1`, [id]); // a claim
    await deliverer.deliver(id);
    expect(sink.taken).toEqual([]);
    fresh.clock.advance({ seconds: 90 });
    await deliverer.deliver(id);
    expect(sink.taken).toHaveLength(1);
  });

  it('stands before the desk when a contact can not be opened or is gone', async () => {
    const event = await world.happen('contract.sent', world.caseId);
    const planned = (await planner.plan([event])).filter(({ channel }) => channel !== 'in_app');
    const kept = await fresh.admin<{ phone: Buffer }>(`SELECT phone_sealed AS phone FROM persons WHERE id = $1`, [world.people.boris.id]);
    await fresh.admin(`UPDATE persons SET email_sealed = '\\x0001ffff' WHERE id = $1`, [world.people.ana.id]);
    await fresh.admin(`UPDATE persons SET phone_sealed = NULL WHERE id = $1`, [world.people.boris.id]);
    await Promise.all(planned.map(({ id }) => deliverer.deliver(id)));
    expect(await rows(event)).toMatchObject([
      { state: 'failed', last_error: 'contact_unreadable' },
      { state: 'failed', last_error: 'no_contact' },
    ]);
    await fresh.admin(`UPDATE persons SET phone_sealed = $2 WHERE id = $1`, [world.people.boris.id, kept[0]!.phone]);
    const sealed = await fresh.db.transaction({ id: null, role: 'system' }, (tx) =>
      fresh.keys.seal(tx, { scope: 'person', id: world.people.ana.id }, 'ana@example.kz', 'email'),
    );
    await fresh.admin(`UPDATE persons SET email_sealed = $2 WHERE id = $1`, [world.people.ana.id, sealed]);
  });
});

it('sends no text message to a landline: the desk hears of it at once', async () => {
  const other = await arrangeNotices(fresh);
  const { id } = await other.person('Қалалық', 'kk', { phone: '+77232250000' });
  const event = await other.happen('person.password_changed', null, { personId: id });
  const [sms] = (await planner.plan([event])).filter(({ channel }) => channel === 'sms');
  await deliverer.deliver(sms!.id);
  expect(await rows(event)).toMatchObject([{ state: 'failed', last_error: 'landline', attempts: 1 }]);
  expect(await texts('77232250000')).toEqual([]);
});

describe('codes', () => {
  const sealedCopies = (id: string) => fresh.admin(`SELECT code_sealed FROM one_time_codes WHERE id = $1`, [id]);

  it('travel once, in the words of what they are for, and leave no sealed copy', async () => {
    const byMail = await world.code('new@example.kz', 'email', 'confirm_paper', 'ru');
    const bySms = await world.code('+77010000042', 'sms', 'sign_in', 'kk');
    const planned = await sweeper.planCodes();
    expect(await sweeper.planCodes()).toEqual([]);
    await Promise.all(planned.map(({ id }) => deliverer.deliver(id)));
    expect(sink.taken.map(({ to }) => to)).toEqual(['new@example.kz']);
    expect((await texts('77010000042'))[0]!.text).toMatch(
      /^Келісім: растау коды 482913\. Оны ешкімге айтпаңыз\. Тексеру коды [0-9A-Z]{8}$/,
    );
    for (const id of [byMail, bySms]) expect(await sealedCopies(id)).toEqual([{ code_sealed: null }]);
    expect(await fresh.admin(`SELECT 1 FROM notifications WHERE variables::text LIKE '%482913%'`)).toEqual([]);
  });

  it('are tried often while they live, and not sent once they are of no use', async () => {
    sink.behaviour.onRcpt = () => '451 busy';
    const id = await world.code('late@example.kz', 'email');
    const [planned] = await sweeper.planCodes();
    await deliverer.deliver(planned!.id);
    fresh.clock.advance({ seconds: 20 });
    await deliverer.deliver(planned!.id);
    expect(await attemptsOf(planned!.id)).toHaveLength(2);
    sink.behaviour.onRcpt = undefined;
    fresh.clock.advance({ minutes: 10 });
    await deliverer.deliver(planned!.id);
    expect(sink.taken).toEqual([]);
    expect(await rows(id)).toMatchObject([{ state: 'suppressed', last_error: 'expired' }]);
    expect(await sealedCopies(id)).toEqual([{ code_sealed: null }]);
  });
});

describe('an invitation', () => {
  it('goes to both contacts of the party with its code, and not once it is answered', async () => {
    const other = await arrangeNotices(fresh);
    world = other;
    const first = await deliver('case.invited', other.caseId);
    // Ana's is a courtesy, and waits for what else may come.
    expect((await rows(first.event)).map(({ state }) => state).toSorted()).toEqual(['sent', 'sent', 'waiting']);
    expect((await simpleParser(sink.taken.find(({ to }) => to === 'boris@example.kz')!.raw)).text).toMatch(/7K4M29QX/);
    expect((await texts('77010000002'))[0]!.text).toMatch(/kelisim\.test\/i\/7K4M29QX/);
    const again = await world.happen('case.reinvited', other.caseId);
    const planned = (await planner.plan([again])).filter(({ channel }) => channel === 'email');
    await fresh.admin(`UPDATE invitations SET answered_at = $2, answer = 'consent', code_sealed = NULL WHERE id = $1`, [
      other.invitationId,
      fresh.clock.now(),
    ]);
    await Promise.all(planned.map(({ id }) => deliverer.deliver(id)));
    expect((await rows(again)).find(({ channel, state }) => channel === 'email' && state === 'suppressed')).toMatchObject({
      last_error: 'answered',
    });
    expect(sink.taken.filter(({ to }) => to === 'boris@example.kz')).toHaveLength(1);
  });
});
