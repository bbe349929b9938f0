import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A new time-ordered id (UUIDv7, RFC 9562). Made by the application, so a retry can carry it. */
export const newId = (): string => v7();

/** Crockford's base32: no letter that is read for another one. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const readAs: Record<string, string> = { O: '0', I: '1', L: '1' };
const length = 8;

/** A code that stands on paper and is typed by hand: eight characters, forty random bits. */
export function newPaperCode(): string {
  const bits = randomBytes(5).reduce((all, byte) => (all << 8n) | BigInt(byte), 0n);
  return Array.from({ length }, (_, place) => alphabet[Number((bits >> BigInt(5 * (length - 1 - place))) & 31n)]).join('');
}

/** The code in what somebody typed: any case, with spaces or hyphens, O for 0 and I or L for 1. Null when it can't be one. */
export function paperCodeFrom(typed: string): string | null {
  const code = [...typed.normalize('NFKC').toUpperCase()]
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .map((letter) => readAs[letter] ?? letter)
    .join('');
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : null;
}
