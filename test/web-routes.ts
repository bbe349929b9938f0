import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export type WebRoute = { table: string; path: string; frame: string; page: string; words: string[]; isForAll: boolean };

const source = 'apps/web/src';

const areas = ['register', 'safekeeping', 'training'].map((area) => join(area, 'routes.ts'));
const tables = ['routes.tsx', 'case-routes.ts', 'office-routes.ts', 'seldom-routes.ts', ...areas];

/** The routes as they are written down, read without running a page: where each leads, whose frame it stands in, which file it is. */
export function webRoutes(): WebRoute[] {
  return tables.flatMap((table) => rowsOf(table, readFileSync(join(source, table), 'utf8')));
}

function rowsOf(table: string, text: string): WebRoute[] {
  return text.split(/(?=\bpath: ')/).flatMap((part) => {
    const path = /^path: '([^']+)'/.exec(part)?.[1];
    const page = /import\('(\.[^']+)\.js'\)/.exec(part)?.[1];
    const frame = /frame: '(\w+)'/.exec(part)?.[1];
    if (!path || !page || !frame) return [];
    const named = [...(/words: \[([^\]]*)\]/.exec(part)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, area]) => area!);
    const file = join('src', dirname(table), `${page}.tsx`);
    return [{ table, path, frame, page: file, words: [...new Set([...named, ...wordsOf(file)])], isForAll: !part.includes('roles: [') }];
  });
}

/** Every area of words that a page or a part of it asks for. */
function wordsOf(page: string): string[] {
  const seen = new Set([join('apps/web', page)]);
  const areas = new Set<string>();
  for (const file of seen) {
    const text = read(file).replaceAll(/\/\*.*?\*\//gs, '');
    for (const [, named] of text.matchAll(/useText\(([^)]*)\)/g)) for (const [, area] of named!.matchAll(/'(\w+)'/g)) areas.add(area!);
    for (const [, to] of text.matchAll(/^import (?!type )[^;]*? from '(\.[^']+)\.js';/gm)) {
      const target = normalize(join(dirname(file), to!));
      for (const end of ['.tsx', '.ts']) if (read(`${target}${end}`)) seen.add(`${target}${end}`);
    }
  }
  return [...areas];
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
