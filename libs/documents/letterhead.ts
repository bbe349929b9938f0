import type { Content } from 'pdfmake/interfaces.js';
import type { Language } from '#contract';
import { translate } from '#language';
import { colours } from './blocks.js';

const [width, edge] = [595, 57];

/** Mark left, number right, and under them the one ornament: a thin gold line on which two lines meet. */
export const letterhead = (languages: Language[], number?: string) => (): Content => ({
  margin: [edge, 34, edge, 0],
  stack: [
    {
      columns: [
        { svg: mark, width: 26 },
        { text: ['Келісім', { text: `\n${each(languages, 'documents.house')}`, bold: false, fontSize: 9, color: colours.ink2 }], ...name },
        { text: number ? translate(languages[0] ?? 'kk', 'documents.number', { number }) : '', ...numbered },
      ],
    },
    { svg: ornament, width: width - 2 * edge, margin: [0, 6, 0, 0] },
  ],
});
const name = {
  width: '*' as const,
  bold: true,
  fontSize: 13,
  color: colours.brand,
  margin: [8, 0, 0, 0] as [number, number, number, number],
};
const numbered = { width: 'auto' as const, bold: true, fontSize: 11, alignment: 'right' as const };

/** Which page of how many, and what the paper hashes to. */
export const pageFoot =
  (languages: Language[], hash?: string) =>
  (page: number, pages: number): Content => ({
    margin: [edge, 10, edge, 0],
    fontSize: 8,
    color: colours.ink2,
    columns: [
      { width: '*', text: hash ? `${each(languages, 'documents.hash')}\n${hash}` : '' },
      {
        width: 'auto',
        alignment: 'right',
        noWrap: true,
        text: languages.map((language) => translate(language, 'documents.page', { page, pages })).join(' · '),
      },
    ],
  });

const each = (languages: Language[], key: 'documents.house' | 'documents.hash') =>
  languages.map((language) => translate(language, key)).join(' · ');

const mark = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke="${colours.brand}" stroke-width="4.6" stroke-linecap="round"><path d="M4 44.5C4 26 21.7 26.5 21.7 12.8C21.7 7.2 18.2 4 13.7 4C9.4 4 6.6 6.8 6.6 10.4"/><path d="M44 44.5C44 26 26.3 26.5 26.3 12.8C26.3 7.2 29.8 4 34.3 4C38.6 4 41.4 6.8 41.4 10.4"/></svg>`;
const ornament = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 18" fill="none" stroke="${colours.gold}" stroke-width="1" stroke-linecap="round"><path d="M0 16H224C233 16 238.6 13 238.6 8C238.6 4.2 236 2 232.6 2C229.6 2 227.4 4 227.4 6.5C227.4 8.6 228.9 9.9 230.6 9.9C232 9.9 233 9 233 7.8"/><path d="M480 16H256C247 16 241.4 13 241.4 8C241.4 4.2 244 2 247.4 2C250.4 2 252.6 4 252.6 6.5C252.6 8.6 251.1 9.9 249.4 9.9C248 9.9 247 9 247 7.8"/></svg>`;
