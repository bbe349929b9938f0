import { timingSafeEqual } from 'node:crypto';
import type { SmsStore } from './sms.store.js';

/** Mobizon answers 200 always; `code` tells (0 done, 1 bad field, 5 no such method, 8 bad key). */
type Answer = { code: number; data: unknown; message: string };

const done = (data: unknown): Answer => ({ code: 0, data, message: '' });
const refused = (code: number, message: string, data: unknown = ''): Answer => ({ code, data, message });

/** A local stand-in for the SMS gateway, in Mobizon's protocol: the cabinet speaks to it as to the real one. */
export function answerSms(store: SmsStore, apiKey: string, method: string, fields: URLSearchParams): Answer {
  if (!isSame(fields.get('apiKey') ?? '', apiKey)) return refused(8, 'Authorization failed: the API key is wrong');
  if (method === 'sendsmsmessage') return send(store, fields);
  if (method === 'getsmsstatus') return statusOf(store, fields);
  return refused(5, 'There is no such method');
}

function send(store: SmsStore, fields: URLSearchParams): Answer {
  const to = (fields.get('recipient') ?? '').replace(/^\+/, '');
  const text = fields.get('text') ?? '';
  if (!/^\d{10,15}$/.test(to)) return refused(1, 'Validation failed', { recipient: 'Not a phone number' });
  if (!text) return refused(1, 'Validation failed', { text: 'The text is empty' });
  const { id } = store.add({ to, text, from: fields.get('from') ?? '' });
  return done({ campaignId: id, messageId: id, status: 2 });
}

function statusOf(store: SmsStore, fields: URLSearchParams): Answer {
  const ids = [...fields].filter(([name]) => /^ids(\[\d*\])?$/.test(name)).flatMap(([, value]) => value.split(','));
  const found = ids.map((id) => store.find(id)).filter((sms) => sms !== undefined);
  return done(found.map(({ id, parts }) => ({ id, status: 'DELIVRD', segNum: parts })));
}

const isSame = (one: string, other: string) => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
