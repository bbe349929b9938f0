import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Secrets } from '../secrets.js';

const files = { contentKeys: 'content.ring', contactKeys: 'contact.ring' } as const;
export type RingName = keyof typeof files;
export const ringNames = Object.keys(files) as RingName[];
export const ringFile = (dataDir: string, name: RingName) => join(dataDir, 'keys', files[name]);

/** Puts each ring of master keys into a file of its own, which api and worker read again after a rotation; the secrets then name the files. */
export function keepRings(dataDir: string, secrets: Secrets): Secrets {
  for (const name of ringNames) writeRing(ringFile(dataDir, name), secrets[name]);
  return { ...secrets, ...Object.fromEntries(ringNames.map((name) => [name, `file:${ringFile(dataDir, name)}`])) };
}

export const readRing = (file: string) => readFileSync(file, 'utf8').trim();

/** In one step: a reader never finds half of it. */
export function writeRing(file: string, ring: string) {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}.next`;
  writeFileSync(next, ring, { mode: 0o600 });
  renameSync(next, file);
}
