import { messageLimit } from '#contract';
import { DomainError } from '#platform';

// Control characters but the line feed, and the marks that turn text around (Unicode bidi controls): a name or a sum could read reversed.
const controls = /(?!\n)\p{Cc}|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const unpaired = /\p{Cs}/gu;
const seen = /[^\s\p{Cf}\p{Mn}]/u;

/** What is kept of a typed message: one normal form, no hidden marks; markup stays the literal text it is. */
export function cleanBody(typed: string): string {
  const body = typed
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(controls, '')
    .replace(unpaired, '\uFFFD')
    .normalize('NFC')
    .trim();
  if (!seen.test(body)) throw new DomainError('message.empty');
  if (body.length > messageLimit && [...body].length > messageLimit) throw new DomainError('message.too_long', { limit: messageLimit });
  return body;
}
