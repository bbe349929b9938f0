import { CsvError, parse } from 'csv-parse/sync';
import { importLimits } from '#contract';
import { DomainError } from '#platform';
import { readWorkbook } from './workbook.js';

/** Rows under a header, each with the line of the file on which it ends. */
export type Table = { header: string[]; rows: { line: number; cells: string[] }[] };

/** A CSV as offices save it (UTF-8 with a mark or without, or windows-1251; parted by commas or semicolons), or the first sheet of a workbook. */
export async function readTable(bytes: Buffer): Promise<Table> {
  const [header, ...rows] = isWorkbook(bytes) ? await readWorkbook(bytes) : recordsOf(decode(bytes));
  if (!header || rows.length === 0) throw new DomainError('import.unreadable');
  if (rows.length > importLimits.rows) throw new DomainError('import.too_long', { limit: importLimits.rows });
  return { header: header.cells, rows };
}

const isWorkbook = (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));

function decode(bytes: Buffer): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes); // takes the mark away
  } catch {
    text = new TextDecoder('windows-1251').decode(bytes);
  }
  if (text.includes('\0')) throw new DomainError('import.unreadable');
  return text;
}

function recordsOf(text: string): Table['rows'] {
  try {
    const found = parse(text, { delimiter: delimiterOf(text), info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
    return (found as unknown as { record: string[]; info: { lines: number } }[])
      .map(({ record, info }) => ({ line: info.lines, cells: record }))
      .filter(({ cells }) => cells.some(Boolean));
  } catch (error) {
    if (error instanceof CsvError) throw new DomainError('import.unreadable');
    throw error;
  }
}

/** Whichever stands more often in the header, outside quotes. */
function delimiterOf(text: string): ',' | ';' {
  const header = (/^\s*([^\r\n]*)/.exec(text)?.[1] ?? '').replaceAll(/"[^"]*"/g, '');
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

/** What a spreadsheet would compute. A phone with a plus, or a number below zero, is none. */
export const isFormula = (cell: string): boolean => /^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && !/^[+-][\d\s().-]*$/.test(cell));
