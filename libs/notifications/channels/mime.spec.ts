import { simpleParser } from 'mailparser';
import { createTransport } from 'nodemailer';
import { expect, it } from 'vitest';
import { languages } from '#contract';
import { type TemplateName, templates } from '../rules/templates.js';
import { Addresses } from '../texts/addresses.js';
import { writeMail } from '../texts/write.js';
import { composed } from './mime.js';

const addresses = new Addresses('https://kelisim.test');
const mailOf = (template: TemplateName, language: (typeof languages)[number]) => {
  const [until, at, day, root] = ['2026-12-01T13:00:00Z', '2026-12-01T05:00:00Z', '2026-12-01', 'f'.repeat(64)];
  const values = { number: 'M-2026-001234', until, at, day, root };
  const letter = { template, language, values, caseId: null, checkCode: 'AB12CD34', code: '482913', isLegal: true };
  const { sender, ...written } = writeMail(letter, addresses);
  return { ...written, to: 'ana+1@example.kz', from: `"${sender}" <no-reply@kelisim.test>`, messageId: '<0199a3c5@kelisim.test>', headers };
};
const headers = {
  'Auto-Submitted': 'auto-generated',
  'List-Unsubscribe': `<https://kelisim.test/api/unsubscriptions/${'A'.repeat(60)}>`,
};
const other = createTransport({ streamTransport: true, buffer: true });

it.each(Object.keys(templates) as TemplateName[])('%s reads as nodemailer would have written it, in each language', async (name) => {
  for (const language of languages) {
    const mail = mailOf(name, language);
    const { raw, envelope } = composed(mail)!;
    expect(raw.split('\r\n').every((line) => line.length <= 200 && /^[\x20-\x7e]*$/.test(line))).toBe(true);
    const theirs = (await other.sendMail(mail)) as unknown as { message: Buffer };
    const [ours, known] = await Promise.all([simpleParser(raw), simpleParser(theirs.message)]);
    for (const part of ['subject', 'messageId', 'html'] as const) expect(ours[part]).toBe(known[part]);
    expect([ours.text!.trim(), ours.from, ours.to]).toEqual([known.text!.trim(), known.from, known.to]);
    expect(ours.headers.get('list')).toEqual(known.headers.get('list'));
    expect(envelope).toEqual({ from: 'no-reply@kelisim.test', to: ['ana+1@example.kz'] });
    expect(ours.attachments).toEqual([]);
  }
});

it.each([
  { to: 'әна@example.kz' },
  { to: 'ana@example.kz\r\nBcc: other@example.kz' },
  { to: 'ana@example.kz, other@example.kz' },
  { from: 'no-reply@kelisim.test' },
  { headers: { 'X-One': 'a\r\nBcc: other@example.kz' } },
])('leaves to the library what is not plain: %j', (odd) => {
  expect(composed({ ...mailOf('contract.ready', 'kk'), ...odd })).toBeNull();
});

it('makes one line of a subject, whatever stands in it', async () => {
  const subject = `Тақырып ${'ә'.repeat(100)}\r\nBcc: other@example.kz`;
  const read = await simpleParser(composed({ ...mailOf('contract.ready', 'kk'), subject })!.raw);
  expect(read.subject).toBe(subject.replace('\r\n', ' '));
  expect(read.bcc).toBeUndefined();
});
