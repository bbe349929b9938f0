import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from './mailbox.js';

const dir = mkdtempSync(join(tmpdir(), 'mailbox-'));
let mailbox: Mailbox;
beforeAll(async () => {
  mailbox = await startMailbox({ dir });
});
afterAll(async () => {
  await mailbox.stop();
  rmSync(dir, { recursive: true });
});

const letter = {
  from: 'no-reply@kelisim.test',
  to: 'aigul@example.kz',
  subject: 'Кездесу <b>ертең</b>',
  text: 'Код: 123456 https://kelisim.test/i',
};
const mail = (extra: object = {}) => createTransport(mailbox.smtpUrl).sendMail({ ...letter, ...extra });
const get = async (path: string) => fetch(`${mailbox.webUrl}${path}`);
const json = async (path: string) => (await get(path)).json() as Promise<Record<string, never>[]>;

function sms(method: string, fields: Record<string, string>, apiKey = mailbox.smsKey) {
  const url = `${mailbox.smsUrl}/service/message/${method}?api=v1&apiKey=${apiKey}&output=json`;
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields) }).then(async (reply) => [reply.status, await reply.json()]);
}

it('keeps a mail and shows it to whoever asks for its address', async () => {
  await mail({ bcc: 'Copy@example.kz' });
  const [found] = await json('/api/messages?to=aigul@example.kz');
  expect(found).toMatchObject({ subject: letter.subject, from: letter.from, to: ['aigul@example.kz', 'copy@example.kz'] });
  expect(await json('/api/messages?to=copy@example.kz')).toHaveLength(1);
  expect(await json('/api/messages?to=stranger@example.kz')).toEqual([]);
  expect(await (await get(`/api/messages/${found!.id}`)).json()).toMatchObject({ text: `${letter.text}\n`, attachments: [] });
  expect(await (await get(`/api/messages/${found!.id}/raw`)).text()).toContain('Message-ID: <');
});

it('takes a text message in the protocol of the gateway and tells its status', async () => {
  const text = 'Растау коды: 482913. Оны ешкімге айтпаңыз, кабинет те оны сұрамайды: kelisim.test';
  const [status, answer] = await sms('sendsmsmessage', { recipient: '+77051234567', text, from: 'Kelisim' });
  expect([status, answer]).toMatchObject([200, { code: 0, data: { messageId: '1', campaignId: '1' }, message: '' }]);
  expect(await json('/api/sms?to=77051234567')).toMatchObject([{ text, from: 'Kelisim', parts: 2 }]);
  const [, told] = await sms('getsmsstatus', { 'ids[]': '1' });
  expect(told).toMatchObject({ code: 0, data: [{ id: '1', status: 'DELIVRD', segNum: 2 }] });
});

it('refuses a wrong key, a wrong number and an unknown method as the gateway does: 200 and a code', async () => {
  const good = { recipient: '77051234567', text: 'Сәлем' };
  expect(await sms('sendsmsmessage', good, 'wrong')).toMatchObject([200, { code: 8 }]);
  expect(await sms('sendsmsmessage', { ...good, recipient: '12' })).toMatchObject([
    200,
    { code: 1, data: { recipient: expect.any(String) } },
  ]);
  expect(await sms('sendeverything', good)).toMatchObject([200, { code: 5 }]);
  expect(await json('/api/sms')).toHaveLength(1);
});

it('keeps both across a restart, on the same ports', async () => {
  const { smtpUrl, webUrl, smsKey } = mailbox;
  await mailbox.stop();
  mailbox = await startMailbox({ dir });
  expect(mailbox).toMatchObject({ smtpUrl, webUrl, smsKey });
  expect(await json('/api/messages')).toMatchObject([{ subject: letter.subject }]);
  expect(await json('/api/sms')).toMatchObject([{ id: '1' }]);
  expect(readdirSync(dir).filter((name) => name.endsWith('.eml'))).toHaveLength(1);
});

it('shows markup as text and runs nothing of a mail', async () => {
  await mail({ html: '<img src=x onerror="alert(1)"></iframe><script>alert(2)</script>', text: '<script>alert(3)</script>' });
  const [newest] = await json('/api/messages');
  const reply = await get(`/messages/${newest!.id}`);
  const shown = await reply.text();
  expect(shown).not.toMatch(/<script|<img|<b>/);
  expect(shown).toContain('&lt;script&gt;alert(3)');
  expect(shown).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  expect(reply.headers.get('content-security-policy')).toMatch(/default-src 'none'/);
  expect(await (await get('/')).text()).not.toContain('<b>');
});

it('speaks Kazakh first and Russian on request', async () => {
  expect(await (await get('/')).text()).toContain('<html lang="kk">');
  expect(await (await get('/sms?lang=ru')).text()).toContain('Письма и SMS никому не отправляются.');
});

it('does not answer to a foreign name for its address', async () => {
  const status = await new Promise((resolve) => {
    request(`${mailbox.webUrl}/api/messages`, { headers: { host: 'evil.example' } }, (reply) => resolve(reply.resume().statusCode)).end();
  });
  expect(status).toBe(421);
});

it('hands out attachments and says what it does not have', async () => {
  await mail({ attachments: [{ filename: 'кездесу.ics', content: 'BEGIN:VCALENDAR' }] });
  const [newest] = await json('/api/messages');
  const file = await get(`/api/messages/${newest!.id}/attachments/0`);
  expect(await file.text()).toBe('BEGIN:VCALENDAR');
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
  for (const path of ['/api/messages/none', `/api/messages/${newest!.id}/attachments/7`, '/messages/none', '/api/sms/99', '/x']) {
    expect([path, (await get(path)).status]).toEqual([path, 404]);
  }
});
