import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { beside } from '../backup/database.js';
import { keep } from '../kept.js';
import { secretsIn } from '../secrets.js';
import { readRing, ringFile, type RingName, ringNames, writeRing } from './rings.js';
import { idsIn, withNewMaster, withoutIdle, wrapAnew } from './rotate.js';

const dataDir = resolve(process.env.DATA_DIR ?? '.cabinet');
const inEnvironment = { contentKeys: process.env.CONTENT_KEYS, contactKeys: process.env.CONTACT_KEYS };

try {
  const { retire = false } = parseArgs({ options: { retire: { type: 'boolean' } } }).values;
  await beside(dataDir, process.env, async (adminUrl) => {
    for (const name of ringNames) await turn(adminUrl, name, retire);
  });
} catch (error) {
  console.error(`Not rotated: ${(error as Error).message}`);
  process.exitCode = 1;
}

async function turn(adminUrl: string, name: RingName, isRetiring: boolean) {
  const ring = ringOf(name);
  const next = isRetiring ? await withoutIdle(adminUrl, name, ring) : withNewMaster(ring);
  keepRing(name, next);
  if (isRetiring) return console.log(`${name}: masters ${idsIn(next).join(', ')} stay; was ${idsIn(ring).join(', ')}`);
  console.log(`${name}: ${await wrapAnew(adminUrl, name, next)} keys wrapped anew by master ${idsIn(next).at(-1)}`);
}

/** Of the environment, when it names a file; else of the cabinet in this folder. */
function ringOf(name: RingName): string {
  const named = inEnvironment[name];
  if (!named) return secretsIn(join(dataDir, 'secrets.json'))[name];
  if (!named.startsWith('file:')) throw new Error('CONTENT_KEYS and CONTACT_KEYS must be file:PATH to be rotated while the cabinet runs');
  return readRing(named.slice('file:'.length));
}

/** Kept before anything is wrapped by it: a master that is lost takes with it all that it wraps. */
function keepRing(name: RingName, ring: string) {
  const named = inEnvironment[name];
  if (named) return writeRing(named.slice('file:'.length), ring);
  const secrets = join(dataDir, 'secrets.json');
  keep(secrets, { ...secretsIn(secrets), [name]: ring });
  writeRing(ringFile(dataDir, name), ring);
}
