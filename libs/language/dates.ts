import type { Language } from '#contract';
import { months, monthsStanding, monthsUntil, todayWords, weekdays, weekdaysBrief } from './calendar-words.js';

type Moment = string | Date;
type Local = { year: number; month: number; day: number; weekday: number; hours: number; minutes: number };

/** Kazakhstan is one zone: UTC+5 since 1 March 2024, UTC+6 in Oskemen before (IANA Asia/Almaty). */
const unified = Date.UTC(2024, 1, 29, 18);
const dayOnly = /^\d{4}-\d{2}-\d{2}$/;

/** A moment as the wall clock in Oskemen shows it. '2026-11-22' is that day itself, whatever the zone. */
function local(moment: Moment): Local {
  const isDay = typeof moment === 'string' && dayOnly.test(moment);
  const instant = new Date(moment).getTime();
  const shifted = new Date(isDay ? instant : instant + (instant >= unified ? 5 : 6) * 3_600_000);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth(),
    day: shifted.getUTCDate(),
    weekday: shifted.getUTCDay(),
    hours: shifted.getUTCHours(),
    minutes: shifted.getUTCMinutes(),
  };
}

/** 2026 жылғы 22 қараша · 22 ноября 2026 года · 22 November 2026 */
export function dateInWords(language: Language, moment: Moment): string {
  const { year, month, day } = local(moment);
  const named = `${day}\u00A0${months[language][month]}`;
  if (language === 'kk') return `${year}\u00A0жылғы ${named}`;
  return language === 'ru' ? `${named} ${year}\u00A0года` : `${named} ${year}`;
}

/** 22 қараша · 22 ноября · 22 November; with the year when it is not this one. */
export function dayAndMonth(language: Language, moment: Moment, now: Moment = new Date()): string {
  const { year, month, day } = local(moment);
  return year === local(now).year ? `${day}\u00A0${months[language][month]}` : dateInWords(language, moment);
}

/** 3 қазан, сенбі · 2 октября, пятница · 2 October, Friday */
export const withWeekday = (language: Language, moment: Moment, now?: Moment) =>
  `${dayAndMonth(language, moment, now)}, ${weekdays[language][local(moment).weekday]}`;

/** 3 қазанға дейін · до 3 октября · by 3 October */
export function untilDate(language: Language, moment: Moment): string {
  const { month, day } = local(moment);
  if (language === 'kk') return `${day}\u00A0${monthsUntil[month]} дейін`;
  return `${language === 'ru' ? 'до' : 'by'} ${day}\u00A0${months[language][month]}`;
}

export function timeInWords(moment: Moment): string {
  const { hours, minutes } = local(moment);
  return `${hours}:${String(minutes).padStart(2, '0')}`;
}

/** бүгін, 15:40 · вчера, 9:05 · 22 November, 18:31 */
export function momentInWords(language: Language, moment: Moment, now: Moment = new Date()): string {
  const [then, today] = [local(moment), local(now)];
  const apart = Math.round((Date.UTC(then.year, then.month, then.day) - Date.UTC(today.year, today.month, today.day)) / 86_400_000);
  return `${todayWords[language][apart] ?? dayAndMonth(language, moment, now)}, ${timeInWords(moment)}`;
}

/** For the block that shows one date large: its month, number and weekday. */
export function dayParts(language: Language, moment: Moment) {
  const { month, day, weekday } = local(moment);
  return {
    month: monthsStanding[language][month] ?? '',
    day,
    weekday: weekdays[language][weekday] ?? '',
    brief: weekdaysBrief[language][weekday] ?? '',
  };
}
