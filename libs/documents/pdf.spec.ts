import { extractText, getDocumentProxy, getMeta } from 'unpdf';
import { expect, it } from 'vitest';
import { type Paper, renderPdf } from './index.js';

/** Every letter that Kazakh has and Russian has not, the sign of the tenge, and what else our papers are set in. */
const letters = 'ӘәҒғҚқҢңӨөҰұҮүҺһІі ЁёЪъЫыЭэ ₸ № – · « »';
const paper: Paper = {
  languages: ['kk', 'ru'],
  title: { kk: 'Хабарлама туралы анықтама', ru: 'Справка об уведомлении' },
  at: new Date('2026-11-23T06:05:00Z'),
  number: 'OSK-2026-000017',
  ruleSet: '2026-09-01',
  hash: 'ab'.repeat(32),
  content: [
    { heading: { kk: 'Тараптар', ru: 'Стороны' } },
    { text: letters },
    { text: { kk: 'Екінші тарап хабарламаны алды.', ru: 'Вторая сторона получила уведомление.' } },
    { facts: [[{ kk: 'Құны', ru: 'Сумма' }, '486 000 ₸']] },
    {
      table: {
        head: [
          { kk: 'Уақыты', ru: 'Время' },
          { kk: 'Арна', ru: 'Канал' },
        ],
        rows: [['11:05', { kk: 'хат', ru: 'письмо' }]],
      },
    },
  ],
};
const opened = async (one: Paper) => {
  const document = await getDocumentProxy(await renderPdf(one).then((bytes) => new Uint8Array(bytes)));
  const { text } = await extractText(document);
  return { pages: text.map((page) => page.replaceAll(/\s+/g, ' ')), info: (await getMeta(document)).info };
};

it('prints every Kazakh letter so that it can be read back, searched and copied', async () => {
  const { pages } = await opened(paper);
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain(letters);
  for (const words of ['Хабарлама туралы анықтама', 'Вторая сторона получила уведомление.', 'Құны', '486 000 ₸', 'письмо'])
    expect(pages[0]).toContain(words);
});

it('says of itself what every paper says: number, place, time in Oskemen, rules, languages, page, hash', async () => {
  const { pages, info } = await opened(paper);
  for (const words of [
    '№ OSK-2026-000017',
    'Өскемен қ.',
    'г. Усть-Каменогорск',
    '2026 жылғы 23 қараша, 11:05 (UTC+5)',
    'Ережелер нұсқасы: 2026 жылғы 1 қыркүйек',
    'Версия правил: 1 сентября 2026 года',
    'Құжат тілі: қазақша, орысша',
    '1/1-бет · стр. 1/1',
    paper.hash!,
  ])
    expect(pages[0]).toContain(words);
  expect(info).toMatchObject({ Title: 'Хабарлама туралы анықтама', Language: 'kk' });
});

it('numbers many pages and repeats the head of a table', async () => {
  const rows = Array.from({ length: 200 }, (_, at) => [`${at}`, 'хат']);
  const { pages } = await opened({ ...paper, content: [{ table: { head: ['Уақыты', 'Арна'], rows } }] });
  expect(pages.length).toBeGreaterThan(3);
  for (const [at, page] of pages.entries()) {
    expect(page).toContain(`${at + 1}/${pages.length}-бет`);
    expect(page).toContain('Уақыты');
  }
});

it('is the same bytes for the same paper, and has one column in large print or in one language', async () => {
  const [one, two] = [await renderPdf(paper), await renderPdf(paper)];
  expect(Buffer.compare(one, two)).toBe(0);
  const { pages } = await opened({ ...paper, languages: ['ru'], largePrint: true });
  expect(pages.join(' ')).toContain('Справка об уведомлении');
  expect(pages.join(' ')).not.toContain('Хабарлама туралы');
});

it('draws a code to scan and its address beside it, before the words of a letter', async () => {
  const code = { url: 'https://kelisim.test/i#ABCD-EFGH', shown: 'kelisim.test/i ABCD-EFGH', place: 'head' as const };
  const { pages } = await opened({ ...paper, code });
  expect(pages[0]!.indexOf(code.shown)).toBeGreaterThan(0);
  expect(pages[0]!.indexOf(code.shown)).toBeLessThan(pages[0]!.indexOf(letters));
  expect((await renderPdf({ ...paper, code })).length).toBeGreaterThan((await renderPdf(paper)).length + 500);
});

it('takes words for words: nothing in them is fetched, opened or obeyed', async () => {
  const hostile = '{{x}} <b>дауыс</b> file:///etc/passwd http://127.0.0.1:9/ **';
  const { pages } = await opened({ ...paper, content: [{ text: hostile }] });
  expect(pages[0]).toContain(hostile);
});
