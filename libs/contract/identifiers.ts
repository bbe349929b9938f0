import { z } from 'zod';

/** Invisible format characters: zero-width spaces, joiners, right-to-left marks. They come with pasted text and are never meant. */
const visible = (typed: string) =>
  typed
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .trim();
const withoutSpaces = (typed: string) => visible(typed).replace(/\s/g, '');

/**
 * The check digit of IIN and BIN (Government Decree 565 of 11.06.2003). A number whose second round gives 10 as well
 * is never issued; some public code takes 0 there, wrongly.
 */
function checkDigitOf(digits: string): number | null {
  const round = (weights: readonly number[]) => weights.reduce((sum, weight, i) => sum + weight * Number(digits[i]), 0) % 11;
  const first = round([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  if (first < 10) return first;
  const second = round([3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]);
  return second < 10 ? second : null;
}
const isChecked = (digits: string) => checkDigitOf(digits) === Number(digits[11]);

/** YYMM of registration, then 4–6 resident / non-resident / joint, 0–3 head / branch / office / farm. In an IIN the fifth digit is 0 to 3. */
const looksLikeBin = (digits: string) => /^\d\d(0[1-9]|1[0-2])[4-6][0-3]/.test(digits);

/** The date in the first seven digits of an IIN; null when there is no such date or century. */
export function birthDateOf(iin: string): string | null {
  const [, year, month, day, century] = /^(\d\d)(\d\d)(\d\d)([1-6])/.exec(iin) ?? [];
  if (!century) return null;
  const date = `${17 + Math.ceil(Number(century) / 2)}${year}-${month}-${day}`;
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : null;
}

/** Full years on a day; both as YYYY-MM-DD. Somebody born on 29 February is a year older on 1 March of a common year. */
export function ageOn(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4));
  return day.slice(5) < birth.slice(5) ? years - 1 : years;
}

/** 8508******09: what a page may show. */
export const maskIin = (iin: string): string => `${iin.slice(0, 4)}******${iin.slice(-2)}`;

/** What is wrong with an IIN or a BIN; the codes are keys of the area `fields` of libs/language. */
export const identifierFaults = {
  iin: ['iin', 'iin_is_bin', 'iin_date', 'iin_check'],
  bin: ['bin', 'bin_is_iin', 'bin_form', 'bin_check'],
} as const;
export type IdentifierFault = (typeof identifierFaults)[keyof typeof identifierFaults][number];

export function iinFault(digits: string): IdentifierFault | null {
  if (!/^\d{12}$/.test(digits)) return 'iin';
  if (looksLikeBin(digits)) return 'iin_is_bin';
  if (birthDateOf(digits) === null) return 'iin_date';
  return isChecked(digits) ? null : 'iin_check';
}

export function binFault(digits: string): IdentifierFault | null {
  if (!/^\d{12}$/.test(digits)) return 'bin';
  if (/^\d{4}[0-3]/.test(digits)) return 'bin_is_iin';
  if (!looksLikeBin(digits)) return 'bin_form';
  return isChecked(digits) ? null : 'bin_check';
}

const refusing = (faultOf: (text: string) => string | null) => (context: z.core.ParsePayload<string>) => {
  const message = faultOf(context.value);
  if (message) context.issues.push({ code: 'custom', message, input: context.value });
};

export const iin = z.string().max(40).overwrite(withoutSpaces).check(refusing(iinFault));
export const bin = z.string().max(40).overwrite(withoutSpaces).check(refusing(binFault));

/** +7XXXXXXXXXX from what people type: `8 7XX…`, `7…`, `+7…` or ten digits; null when it is no Kazakh number. */
export function phoneFrom(typed: string): string | null {
  const text = visible(typed);
  if (!/^\+?[\d\s().‐‑–-]+$/.test(text)) return null;
  const digits = text.replace(/\D/g, '');
  const trunk = text.startsWith('+') ? /^7(7\d{9})$/ : /^[78]?(7\d{9})$/;
  const national = trunk.exec(digits)?.[1];
  return national ? `+7${national}` : null;
}

/** Codes 710 to 729 are towns' (7232 is Oskemen); mobile ones are not listed, for new ones are given out (domain/formats.md: never whitelist). */
export const isLandline = (phone: string): boolean => /^\+77[12]\d{8}$/.test(phone);

export const phoneKz = z
  .string()
  .max(40)
  .overwrite((typed) => phoneFrom(typed) ?? typed)
  .regex(/^\+77\d{9}$/, 'phone');

/** +7 7XX XXX XX XX */
export const showPhone = (phone: string): string => phone.replace(/^\+7(\d{3})(\d{3})(\d\d)(\d\d)$/, '+7 $1 $2 $3 $4');

export const normalEmail = (typed: string): string => withoutSpaces(typed).toLowerCase();
export const email = z.string().max(300).overwrite(normalEmail).max(254, 'email').regex(z.regexes.email, 'email');
