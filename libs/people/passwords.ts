import { hash, verify } from '@node-rs/argon2';
import { DomainError } from '#platform';
import weak from './data/weak-passwords.json' with { type: 'json' };

/** Argon2id with the memory, passes and lanes of the OWASP Password Storage Cheat Sheet (m = 19 MiB, t = 2, p = 1). */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const leastLength = 10;
const stems = weak.stems.map(folded).toSorted((one, other) => other.length - one.length);
let nobody: Promise<string> | undefined;

/** The same password typed on two keyboards is one text (NIST SP 800-63B, 3.1.1.2: NFKC). */
const normal = (password: string) => password.normalize('NFKC');

export const hashPassword = (password: string) => hash(normal(password), parameters);

/** Takes as long for somebody who is not here, or has no password, as for somebody who is. */
export async function isPassword(hashed: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hash('nobody has this password', parameters);
  const isRight = await verify(hashed ?? (await nobody), normal(password));
  return Boolean(hashed) && isRight;
}

/** Length, not composition; nothing common, nothing typed along the keyboard, nothing that others know of this person. */
export function refuseWeak(password: string, own: (string | null | undefined)[]): void {
  const text = normal(password);
  const known = own.flatMap(partsOf);
  if ([...text].length < leastLength || isCommon(text) || known.some((part) => folded(text).includes(part))) {
    throw new DomainError('password.weak');
  }
}

/** Without its common words a password must still be one: not a word and a year, not one key held down. */
function isCommon(password: string): boolean {
  const text = folded(password);
  const rest = stems.reduce((left, stem) => left.replaceAll(stem, ''), text);
  const letters = new Set(rest.match(/\p{L}/gu)).size;
  return new Set(rest).size < 5 || (rest !== text && letters < 3);
}

/** Names, the part of an address before the @, the last seven digits of a phone. */
function partsOf(own: string | null | undefined): string[] {
  if (!own) return [];
  if (own.startsWith('+')) return [own.slice(-7)];
  const words = own.includes('@') ? [own.split('@')[0]!] : own.split(/[\s-]+/);
  return words.map(folded).filter((word) => word.length >= 3);
}

function folded(text: string) {
  return text.toLowerCase().normalize('NFKC');
}
