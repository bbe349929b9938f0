import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { NoticeSettings } from '#contract';
import { KeyedHash } from '#platform';
import { unsubscribeToken } from '../../libs/notifications/delivery/unsubscribe-token.js';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { gather } from '../support/company.js';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';

const secret = Buffer.alloc(32, 7);
let [cabinet, ana, token]: [Cabinet, DemoPerson, string] = [] as never;
beforeAll(async () => {
  process.env.BOUNCE_SECRETS = `one:whsec_${secret.toString('base64')}`;
  cabinet = await startCabinet();
  const company = await gather(cabinet);
  ana = company.newcomer('ana', 'ana@example.kz');
  await ana.register({ surname: 'Асанова', given: 'Ана', patronymic: '', language: 'kk' });
  const { id } = await ana.ask<{ id: string }>('GET', '/people/me');
  token = unsubscribeToken(new KeyedHash(process.env.HASH_KEY!), { recipientId: id, template: 'meeting.booked', carried: [] });
}, 120_000);
afterAll(async () => {
  delete process.env.BOUNCE_SECRETS;
  await cabinet.stop();
});

const ended = async () =>
  (await ana.ask<NoticeSettings>('GET', '/notices/settings')).wishes.filter(({ channel, wanted }) => channel === 'email' && !wanted);
const call = (path: string, init: RequestInit = {}) => fetch(`${cabinet.origin}/api${path}`, { redirect: 'manual', ...init });

it('leads a scanner’s GET to the page that asks, and changes nothing', async () => {
  for (const method of ['GET', 'HEAD']) {
    const reply = await call(`/unsubscriptions/${token}`, { method });
    expect([reply.status, reply.headers.get('location')]).toEqual([303, `${cabinet.origin}/unsubscribe/${token}`]);
  }
  expect(await ended()).toEqual([]);
});

it('takes one press of a mail program, which has no page of ours and no cookie (RFC 8058)', async () => {
  const init = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' };
  expect((await call(`/unsubscriptions/${'A'.repeat(44)}`, init)).status).toBe(404);
  expect(await ended()).toEqual([]);
  expect((await call(`/unsubscriptions/${token}`, init)).status).toBe(204);
  expect(await ended()).toEqual([{ kind: 'meeting', channel: 'email', wanted: false }]);
});

it('takes a signed report of a mail provider, byte for byte, and refuses a forged or a second one', async () => {
  // Blanks that a parser would lose are part of what was signed.
  const body = `{ "type":"email.bounced",  "messageId":"<${randomUUID()}@kelisim.test>", "status":"5.1.1" }`;
  const [id, timestamp] = [randomUUID(), String(Math.floor(cabinet.now().getTime() / 1000))];
  const signature = `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  const headers = { 'content-type': 'application/json', 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
  const post = async (changes: { body?: string; headers?: Record<string, string> } = {}) =>
    (await call('/bounces/one', { method: 'POST', body, headers, ...changes })).status;
  expect(await post({ body: body.replace('5.1.1', '5.0.0') })).toBe(401);
  expect(await post({ headers: { 'content-type': 'application/json' } })).toBe(401);
  expect(await post()).toBe(204);
  expect(await post()).toBe(409);
  expect((await call('/bounces/two', { method: 'POST', body, headers })).status).toBe(404);
});

it('opens no other door to pages of others', async () => {
  const origin = { origin: 'https://evil.example.org', 'content-type': 'application/json' };
  for (const path of ['/notices/settings', '/unsubscriptions/a/b', '/bounces/one/x'])
    expect((await call(path, { method: 'PUT', headers: origin, body: '{}' })).status).toBe(403);
});
