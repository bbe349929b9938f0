import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { type WebRoute, webRoutes } from './web-routes.js';

type Chunk = { file: string; imports?: string[]; css?: string[] };
const manifest = JSON.parse(readFileSync('dist/web/.vite/manifest.json', 'utf8')) as Record<string, Chunk>;

/** From the first page to the receipt, by somebody who has no account yet: every script that this takes. */
const pages = [
  'index.html',
  'src/public/start-page.tsx',
  ...['begin', 'open-draft', 'resume', 'question-step', 'check-answers', 'sent'].map((name) => `src/application/${name}-page.tsx`),
  ...['register', 'sign-in'].map((name) => `src/auth/${name}-page.tsx`),
];
const words = ['base', 'start', 'application', 'warnings', 'auth', 'states'];

function closureOf(names: string[]): string[] {
  const taken = new Set(names);
  for (const name of taken) for (const next of manifest[name]?.imports ?? []) taken.add(next);
  return [...taken];
}
const scriptsFrom = (names: string[]) => [...new Set(closureOf(names).map((name) => manifest[name]?.file ?? `no ${name}`))];
const weigh = (files: string[]) => files.reduce((sum, file) => sum + statSync(`dist/web/${file}.gz`).size, 0);

it.each(['kk', 'ru', 'en'])('filing an application in %s takes at most 170 kB of script, compressed', (language) => {
  const files = scriptsFrom([...pages, ...words.map((area) => `../../libs/language/texts/${language}/${area}.ts`)]);
  const bytes = weigh(files);
  expect(bytes, files.join(' ')).toBeLessThanOrEqual(170_000);
  expect(bytes, 'something is missing').toBeGreaterThan(50_000);
});

/**
 * What comes to a browser that opens this address first, before one can read and write there; what is put off (live/later.tsx), the socket
 * among it, comes after. An office works at a desk, with Mantine; what a citizen or a mediator opens may come over a telephone.
 */
const budgets = { room: 170_000, question: 176_000, cabinet: 196_000, office: 245_000 };
/** Page, first script and styles. */
const besideScript = 20_000;
const plain: readonly string[] = ['start', 'public', 'question', 'plain'];
const budgetOf = ({ path, frame }: WebRoute) => {
  if (frame === 'staff') return budgets.office;
  if (frame === 'room') return path.startsWith('/consultations/') ? budgets.question : budgets.room;
  return plain.includes(frame) ? budgets.question : budgets.cabinet;
};
/** Every page has the words of `base`; what may be refused after an application comes with the first area that is not of its way (libs/language/areas.ts), in a room after what is read (words.ts). */
const ofFiling = ['common', 'parts', 'errors', 'fields', 'start', 'about', 'warnings', 'auth', 'application', 'states'];
const withoutRefusals: readonly string[] = [...ofFiling, 'rooms', 'files', 'consultation'];
/** In the head of a page that has one, for who is signed in. */
const bell = ({ frame, isForAll }: WebRoute) => (isForAll || ['question', 'plain', 'room'].includes(frame) ? [] : ['src/notices/bell.tsx']);

function weightOf(route: WebRoute, language: string) {
  const { frame, page, words: areas } = route;
  const isWithout = areas.every((area) => withoutRefusals.includes(area));
  const areasOf = ['base', ...(isWithout ? [] : ['errors-later', 'fields-later']), ...areas].map(
    (area) => `../../libs/language/texts/${language}/${area}.ts`,
  );
  const modules = ['index.html', page, ...areasOf, ...(frame === 'staff' ? ['src/theme/mantine.tsx'] : []), ...bell(route)];
  const chunks = closureOf(modules.filter((name) => name in manifest));
  const styles = [...new Set(chunks.flatMap((name) => manifest[name]?.css ?? []))];
  return {
    script: weigh([...new Set(chunks.map((name) => manifest[name]!.file))]),
    styles: weigh(styles),
    /** All that a first visit takes over the line but its fonts and answers: the page, its first script, scripts and styles. */
    transfer: weigh(['index.html', 'first.js', ...new Set(chunks.map((name) => manifest[name]!.file)), ...styles]),
    budget: budgetOf(route),
  };
}

it('opens every page within its budget of script, compressed: this table', () => {
  const rows = webRoutes().map((route) => {
    const inEach = (['kk', 'ru', 'en'] as const).map((language) => weightOf(route, language));
    const script = Math.max(...inEach.map((one) => one.script));
    const transfer = Math.max(...inEach.map((one) => one.transfer));
    const { styles, budget } = inEach[0]!;
    return { path: route.path, script, styles, transfer, budget, isOver: script > budget || transfer > budget + besideScript };
  });
  expect(rows.length).toBeGreaterThan(60);
  const kb = (bytes: number) => (bytes / 1000).toFixed(1).padStart(7);
  const lines = rows.map(({ path, script, styles, transfer, budget }) =>
    [path.padEnd(36), ...[script, budget, styles, transfer, budget + besideScript].map(kb)].join(' '),
  );
  console.log(['address                               script  budget  styles transfer budget (kB)', ...lines].join('\n'));
  expect(rows.filter(({ isOver }) => isOver)).toEqual([]);
});

it('can be put on a telephone as an app, by a manifest whose icons are there, and its service worker lets every question to the cabinet pass', () => {
  const app = JSON.parse(readFileSync('dist/web/cabinet.webmanifest', 'utf8')) as { start_url: string; icons: { src: string }[] };
  expect(readFileSync('dist/web/index.html', 'utf8')).toContain('href="/cabinet.webmanifest"');
  expect(app.start_url).toBe('/');
  for (const { src } of app.icons) expect(statSync(`dist/web${src}`).size).toBeGreaterThan(100);
  const worker = readFileSync('dist/web/device.js', 'utf8');
  expect(worker).toContain("pathname.startsWith('/api/')) return;");
  expect(worker.match(/kept\.(put|add)\(/g), 'what it keeps is the page and its files').toEqual(['kept.put(', 'kept.add(']);
});
