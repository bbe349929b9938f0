import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import type { SignedIn } from '#contract';
import { configFrom } from '#platform';
import { calendarOn } from '../../../test/support/calendar.js';
import { type FreshDatabase, freshDatabase } from '../../../test/support/database.js';
import { calendarOf, eventOf, startFeeds } from '../../../test/support/feeds.js';
import { arrangeMediation } from '../../../test/support/mediation.js';
import { feedLimits } from './fetch-feed.js';
import { OutsideReader } from './outside.reader.js';
import { readApart } from './read-apart.js';

let fresh: FreshDatabase;
let house: ReturnType<typeof calendarOn>;
let feeds: Awaited<ReturnType<typeof startFeeds>>;
let reader: OutsideReader;
let served: string;
let hold: Promise<unknown> = Promise.resolve();
let asked = () => undefined as void;

/** How a process runs from the sources. */
const sources = ['--conditions=source', '--import', './test/support/typescript.mjs'];
const mayReach = (ip: string, port: number) => ip === '127.0.0.1' || feedLimits.mayReach(ip, port);
const readerOf = (milliseconds = 20_000) =>
  new OutsideReader(fresh.workerDb, fresh.clock, fresh.workerKeys, readApart(sources, milliseconds), { ...feedLimits, mayReach });

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  house = calendarOn(fresh);
  reader = readerOf();
  feeds = await startFeeds({
    '/mine.ics': async (response, { headers }) => {
      const text = served;
      asked();
      await hold;
      if (headers['if-none-match'] === `"${text.length}"`) response.writeHead(304).end();
      else response.writeHead(200, { etag: `"${text.length}"` }).end(text);
    },
    '/loop': (response) => response.writeHead(302, { location: '/loop' }).end(),
    '/huge': (response) => response.writeHead(200, { 'content-length': 50_000_000 }).write('BEGIN:VCALENDAR'),
    '/page': (response) => response.end('<html>'),
    '/endless': (response) => response.end(calendarOf(eventOf('DTSTART:19000101T000000Z', 'RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30'))),
  });
});
afterAll(async () => {
  await feeds.stop();
  await fresh.drop();
});

const gone = expect.objectContaining({ code: 'not_found' });
const monday = (day: string) => `202609${day}`;
const hour = (day: string, from: string, to: string) => eventOf(`DTSTART:${day}T${from}00Z`, `DTEND:${day}T${to}00Z`);
const name = (actor: SignedIn, path = '/mine.ics') => house.outside.name(actor, { address: feeds.at(path) });
const state = async (actor: SignedIn) => (await house.outside.show(actor)).calendar;
const busyOf = ({ id }: SignedIn) => fresh.admin('SELECT during FROM outside_busy WHERE person_id = $1', [id]);
const later = (minutes: number) => fresh.clock.advance({ minutes });
async function mediationOnMondays() {
  const people = await arrangeMediation(fresh);
  await house.hours.keep(people.mediator, {
    weekly: [{ day: 1, from: '09:00', to: '12:00' }],
    exceptions: [],
    modes: ['room'],
    bufferMinutes: 0,
    dailyLimit: 9,
  });
  return people;
}
const firstOf = async (people: Awaited<ReturnType<typeof mediationOnMondays>>) =>
  (await house.finder.look(people.mediator, people.caseId, { mode: 'room', minutes: 60, weeks: 1 })).hours.map(({ from }) => from);

it('keeps the hours that are busy elsewhere clear, and nothing else of them', async () => {
  const people = await mediationOnMondays();
  served = calendarOf(hour(monday('14'), '0430', '0500'), hour(monday('14'), '0600', '0630'));
  expect(await state(people.mediator)).toBeNull();
  expect(await name(people.mediator)).toEqual({ calendar: { host: `127.0.0.1:${feeds.port}`, fetchedAt: null, failure: null, busy: 0 } });
  expect(await reader.readDue()).toBe(1);
  expect(await state(people.mediator)).toMatchObject({ fetchedAt: fresh.clock.now().toISOString(), failure: null, busy: 2 });
  expect(await firstOf(people)).toEqual(['2026-09-14T05:00:00.000Z', '2026-09-21T04:00:00.000Z', '2026-09-21T05:00:00.000Z']);
  const rows = await fresh.admin<{ text: string }>(
    `SELECT row_to_json(c)::text AS text FROM outside_calendars c UNION ALL SELECT row_to_json(b)::text FROM outside_busy b`,
  );
  for (const { text } of rows) for (const word of ['Dentist', 'mine.ics']) expect(text).not.toContain(word);
  expect(await house.outside.forget(people.mediator)).toEqual({ calendar: null });
  expect(await busyOf(people.mediator)).toEqual([]);
  expect((await firstOf(people))[0]).toBe('2026-09-14T04:00:00.000Z');
});

it('is a mediator’s own: there for nobody else', async () => {
  const { mediator, a, b, coordinator, other } = await mediationOnMondays();
  await name(mediator);
  for (const stranger of [a, b, coordinator, { ...mediator, role: 'citizen' as const }]) {
    expect(() => house.outside.show(stranger)).toThrow(gone);
    expect(() => name(stranger)).toThrow(gone);
    expect(() => house.outside.forget(stranger)).toThrow(gone);
  }
  expect(await state({ ...other, role: 'mediator' })).toBeNull();
  expect(await state(mediator)).not.toBeNull();
  await house.outside.forget(mediator);
});

