import { DomainError } from '#platform';
import { officeType } from './office.check.js';
import { requireQuietPdf } from './pdf.check.js';
import { endOfZip } from './zip.check.js';

const openXml = 'application/vnd.openxmlformats-officedocument';
const odf = 'application/vnd.oasis.opendocument';
/** What is taken, and the endings its names may have; the first one is set under a picture that calls itself another kind of picture. */
const endings: Record<string, string[]> = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  [`${openXml}.wordprocessingml.document`]: ['docx'],
  [`${openXml}.spreadsheetml.sheet`]: ['xlsx'],
  [`${openXml}.presentationml.presentation`]: ['pptx'],
  [`${odf}.text`]: ['odt'],
  [`${odf}.spreadsheet`]: ['ods'],
};
/** How each begins. Content decides; what a name or a browser says of it does not. */
const beginnings: [type: string, at: number, bytes: Buffer][] = [
  ['image/jpeg', 0, Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', 0, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/webp', 8, Buffer.from('WEBP')],
  ['application/pdf', 0, Buffer.from('%PDF-')],
  ['zip', 0, Buffer.from([0x50, 0x4b, 0x03, 0x04])],
];
/** What iPhones keep photographs as (ISO/IEC 23008-12): nothing here can draw it, and nothing of the sides' may be able to show it. */
const isHeic = (file: Buffer) => /^ftyp(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/.test(file.toString('latin1', 4, 12));
const isPicture = (type: string) => type.startsWith('image/');

/** The media type of a file that is what it is called, one thing only, and in which nothing runs. */
export async function typeOf(file: Buffer, name: string): Promise<string> {
  const begins = beginnings.find(([, at, bytes]) => file.subarray(at, at + bytes.length).equals(bytes))?.[0];
  if (!begins) throw new DomainError(isHeic(file) ? 'file.heic' : 'file.type_refused');
  requireOneThing(file, begins);
  const type = begins === 'zip' ? await officeType(file) : begins;
  if (!type) throw new DomainError('file.type_refused');
  if (type === 'application/pdf') requireQuietPdf(file);
  const named = Object.entries(endings).find(([, known]) => known.includes(endingOf(name)))?.[0];
  if (named !== type && !(named && isPicture(named) && isPicture(type))) throw new DomainError('file.type_refused');
  return type;
}

/** Two files in one: what one reader shows is not what another one runs. */
function requireOneThing(file: Buffer, begins: string) {
  const isAlsoPdf = begins !== 'application/pdf' && file.subarray(0, 1024).includes('%PDF-');
  const isAlsoZip = begins !== 'zip' && endOfZip(file) !== null;
  const isAlsoPage = isPicture(begins) && ['<script', '<?php', '<html'].some((mark) => file.includes(mark));
  if (isAlsoPdf || isAlsoZip || isAlsoPage) throw new DomainError('file.mixed');
}

const endingOf = (name: string) => (name.includes('.') ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '');

/** A picture under the name of another kind gets its own ending. */
export function namedAs(name: string, type: string): string {
  const known = endings[type] ?? [];
  return known.includes(endingOf(name)) ? name : `${name.slice(0, Math.max(0, name.lastIndexOf('.')))}.${known[0]}`;
}

// Parts of a path, control characters, marks that turn text around, halves of characters.
const unfit = /[/\\\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/u;
const [nameBytes, onlyDots] = [255, /^[.\s]*$/];

/** A name is a label and leads nowhere; one that tries to is refused rather than mended. */
export function requireName(typed: string): string {
  const name = typed.normalize('NFC').trim();
  if (unfit.test(name) || onlyDots.test(name) || Buffer.byteLength(name) > nameBytes) throw new DomainError('file.name_refused');
  return name;
}
