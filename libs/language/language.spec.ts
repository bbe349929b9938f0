import { describe, expect, it } from 'vitest';
import { caseStates, errors, eventTypes, languages } from '#contract';
import {
  areas,
  loadLater,
  loadTexts,
  type Area,
  dateInWords,
  fill,
  fold,
  momentInWords,
  money,
  pluralOf,
  shortName,
  softHyphens,
  translate,
  untilDate,
} from '#language';
import { en } from './texts/en.js';
import { kk } from './texts/kk.js';
import { ru } from './texts/ru.js';

const catalogues = { kk, ru, en } as Record<string, Record<string, Record<string, string>>>;
const flat = (language: string) =>
  Object.fromEntries(
    Object.entries(catalogues[language]!).flatMap(([area, texts]) => Object.entries(texts).map(([key, text]) => [`${area}.${key}`, text])),
  );
const [kkTexts, ruTexts, enTexts] = [flat('kk'), flat('ru'), flat('en')];
const forms = { kk: 2, ru: 3, en: 2 };
/** Names and addresses that are written alike in every language. */
const alike = /^[\p{L}\d .,@–-]*(kelisim\.|example\.|Kelisim|KELISIM|Келісім)/u;

describe('the catalogues', () => {
  it('hold the same keys in the three languages', () => {
    expect(Object.keys(ruTexts)).toEqual(Object.keys(kkTexts));
    expect(Object.keys(enTexts)).toEqual(Object.keys(kkTexts));
    expect(Object.keys(areas).toSorted()).toEqual(Object.keys(kk).toSorted());
  });

  it.each(Object.keys(kkTexts))('%s says the same with the same values', (key) => {
    const texts = { kk: kkTexts[key]!, ru: ruTexts[key]!, en: enTexts[key]! };
    const placeholders = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted();
    for (const language of languages) {
      expect(texts[language].trim()).not.toBe('');
      expect([1, forms[language]]).toContain(texts[language].split(' || ').length);
      expect(placeholders(texts[language])).toEqual(placeholders(texts.kk));
    }
    for (const [one, other] of [
      ['kk', 'ru'],
      ['kk', 'en'],
      ['ru', 'en'],
    ] as const)
      if (texts[one].length > 25 && !alike.test(texts[one])) expect(texts[one]).not.toBe(texts[other]);
  });

  it('write Kazakh letters, never the Latin ones that look like them', () => {
    const mixed = (text: string) => text.match(/[\p{Script=Cyrillic}]+[a-zA-Z]|[a-zA-Z][\p{Script=Cyrillic}]+/gu) ?? [];
    expect([...Object.entries(kkTexts), ...Object.entries(ruTexts)].filter(([, text]) => mixed(text).length > 0)).toEqual([]);
  });

  it('have a text for every state, refusal and fact', () => {
    const needed = [
      ...caseStates.flatMap((state) => [`states.${state}.name`, `states.${state}.sentence`, `states.${state}.next`]),
      ...Object.keys(errors).map((code) => `errors.${code}`),
      ...eventTypes.map((type) => `events.${type}`),
    ];
    expect(needed.filter((key) => !(key in kkTexts))).toEqual([]);
  });

  it('reach the browser area by area', async () => {
    const rest = await loadLater('ru', 'rooms');
    for (const area of Object.keys(areas) as Area[])
      expect({ ...(await loadTexts('ru', area)), ...(area === 'errors' || area === 'fields' ? rest[area] : {}) }).toEqual(ru[area]);
  });
});

describe('numbers and values', () => {
  it('chooses the form that fits', () => {
    const text = '{count} день || {count} дня || {count} дней';
    expect([1, 2, 5, 11, 12, 21, 22, 104, 111].map((count) => fill('ru', text, { count }))).toEqual([
      '1 день',
      '2 дня',
      '5 дней',
      '11 дней',
      '12 дней',
      '21 день',
      '22 дня',
      '104 дня',
      '111 дней',
    ]);
    expect([pluralOf('kk', 1), pluralOf('kk', 21), pluralOf('en', 0), pluralOf('ru', 1.5)]).toEqual([0, 1, 1, 1]);
  });

  it('never reads a value as a text', () => expect(fill('kk', 'Сәлем, {name}', { name: 'a || b {count}' })).toBe('Сәлем, a || b {count}'));

  it('answers an unknown key with the key itself', () => expect(translate('kk', 'common.nothing' as 'common.save')).toBe('common.nothing'));

  it('prints tenge with spaces that do not break', () => expect(money(1_234_567.4)).toBe('1\u00A0234\u00A0567\u00A0₸'));
});

describe('dates in words', () => {
  const plain = (text: string) => text.replaceAll('\u00A0', ' ');

  it('speaks three languages without Intl', () => {
    expect(plain(dateInWords('kk', '2026-11-22'))).toBe('2026 жылғы 22 қараша');
    expect(plain(dateInWords('ru', '2026-11-22'))).toBe('22 ноября 2026 года');
    expect(plain(dateInWords('en', '2026-11-22'))).toBe('22 November 2026');
    expect(plain(untilDate('kk', '2026-10-03'))).toBe('3 қазанға дейін');
  });

  it('shows the wall clock of Oskemen: UTC+6 until the end of February 2024, UTC+5 after', () => {
    const far = '2020-01-01';
    expect(plain(momentInWords('ru', '2024-02-29T17:59:00Z', far))).toContain('23:59');
    expect(plain(momentInWords('ru', '2024-02-29T18:00:00Z', far))).toContain('29 февраля 2024 года, 23:00');
    expect(plain(momentInWords('en', '2026-11-22T20:00:00Z', '2026-11-23T10:00:00Z'))).toBe('today, 1:00');
    expect(plain(momentInWords('kk', '2026-11-22T10:40:00Z', '2026-11-23T10:00:00Z'))).toBe('кеше, 15:40');
  });
});

describe('names and letters', () => {
  it('shortens a name', () => {
    expect(shortName({ surname: 'Әбенов', given: 'санжар', patronymic: null })).toBe('Әбенов\u00A0С.');
  });

  it('folds what is typed without a Kazakh keyboard onto what was written with one', () => {
    expect(fold('Өскемен')).toBe(fold('оскемен'));
    expect(fold('Күләш Мұратқызы')).toBe('кулаш мураткызы');
    expect(fold('Iнжу')).toBe(fold('Інжу'));
    expect(fold('Smith')).toBe('smith');
  });

  it('reads every Latin letter that looks Cyrillic as that one inside a Cyrillic word, and every Kazakh letter as its Russian one', () => {
    const [latin, cyrillic] = ['aceikmoptxyACEKMOPTXY', 'асеикмортхуасекмортху'];
    for (const [at, letter] of [...latin].entries()) expect(fold(`ж${letter}`), letter).toBe(`ж${cyrillic[at]}`);
    expect(fold('hә')).toBe('ха'); // the Latin h is the Kazakh һ, which folds onto х
    expect(fold('әғқңөұүһіёӘҒҚҢӨҰҮҺІЁ')).toBe('агкноуухиеагкноуухие');
  });

  it('breaks only long Kazakh words, at syllables', () => {
    expect(softHyphens('қатысу')).toBe('қатысу');
    const broken = softHyphens('келіспеушіліктеріңіздің');
    expect(broken.replaceAll('\u00AD', '')).toBe('келіспеушіліктеріңіздің');
    expect(broken.split('\u00AD').every((piece) => piece.length >= 3)).toBe(true);
  });
});
