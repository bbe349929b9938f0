/** A court's table with as many good rows, each with a case number of its own. */
export const russianHeader =
  'Суд;Номер дела;Дата определения;Срок, дней;Категория;Район;Язык;Сторона А: фамилия;Сторона А: имя;Сторона А: телефон;Сторона Б: фамилия;Сторона Б: имя;Сторона Б: телефон';
export const phone = (nth: number) => `8701${String(nth).padStart(7, '0')}`;
export const referralRow = (nth: number) =>
  `OSKEMEN_CITY;6310-26-00-2/${nth};2026-09-21;30;family;oskemen;ru;Жумадилов;А;${phone(2 * nth)};Бурцева;А;${phone(2 * nth + 1)}`;
export const referralTable = (rows: number, from = 1) =>
  [russianHeader, ...Array.from({ length: rows }, (_, nth) => referralRow(from + nth))].join('\r\n');
/** As windows-1251 writes Russian letters. */
export const inWindows1251 = (text: string) =>
  Buffer.from([...text].map((letter) => (letter >= 'А' && letter <= 'я' ? letter.charCodeAt(0) - 0x0410 + 0xc0 : letter.charCodeAt(0))));
