import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { MailStore } from './mail.store.js';
import { mailPage, mailsPage, notFoundPage, smsPage } from './pages.js';
import { answerSms } from './sms.gateway.js';
import type { SmsStore } from './sms.store.js';
import { languageOf } from './texts.js';

type Reply = { status?: number; type: string; body: string | Buffer; headers?: Record<string, string> };
type Stores = { mails: MailStore; sms: SmsStore; apiKey: string };

/** Mails bring their own styles and inline pictures; nothing may run, load from elsewhere or frame this page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

const safety = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  connection: 'close',
};

const page = (body: string, status = 200): Reply => ({ status, type: 'text/html; charset=utf-8', body });
const json = (value: unknown, status = 200): Reply => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) });

export function mailboxRoutes(stores: Stores): RequestListener {
  return (request, response) => {
    reply(stores, request).then(
      (answer) => send(response, answer),
      () => send(response, json({ error: 'failed' }, 500)),
    );
  };
}

async function reply(stores: Stores, request: IncomingMessage): Promise<Reply> {
  // Another name for this address would be a foreign site that had itself resolved to it (DNS rebinding).
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) return json({ error: 'foreign host' }, 421);
  const url = new URL(request.url ?? '/', 'http://mailbox');
  const [first, second, ...rest] = url.pathname.split('/').slice(1);
  if (first === 'service' && second === 'message')
    return json(answerSms(stores.sms, stores.apiKey, rest[0] ?? '', await fields(request, url)));
  if (request.method !== 'GET') return json({ error: 'read only' }, 405);
  if (first === 'api') return api(stores, second, rest, url);
  return pages(stores, [first, second], url, request.headers['accept-language']);
}

async function api({ mails, sms }: Stores, what: string | undefined, [id, part, at]: string[], url: URL): Promise<Reply> {
  const to = url.searchParams.get('to') ?? undefined;
  if (what === 'sms') return id ? json(sms.find(id) ?? { error: 'not found' }, sms.find(id) ? 200 : 404) : json(sms.list(to));
  if (what !== 'messages') return json({ error: 'not found' }, 404);
  if (!id) return json(await mails.list(to));
  if (!mails.has(id)) return json({ error: 'not found' }, 404);
  if (part === 'raw') return { type: 'text/plain; charset=utf-8', body: mails.raw(id) };
  const mail = await mails.read(id);
  if (part === 'attachments') {
    const file = mail.attachments[Number(at)];
    if (!file) return json({ error: 'not found' }, 404);
    const name = encodeURIComponent(file.filename ?? 'attachment');
    return {
      type: 'application/octet-stream',
      body: file.content,
      headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}` },
    };
  }
  const attachments = mail.attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size }));
  return json({ ...(await mails.summary(id)), text: mail.text ?? '', html: mail.html || null, attachments });
}

async function pages({ mails, sms }: Stores, [first, id]: (string | undefined)[], url: URL, accepted?: string): Promise<Reply> {
  const place = { language: languageOf(url.searchParams.get('lang'), accepted), path: url.pathname };
  if (first === '') return page(mailsPage(place, await mails.list()));
  if (first === 'sms') return page(smsPage(place, sms.list()));
  if (first === 'messages' && id && mails.has(id)) return page(mailPage(place, await mails.summary(id), await mails.read(id)));
  return page(notFoundPage({ ...place, path: '/' }), 404);
}

/** Mobizon takes fields from the address and from a form alike. */
async function fields(request: IncomingMessage, url: URL) {
  const form = new URLSearchParams(request.method === 'POST' ? await readText(request) : '');
  return new URLSearchParams([...url.searchParams, ...form]);
}

function send(response: ServerResponse, { status = 200, type, body, headers }: Reply) {
  response.writeHead(status, { ...safety, 'content-type': type, ...headers }).end(body);
}
