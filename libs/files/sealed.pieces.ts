import { open as unseal, seal } from '#platform';
import type { Storage } from './storage.js';

/**
 * Bytes sealed piece by piece (AES-256-GCM, keyring.ts), so that a stretch of a file opens without the rest. Each piece is bound to its
 * object, its place and whether it is the last: pieces moved, left out or cut off at the end do not open.
 */
const pieceBytes = 64 * 1024;
const overhead = 28;

const countOf = (bytes: number) => Math.max(1, Math.ceil(bytes / pieceBytes));
const placeOf = (name: string, at: number, count: number) => `${name}|${at}|${at === count - 1 ? 'last' : 'more'}`;

export function* sealPieces(key: Buffer, name: string, plain: Buffer): Iterable<Buffer> {
  const count = countOf(plain.length);
  for (let at = 0; at < count; at += 1) yield seal(key, plain.subarray(at * pieceBytes, (at + 1) * pieceBytes), placeOf(name, at, count));
}

type Sealed = { key: Buffer; name: string; bytes: number };

/** The plain bytes from `from` to `to`, both included, of an object that holds `bytes` of them. */
export async function* openPieces(storage: Storage, { key, name, bytes }: Sealed, from = 0, to = bytes - 1): AsyncIterable<Buffer> {
  const count = countOf(bytes);
  const [first, last] = [Math.floor(from / pieceBytes), Math.floor(to / pieceBytes)];
  const sealedPiece = pieceBytes + overhead;
  const end = Math.min((last + 1) * sealedPiece, bytes + count * overhead);
  let at = first;
  for await (const sealed of inPieces(storage.read(name, first * sealedPiece, end - first * sealedPiece), sealedPiece)) {
    const plain = unseal(key, sealed, placeOf(name, at, count));
    yield plain.subarray(at === first ? from - first * pieceBytes : 0, at === last ? to - last * pieceBytes + 1 : plain.length);
    at += 1;
  }
}

/** The whole of it. */
export async function openAll(storage: Storage, sealed: Sealed): Promise<Buffer> {
  const plain = Buffer.allocUnsafe(sealed.bytes);
  let at = 0;
  for await (const piece of openPieces(storage, sealed)) at += piece.copy(plain, at);
  return plain;
}

/** The same bytes in pieces of one size, but for the last. */
export async function* inPieces(source: AsyncIterable<Buffer>, size: number): AsyncIterable<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (let chunk of source) {
    while (bytes + chunk.length >= size) {
      const taken = size - bytes;
      yield held.length === 0 ? chunk.subarray(0, taken) : Buffer.concat([...held, chunk.subarray(0, taken)]);
      chunk = chunk.subarray(taken);
      [held, bytes] = [[], 0];
    }
    if (chunk.length > 0) {
      held.push(chunk);
      bytes += chunk.length;
    }
  }
  if (bytes > 0) yield Buffer.concat(held);
}
