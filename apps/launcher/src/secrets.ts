import { randomBytes } from 'node:crypto';
import { keep, newSecret, readKept } from './kept.js';

const roles = ['owner', 'app', 'worker', 'court', 'report', 'backup'] as const;

export type Secrets = {
  passwords: Record<(typeof roles)[number], string>;
  contentKeys: string;
  contactKeys: string;
  hashKey: string;
};

const masterKey = () => `1:${randomBytes(32).toString('base64')}`;

/** Made once, on the first start. Without the master keys in it nothing encrypted can ever be read again. */
export function secretsIn(file: string): Secrets {
  const kept = readKept<Secrets>(file);
  if (kept) return kept;
  const passwords = Object.fromEntries(roles.map((role) => [role, newSecret()])) as Secrets['passwords'];
  const made = { passwords, contentKeys: masterKey(), contactKeys: masterKey(), hashKey: newSecret(32) };
  keep(file, made);
  return made;
}
