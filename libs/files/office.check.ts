import { DomainError } from '#platform';
import { entriesOf, isArchive, unpack, zipLimits } from './zip.check.js';

const openXml = 'application/vnd.openxmlformats-officedocument';
const odf = 'application/vnd.oasis.opendocument';
/** What says of an archive that it is an office file: words of its table of contents, or its first entry. */
const kinds: [mark: string, mediaType: string][] = [
  [`${openXml}.wordprocessingml.document.main+xml`, `${openXml}.wordprocessingml.document`],
  [`${openXml}.spreadsheetml.sheet.main+xml`, `${openXml}.spreadsheetml.sheet`],
  [`${openXml}.presentationml.presentation.main+xml`, `${openXml}.presentationml.presentation`],
  [`${odf}.text`, `${odf}.text`],
  [`${odf}.spreadsheet`, `${odf}.spreadsheet`],
];
const isTable = (name: string) => name === '[Content_Types].xml' || name === 'mimetype';
const runs = /(^|\/)(vbaProject\.bin|Scripts\/.*|Basic\/.*\.xml|activeX\/.*)$|\.(exe|dll|js|vbs|bat|cmd|ps1|jar|scr|lnk|sh)$/i;

/** The media type of an office file, or null for any other archive. Everything in it is unpacked in memory, one entry after the other, and counted. */
export async function officeType(file: Buffer, depth = 0, left: { bytes: number } = { bytes: zipLimits.unpacked }): Promise<string | null> {
  if (depth > zipLimits.depth) throw new DomainError('file.unpacks_too_large');
  let type: string | null = null;
  for (const entry of entriesOf(file)) {
    if (runs.test(entry.name)) throw new DomainError('file.active');
    const plain = await unpack(file, entry, left, isTable(entry.name));
    if (isTable(entry.name)) type ??= typeIn(plain.toString('utf8'));
    if (isArchive(plain)) await officeType(plain, depth + 1, left);
  }
  return type;
}

function typeIn(table: string): string | null {
  if (/macroEnabled|vnd\.ms-office\.vbaProject/i.test(table)) throw new DomainError('file.active');
  return kinds.find(([mark]) => table.includes(mark))?.[1] ?? null;
}
