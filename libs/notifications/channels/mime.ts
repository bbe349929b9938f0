import { randomUUID } from 'node:crypto';
import type { OutgoingMail } from '#platform';

type Plain = Omit<OutgoingMail, 'calendar'>;

/**
 * A mail as it stands on the wire (RFC 5322, 2045 to 2047): text and HTML, both base64, in one piece. nodemailer's own composer takes twice
 * the time of all the rest of a sending, since it streams every line; mails with an appointment and addresses of other kinds are left to it.
 */
export function composed({
  to,
  from,
  subject,
  text,
  html,
  messageId,
  headers = {},
}: Plain): { envelope: { from: string; to: string[] }; raw: string } | null {
  const sender = /^"([^"\\]*)" <([^<>\s]+)>$/.exec(from);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  if (!sender || !plainAddress.test(to) || !plainAddress.test(sender[2]!) || lines.some((line) => !headerLine.test(line))) return null;
  const boundary = `kelisim-${randomUUID()}`;
  const part = (type: string, body: string) => [
    `--${boundary}`,
    `Content-Type: ${type}; charset=utf-8`,
    'Content-Transfer-Encoding: base64',
    '',
    inLines(Buffer.from(body).toString('base64')),
  ];
  const raw = [
    `From: ${inWords(sender[1]!)} <${sender[2]}>`,
    `To: ${to}`,
    `Subject: ${inWords(subject)}`,
    `Message-ID: ${messageId}`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    ...lines,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
    '',
    ...part('text/plain', text.replaceAll('\n', '\r\n')),
    ...part('text/html', html.replaceAll('\n', '\r\n')),
    `--${boundary}--`,
    '',
  ].join('\r\n');
  return { envelope: { from: sender[2]!, to: [to] }, raw };
}

const plainAddress = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9.-]+$/i;
/** ASCII, no line of its own, and short enough to stand unfolded (RFC 5322, 2.1.1). */
const headerLine = /^[\x20-\x7e]{1,900}$/;
const inLines = (base64: string) => base64.replaceAll(/.{76}(?=.)/g, '$&\r\n');

/** RFC 2047: at most 75 characters a word, none of which cuts a letter in two. */
function inWords(text: string): string {
  if (/^[\x20-\x7e]{0,60}$/.test(text) && !/[=?"(),.:;<>@[\\\]]/.test(text)) return text;
  const words: string[] = [];
  let word = '';
  for (const letter of text.replaceAll(/[\r\n]+/g, ' ')) {
    if (Buffer.byteLength(word + letter) > 45) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
