export { monthsStanding } from './calendar-words.js';
export { areas, loadLater, loadTexts, type Area, type Texts, type TextKey } from './areas.js';
export { dateInWords, dayAndMonth, dayParts, momentInWords, timeInWords, untilDate, withWeekday } from './dates.js';
export { fill, pluralOf } from './fill.js';
export { fold, foldings } from './fold.js';
export { softHyphens } from './hyphens.js';
export { money, wholeNumber } from './money.js';
export { fullName, shortName, type PersonName } from './names.js';
export { translate } from './translate.js';
