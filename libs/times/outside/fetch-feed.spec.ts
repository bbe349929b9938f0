import { afterAll, beforeAll, expect, it } from 'vitest';
import { gzipSync } from 'node:zlib';
import { calendarOf, startFeeds } from '../../../test/support/feeds.js';
import { feedLimits, type FeedLimits, fetchFeed } from './fetch-feed.js';

let feeds: Awaited<ReturnType<typeof startFeeds>>;
const calendar = calendarOf();
const unknown = { etag: null, lastModified: null };
const redirect = (location: string) => (response: import('node:http').ServerResponse) => response.writeHead(302, { location }).end();
let sent = 0;

beforeAll(async () => {
  feeds = await startFeeds({
    '/good.ics': (response) => response.writeHead(200, { etag: '"7"', 'last-modified': 'Mon, 07 Sep 2026 00:00:00 GMT' }).end(calendar),
    '/unchanged.ics': (response, { headers }) => response.writeHead(headers['if-none-match'] === '"7"' ? 304 : 200).end(),
    '/loop': redirect('/loop'),
    '/pair': redirect('/riap'),
    '/riap': redirect('/pair'),
    '/moved.ics': redirect('/good.ics'),
    '/inside': redirect('http://169.254.169.254/latest/meta-data'),
    '/neighbour': redirect('http://127.0.0.2:1/'),
    '/six': redirect('http://[::1]:1/'),
    '/octal': redirect('http://0x7f.2/'),
    '/file': redirect('file:///etc/passwd'),
    '/declared': (response) => response.writeHead(200, { 'content-length': 50_000_000 }).write('BEGIN:VCALENDAR'),
    '/flood': (response) => {
      const part = Buffer.alloc(256 * 1024, 'BEGIN:VEVENT\r\n');
      const pour = () => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += part.length;
          if (!response.write(part)) return void response.once('drain', pour);
        }
        response.end();
      };
      pour();
    },
    '/drip': (response) => {
      response.write('BEGIN:VCALENDAR\r\n');
      const timer = setInterval(() => response.write('X-A:1\r\n'), 50);
      response.on('close', () => clearInterval(timer));
    },
    '/silent': () => undefined,
    '/page': (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
    '/bomb': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(1_000_000))),
    '/closed': (response) => response.writeHead(403).end(),
    '/ill': (response) => response.writeHead(503).end(),
    '/cut': (response) => {
      response.writeHead(200, { 'content-length': 100 }).write('BEGIN:VCALENDAR');
      setTimeout(() => response.destroy(), 20);
    },
  });
});
afterAll(() => feeds.stop());

/** The real guard; this machine's one address is opened to it as in tests of the worker. */
const limits: FeedLimits = {
  ...feedLimits,
  milliseconds: 10_000,
  mayReach: (ip, port) => ip === '127.0.0.1' || feedLimits.mayReach(ip, port),
};
const read = (path: string, more: Partial<FeedLimits> = {}) => fetchFeed(feeds.at(path), unknown, { ...limits, ...more });
const fails = (failure: string) => expect.objectContaining({ failure });

it('reads what is there, follows where it went, and sends back what it was told', async () => {
  const told = { etag: '"7"', lastModified: 'Mon, 07 Sep 2026 00:00:00 GMT' };
  expect(await read('/good.ics')).toEqual({ text: calendar, ...told });
  expect(await read('/moved.ics')).toEqual({ text: calendar, ...told });
  expect(await fetchFeed(feeds.at('/unchanged.ics'), told, limits)).toBe('unchanged');
  expect(feeds.asked.at(-1)!.headers).toMatchObject({ 'if-none-match': '"7"', 'if-modified-since': told.lastModified });
});

it.each([
  ['/loop', 'too_many_redirects'],
  ['/pair', 'too_many_redirects'],
  ['/inside', 'private_address'],
  ['/neighbour', 'private_address'],
  ['/six', 'private_address'],
  ['/octal', 'private_address'],
  ['/file', 'refused'],
  ['/declared', 'too_large'],
  ['/drip', 'too_slow'],
  ['/silent', 'too_slow'],
  ['/page', 'not_a_calendar'],
  ['/bomb', 'not_a_calendar'],
  ['/closed', 'refused'],
  ['/nowhere', 'refused'],
  ['/ill', 'unreachable'],
  ['/cut', 'unreachable'],
])('%s: %s', async (path, failure) => {
  await expect(read(path, failure === 'too_slow' ? { milliseconds: 400 } : {})).rejects.toEqual(fails(failure));
});

it('stops within a redirect loop after so many steps, and within 50 MB after five', async () => {
  const before = feeds.asked.length;
  await expect(read('/loop')).rejects.toEqual(fails('too_many_redirects'));
  expect(feeds.asked.length - before).toBe(limits.redirects + 1);
  sent = 0;
  await expect(read('/flood')).rejects.toEqual(fails('too_large'));
  expect(sent).toBeLessThan(20_000_000); // what the machine's own buffers hold beside the five
});

it('asks nothing inside: no name and no number that leads to a private address', async () => {
  const before = feeds.asked.length;
  const guarded = (url: string) => fetchFeed(url, unknown, { ...feedLimits, milliseconds: 1_500 });
  for (const host of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f000001', '127.1', '0.0.0.0'])
    await expect(guarded(feeds.at('/good.ics', host))).rejects.toEqual(fails('private_address'));
  await expect(guarded(`http://user:secret@127.0.0.1:${feeds.port}/good.ics`)).rejects.toEqual(fails('refused'));
  await expect(guarded('ftp://127.0.0.1/good.ics')).rejects.toEqual(fails('refused'));
  expect(feeds.asked.length).toBe(before);
});

it('asks a name once, judges all of its answers, and goes nowhere but there', async () => {
  let asked = 0;
  const answering = (...answers: string[][]) =>
    ((_: string, __: unknown, told: (error: null, found: { address: string; family: number }[]) => void) =>
      told(
        null,
        answers[Math.min(asked++, answers.length - 1)]!.map((address) => ({ address, family: 4 })),
      )) as unknown as FeedLimits['resolve'];
  // Whoever looks twice is led inside; we look once.
  await expect(fetchFeed(feeds.at('/good.ics', 'rebind.test'), unknown, { ...limits, resolve: answering(['127.0.0.1'], ['10.0.0.1']) })).resolves.toMatchObject({ text: calendar }); // prettier-ignore
  expect(asked).toBe(1);
  // One of several answers is inside: none of them is used.
  const before = feeds.asked.length;
  asked = 0;
  for (const found of [['127.0.0.1', '10.0.0.1'], ['192.168.0.7'], ['127.0.0.2']])
    await expect(fetchFeed(feeds.at('/good.ics', 'mixed.test'), unknown, { ...limits, resolve: answering(found) })).rejects.toEqual(fails('private_address')); // prettier-ignore
  expect(feeds.asked.length).toBe(before);
});
