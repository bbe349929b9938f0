import { randomBytes } from 'node:crypto';

/** Crockford's base32: no letters that are read for one another. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 40 random bits in eight characters: anyone may ask whether the message that carries it is ours. */
export const newCheckCode = (): string => [...randomBytes(8)].map((byte) => alphabet[byte % 32]).join('');

/** As typed -> as stored: without blanks and dashes, O read as 0, I and L as 1. */
export const readCheckCode = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[\s\u00AD–-]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');
