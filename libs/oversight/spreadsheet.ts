import { once } from 'node:events';
import { crc32, createDeflateRaw, deflateRawSync } from 'node:zlib';

/** Text, numbers, nothing that calculates. */
export type Row = (string | number | null)[];
export type Sheet = { name: string; rows: Row[] };

/** An Office Open XML workbook (ECMA-376): every text stands in the cell itself, so that no cell can be a formula. */
export function toXlsx(sheets: readonly Sheet[]): Uint8Array {
  const bodies = sheets.map(({ rows }) => packed(`${sheetBegins}${rows.map(rowOf).join('')}${sheetEnds}`));
  return zip([...partsOf(sheets.map(({ name }) => name)), ...bodies.map(asSheet)]);
}

/** The same of one sheet whose rows come by and by: none of them is kept, only what they are packed to. */
export async function toXlsxOf(name: string, pages: AsyncIterable<Row[]>): Promise<Uint8Array> {
  const texts = async function* () {
    yield sheetBegins;
    for await (const rows of pages) yield rows.map(rowOf).join('');
    yield sheetEnds;
  };
  return zip([...partsOf([name]), asSheet(await packedOf(texts()), 0)]);
}

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const begins = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const [sheetBegins, sheetEnds] = [`${begins}<worksheet xmlns="${main}"><sheetData>`, '</sheetData></worksheet>'];
const rowOf = (row: Row) => `<row>${row.map(cellOf).join('')}</row>`;
const asSheet = (body: Packed, at: number): File => [`xl/worksheets/sheet${at + 1}.xml`, body];

/** All of a workbook but its sheets. */
function partsOf(names: readonly string[]): File[] {
  const ids = names.map((_, at) => at + 1);
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = ids.map((id) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="${sheetType}.worksheet+xml"/>`);
  const listed = names.map(
    (name, at) => `<sheet name="${escaped(name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, 31))}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  const related = ids.map((id) => `<Relationship Id="rId${id}" Type="${office}/worksheet" Target="worksheets/sheet${id}.xml"/>`);
  return (
    [
      [
        '[Content_Types].xml',
        `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${sheetType}.sheet.main+xml"/>${overrides.join('')}</Types>`,
      ],
      [
        '_rels/.rels',
        `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
      ['xl/workbook.xml', `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${listed.join('')}</sheets></workbook>`],
      ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${packaged}/relationships">${related.join('')}</Relationships>`],
    ] as const
  ).map(([path, body]): File => [path, packed(`${begins}${body}`)]);
}

const cellOf = (cell: string | number | null) => {
  if (cell === null) return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)}</t></is></c>`;
};

// oxlint-disable-next-line no-control-regex -- XML has no place for them
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g;
const escaped = (text: string) =>
  text.replaceAll(unprintable, '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Packed = { crc: number; size: number; body: Buffer };
type File = [path: string, packed: Packed];
function packed(text: string): Packed {
  const body = Buffer.from(text);
  return { crc: crc32(body), size: body.length, body: deflateRawSync(body) };
}

/** Waits for the packing, so that no more than a page stands before it. */
async function packedOf(texts: AsyncIterable<string>): Promise<Packed> {
  const deflate = createDeflateRaw();
  const parts: Buffer[] = [];
  deflate.on('data', (part: Buffer) => parts.push(part));
  const ended = once(deflate, 'end');
  let [crc, size] = [0, 0];
  for await (const text of texts) {
    const body = Buffer.from(text);
    crc = crc32(body, crc);
    size += body.length;
    if (!deflate.write(body)) await once(deflate, 'drain');
  }
  deflate.end();
  await ended;
  return { crc, size, body: Buffer.concat(parts) };
}

/** Files in one archive (PKWARE APPNOTE): local headers, then the central directory. The same input gives the same bytes. */
function zip(files: File[]): Uint8Array {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, { crc, size, body }] of files) {
    const path = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(0x21, 8); // 1 January 1980, the first day there is
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(body.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(path.length, 22);
    parts.push(signature(0x04034b50), shared, path, body);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(signature(0x02014b50), signature(20).subarray(0, 2), shared, rest, path);
    offset += 4 + shared.length + path.length + body.length;
  }
  const listed = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(files.length, 4);
  end.writeUInt16LE(files.length, 6);
  end.writeUInt32LE(listed, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
