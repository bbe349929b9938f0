import type { Language } from '#contract';

type Values = Record<string, string | number>;

/**
 * Which of the forms written in a text fits a number: kk and en have one/other, ru has one/few/many.
 * Own rules, because browsers carry no Kazakh data and silently answer with another language's.
 */
export function pluralOf(language: Language, count: number): number {
  if (language !== 'ru') return Math.abs(count) === 1 ? 0 : 1;
  if (!Number.isInteger(count)) return 1;
  const [tens, ones] = [Math.abs(count) % 100, Math.abs(count) % 10];
  if (ones === 1 && tens !== 11) return 0;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}

/** Puts values into a text. The form is chosen first and values are put in once, so a value can not change the text around it. */
export function fill(language: Language, text: string, values: Values = {}): string {
  const forms = text.split(' || ');
  const form = forms.length === 1 ? text : (forms[pluralOf(language, Number(values['count'] ?? 0))] ?? forms.at(-1) ?? text);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
