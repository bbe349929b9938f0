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

function put(branch: Branch, [key = '', ...rest]: string[], value: unknown) {
  if (rest.length === 0) branch[key] = value;
  else put((branch[key] ??= {}) as Branch, rest, value);
}
