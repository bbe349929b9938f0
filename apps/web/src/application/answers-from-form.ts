import type { SaveAnswers } from '#contract';

type Branch = { [key: string]: unknown };

/**
 * The answers of one page: the fields are named by their paths (`other.phone`), so a page sends just what it asks
 * and the server's complaints find their fields. An emptied text is sent empty: that takes the answer back.
 */
export function answersFrom(form: FormData): SaveAnswers {
  const answers: Branch = {};
  for (const [path, value] of form) if (typeof value === 'string') put(answers, path.split('.'), value);
  return answers as SaveAnswers;
}

/**
 * What the page changes of what it was shown. An answer left as it was is absent, so an old tab that is saved empty, or with what stood there
 * before, takes nothing back that was written elsewhere since.
 */
export const changesIn = (page: SaveAnswers, shown: SaveAnswers): SaveAnswers => changed(page, shown) as SaveAnswers;

function changed(page: Branch, shown: Branch): Branch {
  const kept = Object.entries(page).flatMap(([key, value]): [string, unknown][] => {
    const before = shown[key];
    if (isBranch(value)) {
      const inner = changed(value, isBranch(before) ? before : {});
      if (Object.keys(inner).length === 0) return [];
      return [[key, 'courtId' in value ? { courtId: value['courtId'], ...inner } : inner]]; // a number is of a court
    }
    return key === 'kind' || (key === 'courtId' && before === undefined) || said(value) !== said(before) ? [[key, value]] : [];
  });
  return Object.fromEntries(kept);
}

const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value);
const said = (value: unknown) => JSON.stringify(value === undefined || value === '' || String(value) === '' ? null : value);

function put(branch: Branch, [key = '', ...rest]: string[], value: unknown) {
  if (rest.length === 0) branch[key] = value;
  else put((branch[key] ??= {}) as Branch, rest, value);
}
