import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The dependency graph, as data. An arrow that is not here is a mistake. */
const mayImport: Record<string, string[]> = {
  'libs/contract': [],
  'libs/language': ['contract'],
  'libs/documents': ['contract', 'language'],
  'libs/platform': ['contract'],
  'libs/access': ['contract', 'platform'],
  'libs/hours': ['contract'],
  'libs/people': ['contract', 'platform', 'access'],
  'libs/files': ['contract', 'platform', 'access'],
  'libs/mediators': ['contract', 'platform', 'access', 'people', 'hours', 'language'],
  'libs/assignment': ['contract', 'platform', 'hours', 'mediators'],
  'libs/cases': ['contract', 'platform', 'access', 'people', 'hours', 'times', 'files', 'mediators', 'assignment', 'language', 'documents'],
  'libs/imports': ['contract', 'platform', 'access', 'people', 'hours', 'files', 'mediators', 'cases', 'times'],
  'libs/rooms': ['contract', 'platform', 'access', 'people', 'files', 'cases', 'language', 'documents'],
  'libs/complaints': ['contract', 'platform', 'access', 'hours'],
  'libs/consultations': ['contract', 'platform', 'access', 'cases'],
  'libs/meetings': ['contract', 'platform', 'access', 'cases'],
  'libs/times': ['contract', 'platform', 'access', 'hours'],
  'libs/partners': ['contract', 'platform', 'access', 'times'],
  'libs/calendar': ['contract', 'platform', 'access', 'people', 'hours', 'times', 'cases', 'language'],
  'libs/notifications': ['contract', 'platform', 'access', 'people', 'language', 'documents', 'hours'],
  'libs/oversight': ['contract', 'platform', 'access', 'cases', 'language', 'documents', 'hours'],
  'libs/council': ['contract', 'platform', 'access', 'hours'],
  'libs/safekeeping': ['contract', 'platform', 'access', 'cases'],
  'libs/training': ['contract', 'platform', 'access', 'hours', 'mediators', 'language'],
  'libs/portal': ['contract', 'platform', 'hours', 'language'],
  'apps/web': ['contract', 'language'],
};

/** Whose folders no lib may reach into; doors are the only way. */
const sources = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name) && !name.includes('node_modules'))
        .map((name) => ({ name: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }))
    : [];
const importsOf = (folder: string) =>
  sources(folder).flatMap(({ text }) => [...text.matchAll(/from '#([\w-]+)'/g)].map((match) => match[1] ?? ''));

it.each(Object.entries(mayImport))('%s imports only what it may', (folder, allowed) => {
  const self = folder.split('/')[1] ?? '';
  expect(importsOf(folder).filter((name) => ![...allowed, self].includes(name))).toEqual([]);
});

it('knows every lib, and each has a door of at most ten lines', () => {
  const libs = readdirSync('libs').map((name) => `libs/${name}`);
  expect(libs.filter((lib) => !(lib in mayImport))).toEqual([]);
  const doors = libs.map(
    (lib) =>
      [
        lib,
        readFileSync(`${lib}/index.ts`, 'utf8')
          .split('\n')
          .filter((line) => /^export|^}/.test(line)).length,
      ] as const,
  );
  expect(doors.filter(([lib, lines]) => lib !== 'libs/contract' && lines > 15)).toEqual([]);
});

it('reads the environment in one place', () => {
  const readers = [...sources('libs'), ...sources('apps/api'), ...sources('apps/worker')]
    .filter(({ text }) => text.includes('process.env'))
    .map(({ name }) => name);
  expect(readers).toEqual(['libs/platform/platform.module.ts']);
});

it('takes the time from the clock alone, in code and in SQL', () => {
  // The Date of a mail is the hour at which it leaves, by the wall: its receiver knows no other clock.
  const own = new Set(['libs/platform/clock.ts', 'libs/platform/keys.ts', 'libs/notifications/channels/mime.ts']);
  const domain = readdirSync('libs').filter((lib) => !['language', 'contract'].includes(lib));
  const guilty = domain
    .flatMap((lib) => sources(`libs/${lib}`))
    .filter(
      ({ name, text }) => !own.has(name) && /new Date\(\)|Date\.now\(\)|\bnow\(\)(?!;?\s*Date)/.test(text.replaceAll(/\w+\.now\(\)/g, '')),
    )
    .map(({ name }) => name);
  expect(guilty).toEqual([]);
});

it('speaks in catalogues, not in code: no Cyrillic in pages', () => {
  expect(
    sources('apps/web/src')
      .filter(({ text }) => /[А-Яа-яӘәІіҢңҒғҮүҰұҚқӨөҺһ]{3,}/.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')))
      .map(({ name }) => name),
  ).toEqual([]);
});
