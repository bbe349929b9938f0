import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages, type Language } from '#contract';
import { loadTexts } from '#language';
import { smsParts } from '#platform';
import { type Template, type TemplateName, templates, type Variable, variables } from '../rules/templates.js';
import { Addresses, helpPhone } from './addresses.js';
import { writeLetter } from './letter.js';
import { type Letter, MissingVariable, writeMail, writeSms } from './write.js';

const names = Object.keys(templates) as TemplateName[];
const addresses = new Addresses('https://kelisim.test');
const local = new Addresses('http://localhost:3000');

/** The longest values there can be. */
const letter = (template: TemplateName, language: Language, more: Partial<Letter> = {}): Letter => ({
  template,
  language,
  values: { number: 'M-2026-123456', until: '2026-09-30T18:59:59Z', at: '2026-09-30T05:00:00Z', day: '2026-09-30', root: 'f'.repeat(64) },
  caseId: '0199a3c5-0000-7000-8000-000000000000',
  checkCode: 'AB12CD34',
  code: (templates[template] as Template).secret === 'one_time_code' ? '482913' : '7K4M29QX',
  isLegal: true,
  ...more,
});
const each = names.flatMap((name) => languages.map((language) => [name, language] as const));
const placeholders = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);

describe('no template can carry what somebody wrote', () => {
  it('names only variables of the list', async () => {
    for (const language of languages)
      for (const area of ['notices', 'mails', 'sms'] as const)
        for (const text of Object.values(await loadTexts(language, area)))
          expect(placeholders(text).filter((name) => !(name in variables) && name !== 'date')).toEqual([]);
  });

  it('asks for exactly what its sentence shows, and a code that is shown apart', async () => {
    const texts = await loadTexts('kk', 'notices');
    for (const name of names) {
      const needs = (templates[name] as Template).needs.filter((one: Variable) => one !== 'code');
      expect([name, placeholders(texts[name] ?? '').toSorted()]).toEqual([name, needs.toSorted()]);
    }
  });

  it('has words for every template, and templates for all words', async () => {
    for (const language of languages) expect(Object.keys(await loadTexts(language, 'notices')).toSorted()).toEqual(names.toSorted());
  });

  it('says nothing in subject and sender', () => {
    const subjects = new Set(each.map(([name, language]) => writeMail(letter(name, language), addresses).subject));
    expect([...subjects].toSorted()).toEqual([
      'Confirmation code',
      'You have a message from the House of Friendship',
      'Вам сообщение от Дома дружбы',
      'Код подтверждения',
      'Растау коды',
      'Сізге Достық үйінен хабарлама бар',
      'Сізге Достық үйінен хабарлама бар / Вам сообщение от Дома дружбы',
      'Сізге Достық үйінен хабарлама бар / Вам сообщение от Дома дружбы / You have a message from the House of Friendship',
    ]);
  });
});

describe.each(each)('%s in %s', (name, language) => {
  const { html, text } = writeMail(letter(name, language), addresses);
  const sms = writeSms(letter(name, language), addresses);

  it('leaves no hole and carries its check code, in the mail and in the text message', () => {
    for (const written of [html.replaceAll(/<style[\s\S]*?<\/style>/g, ''), text, sms]) expect(written).not.toMatch(/[{}]|undefined|null/);
    expect(html).toContain('AB12-CD34');
    expect(text).toContain('AB12-CD34');
    expect(sms).toContain('AB12CD34');
  });

  it('loads nothing from elsewhere and runs nothing', () => {
    const urls = [...html.matchAll(/(?:src|href|url|background)\s*[=(]\s*["']?([^"')\s>]+)/gi)].map(([, url]) => url ?? '');
    expect(urls.filter((url) => !url.startsWith('https://kelisim.test/') && !url.startsWith('#') && url !== '#FFFFFF')).toEqual([]);
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|style|base|video|audio)\b|@import|javascript:|\son\w+=/i);
  });

  it('fits into two parts of a text message, on a telephone and in the local mailbox', () => {
    expect(smsParts(sms)).toBeLessThanOrEqual(2);
    expect(smsParts(writeSms(letter(name, language), local))).toBeLessThanOrEqual(2);
  });

  it('tells no number of a case by text message', () => expect(sms).not.toContain('123456'));
});

/** A code that is good for minutes, and the invitation of staff, never travel on paper. */
const onPaper = each.filter(([name]) => !['one_time_code', 'staff_invitation'].includes((templates[name] as Template).secret ?? ''));
it.each(onPaper)('leaves no hole on paper and carries its check code there: %s in %s', (name, language) => {
  const { secret }: Template = templates[name];
  const paper = writeLetter(letter(name, language), addresses, { name: 'Асанова Ана', at: new Date('2026-09-07T06:00:00Z') });
  const words = JSON.stringify([paper.title, paper.code ?? null, paper.content]);
  expect(words).not.toMatch(/\{\w+\}|undefined/);
  expect(words).toContain('AB12\u2011CD34');
  expect(words).toContain('kelisim.test/check');
  expect(words.includes('7K4M-29QX')).toBe(secret === 'invitation');
});

it('invites in Kazakh and Russian with a button, a short address to type, the code, the day and the help line', () => {
  const { html, text, subject } = writeMail(letter('invitation', 'ru'), addresses);
  expect(subject.indexOf('Сізге')).toBeLessThan(subject.indexOf('Вам'));
  expect(html.match(/href="https:\/\/kelisim\.test\/i\/7K4M29QX"/g)).toHaveLength(2);
  for (const written of [html, text]) {
    expect(written).toContain('kelisim.test/i');
    expect(written).toContain('7K4M-29QX');
    expect(written).toContain('2026\u00A0жылғы 30\u00A0қыркүйек');
    expect(written).toContain('30\u00A0сентября 2026');
    expect(written).toContain(helpPhone);
    expect(written).toContain('kelisim.test/check');
  }
  expect(addresses.typed('invitation').length).toBeLessThanOrEqual(20);
  expect(addresses.check.length).toBeLessThanOrEqual(20);
});

it('names the help line that the site names', () => {
  const { phone } = JSON.parse(readFileSync('libs/cases/data/house.json', 'utf8')) as { phone: string };
  expect(helpPhone.replaceAll(' ', '')).toBe(phone);
});

it('refuses to write with a hole instead of printing one', () => {
  expect(() => writeMail(letter('contract.ready', 'kk', { values: {} }), addresses)).toThrow(MissingVariable);
  expect(() => writeMail({ ...letter('code.sign_in', 'kk'), code: '' }, addresses)).toThrow(MissingVariable);
  expect(() => writeSms(letter('meeting.booked', 'ru', { values: {} }), addresses)).toThrow(MissingVariable);
  expect(() => writeSms(letter('invitation', 'ru', { values: {} }), addresses)).toThrow(MissingVariable);
});

it('writes markup as text', () => {
  const { html } = writeMail(letter('contract.ready', 'kk', { values: { number: '<b>"x"&' } }), addresses);
  expect(html).toContain('&lt;b&gt;&quot;x&quot;&amp;');
  expect(html).not.toContain('<b>"x"');
});
