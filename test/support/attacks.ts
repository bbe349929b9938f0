import { deflateRawSync, deflateSync, crc32 } from 'node:zlib';
import sharp from 'sharp';

type Entry = { name: string; data: Buffer; mode?: number; says?: number };
const wordTable = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const table: Entry = { name: '[Content_Types].xml', data: Buffer.from(wordTable) };

/** An archive by hand, so that it may lie; `mode` is the Unix mode of an entry, `says` the size it claims to unpack to. */
export function zip(entries: Entry[]): Buffer {
  const [bodies, heads]: [Buffer[], Buffer[]] = [[], []];
  let at = 0;
  for (const { name, data, mode = 0o100644, says = data.length } of entries) {
    const [packed, label] = [deflateRawSync(data), Buffer.from(name)];
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc(data), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says, 18);
    common.writeUInt16LE(label.length, 22);
    common.copy(local, 4);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50);
    head.writeUInt16LE((3 << 8) | 20, 4);
    common.copy(head, 6, 0, 24);
    head.writeUInt32LE((mode << 16) >>> 0, 38);
    head.writeUInt32LE(at, 42);
    bodies.push(local, label, packed);
    heads.push(head, label);
    at += local.length + label.length + packed.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
}
const crc = (data: Buffer) => (typeof crc32 === 'function' ? crc32(data) : 0);

export const word = (...more: Entry[]) => zip([table, { name: 'word/document.xml', data: Buffer.from('<w:document/>') }, ...more]);

/** A PDF of one empty page; `more` goes into its catalogue, `objects` before its end. */
export const pdf = (more = '', objects = '') =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R ${more} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n` +
      `3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>\nendobj\n${objects}trailer\n<< /Root 1 0 R >>\n%%EOF\n`,
    'latin1',
  );

const drawn = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#7a9' } });
export const jpeg = (width = 64, height = 48) => drawn(width, height).jpeg().toBuffer();
export const png = (width = 64, height = 48) => drawn(width, height).png().toBuffer();
/** With the place and the camera of somebody. */
export const telling = () =>
  drawn(640, 480)
    .withExif({ IFD0: { Make: 'Secretphone', Copyright: 'Асанова Айгүл' }, IFD3: { GPSLatitude: '49/1 57/1 0/1' } })
    .jpeg()
    .toBuffer();

/** The test signature of all scanners (eicar.org), put together here so that no scanner takes this file for it. */
export const eicar = Buffer.from(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

type Attack = { what: string; name: string; file: () => Buffer | Promise<Buffer>; code: string };

/** Each with the code it is refused with, without any scanner. */
export const attacks: Attack[] = [
  { what: 'a program under the name of a picture', name: 'photo.jpg', file: () => Buffer.from('MZ\x90\0program'), code: 'file.type_refused' },
  { what: 'a HEIC picture of a telephone', name: 'photo.jpg', file: () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), code: 'file.heic' },
  { what: 'a PDF under the name of a picture', name: 'photo.png', file: () => pdf(), code: 'file.type_refused' },
  { what: 'a picture that is an archive too', name: 'photo.jpg', file: async () => Buffer.concat([await jpeg(), word()]), code: 'file.mixed' },
  { what: 'a PDF that is an archive too', name: 'paper.pdf', file: () => Buffer.concat([pdf(), word()]), code: 'file.mixed' },
  { what: 'an archive behind a page', name: 'paper.docx', file: () => Buffer.concat([Buffer.from('<html>'), word()]), code: 'file.type_refused' },
  { what: 'a picture that is a page too', name: 'photo.png', file: async () => Buffer.concat([await png(), Buffer.from('<script>alert(1)</script>')]), code: 'file.mixed' },
  { what: 'a name that climbs', name: '../../x', file: () => jpeg(), code: 'file.name_refused' },
  { what: 'a name with NUL', name: 'photo\0.jpg', file: () => jpeg(), code: 'file.name_refused' },
  { what: 'a name of 300 bytes', name: `${'n'.repeat(296)}.jpg`, file: () => jpeg(), code: 'file.name_refused' },
  { what: 'a name that reads backwards', name: 'photo\u202Egpj.exe', file: () => jpeg(), code: 'file.name_refused' },
  { what: 'a link in an archive', name: 'paper.docx', file: () => word({ name: 'word/link', data: Buffer.from('/etc/passwd'), mode: 0o120777 }), code: 'file.archive_refused' },
  { what: 'an entry that climbs', name: 'paper.docx', file: () => word({ name: '../../x', data: Buffer.from('x') }), code: 'file.archive_refused' },
  { what: 'a bomb', name: 'paper.docx', file: () => word({ name: 'word/big', data: Buffer.alloc(48 * 1024 * 1024) }), code: 'file.unpacks_too_large' },
  { what: 'a bomb that says it is small', name: 'paper.docx', file: () => word({ name: 'word/big', data: Buffer.alloc(32 * 1024 * 1024), says: 10 }), code: 'file.unpacks_too_large' },
  { what: 'a bomb in an archive', name: 'paper.docx', file: () => word({ name: 'word/in.zip', data: word({ name: 'word/big', data: Buffer.alloc(32 * 1024 * 1024) }) }), code: 'file.unpacks_too_large' },
  { what: 'an archive of many files', name: 'paper.docx', file: () => word(...Array.from({ length: 2_100 }, (_, at) => ({ name: `word/${at}`, data: Buffer.from('x') }))), code: 'file.unpacks_too_large' },
  { what: 'a plain archive', name: 'papers.zip', file: () => zip([{ name: 'a.txt', data: Buffer.from('x') }]), code: 'file.type_refused' },
  { what: 'a paper with a macro', name: 'paper.docx', file: () => word({ name: 'word/vbaProject.bin', data: Buffer.from('x') }), code: 'file.active' },
  { what: 'a picture of 10,000 by 10,000', name: 'photo.png', file: () => png(10_000, 10_000), code: 'file.pixels' },
  { what: 'half a picture', name: 'photo.jpg', file: async () => (await jpeg(600, 600)).subarray(0, 900), code: 'file.damaged' },
  { what: 'a drawing with a script', name: 'drawing.svg', file: () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), code: 'file.type_refused' },
  { what: 'a PDF with a script', name: 'paper.pdf', file: () => pdf('/OpenAction << /S /JavaScript /JS (app.alert(1)) >>'), code: 'file.active' },
  { what: 'a PDF with a script in other letters', name: 'paper.pdf', file: () => pdf('/OpenAction << /S /J#61vaScript /J#53 (x) >>'), code: 'file.active' },
  { what: 'a PDF with a packed script', name: 'paper.pdf', file: () => pdf('', packed('5 0 << /S /JavaScript /JS (x) >>')), code: 'file.active' },
  { what: 'a PDF with a password', name: 'paper.pdf', file: () => pdf('/Encrypt 9 0 R'), code: 'file.locked' },
  { what: 'the test signature by itself', name: 'eicar.com', file: () => eicar, code: 'file.type_refused' },
]; // prettier-ignore

function packed(objects: string): string {
  const body = deflateSync(Buffer.from(objects)).toString('latin1');
  return `4 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${body.length} >>\nstream\n${body}\nendstream\nendobj\n`;
}
