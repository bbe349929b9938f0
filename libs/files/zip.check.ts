import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { DomainError } from '#platform';

/** What an archive may hold (office files are archives). A scanner lets a bomb pass, so it is reckoned here, and nothing is unpacked to the disk. */
export const zipLimits = {
  entries: 2_000,
  unpacked: 200 * 1024 * 1024,
  ratio: 200,
  ratioFrom: 1024 * 1024,
  depth: 2,
  held: 25 * 1024 * 1024,
} as const;

export type ZipEntry = { name: string; start: number; packed: number; unpacked: number; method: number };
const mark = { end: 0x06054b50, central: 0x02014b50, local: 0x04034b50 };
const [endBytes, centralBytes, localBytes] = [22, 46, 30];

/** The end record, if the archive ends exactly where the file does. */
export function endOfZip(file: Buffer): number | null {
  for (let at = file.length - endBytes; at >= Math.max(0, file.length - endBytes - 0xffff); at -= 1)
    if (file.readUInt32LE(at) === mark.end && at + endBytes + file.readUInt16LE(at + 20) === file.length) return at;
  return null;
}

/** The entries of an archive that is nothing else: it begins with its first entry, and none lies in, over or outside of another. */
export function entriesOf(file: Buffer): ZipEntry[] {
  const end = endOfZip(file);
  if (end === null || file.readUInt32LE(0) !== mark.local) throw new DomainError('file.mixed');
  const count = file.readUInt16LE(end + 10);
  if (count > zipLimits.entries) throw new DomainError('file.unpacks_too_large');
  const entries: ZipEntry[] = [];
  for (let at = file.readUInt32LE(end + 16), left = count; left > 0; left -= 1) {
    if (at + centralBytes > end || file.readUInt32LE(at) !== mark.central) throw new DomainError('file.damaged');
    const [nameBytes, extra, comment] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)];
    const name = file.toString('utf8', at + centralBytes, at + centralBytes + nameBytes);
    requirePlain(name, file.readUInt16LE(at + 8), file.readUInt16LE(at + 4) >> 8, file.readUInt32LE(at + 38) >>> 16);
    entries.push(placed(file, name, at));
    at += centralBytes + nameBytes + extra + comment;
  }
  requireApart(entries);
  return entries;
}

/** A name that leads out of its folder, a link, a password: no office file has them. */
function requirePlain(name: string, flags: number, madeOn: number, mode: number) {
  if (flags & 1) throw new DomainError('file.locked');
  const isLink = madeOn === 3 && (mode & 0o170000) === 0o120000;
  const leadsOut = name.startsWith('/') || /(^|[/\\])\.\.([/\\]|$)|[\0\\:]/.test(name);
  if (isLink || leadsOut || name === '') throw new DomainError('file.archive_refused');
}

function placed(file: Buffer, name: string, at: number): ZipEntry {
  const local = file.readUInt32LE(at + 42);
  if (local + localBytes > file.length || file.readUInt32LE(local) !== mark.local) throw new DomainError('file.damaged');
  const start = local + localBytes + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
  const [packed, unpacked, method] = [file.readUInt32LE(at + 20), file.readUInt32LE(at + 24), file.readUInt16LE(at + 10)];
  if (start + packed > file.length) throw new DomainError('file.damaged');
  return { name, start, packed, unpacked, method };
}

/** Entries that share their bytes unpack to far more than they weigh. */
function requireApart(entries: ZipEntry[]) {
  const inOrder = entries.toSorted((one, other) => one.start - other.start);
  if (inOrder.some(({ start, packed }, at) => start + packed > (inOrder[at + 1]?.start ?? Infinity)))
    throw new DomainError('file.unpacks_too_large');
}

/**
 * What an entry unpacks to, of which only what is to be looked into is held: an archive in the archive, or a `table`. It is counted while it
 * comes, for what an archive says of itself may be a lie; `left` is shared by all of them.
 */
export async function unpack(file: Buffer, entry: ZipEntry, left: { bytes: number }, isTable: boolean): Promise<Buffer> {
  const raw = file.subarray(entry.start, entry.start + entry.packed);
  if (entry.method !== 0 && entry.method !== 8) throw new DomainError('file.archive_refused');
  const source = entry.method === 0 ? Readable.from([raw]) : createInflateRaw().end(raw);
  const most = Math.min(left.bytes, Math.max(zipLimits.ratioFrom, entry.packed * zipLimits.ratio));
  const held: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw new DomainError('file.unpacks_too_large');
      if (isTable || isArchive(held[0] ?? chunk)) held.push(chunk);
      if (held.length > 0 && bytes > zipLimits.held) throw new DomainError('file.unpacks_too_large');
    }
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError('file.damaged');
  }
  left.bytes -= bytes;
  return Buffer.concat(held);
}

export const isArchive = (file: Buffer) => file.length > endBytes && file.readUInt32LE(0) === mark.local;
