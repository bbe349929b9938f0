import { inflateSync } from 'node:zlib';
import { DomainError } from '#platform';

/** Names of PDF (ISO 32000-1, 12.6.4) behind which something runs or is started. Long ones: packed pictures hold every short word by chance (`/JS` never stands without `/JavaScript`). */
const active = /\/(JavaScript|Launch|RichMedia|Rendition|SubmitForm|ImportData)(?![A-Za-z])|\/XFA\s*[[\d]/;
const objectStream = /\/ObjStm(?![A-Za-z])/;
const [streamsAtMost, unpackedAtMost, headBytes] = [5_000, 64 * 1024 * 1024, 2_048];

/** A PDF from its first byte to its last, without a password, in which nothing runs; names are read as a reader would, in packed objects too. */
export function requireQuietPdf(file: Buffer) {
  const text = file.toString('latin1');
  const end = text.lastIndexOf('%%EOF');
  if (end < 0) throw new DomainError('file.damaged');
  if (text.slice(end + 5).trim().length > 0) throw new DomainError('file.mixed');
  if (/\/Encrypt(?![A-Za-z])/.test(text)) throw new DomainError('file.locked');
  if (active.test(unescaped(text))) throw new DomainError('file.active');
  let left = unpackedAtMost;
  for (const packed of objectStreams(file, text)) {
    const plain = inflated(packed, left);
    left -= plain.length;
    if (active.test(unescaped(plain.toString('latin1')))) throw new DomainError('file.active');
  }
}

/** `/J#61vaScript` is `/JavaScript` (7.3.5). */
const unescaped = (text: string) => text.replaceAll(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));

function* objectStreams(file: Buffer, text: string): Iterable<Buffer> {
  let count = 0;
  for (let at = text.indexOf('stream'); at >= 0; at = text.indexOf('stream', at + 6)) {
    if (text.slice(at - 3, at) === 'end') continue;
    const head = text.slice(Math.max(0, at - headBytes), at);
    if (!objectStream.test(unescaped(head.slice(Math.max(0, head.lastIndexOf(' obj')))))) continue;
    if ((count += 1) > streamsAtMost) throw new DomainError('file.unpacks_too_large');
    const start = at + 6 + (text.startsWith('\r\n', at + 6) ? 2 : 1);
    const end = text.indexOf('endstream', start);
    yield file.subarray(start, end < 0 ? file.length : end);
  }
}

/** What is packed so that it cannot be looked into is not let through. */
function inflated(packed: Buffer, most: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    throw new DomainError((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'file.unpacks_too_large' : 'file.damaged');
  }
}
