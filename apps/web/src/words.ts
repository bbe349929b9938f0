import { use, useCallback, useMemo, useSyncExternalStore } from 'react';
import { type Language, languages } from '#contract';
import {
  type Area,
  dateInWords,
  dayAndMonth,
  dayParts,
  fill,
  loadLater,
  loadTexts,
  momentInWords,
  type TextKey,
  type Texts,
  untilDate,
  withWeekday,
} from '#language';
import { readCookie, writeCookie } from './cookies.js';

/** The words every page needs; other areas come with the page that names them. */
const base = ['common', 'parts', 'errors', 'fields'] as const satisfies Area[];
type Base = (typeof base)[number];
export type Say<A extends Area = Base> = (key: TextKey<A | Base>, values?: Record<string, string | number>) => string;

let language: Language = 'kk';
const listeners = new Set<() => void>();
/** Texts of the areas asked for so far, by 'language.area'; in `coming` also those under way. */
const texts = new Map<string, Texts>();
const coming = new Map<string, Promise<void>>();

function fetchArea(of: Language, area: Area): Promise<void> {
  const name = `${of}.${area}`;
  const known = coming.get(name);
  if (known) return known;
  const refusals = patiently(() => loadLater(of, area)).then((later) => {
    for (const kind of ['errors', 'fields'] as const) texts.set(`${of}.${kind}`, { ...later[kind], ...texts.get(`${of}.${kind}`) });
  });
  const found = patiently(() => loadTexts(of, area)).then((it) => void texts.set(name, { ...texts.get(name), ...it }));
  const promise = (isReadFirst(area) ? found : Promise.all([found, refusals])).then(() => {
    Object.assign(promise, { status: 'fulfilled', value: undefined }); // as React marks what `use` may read without waiting
  });
  coming.set(name, promise);
  refusals.catch(() => coming.delete(name));
  promise.catch(() => coming.delete(name)); // a lost line must not leave the words missing for good
  return promise;
}

/** One reads and writes in a room before anything can be refused there. */
const isReadFirst = (area: Area) => ['rooms', 'files', 'consultation'].includes(area);

/** A line that drops for a moment must not cost the whole page. */
export async function patiently<T>(load: () => Promise<T>, tries = 3): Promise<T> {
  try {
    return await load();
  } catch (lost) {
    if (tries === 1) throw lost;
    await new Promise((resolve) => setTimeout(resolve, 800));
    return patiently(load, tries - 1);
  }
}

/** A link may ask for a language (?lang=ru), then the cookie of an earlier visit speaks, then Kazakh. */
function firstLanguage(): Language {
  const known = (asked: string | null) => languages.find((one) => one === asked);
  return known(new URLSearchParams(location.search).get('lang')) ?? known(readCookie('language')) ?? 'kk';
}

export async function startWords() {
  language = firstLanguage();
  document.documentElement.lang = language;
  await Promise.all(base.map((area) => fetchArea(language, area)));
}

/** Asks for areas ahead of the page that names them. */
export const fetchWords = (areas: readonly Area[]) => Promise.all(areas.map((area) => fetchArea(language, area)));

/** First the words, then the switch: the page never goes blank, and what is typed stays. */
export async function setLanguage(next: Language) {
  const areas = [...new Set([...coming.keys()].map((name) => name.split('.')[1] as Area))];
  await Promise.all(areas.map((area) => fetchArea(next, area)));
  writeCookie('language', next);
  language = next;
  document.documentElement.lang = next;
  listeners.forEach((listen) => listen());
}

function listen(to: () => void) {
  listeners.add(to);
  return () => listeners.delete(to);
}

export const currentLanguage = () => language;
export const useLanguage = () => useSyncExternalStore(listen, currentLanguage);

/** The words of a page: `const t = useText('case')`, then `t('case.title')`. Suspends until the areas are there. */
export function useText<A extends Area = Base>(...areas: A[]): Say<A> {
  const shown = useLanguage();
  for (const area of areas) use(fetchArea(shown, area));
  return useCallback(
    (key, values) => {
      const dot = key.indexOf('.');
      const of = texts.get(`${shown}.${key.slice(0, dot)}`);
      const text = of?.[key.slice(dot + 1)] ?? (key.startsWith('errors.') ? of?.['internal'] : undefined);
      return text === undefined ? key : fill(shown, text, values);
    },
    [shown],
  );
}

type Moment = string | Date;
/** Dates in the words of the reader's language. */
export function useDates() {
  const shown = useLanguage();
  return useMemo(
    () => ({
      inWords: (moment: Moment) => dateInWords(shown, moment),
      dayAndMonth: (moment: Moment) => dayAndMonth(shown, moment),
      moment: (moment: Moment) => momentInWords(shown, moment),
      until: (moment: Moment) => untilDate(shown, moment),
      withWeekday: (moment: Moment) => withWeekday(shown, moment),
      parts: (moment: Moment) => dayParts(shown, moment),
    }),
    [shown],
  );
}
