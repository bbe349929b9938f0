import { randomBytes } from 'node:crypto';

/** Crockford's base32: no letters that are read for one another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 40 random bits in eight characters each: anyone may ask whether the message that carries one is ours. */
export function newCheckCodes(count: number): string[] {
  const bytes = randomBytes(8 * count);
  return Array.from({ length: count }, (_, at) => [...bytes.subarray(8 * at, 8 * at + 8)].map((byte) => alphabet[byte % 32]).join(''));
}

/** As typed -> as stored: without blanks and dashes, O read as 0, I and L as 1. */
export const readCheckCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[\s\u00AD–-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
