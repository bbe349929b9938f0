import { type Language, languages } from '#contract';
import { dayOf, timeOf } from '#hours';
import { dateInWords, dayAndMonth, fill, translate, untilDate, withWeekday, timeInWords } from '#language';
import { type Template, type TemplateName, templates, type Values } from '../rules/templates.js';
import { type Addresses, helpPhone } from './addresses.js';
import { type Block, mailHtml, mailText, type Note } from './mail-layout.js';

/** What a message is written from: ids, codes and dates; nobody's words. */
export type Letter = {
  template: TemplateName;
  language: Language;
  values: Values;
  caseId: string | null;
  checkCode: string;
  /** Opened for this one writing. */
  code?: string;
  isLegal: boolean;
  /** Other courtesies that travel in the same mail. */
  more?: Item[];
};
type Item = Pick<Letter, 'template' | 'values' | 'caseId'>;
export type WrittenMail = { subject: string; sender: string; text: string; html: string };

export class MissingVariable extends Error {
  constructor(readonly variable: string) {
    super(`variable_missing:${variable}`);
  }
}

/** The sentence of a notice in one language. What it needs and does not have is refused, never printed as a hole. */
export function sentenceOf(
  { template, values, code }: Pick<Letter, 'template' | 'values'> & { code?: string },
  language: Language,
): string {
  const given = { ...inWords(language, values), ...withZone(language, values), ...(code ? { code } : {}) } as Record<string, string>;
  for (const name of templates[template].needs) if (!given[name]) throw new MissingVariable(name);
  return translate(language, `notices.${template}`, given);
}

/** Dates as people say them. `now` is left out: a message is read on any day, so the year is said when it is not the day's own. */
export const inWords = (language: Language, { number, until, at, day, root }: Values): Record<string, string> => ({
  ...(number ? { number } : {}),
  ...(day ? { day: dateInWords(language, `${day}T05:00:00Z`) } : {}),
  ...(root ? { root } : {}),
  ...(until ? { until: dateInWords(language, until) } : {}),
  ...(at ? { at: `${withWeekday(language, at, at)}, ${timeInWords(at)}` } : {}),
});

/** An hour with the clock it is meant by; for a reader abroad with the own clock beside it. */
function withZone(language: Language, { at, zone }: Values): Record<string, string> {
  if (!at) return {};
  const house = translate(language, 'mails.zone');
  const [day, clock] = zone ? [dayOf(Date.parse(at), zone), timeOf(Date.parse(at), zone).slice(0, 5).replace(/^0/, '')] : [];
  const place = zone?.split('/').at(-1)?.replaceAll('_', ' ');
  const second = zone && day && clock !== timeInWords(at) ? `; ${place}: ${dayAndMonth(language, day, at)}, ${clock}` : '';
  return { at: `${inWords(language, { at })['at']} (${house}${second})` };
}

export function writeMail(letter: Letter, addresses: Addresses): WrittenMail {
  const template: Template = templates[letter.template];
  const page = pageOf(letter);
  const spoken: Language[] = template.bilingual ? languages.filter((one) => one !== 'en' || letter.language === 'en') : [letter.language];
  const blocks = spoken.map((language) => blockOf(letter, page, language, addresses));
  const subject = blocks.map(({ heading }) => heading).join(' / ');
  const foot = spoken.map((language) => translate(language, 'mails.house'));
  const settings = page === 'none' || template.bilingual || template.secret ? {} : { link: settingsLink(letter.language, addresses) };
  return {
    subject,
    sender: translate(spoken[0] ?? 'kk', 'mails.sender'),
    html: mailHtml(subject, blocks, { lines: foot, ...settings }),
    text: mailText(blocks, foot),
  };
}

