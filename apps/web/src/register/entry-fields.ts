import type { TextKey } from '#language';
import type { Complaints } from '../complaints.js';

/** Languages a mediator may work in; the words for them are the directory's. */
export const tongues = ['kk', 'ru', 'en', 'uk', 'hy', 'ug', 'az', 'ce', 'tt', 'de', 'tr', 'uz', 'ko', 'zh'] as const;

const single = [
  'surname', 'given', 'patronymic', 'iin', 'email', 'phone', 'language', 'address', 'employer', 'employerBin', 'kind', 'registerNumber', 'enteredOn',
  'organisation', 'organisationBin', 'community', 'protocolNumber', 'protocolDate', 'district', 'capacity',
] as const; // prettier-ignore
const ofCertificate = ['course', 'field', 'number', 'issuer', 'issuedOn', 'validFrom', 'validUntil'] as const;

/** What was typed, as the contract reads it; a field that the page does not show just now is empty. */
export function entryFrom(form: FormData, version: number | null): unknown {
  const typed = (name: string) => String(form.get(name) ?? '').trim();
  const rows = [...new Set([...form.keys()].flatMap((name) => /^certificates\.(\d+)\./.exec(name)?.[1] ?? []))].map(Number);
  return {
    ...Object.fromEntries(single.map((name) => [name, typed(name)])),
    languages: form.getAll('languages').map(String),
    fields: form.getAll('fields').map(String),
    certificates: rows
      .toSorted((one, other) => one - other)
      .map((at) => Object.fromEntries(ofCertificate.map((name) => [name, typed(`certificates.${at}.${name}`)]))),
    isAnother: form.has('isAnother'),
    version,
  };
}

/** What the summary calls a field: a day and a list of cards have no label of their own to be read. */
export function labelsOf(
  t: (key: TextKey<'register'>, values?: Record<string, number>) => string,
  complaints: Complaints,
): Record<string, string> {
  const named = (field: string) => {
    const [, at, part] = /^certificates\.(\d+)\.(\w+)$/.exec(field) ?? [];
    if (at === undefined) return t(`register.${field}` as TextKey<'register'>);
    const what =
      part === 'field' || part === 'course'
        ? t(part === 'field' ? 'register.course.field' : 'register.course')
        : t(`register.${part}` as TextKey<'register'>);
    return `${t('register.certificates.nth', { n: Number(at) + 1 })}, ${what}`;
  };
  return Object.fromEntries(Object.keys(complaints).map((field) => [field, named(field)]));
}