it('is read every hour, by one worker of several, and only if it changed; but anew every day, for what repeats goes on', async () => {
  const { mediator } = await mediationOnMondays();
  served = calendarOf(hour(monday('14'), '0400', '0500'));
  await name(mediator);
  const before = feeds.asked.length;
  expect((await Promise.all([reader, readerOf(), readerOf()].map((one) => one.readDue()))).toSorted()).toEqual([0, 0, 1]);
  expect(feeds.asked.length - before).toBe(1);
  later(59);
  expect(await reader.readDue()).toBe(0);
  later(1);
  expect(await reader.readDue()).toBe(1);
  expect(feeds.asked.at(-1)!.headers['if-none-match']).toBe(`"${served.length}"`);
  expect(await state(mediator)).toMatchObject({ fetchedAt: fresh.clock.now().toISOString(), failure: null, busy: 1 });
  later(20 * 60);
  await reader.readDue();
  expect(feeds.asked.at(-1)!.headers['if-none-match']).toBeUndefined();
  served = calendarOf();
  later(60);
  await reader.readDue();
  expect(await busyOf(mediator)).toEqual([]);
  await house.outside.forget(mediator);
});

it.each([
  ['/huge', 'too_large'],
  ['/loop', 'too_many_redirects'],
  ['/page', 'not_a_calendar'],
  ['/nowhere', 'refused'],
  ['/endless', 'too_large'],
])('says what is wrong, and asks later and later: %s is %s', async (path, failure) => {
  const { mediator } = await mediationOnMondays();
  await name(mediator, path);
  await (path === '/endless' ? readerOf(1_500) : reader).readDue();
  expect(await state(mediator)).toMatchObject({ fetchedAt: null, failure, busy: 0 });
  later(14);
  expect(await reader.readDue()).toBe(0);
  if (path !== '/endless') {
    later(1);
    expect(await reader.readDue()).toBe(1);
    later(29);
    expect(await reader.readDue()).toBe(0);
  }
  await house.outside.forget(mediator);
});

it('goes to no address of the inside, and says so', async () => {
  const { mediator } = await mediationOnMondays();
  for (const host of ['127.0.0.2', '[::1]', '10.0.0.1', '169.254.169.254']) {
    await house.outside.name(mediator, { address: `http://${host}:${feeds.port}/mine.ics` });
    await reader.readDue();
    expect((await state(mediator))!.failure).toBe('private_address');
  }
  await house.outside.forget(mediator);
});

it('keeps what it read last while a calendar fails, and forgets an address that was changed while it was read', async () => {
  const { mediator } = await mediationOnMondays();
  served = calendarOf(hour(monday('14'), '0400', '0500'));
  await name(mediator);
  await reader.readDue();
  served = '<html>';
  later(60);
  await reader.readDue();
  expect(await state(mediator)).toMatchObject({ failure: 'not_a_calendar', busy: 1 });
  let go = () => undefined as void;
  hold = new Promise<void>((open) => (go = open));
  served = calendarOf(hour(monday('14'), '0400', '0500'), hour(monday('21'), '0400', '0500'));
  later(15);
  const isAsked = new Promise<void>((now) => (asked = now));
  const reading = reader.readDue();
  await isAsked;
  later(1);
  await name(mediator, '/nowhere');
  go();
  await reading;
  expect(await state(mediator)).toMatchObject({ fetchedAt: null, failure: null, busy: 0 });
  await house.outside.forget(mediator);
});

it('counts at booking where the cabinet found the hour, and not where the mediator named it', async () => {
  const people = await mediationOnMondays();
  const { mediator, a, b, caseId } = people;
  const accept = async (found: boolean) => {
    const from = '2026-10-05T04:00:00Z';
    const asked = found ? { minutes: 60 } : { slots: [{ from, to: '2026-10-05T05:00:00Z' }] };
    const made = await house.calendar.propose(mediator, caseId, { id: crypto.randomUUID(), mode: 'room', ...asked });
    const [first] = made.proposal!.slots;
    await fresh.admin(
      `INSERT INTO outside_calendars VALUES ($1, '', 'x', $2, 'infinity') ON CONFLICT DO NOTHING`,
      [mediator.id, fresh.clock.now()], // read in the meantime
    );
    await fresh.admin('INSERT INTO outside_busy VALUES ($1, tstzrange($2, $3))', [mediator.id, first!.from, first!.to]);
    const ids = made.proposal!.slots.map(({ id }) => id);
    await house.calendar.answer(a, made.proposal!.id, ids);
    const booked = (await house.calendar.answer(b, made.proposal!.id, ids)).meetings.at(-1)!;
    return { booked: booked.from, slots: made.proposal!.slots.map((slot) => slot.from) };
  };
  const found = await accept(true);
  expect(found.booked).toBe(found.slots[1]);
  const named = await accept(false);
  expect(named.booked).toBe(named.slots[0]);
});

it('has its one opening on this machine for tests alone', () => {
  const bare = { DATABASE_URL: 'postgres://x', REDIS_URL: 'redis://x', CONTACT_KEYS: 'x', HASH_KEY: 'x'.repeat(32), TEST_CALENDAR_ADDRESS: '127.0.0.1' }; // prettier-ignore
  for (const NODE_ENV of ['production', 'development', undefined])
    expect(() => configFrom({ ...bare, ...(NODE_ENV ? { NODE_ENV } : {}) })).toThrow('TEST_CALENDAR_ADDRESS');
  expect(configFrom({ ...bare, NODE_ENV: 'test' }).TEST_CALENDAR_ADDRESS).toBe('127.0.0.1');
});
