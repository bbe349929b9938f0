import { type AskExport, type RegisterRow } from '#contract';
import { renderPdf } from '#documents';
import { dayOf } from '#hours';
import { type TextKey, translate, wholeNumber } from '#language';
import { csvOf, type File, fileTypes } from './report.files.js';
import type { valueNames } from './report.names.js';
import { toXlsxOf } from './spreadsheet.js';

type Asked = Extract<AskExport, { kind: 'register' }>;
type Names = ReturnType<typeof valueNames>;
/** Rows come page by page, so that a register of years is never in memory whole. */
type Register = { asked: Asked; court: { kk: string; ru: string }; pages: AsyncIterable<RegisterRow[]>; names: Names; at: Date };
type Cell = string | number | null;

/** The columns of the CSV; what each means is the dictionary. */
const columns = [
  'no',
  'court_case_number',
  'house_number',
  'filed_on',
  'category',
  'category_name',
  'state',
  'state_name',
  'state_on',
  'mediator',
  'term_on',
  'ground',
  'ground_name',
  'outgoing',
  'ruling',
  'ruling_on',
  'ruling_number',
  'duty_refund',
  'duty_amount',
] as const;

/** The register of a court as a file: the rows of the page, no more. */
export async function registerFile(register: Register): Promise<File> {
  const { format, language, from, to } = register.asked;
  const [ending, type] = fileTypes[format];
  const name = `kelisim-register-${from}-${to}${format === 'dictionary' ? '-dictionary' : ''}-${language}.${ending}`;
  if (format === 'pdf') return { name, type, bytes: await pdfOf(register) };
  if (format === 'xlsx')
    return { name, type, bytes: await toXlsxOf(titleOf(register), tableOf(register, columns.map((one) => told(register, one)))) }; // prettier-ignore
  const meaning = [['column', 'meaning'], ...columns.map((one) => [one, told(register, one)])];
  if (format === 'dictionary') return { name, type, bytes: new TextEncoder().encode(csvOf(meaning)) };
  const parts: Uint8Array[] = [];
  for await (const rows of tableOf(register, [...columns])) parts.push(new TextEncoder().encode(csvOf(rows, parts.length === 0)));
  return { name, type, bytes: Buffer.concat(parts) };
}

async function* tableOf(register: Register, head: string[]): AsyncIterable<Cell[][]> {
  yield [head];
  let at = 0;
  for await (const page of register.pages) {
    yield page.map((row, index) => cellsOf(row, at + index, register));
    at += page.length;
  }
}

const say = ({ asked: { language } }: Register, key: string, values?: Record<string, string>) =>
  translate(language, key as TextKey, values);
const told = (register: Register, column: (typeof columns)[number]) => say(register, `court.register.column.${column}`);
const titleOf = (register: Register) => say(register, 'court.register');
const day = (at: string | null) => (at ? dayOf(Date.parse(at), 'Asia/Almaty') : null);
const stateOf = (register: Register, { state }: RegisterRow) =>
  state === 'NOT_STARTED' ? say(register, 'court.notStarted') : say(register, `states.${state}.name`);
const groundOf = ({ names, asked: { language } }: Register, { ground }: RegisterRow) => (ground ? names('ground', ground)[language] : null);
const outgoing = (register: Register, { letters }: RegisterRow, between: string) =>
  letters.map(({ number, kind, at }) => `${number} (${day(at)}): ${say(register, `court.letter.${kind}`)}`).join(between);

function cellsOf(row: RegisterRow, at: number, register: Register): Cell[] {
  const { language } = register.asked;
  return [
    at + 1,
    row.courtCaseNumber,
    row.number,
    day(row.filedAt),
    row.category,
    register.names('category', row.category)[language],
    row.state,
    stateOf(register, row),
    day(row.since),
    row.mediator,
    day(row.termAt),
    row.ground,
    groundOf(register, row),
    outgoing(register, row, '; '),
    row.outcome && say(register, `court.outcome.${row.outcome}`),
    row.ruledOn,
    row.rulingNumber,
    row.dutyRefund === null ? null : say(register, row.dutyRefund ? 'court.refund.yes' : 'court.refund.no'),
    row.dutyAmount,
  ];
}

/** As it is printed and filed: fewer columns, a name of the court, and the days it is of. */
async function pdfOf(register: Register): Promise<Uint8Array> {
  const { asked, court, at } = register;
  const rows: RegisterRow[] = []; // a print holds a few thousand (exportRows)
  for await (const page of register.pages) rows.push(...page);
  const { language, from, to } = asked;
  return renderPdf({
    languages: [language],
    title: titleOf(register),
    at,
    content: [
      { text: `${court[language]}, ${from} – ${to}. ${say(register, `court.register.by.${asked.by}`)}: ${wholeNumber(rows.length)}` },
      {
        table: {
          head: (['no', 'court_case_number', 'filed_on', 'state_name', 'outgoing', 'ruling'] as const).map((one) => told(register, one)),
          rows: rows.map((row, index) => [
            String(index + 1),
            `${row.courtCaseNumber ?? '–'}\n${row.number}`,
            day(row.filedAt)!,
            [stateOf(register, row), groundOf(register, row), row.mediator].filter(Boolean).join('\n'),
            outgoing(register, row, '\n') || '–',
            [row.outcome && say(register, `court.outcome.${row.outcome}`), row.ruledOn, row.rulingNumber].filter(Boolean).join('\n') || '–',
          ]),
          widths: [24, 92, 58, '*', 132, 74],
        },
      },
    ],
  });
}
