import { type Report, type ReportFormat, type ReportLine } from '#contract';
import { type Block, renderPdf } from '#documents';
import { translate, wholeNumber } from '#language';
import { type Sheet, toXlsx } from './spreadsheet.js';

type Tongue = 'kk' | 'ru';
export type File = { name: string; type: string; bytes: Uint8Array };
export const fileTypes: Record<ReportFormat, [ending: string, type: string]> = {
  xlsx: ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  csv: ['csv', 'text/csv; charset=utf-8'],
  dictionary: ['csv', 'text/csv; charset=utf-8'],
  pdf: ['pdf', 'application/pdf'],
};

/** The report of a period as a file: the numbers of the page, no more. */
export async function reportFile(report: Report, format: ReportFormat, language: Tongue): Promise<File> {
  const [ending, type] = fileTypes[format];
  const name = `kelisim-report-${report.period}${format === 'dictionary' ? '-dictionary' : ''}-${language}.${ending}`;
  if (format === 'pdf') return { name, type, bytes: await pdfOf(report, language) };
  if (format === 'xlsx') return { name, type, bytes: toXlsx(sheetsOf(report, language)) };
  const rows = format === 'csv' ? csvRows(report, language) : dictionaryRows(report, language);
  return { name, type, bytes: new TextEncoder().encode(csvOf(rows)) };
}

/**
 * A cell that a spreadsheet would read as a formula begins with an apostrophe (attack: a name that runs when the file is opened).
 * Numbers are written as numbers and never pass here.
 */
export const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

type Cell = string | number | null;
export const csvOf = (rows: Cell[][], isFirst = true) =>
  `${isFirst ? '\uFEFF' : ''}${rows.map((row) => row.map((cell) => (typeof cell === 'number' ? String(cell) : quoted(harmless(cell ?? '')))).join(',')).join('\r\n')}\r\n`;
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A hidden number is an empty cell with `hidden` beside it. */
const csvRows = ({ period, lines }: Report, language: Tongue): Cell[][] => [
  ['period', 'line', 'code', 'name', 'cut', 'value', 'value_name', 'number', 'unit', 'status'],
  ...lines.flatMap((line) => [
    [period, line.no, line.code, line.name[language], 'all', 'all', '', line.n, line.unit, statusOf(line.n)],
    ...line.cuts.flatMap(({ dim, cells }) =>
      cells.map((cell) => [
        period,
        line.no,
        line.code,
        line.name[language],
        dim,
        cell.value,
        cell.name[language],
        cell.n,
        line.unit,
        statusOf(cell.n),
      ]),
    ),
  ]),
];

const statusOf = (n: number | null) => (n === null ? 'hidden' : 'shown');

/** What each column and each code means. */
const dictionaryRows = ({ lines }: Report, language: Tongue): Cell[][] => {
  const t = (key: string) => translate(language, `reports.${key}` as 'reports.title');
  return [
    ['column', 'code', 'meaning'],
    ...['period', 'line', 'code', 'name', 'cut', 'value', 'value_name', 'number', 'unit', 'status'].map((one) => [
      one,
      '',
      t(`dictionary.${one}`),
    ]),
    ...['shown', 'hidden'].map((one) => ['status', one, t(`status.${one}`)]),
    ...['count', 'percent', 'average', 'average_days', 'kzt', 'score'].map((one) => ['unit', one, t(`unit.${one}`)]),
    ...[...new Set(lines.flatMap(({ cuts }) => cuts.map(({ dim }) => dim)))].toSorted().map((dim) => ['cut', dim, t(`dim.${dim}`)]),
    ...lines.map(({ no, code, name }) => ['code', code, `${no}. ${name[language]}`]),
  ];
};

function sheetsOf(report: Report, language: Tongue): Sheet[] {
  const t = (key: string) => translate(language, `reports.${key}` as 'reports.title');
  const shown = (n: number | null): Cell => n ?? t('hiddenCell');
  return [
    {
      name: t('sheet.lines'),
      rows: [
        [t('col.no'), t('col.line'), t('col.number'), ...(report.compared ? [t('col.before')] : []), t('col.unit')],
        ...report.lines.map((line) => [
          line.no,
          line.name[language],
          shown(line.n),
          ...(report.compared ? [shown(line.before ?? null)] : []),
          t(`unit.${line.unit}`),
        ]),
      ],
    },
    {
      name: t('sheet.cuts'),
      rows: [
        [t('col.no'), t('col.line'), t('col.cut'), t('col.value'), t('col.number')],
        ...report.lines.flatMap((line) =>
          line.cuts.flatMap(({ dim, cells }) =>
            cells.map((cell) => [line.no, line.name[language], t(`dim.${dim}`), cell.name[language], shown(cell.n)]),
          ),
        ),
      ],
    },
  ];
}

/** A number as the page shows it. */
const inWords = (n: number | null, { unit }: ReportLine, t: (key: string) => string) =>
  n === null
    ? t('hiddenCell')
    : unit === 'percent'
      ? `${String(n).replace('.', ',')} %`
      : Number.isInteger(n)
        ? wholeNumber(n)
        : String(n).replace('.', ',');

function pdfOf(report: Report, language: Tongue): Promise<Uint8Array> {
  const t = (key: string, values?: Record<string, string>) => translate(language, `reports.${key}` as 'reports.title', values);
  const cuts = report.lines
    .filter((line) => line.cuts.length > 0)
    .map((line): Block[] => [
      { heading: `${line.no}. ${line.name[language]}` },
      {
        table: {
          head: [t('col.cut'), t('col.value'), t('col.number')],
          rows: line.cuts.flatMap(({ dim, cells }) =>
            cells.map((cell) => [t(`dim.${dim}`), cell.name[language], inWords(cell.n, line, t)]),
          ),
          widths: [150, '*', 70],
        },
      },
    ]);
  return renderPdf({
    languages: [language],
    title: t('pdf.title', { period: report.period }),
    at: new Date(report.closedAt),
    content: [
      { text: t('hidden.note'), small: true },
      {
        table: {
          head: [t('col.no'), t('col.line'), t('col.number'), ...(report.compared ? [t('col.before')] : [])],
          rows: report.lines.map((line) => [
            line.no,
            line.name[language],
            inWords(line.n, line, t),
            ...(report.compared ? [inWords(line.before ?? null, line, t)] : []),
          ]),
          widths: [32, '*', 90, ...(report.compared ? ([90] as const) : [])],
        },
      },
      { newPage: true },
      ...cuts.flat(),
    ],
  });
}
