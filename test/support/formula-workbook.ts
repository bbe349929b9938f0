import { deflateRawSync } from 'node:zlib';
import { toXlsx } from '../../libs/oversight/spreadsheet.js';

/** A workbook whose first sheet holds these cells. */
export const workbook = (rows: string[][]): Buffer => Buffer.from(toXlsx([{ name: 'Лист1', rows }]));

/** A workbook as a spreadsheet saves it when one cell of the last row is computed: the formula, and the value it had. */
export function formulaWorkbook(header: string[], row: string[], at = 10): Buffer {
  const letter = String.fromCharCode(65 + at);
  const cells = row.map((cell, nth) =>
    nth === at ? `<c r="${letter}2"><f>1+2</f><v>3</v></c>` : `<c t="inlineStr"><is><t>${cell}</t></is></c>`,
  );
  const sheet = `<?xml version="1.0"?><worksheet><sheetData><row r="1">${header.map((cell) => `<c t="inlineStr"><is><t>${cell}</t></is></c>`).join('')}</row><row r="2">${cells.join('')}</row></sheetData></worksheet>`;
  return replaced(workbook([header]), 'xl/worksheets/sheet1.xml', Buffer.from(sheet));
}

/** The last entry of an archive of ours, written anew. */
function replaced(archive: Buffer, name: string, body: Buffer): Buffer {
  const local = archive.indexOf(name) - 30;
  const directory = archive.readUInt32LE(archive.length - 22 + 16);
  const packed = deflateRawSync(body);
  const head = Buffer.from(archive.subarray(local, local + 30 + name.length));
  head.writeUInt32LE(packed.length, 18);
  head.writeUInt32LE(body.length, 22);
  const central = Buffer.from(archive.subarray(directory, archive.length - 22));
  const row = central.lastIndexOf(name) - 46;
  central.writeUInt32LE(packed.length, row + 20);
  central.writeUInt32LE(body.length, row + 24);
  const end = Buffer.from(archive.subarray(archive.length - 22));
  end.writeUInt32LE(local + head.length + packed.length, 16);
  return Buffer.concat([archive.subarray(0, local), head, packed, central, end]);
}
