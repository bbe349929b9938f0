import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { earlyIn } from './early.js';

const folder = 'dist/web';
const early = earlyIn(folder);
const filesOf = (links: string | null) => [...(links ?? '').matchAll(/<\/(assets\/[^>]+)>/g)].map(([, file]) => file!);

it.each(['/', '/apply', '/i/7K4M29QX', '/i', '/invitation'])(
  'names beside %s what its page needs, and not what the page itself names',
  (url) => {
    const links = early({ url });
    const files = filesOf(links);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect(statSync(`${folder}/${file}`).size, file).toBeGreaterThan(0);
    expect(files.some((file) => /cabinet-|index-/.test(file))).toBe(false);
    expect(links).toContain('</api/sessions/current>; rel=preload; as=fetch; crossorigin');
    expect(new Set(files).size).toBe(files.length);
  },
);

it('speaks the language that the page will: of the address, of the cookie, Kazakh', () => {
  const [kk, ru, en] = ['kk', 'ru', 'en'].map((language) => early({ url: '/', cookie: `a=1; language=${language}` }));
  expect(new Set([kk, ru, en]).size).toBe(3);
  expect(early({ url: '/' })).toBe(kk);
  expect(early({ url: '/?lang=ru', cookie: 'language=en' })).toBe(ru);
  expect(early({ url: '/', cookie: 'language=xx' })).toBe(kk);
});

it('names nothing for other pages, nor where nothing was built', () => {
  for (const url of ['/cases', '/apply/new', '/mediators', '//evil.example/apply?x', '//', '/inv']) expect(early({ url })).toBeNull();
  expect(earlyIn('nowhere')({ url: '/' })).not.toContain('assets');
});
