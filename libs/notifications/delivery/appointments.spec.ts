import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '#platform';
import type { Config } from '#platform';
import { readTwice, replay } from '../../../test/support/calendars.js';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../../test/support/notices.js';
import { type Sink, startSink } from '../../../test/support/smtp.js';
import { SmtpMail } from '../channels/smtp.mail.js';
import { Planner } from '../planning/planner.js';
import { Deliverer } from './deliverer.js';

let [fresh, world, sink, mail]: [FreshDatabase, NoticeWorld, Sink, SmtpMail] = [] as never;
let deliverer: Deliverer;

beforeAll(async () => {
  [fresh, sink] = await Promise.all([freshDatabase(), startSink()]);
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  await world.accept();
  mail = new SmtpMail([sink.url]);
  const config = { WEB_ORIGIN: ['https://kelisim.test'], MAIL_FROM: 'habar@kelisim.test' } as unknown as Config;
  const sms = { send: () => Promise.resolve({ outcome: 'sent' as const, provider: 'none' }) };
  deliverer = new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, mail, sms, sms);
});
afterAll(async () => {
  mail.close();
  await sink.stop();
  await fresh.drop();
});

const addMeeting = (id: string, from: string, to: string, seriesId: string | null = null, sequence = 0) =>
  fresh.admin(
    `INSERT INTO meetings (id, case_id, mode, during, booked_at, series_id, planned_at, sequence) VALUES ($1, $2, 'room', tstzrange($3, $4), $3, $5, $3, $6)`,
    [id, world.caseId, from, to, seriesId, sequence],
  );
