import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Language, languages } from '#contract';

type Chunk = { file: string; css?: string[]; imports?: string[] };
type Asked = { url: string; cookie?: string | undefined };

const who = '/api/sessions/current';
/** The pages that people open first, on whatever line they have; the words each one needs, and what it asks before it can be used. */
const first: [path: RegExp, page: string, words: string[], questions: string[]][] = [
  [/^\/$/, 'public/start-page', ['start'], [who]],
  [/^\/apply$/, 'application/begin-page', ['application', 'warnings'], [who, '/api/reference']],
  [/^\/i(\/|$)/, 'invited/letter-page', ['invited', 'start'], [who]],
  [/^\/invitation$/, 'invited/invitation-page', ['invited', 'start'], [who]],
];

/**
 * What a page asks for once the cabinet's own script is there, named with the page itself, so that both come together: on slow 3G that is
 * a round trip less before it can be used (0020). As a `Link` header; whoever does not know it loses nothing.
 */
export function earlyIn(folder: string): (asked: Asked) => string | null {
  const file = join(folder, '.vite/manifest.json');
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Chunk>) : {};
  const [own] = chunksOf(manifest, ['index.html']);
  const known = new Map<string, string>();
  return ({ url, cookie }) => {
    const [pathname = '', query] = url.split('?');
    const found = first.find(([path]) => path.test(pathname));
    if (!found) return null;
    const [, page, words, questions] = found;
    const language = languageOf(new URLSearchParams(query).get('lang') ?? /(?:^|;\s*)language=(\w\w)/.exec(cookie ?? '')?.[1]);
    const key = `${page} ${language}`;
    const named = [`src/${page}.tsx`, ...['base', ...words].map((area) => `../../libs/language/texts/${language}/${area}.ts`)];
    if (!known.has(key)) known.set(key, linksTo(chunksOf(manifest, named), new Set(own?.all), questions));
    return known.get(key) || null;
  };
}

/** As the page itself decides (words.ts): what the address asks for, then the cookie, then Kazakh. */
const languageOf = (asked: string | undefined): Language => languages.find((one) => one === asked) ?? 'kk';

function chunksOf(manifest: Record<string, Chunk>, names: string[]): { all: string[] }[] {
  return names.map((name) => {
    const taken = new Set([name]);
    for (const one of taken) for (const next of manifest[one]?.imports ?? []) taken.add(next);
    const chunks = [...taken].flatMap((one) => manifest[one] ?? []);
    return { all: chunks.flatMap(({ file, css = [] }) => [file, ...css]) };
  });
}

const linksTo = (chunks: { all: string[] }[], own: Set<string>, questions: string[]) =>
  [...new Set(chunks.flatMap(({ all }) => all))]
    .filter((file) => !own.has(file))
    .map((file) => `</${file}>; rel=${file.endsWith('.css') ? 'preload; as=style' : 'modulepreload'}; crossorigin`)
    .concat(questions.map((path) => `<${path}>; rel=preload; as=fetch; crossorigin`))
    .join(', ');
