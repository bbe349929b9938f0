import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';

type Chunk = { file: string; imports?: string[] };
const manifest = JSON.parse(readFileSync('dist/web/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;

/** From the first page to the receipt, by somebody who has no account yet: every script that this takes. */
const pages = [
  'index.html',
  'src/public/start-page.tsx',
  ...['begin', 'open-draft', 'resume', 'question-step', 'check-answers', 'sent'].map((name) => `src/application/${name}-page.tsx`),
  ...['register', 'sign-in'].map((name) => `src/auth/${name}-page.tsx`),
];
const words = ['base', 'start', 'application', 'warnings', 'auth', 'states'];

function scriptsFrom(names: string[]): string[] {
  const taken = new Set(names);
  for (const name of taken) for (const next of manifest[name]?.imports ?? []) taken.add(next);
  return [...new Set([...taken].map((name) => manifest[name]?.file ?? `no ${name}`))];
}
const weigh = (files: string[]) => files.reduce((sum, file) => sum + statSync(`dist/web/${file}.gz`).size, 0);

it.each(['kk', 'ru', 'en'])('filing an application in %s takes at most 170 kB of script, compressed', (language) => {
  const files = scriptsFrom([...pages, ...words.map((area) => `../../libs/language/texts/${language}/${area}.ts`)]);
  const bytes = weigh(files);
  expect(bytes, files.join(' ')).toBeLessThanOrEqual(170_000);
  expect(bytes, 'something is missing').toBeGreaterThan(50_000);
});

it('can be put on a telephone as an app, by a manifest whose icons are there, and its service worker answers no request', () => {
  const app = JSON.parse(readFileSync('dist/web/cabinet.webmanifest', 'utf8')) as { start_url: string; icons: { src: string }[] };
  expect(readFileSync('dist/web/index.html', 'utf8')).toContain('href="/cabinet.webmanifest"');
  expect(app.start_url).toBe('/');
  for (const { src } of app.icons) expect(statSync(`dist/web${src}`).size).toBeGreaterThan(100);
  expect(readFileSync('dist/web/notices.js', 'utf8')).not.toMatch(/'fetch'|caches\b/);
});
