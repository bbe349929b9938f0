import type { Language } from '#contract';

const kkMonths = 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(' ');
const enMonths = 'January February March April May June July August September October November December'.split(' ');

export const months: Record<Language, string[]> = {
  kk: kkMonths,
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(' '),
  en: enMonths,
};

export const monthsStanding: Record<Language, string[]> = {
  kk: kkMonths,
  ru: 'январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь'.split(' '),
  en: enMonths,
};

/** The Kazakh dative, for "until". */
export const monthsUntil =
  'қаңтарға ақпанға наурызға сәуірге мамырға маусымға шілдеге тамызға қыркүйекке қазанға қарашаға желтоқсанға'.split(' ');

/** From Sunday, as Date.getUTCDay counts. */
export const weekdays: Record<Language, string[]> = {
  kk: 'жексенбі дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі'.split(' '),
  ru: 'воскресенье понедельник вторник среда четверг пятница суббота'.split(' '),
  en: 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' '),
};

/** Two letters each, none like another (CLDR; Kazakh would repeat itself if cut short). */
export const weekdaysBrief: Record<Language, string[]> = {
  kk: 'жс дс сс ср бс жм сб'.split(' '),
  ru: 'вс пн вт ср чт пт сб'.split(' '),
  en: 'Su Mo Tu We Th Fr Sa'.split(' '),
};

/** By how many days the day is away from today. */
export const todayWords: Record<Language, Record<number, string>> = {
  kk: { [-1]: 'кеше', 0: 'бүгін', 1: 'ертең' },
  ru: { [-1]: 'вчера', 0: 'сегодня', 1: 'завтра' },
  en: { [-1]: 'yesterday', 0: 'today', 1: 'tomorrow' },
};
