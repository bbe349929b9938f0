import { randomBytes } from 'node:crypto';
import webPush from 'web-push';
import { keep, newSecret, readKept } from './kept.js';

const roles = ['owner', 'app', 'worker', 'court', 'report', 'backup'] as const;

export type Secrets = {
  passwords: Record<(typeof roles)[number], string>;
  contentKeys: string;
  contactKeys: string;
  hashKey: string;
  /** Keys of web push, base64url (RFC 8292). */
  vapid: { publicKey: string; privateKey: string };
};

const masterKey = () => `1:${randomBytes(32).toString('base64')}`;

/** Made once, on the first start. Without the master keys in it nothing encrypted can ever be read again. */
export function secretsIn(file: string): Secrets {
  const kept = readKept<Secrets>(file);
  if (kept?.vapid) return kept;
  if (kept) {
    const more = { ...kept, vapid: webPush.generateVAPIDKeys() };
    keep(file, more);
    return more;
  }
  const passwords = Object.fromEntries(roles.map((role) => [role, newSecret()])) as Secrets['passwords'];
  const made = {
    passwords,
    contentKeys: masterKey(),
    contactKeys: masterKey(),
    hashKey: newSecret(32),
    vapid: webPush.generateVAPIDKeys(),
  };
  keep(file, made);
  return made;
}
