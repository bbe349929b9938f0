import type { Language } from '#contract';
import type { Paper, Words } from '#documents';
import { dateInWords, type TextKey, translate } from '#language';
import { inside, type Template, templates } from '../rules/templates.js';
import { type Addresses, helpPhone } from './addresses.js';
import { type Letter, MissingVariable, sentenceOf, spaced, untilKey } from './write.js';

/** The reader's own language first, the other official one beside it; Kazakh beside English. */
const beside = { kk: ['kk', 'ru'], ru: ['ru', 'kk'], en: ['en', 'kk'] } as const satisfies Record<Language, Language[]>;

/**
 * The same notice on paper, in two languages: what a mail says, to be typed instead of pressed. `name`: for the window of the envelope. The
 * desk prints it, so of what goes on inside mediation it says no more than that there is something.
 */
export function writeLetter(letter: Letter, addresses: Addresses, { name, at }: { name: string; at: Date }): Paper {
  const template: Template = templates[letter.template];
  const { values, checkCode, code = '' } = letter;
  if (template.secret && !code) throw new MissingVariable('code');
  const languages = [...beside[letter.language]];
  const each = (text: (language: Language) => string): Words => Object.fromEntries(languages.map((one) => [one, text(one)]));
  const say = (key: TextKey, of: (language: Language) => Record<string, string> = () => ({})) =>
    each((one) => translate(one, key, of(one)));
  const { until } = template.until ? values : {};
  const typed = addresses.typed(template.page);
  return {
    languages,
    title: say('mails.heading'),
    at,
    ...(values.number ? { number: values.number } : {}),
    ...(template.secret === 'invitation'
      ? {
          code: {
            url: addresses.of('invitation', null, code),
            shown: `${typed}   ${spaced(code)}`,
            words: say('mails.letter.answer'),
            place: 'head' as const,
          },
        }
      : {}),
    content: [
      { text: name, strong: true },
      { text: inside.test(letter.template) ? say('mails.letter.inside') : each((language) => sentenceOf(letter, language)) },
      ...(until ? [{ text: say(untilKey(template), (language) => ({ date: dateInWords(language, until) })), strong: true }] : []),
      ...(template.page === 'none' || template.secret ? [] : [{ text: say('mails.letter.read', () => ({ address: typed })) }]),
      { text: say('mails.letter.desk', () => ({ phone: helpPhone })) },
      {
        text: say('mails.letter.check', () => ({
          address: addresses.check,
          code: spaced(checkCode).replace('-', '\u2011'),
          phone: helpPhone,
        })),
      },
      { text: say('mails.never'), small: true },
    ],
  };
}