/** Tells a fact of a meeting and returns the mail that Ana got of it. */
async function told(type: 'meeting.booked' | 'meeting.moved' | 'meeting.cancelled', data: Record<string, string | number>) {
  const before = sink.taken.length;
  const event = await world.happen(type, world.caseId, data);
  for (const { id, channel } of await new Planner(fresh.workerDb, fresh.clock).plan([event]))
    if (channel === 'email') await deliverer.deliver(id);
  const raw = sink.taken.slice(before).find(({ to }) => to.includes('ana@'))!.raw;
  const parsed = await simpleParser(raw);
  const calendar = parsed.attachments.find(({ contentType }) => contentType === 'text/calendar');
  return { raw, parsed, text: calendar!.content.toString() };
}
const hour = (startsAt: string, endsAt: string, sequence: number) => ({ startsAt, endsAt, sequence });
const orders = <T>(all: T[]): T[][] =>
  all.length < 2 ? [all] : all.flatMap((one, at) => orders(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

it('sends an invitation, its change and its end, which two parsers and a calendar understand in any order', async () => {
  const meetingId = newId();
  await addMeeting(meetingId, '2026-10-05T05:00:00Z', '2026-10-05T06:00:00Z');
  const booked = await told('meeting.booked', { meetingId, ...hour('2026-10-05T05:00:00.000Z', '2026-10-05T06:00:00.000Z', 0) });
  const moved = await told('meeting.moved', { meetingId, ...hour('2026-10-06T07:00:00.000Z', '2026-10-06T08:30:00.000Z', 1) });
  const off = await told('meeting.cancelled', { meetingId, ...hour('2026-10-06T07:00:00.000Z', '2026-10-06T08:30:00.000Z', 2) });
  const messages = [booked, moved, off].map(({ text }) => readTwice(text));
  expect(messages.map(({ method, events: [event] }) => [method, event!.sequence, event!.from, event!.to])).toEqual([
    ['REQUEST', 0, '2026-10-05T05:00:00.000Z', '2026-10-05T06:00:00.000Z'],
    ['REQUEST', 1, '2026-10-06T07:00:00.000Z', '2026-10-06T08:30:00.000Z'],
    ['CANCEL', 2, '2026-10-06T07:00:00.000Z', '2026-10-06T08:30:00.000Z'],
  ]);
  const [request, update] = messages as [(typeof messages)[0], (typeof messages)[0]];
  for (const order of orders([request, update])) expect([...replay(order).values()]).toMatchObject([{ state: 'standing', sequence: 1 }]);
  for (const order of orders(messages).filter(([first]) => first!.method !== 'CANCEL'))
    expect([...replay(order).values()]).toMatchObject([{ state: 'cancelled', sequence: 2 }]);
  expect([...replay([...messages, ...messages]).values()]).toMatchObject([{ state: 'cancelled', sequence: 2 }]);
});

it('says nothing but that there is an appointment, and shows nobody else', async () => {
  const meetingId = newId();
  await addMeeting(meetingId, '2026-10-07T05:00:00Z', '2026-10-07T06:00:00Z');
  const { text, parsed, raw } = await told('meeting.booked', { meetingId, ...hour('2026-10-07T05:00:00Z', '2026-10-07T06:00:00Z', 0) });
  expect(readTwice(text).events[0]!.title).toBe('Кездесу');
  expect(text).toContain('ATTENDEE');
  expect([...text.replaceAll('\r\n ', '').matchAll(/mailto:(\S+)/g)].map(([, address]) => address)).toEqual([
    'habar@kelisim.test',
    'ana@example.kz',
  ]);
  for (const word of [world.number, world.caseId, 'Медетова', 'boris', 'LOCATION', 'DESCRIPTION']) expect(text).not.toContain(word);
  expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
  expect(parsed.subject).toBe('Сізге Достық үйінен хабарлама бар');
});

it('invites to four weeks as one thing, and moves one of them by its name', async () => {
  const [seriesId, first, second] = [newId(), newId(), newId()];
  await addMeeting(first, '2026-10-05T05:00:00Z', '2026-10-05T06:00:00Z', seriesId);
  await addMeeting(second, '2026-10-12T05:00:00Z', '2026-10-12T06:00:00Z', seriesId);
  const all = await told('meeting.booked', {
    meetingId: first,
    seriesId,
    weeks: 4,
    ...hour('2026-10-05T05:00:00Z', '2026-10-05T06:00:00Z', 0),
  });
  const one = await told('meeting.moved', { meetingId: second, seriesId, ...hour('2026-10-13T05:00:00Z', '2026-10-13T06:00:00Z', 1) });
  const end = await told('meeting.cancelled', { meetingId: second, ...hour('2026-10-13T05:00:00Z', '2026-10-13T06:00:00Z', 2) });
  const messages = [all, one, end].map(({ text }) => readTwice(text));
  expect(messages.map(({ events: [event] }) => [event!.uid, event!.count, event!.recurrenceOf])).toEqual([
    [`${seriesId}@kelisim.test`, 4, null],
    [`${seriesId}@kelisim.test`, null, '2026-10-12T05:00:00.000Z'],
    [`${seriesId}@kelisim.test`, null, '2026-10-12T05:00:00.000Z'],
  ]);
  expect([...replay(messages).values()].map(({ state }) => state)).toEqual(['standing', 'cancelled']);
});

it('ends the rest of a series in one mail, each of its hours by its name', async () => {
  const seriesId = newId();
  const ids = [newId(), newId(), newId()];
  for (const [at, id] of ids.entries())
    await addMeeting(id, `2026-11-${String(2 + at * 7).padStart(2, '0')}T05:00:00Z`, `2026-11-${String(2 + at * 7).padStart(2, '0')}T06:00:00Z`, seriesId); // prettier-ignore
  const all = await told('meeting.booked', { meetingId: ids[0]!, seriesId, weeks: 3, ...hour('2026-11-02T05:00:00Z', '2026-11-02T06:00:00Z', 0) }); // prettier-ignore
  const moved = await told('meeting.moved', { meetingId: ids[2]!, seriesId, ...hour('2026-11-17T05:00:00Z', '2026-11-17T06:00:00Z', 1) });
  await fresh.admin(`UPDATE meetings SET during = tstzrange('2026-11-17T05:00Z', '2026-11-17T06:00Z'), sequence = 1 WHERE id = $1`, [
    ids[2],
  ]);
  await fresh.admin('UPDATE meetings SET cancelled_at = $2, sequence = sequence + 1 WHERE id = ANY($1)', [ids.slice(1), fresh.clock.now()]);
  const end = await told('meeting.cancelled', { meetingId: ids[1]!, seriesId, whole: 'true', ...hour('2026-11-09T05:00:00Z', '2026-11-09T06:00:00Z', 1) }); // prettier-ignore
  const messages = [all, moved, end].map(({ text }) => readTwice(text));
  expect(messages[2]!.events.map(({ recurrenceOf, sequence, from }) => [recurrenceOf, sequence, from])).toEqual([
    ['2026-11-09T05:00:00.000Z', 1, '2026-11-09T05:00:00.000Z'],
    ['2026-11-16T05:00:00.000Z', 2, '2026-11-17T05:00:00.000Z'],
  ]);
  expect([...replay(messages).entries()].map(([name, { state }]) => [name.split(' ')[1], state])).toEqual([
    ['', 'standing'],
    ['2026-11-16T05:00:00.000Z', 'cancelled'],
    ['2026-11-09T05:00:00.000Z', 'cancelled'],
  ]);
});

it('never travels inside another mail, nor is lost because the notice was read', async () => {
  const meetingId = newId();
  await addMeeting(meetingId, '2026-10-08T05:00:00Z', '2026-10-08T06:00:00Z');
  const event = await world.happen('meeting.booked', world.caseId, {
    meetingId,
    ...hour('2026-10-08T05:00:00Z', '2026-10-08T06:00:00Z', 0),
  });
  const planned = await new Planner(fresh.workerDb, fresh.clock).plan([event]);
  await fresh.admin(`UPDATE notifications SET read_at = $2 WHERE source_id = $1 AND channel = 'in_app'`, [event, fresh.clock.now()]);
  const before = sink.taken.length;
  for (const { id, channel } of planned) if (channel === 'email') await deliverer.deliver(id);
  expect(sink.taken.slice(before).filter(({ to }) => to.includes('ana@'))).toHaveLength(1);
});