function blockOf(letter: Letter, page: Template['page'], language: Language, addresses: Addresses): Block {
  const { code = '', values, caseId, checkCode, more = [] } = letter;
  const template: Template = templates[letter.template];
  const isCode = template.secret === 'one_time_code';
  const items = [letter, ...more];
  return {
    language,
    heading: translate(language, isCode ? 'mails.heading.code' : 'mails.heading'),
    sentence: more.length > 0 ? translate(language, 'mails.several', { count: items.length }) : sentenceOf(letter, language),
    ...(more.length > 0 ? { items: items.map((item) => itemOf(item, language)) } : {}),
    ...(isCode ? { shown: code } : {}),
    ...(page === 'none' ? {} : { button: { text: translate(language, buttonOf(page)), href: addresses.of(page, caseId, code) } }),
    notes: [
      ...(isCode ? [[translate(language, 'mails.valid')]] : []),
      ...(page === 'none' || page === 'staff' ? [] : [typedNote(language, page, code, addresses)]),
      [
        ...(values.until && template.until && more.length === 0
          ? strong(language, untilKey(template), { date: dateInWords(language, values.until) }, ' ')
          : []),
        ...strong(language, 'mails.help', { phone: helpPhone }),
      ],
      [`${translate(language, 'mails.never')} `, ...strong(language, 'mails.check', { address: addresses.check, code: spaced(checkCode) })],
    ],
  };
}

/** One of several: its sentence, and its own day. */
function itemOf(item: Item, language: Language): string {
  const template: Template = templates[item.template];
  const { until } = item.values;
  const day = until && template.until ? ` ${translate(language, untilKey(template), { date: dateInWords(language, until) })}` : '';
  return sentenceOf(item, language) + day;
}

/** Where one button leads when there are several: to what they share, or to the centre. */
function pageOf({ template, caseId, more = [] }: Letter): Template['page'] {
  const of = (name: TemplateName) => (templates[name] as Template).page;
  const isShared = more.every((one) => one.caseId === caseId && of(one.template) === of(template));
  return isShared ? of(template) : 'centre';
}

/** What a device shows: that there is something. No name, no number, no word of what it is. */
export const writePush = ({ language, checkCode }: Letter, { centre }: Addresses): string =>
  JSON.stringify({
    title: translate(language, 'mails.sender'),
    body: translate(language, 'sms.push', { check: checkCode }),
    lang: language,
    open: centre,
  });

type MailKey = Parameters<typeof translate>[1];
const buttonOf = (page: Template['page']): MailKey =>
  page === 'invitation'
    ? 'mails.open.invitation'
    : page === 'meeting'
      ? 'mails.open.meeting'
      : page === 'sign_in' || page === 'staff'
        ? 'mails.open.signIn'
        : 'mails.open';
export const untilKey = ({ until }: Template): MailKey => (until === 'answer' ? 'mails.until.answer' : 'mails.until');
const settingsLink = (language: Language, { settings }: Addresses) => ({ text: translate(language, 'mails.settings'), href: settings });

const typedNote = (language: Language, page: Template['page'], code: string, addresses: Addresses): Note[] =>
  page === 'invitation'
    ? strong(language, 'mails.typed.code', { address: addresses.typed(page), code: spaced(code) })
    : strong(language, 'mails.typed', { address: addresses.typed(page) });

/** A text whose values are set off from its words. */
function strong(language: Language, key: MailKey, values: Record<string, string>, after = ''): Note[] {
  const marked = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `\u0000${value}\u0000`]));
  const parts = fill(language, translate(language, key), marked).split('\u0000');
  return [...parts.map((part, at): Note => (at % 2 ? { strong: part } : part)), after].filter((part) => part !== '');
}

/** Eight characters are read in fours. */
export const spaced = (code: string) => (code.length === 8 ? `${code.slice(0, 4)}-${code.slice(4)}` : code);

/** At most two parts; no name, no subject, no number of a case. Spaces that do not break would cost nothing but look odd on old telephones. */
export function writeSms({ template: name, language, values, code = '', checkCode }: Letter, addresses: Addresses): string {
  const template: Template = templates[name];
  if (template.needs.includes('code') && !code) throw new MissingVariable('code');
  if ((template.sms === 'appointment' || template.sms === 'reminder') && !values.at) throw new MissingVariable('at');
  const asks = template.until === 'answer' && values.until;
  if (template.sms === 'invitation' && !asks) throw new MissingVariable('until');
  const text = translate(language, template.sms === 'news' && asks ? 'sms.newsUntil' : `sms.${template.sms}`, {
    ...inWords(language, values),
    ...(asks ? { until: untilDate(language, asks) } : {}),
    code,
    check: checkCode,
    address: addresses.brief(template.page, code),
  });
  return text.replaceAll('\u00A0', ' ');
}
