import { createECDH, createPublicKey, randomBytes, verify } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import webPush from 'web-push';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#contract';
import { SessionsService } from '#people';
import type { Config } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { arrangeNotices, type NoticeWorld } from '../../test/support/notices.js';
import { isPushService, WebPush } from './channels/web.push.js';
import { Deliverer } from './delivery/deliverer.js';
import { Planner } from './planning/planner.js';
import { PushService } from './push.service.js';

// web-push's own half of RFC 8188, from the reader's side.
const ece = createRequire(import.meta.url)('http_ece') as { decrypt(body: Buffer, options: object): Buffer };
const vapid = webPush.generateVAPIDKeys();
const config = {
  WEB_ORIGIN: ['https://kelisim.test'],
  MAIL_FROM: 'habar@kelisim.test',
  VAPID_PUBLIC_KEY: vapid.publicKey,
  VAPID_PRIVATE_KEY: vapid.privateKey,
  PUSH_HOSTS: ['127.0.0.1'],
} as unknown as Config;

/** A browser with its push service on this machine. */
const taken: { path: string; headers: IncomingHttpHeaders; body: Buffer }[] = [];
let status = 201;
const service = createServer((request, reply) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    taken.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) });
    reply.writeHead(status).end();
  });
});
let at = '';
const browser = (name: string) => {
  const keys = createECDH('prime256v1');
  keys.generateKeys();
  const auth = randomBytes(16);
  const device = { endpoint: `${at}/${name}`, keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') } };
  return {
    device,
    read: (body: Buffer) =>
      JSON.parse(ece.decrypt(body, { version: 'aes128gcm', privateKey: keys, authSecret: auth }).toString()) as object,
  };
};

let [fresh, world, push, deliverer, sessions]: [FreshDatabase, NoticeWorld, PushService, Deliverer, SessionsService] = [] as never;
beforeAll(async () => {
  await once(service.listen(0, '127.0.0.1'), 'listening');
  at = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
  fresh = await freshDatabase();
  fresh.clock.set('2026-09-07T06:00:00Z');
  world = await arrangeNotices(fresh);
  await world.join();
  push = new PushService(fresh.db, fresh.clock, fresh.keys, fresh.hashes, config);
  sessions = new SessionsService(fresh.db, fresh.clock, fresh.hashes);
  const port = new WebPush({
    publicKey: vapid.publicKey,
    privateKey: vapid.privateKey,
    subject: 'mailto:a@kelisim.test',
    hosts: config.PUSH_HOSTS,
  });
  const none = { send: async () => ({ outcome: 'sent', provider: 'none' }) as const };
  deliverer = new Deliverer(fresh.workerDb, fresh.clock, fresh.workerKeys, fresh.hashes, config, none, none, port);
});
afterAll(async () => {
  service.close();
  service.closeAllConnections();
  await fresh.drop();
});
beforeEach(async () => {
  [taken.length, status] = [0, 201];
  await fresh.admin('DELETE FROM push_subscriptions');
});

const signedIn = async (personId: string): Promise<Actor & { sessionId: string }> => {
  const { token } = await fresh.db.transaction({ id: null, role: 'visitor' }, (tx) => sessions.open(tx, { personId, ownDevice: true }));
  return (await sessions.authenticate(token))!.actor as never;
};
const tell = async (type: 'contract.sent' | 'meeting.declined' = 'contract.sent') => {
  const id = await world.happen(type, world.caseId);
  const planned = await new Planner(fresh.workerDb, fresh.clock).plan([id]);
  for (const one of planned.filter(({ channel }) => channel === 'push')) await deliverer.deliver(one.id);
  return fresh.admin(`SELECT state, last_error FROM notifications WHERE source_id = $1 AND channel = 'push'`, [id]);
};

describe('a device', () => {
  it('is told that there is something, sealed for it alone and signed by us, and nothing of what it is', async () => {
    const ana = await signedIn(world.people.ana.id);
    const { device, read } = browser('one');
    expect(await push.subscribe(ana, device)).toEqual({ publicKey: vapid.publicKey, devices: 1 });
    expect(await tell()).toEqual([{ state: 'sent', last_error: null }]);
    const [{ headers, body }] = taken as [(typeof taken)[0]];
    expect(read(body)).toEqual({
      title: 'Достық үйі – Келісім',
      body: expect.stringMatching(/^Достық үйі: кабинетте сізге хабарлама бар\. Тексеру коды [0-9A-Z]{8}$/),
      lang: 'kk',
      open: '/notices',
    });
    expect([headers['content-encoding'], headers['urgency']]).toEqual(['aes128gcm', 'high']);
    expect(isSignedByUs(String(headers['authorization']))).toBe(true);
  });

  it.each([404, 410])('that answers %i is never asked again', async (answer) => {
    const ana = await signedIn(world.people.ana.id);
    await push.subscribe(ana, browser('gone').device);
    status = answer;
    expect(await tell()).toEqual([{ state: 'failed', last_error: `http ${answer}` }]);
    expect((await push.state(ana)).devices).toBe(0);
    expect(await tell()).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  it('is tried again while its service is busy, and one of two is enough', async () => {
    await push.subscribe(await signedIn(world.people.ana.id), browser('busy').device);
    status = 503;
    expect(await tell()).toEqual([{ state: 'waiting', last_error: 'http 503' }]);
    await push.subscribe(await signedIn(world.people.ana.id), browser('second').device);
    status = 201;
    expect(await tell()).toEqual([{ state: 'sent', last_error: null }]);
    expect(taken.map(({ path }) => path).toSorted()).toEqual(['/busy', '/busy', '/second']);
  });

  it('hears nothing after signing out, not even what was planned before; a changed role ends it too', async () => {
    const ana = await signedIn(world.people.ana.id);
    await push.subscribe(ana, browser('out').device);
    const id = await world.happen('contract.sent', world.caseId);
    const planned = (await new Planner(fresh.workerDb, fresh.clock).plan([id])).filter(({ channel }) => channel === 'push');
    await sessions.end(ana, ana.sessionId);
    expect(await fresh.admin('SELECT 1 FROM push_subscriptions')).toEqual([]);
    await deliverer.deliver(planned[0]!.id);
    expect(await fresh.admin(`SELECT state, last_error FROM notifications WHERE id = $1`, [planned[0]!.id])).toEqual([
      { state: 'suppressed', last_error: 'no_device' },
    ]);
    const again = await signedIn(world.people.ana.id);
    await push.subscribe(again, browser('role').device);
    await sessions.changeRole(again, 'citizen');
    expect(await fresh.admin('SELECT 1 FROM push_subscriptions')).toEqual([]);
    expect(taken).toEqual([]);
  });

  it('belongs to one person: another’s address is refused, and a stranger ends nothing', async () => {
    const [ana, stranger] = [await signedIn(world.people.ana.id), await signedIn(world.people.stranger.id)];
    const { device } = browser('shared');
    await push.subscribe(ana, device);
    await expect(push.subscribe(stranger, device)).rejects.toMatchObject({ code: 'conflict' });
    await push.unsubscribe(stranger);
    expect([(await push.state(ana)).devices, (await push.state(stranger)).devices]).toEqual([1, 0]);
    expect((await push.unsubscribe(ana)).devices).toBe(0);
  });

  it('lies sealed: neither its address nor its keys can be read from the row', async () => {
    const { device } = browser('sealed');
    await push.subscribe(await signedIn(world.people.ana.id), device);
    const [{ row }] = (await fresh.admin(`SELECT encode(device_sealed, 'escape') AS row FROM push_subscriptions`)) as [{ row: string }];
    expect(row).not.toMatch(new RegExp(`127\\.0\\.0\\.1|${device.keys.auth}`));
  });
});

it.each([
  'http://fcm.googleapis.com/x',
  'https://169.254.169.254/latest',
  'https://evil.example.org/push.apple.com',
  'https://user@fcm.googleapis.com/x',
  'https://push.apple.com.evil.example.org/x',
  'nonsense',
])('is never called at %s', (endpoint) =>
  expect(isPushService(endpoint, ['fcm.googleapis.com', '.push.apple.com', '.notify.windows.com'])).toBe(false),
);

it('is called at the services of browsers', () => expect(isPushService('https://web.push.apple.com/x', ['.push.apple.com'])).toBe(true));

it('is served by a worker that lets every question to the cabinet pass, and keeps nothing of what was pushed', () => {
  const worker = readFileSync('apps/web/public/device.js', 'utf8');
  expect(worker).toContain("pathname.startsWith('/api/')) return;");
  expect(worker).not.toMatch(/indexedDB|importScripts/);
  expect(worker.slice(worker.indexOf("addEventListener('push'"))).not.toMatch(/caches|fetch|\.put\(/);
});

/** RFC 8292: a JWT for the very service, signed with the key that browsers subscribed with. */
function isSignedByUs(header: string): boolean {
  const [, jwt = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(header) ?? [];
  const [head, claims, signature] = jwt.split('.') as [string, string, string];
  const point = Buffer.from(vapid.publicKey, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
  const isFor = (JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string }).aud === at;
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKey, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  return isFor && signed && key === vapid.publicKey;
}
