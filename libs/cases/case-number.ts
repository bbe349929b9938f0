/** Latin letters that look like the Cyrillic ones of a suffix (`2а`, `4к`, `6ап`); capitals may look like others than their small forms. */
const capitals = { A: 'а', B: 'в', C: 'с', E: 'е', H: 'н', I: 'і', K: 'к', M: 'м', O: 'о', P: 'р', T: 'т', X: 'х', Y: 'у' };
const small = { a: 'а', c: 'с', e: 'е', h: 'һ', i: 'і', k: 'к', o: 'о', p: 'р', x: 'х', y: 'у' };
const lookAlikes: Record<string, string> = { ...capitals, ...small };

const tidy = (typed: string) =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll('\\', '/');

/** `CCCC-YY-NN-T/SEQ(n)`: court, year, number, kind with a Cyrillic suffix, sequence, part. */
const courtNumber = /^\d{4}-\d{2}-\d{2}-\d[а-яёәіңғүұқөһ]{0,2}\/\d+(\(\d+\))?$/;

/** A court's case number as the court writes it, from any spelling people use; null when it is none. Keep what was typed too. */
export function courtNumberFrom(typed: string): string | null {
  const text = tidy(typed)
    .replace(/[A-Za-z]/g, (letter) => lookAlikes[letter] ?? letter)
    .toLowerCase();
  return courtNumber.test(text) ? text : null;
}

/** The first four digits: region and court, as in data/courts.json. */
export const courtCodeOf = (number: string): string => number.slice(0, 4);

/** `M-2026-0341`: the number a case gets when it is filed. After 9999 it grows longer. */
export function houseNumber(year: number, sequence: number): string {
  if (!Number.isInteger(sequence) || sequence < 1) throw new RangeError(`not a number of a case: ${sequence}`);
  return `${numberBegins(year)}${String(sequence).padStart(4, '0')}`;
}
/** What comes before the sequence; `file_draft` (migration 0077) adds that with its zeros, as `houseNumber` does. */
export const numberBegins = (year: number): string => `M-${year}-`;

/** The number of the house from what people type: small or Cyrillic letter, other dashes, spaces, zeros left out. */
export function houseNumberFrom(typed: string): string | null {
  const [, year, sequence] = /^[MmМм]-?(20\d{2})-0*([1-9]\d*)$/.exec(tidy(typed)) ?? [];
  return year && sequence ? houseNumber(Number(year), Number(sequence)) : null;
}
