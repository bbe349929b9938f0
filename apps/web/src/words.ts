import { type BackendModule, createInstance } from 'i18next';
import { useCallback, useMemo } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
import { type Language, languages } from '#contract';
import {
  type Area,
  dateInWords,
  dayAndMonth,
  dayParts,
  fill,
  loadTexts,
  momentInWords,
  type TextKey,
  untilDate,
  withWeekday,
} from '#language';
import { readCookie, writeCookie } from './cookies.js';

/** The words every page needs; other areas come with the page that names them. */
const base = ['common', 'parts', 'errors', 'fields'] as const satisfies Area[];
type Base = (typeof base)[number];
export type Say<A extends Area = Base> = (key: TextKey<A | Base>, values?: Record<string, string | number>) => string;

const catalogues: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, area: string) => loadTexts(language as Language, area as Area),
};

const words = createInstance();

/** A link may ask for a language (?lang=ru), then the cookie of an earlier visit speaks, then Kazakh. */
function firstLanguage(): Language {
  const asked = [new URLSearchParams(location.search).get('lang'), readCookie('language')];
  return languages.find((language) => asked.includes(language) && (asked[0] ?? asked[1]) === language) ?? 'kk';
}

export async function startWords() {
  const language = firstLanguage();
  document.documentElement.lang = language;
  await words
    .use(catalogues)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      ns: [...base],
      keySeparator: false,
      nsSeparator: false,
    });
}

export async function setLanguage(language: Language) {
  writeCookie('language', language);
  await words.changeLanguage(language);
  document.documentElement.lang = language;
}

export const currentLanguage = () => (words.language ?? 'kk') as Language;
export const useLanguage = () => useTranslation().i18n.language as Language;

/** The words of a page: `const t = useText('case')`, then `t('case.title')`. Suspends until the areas are there. */
export function useText<A extends Area = Base>(...areas: A[]): Say<A> {
  const { i18n } = useTranslation([...base, ...areas] as string[]);
  const language = i18n.language as Language;
  return useCallback(
    (key, values) => {
      const dot = key.indexOf('.');
      const text: unknown = i18n.getResource(language, key.slice(0, dot), key.slice(dot + 1));
      return typeof text === 'string' ? fill(language, text, values) : key;
    },
    [i18n, language],
  );
}

type Moment = string | Date;
/** Dates in the words of the reader's language. */
export function useDates() {
  const language = useLanguage();
  return useMemo(
    () => ({
      inWords: (moment: Moment) => dateInWords(language, moment),
      dayAndMonth: (moment: Moment) => dayAndMonth(language, moment),
      moment: (moment: Moment) => momentInWords(language, moment),
      until: (moment: Moment) => untilDate(language, moment),
      withWeekday: (moment: Moment) => withWeekday(language, moment),
      parts: (moment: Moment) => dayParts(language, moment),
    }),
    [language],
  );
}
