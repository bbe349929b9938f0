import { inflateRawSync } from 'node:zlib';

/** Opens a workbook without the code that made it: the central directory, inflate, and the cells by their tags. */
export function opened(bytes: Uint8Array): (string | number)[][][] {
  const file = Buffer.from(bytes);
  const end = file.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  let at = file.readUInt32LE(end + 16);
  const sheets: (string | number)[][][] = [];
  for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
    const [size, names, extra, comment, offset] = [
      file.readUInt32LE(at + 20),
      file.readUInt16LE(at + 28),
      file.readUInt16LE(at + 30),
      file.readUInt16LE(at + 32),
      file.readUInt32LE(at + 42),
    ];
    const name = file.toString('utf8', at + 46, at + 46 + names);
    const from = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
    const text = inflateRawSync(file.subarray(from, from + size)).toString('utf8');
    if (/<f>|<f /.test(text)) throw new Error('a workbook of the cabinet calculates nothing');
    if (name.startsWith('xl/worksheets/'))
      sheets.push(
        [...text.matchAll(/<row>(.*?)<\/row>/gs)].map(([, row]) =>
          [...row!.matchAll(/<c(?: t="inlineStr"><is><t xml:space="preserve">(.*?)<\/t><\/is>|><v>(.*?)<\/v>)<\/c>/gs)].map(
            ([, said, number]) =>
              number === undefined
                ? said!.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
                : Number(number),
          ),
        ),
      );
    at += 46 + names + extra + comment;
  }
  return sheets;
}
