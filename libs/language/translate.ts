import type { Language } from '#contract';
import type { TextKey } from './areas.js';
import { fill } from './fill.js';
import { en } from './texts/en.js';
import { kk } from './texts/kk.js';
import { ru } from './texts/ru.js';

const catalogues: Record<Language, Record<string, Record<string, string>>> = { kk, ru, en };

/** A text with its values, for api, worker and papers. The browser loads areas one by one and uses `fill` (apps/web/src/words.ts). */
export function translate(language: Language, key: TextKey, values: Record<string, string | number> = {}): string {
  const dot = key.indexOf('.');
  return fill(language, catalogues[language][key.slice(0, dot)]?.[key.slice(dot + 1)] ?? key, values);
}
