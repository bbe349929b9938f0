import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { S3Storage, type Storage } from '#files';
import { freePort } from '../../apps/launcher/src/port.js';
import { startBucket } from '../../test/scenarios/bucket.js';
import { pdf } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Files, flow, startFiles, whole } from '../../test/support/files.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';

const folder = mkdtempSync(join(tmpdir(), 'kelisim-s3-away-'));
const part = 1024 * 1024;
const away = expect.objectContaining({ code: 'unavailable' });
/** What is done the moment that a whole file, and not a part of it, is about to be written. */
let beforeWhole: (() => Promise<void>) | null = null;
let port: number;
let server: Awaited<ReturnType<typeof startBucket>> | null = null;
let fresh: FreshDatabase;
let files: Files;
let people: Mediation;

async function come() {
  server = await startBucket(folder, port);
}
async function goAway() {
  await server?.close();
  server = null;
}
/** Objects that the bucket holds, by name. */
const held = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => /([^/]+)\._S3rver_object$/.exec(path)?.[1] ?? []);
const paper = () => pdf('', `% ${randomBytes(1_900_000).toString('hex')}\n`);
/** As a client does after a refusal: asks how far it is, and goes on from there. */
async function goOn(id: string, file: Buffer) {
  const { received } = await files.uploads.progress(people.a, id);
  await files.uploads.receive(people.a, id, received, flow(file.subarray(received)));
}

beforeAll(async () => {
  port = await freePort(0);
  await come();
  fresh = await freshDatabase();
  people = await arrangeMediation(fresh);
  const s3 = new S3Storage(`http://S3RVER:S3RVER@127.0.0.1:${port}/files`);
  const storage: Storage = {
    put: async (name, pieces, durable) => {
      if (durable) await beforeWhole?.();
      await s3.put(name, pieces);
    },
    read: (name, from, bytes) => s3.read(name, from, bytes),
    remove: (names) => s3.remove(names),
    list: () => s3.list(),
  };
  files = startFiles(fresh, { storage });
});
afterAll(async () => {
  await goAway();
  files.stop();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

it('an upload in whose midst S3 goes away keeps what it had, and goes on from there when it is back', async () => {
  const file = paper();
  const { id } = await files.begin(people.a, { purpose: 'power', caseId: people.caseId }, 'power.pdf', file);
  const coming = (async function* () {
    yield* flow(file.subarray(0, 2.5 * part));
    await goAway();
    yield* flow(file.subarray(2.5 * part));
  })();
  await expect(files.uploads.receive(people.a, id, 0, coming)).rejects.toEqual(away);
  expect(await files.uploads.progress(people.a, id)).toMatchObject({ received: 2 * part });
  await expect(goOn(id, file)).rejects.toEqual(away);
  expect(await files.uploads.show(people.a, id)).toMatchObject({ state: 'receiving', received: 2 * part });
  await come();
  await goOn(id, file);
  expect(await files.uploads.show(people.a, id)).toMatchObject({ state: 'done' });
  expect((await whole((await files.files.content(people.a, id)).content)).equals(file)).toBe(true);
  expect(held()).toEqual([id]);

  await goAway();
  await expect(files.files.content(people.a, id).then(({ content }) => whole(content))).rejects.toEqual(away);
  await come();
  await files.files.remove(people.a, id);
  expect(held()).toEqual([]);
});

it('a file that has arrived when S3 goes away is put together once it is back', async () => {
  const file = paper();
  const { id } = await files.begin(people.a, { purpose: 'power', caseId: people.caseId }, 'power.pdf', file);
  beforeWhole = goAway;
  await expect(goOn(id, file)).rejects.toEqual(away);
  beforeWhole = null;
  expect(await files.uploads.progress(people.a, id)).toMatchObject({ received: file.length, bytes: file.length });
  expect(held()).not.toContain(id);
  await come();
  expect(await files.uploads.show(people.a, id)).toMatchObject({ state: 'done' });
  expect((await whole((await files.files.content(people.a, id)).content)).equals(file)).toBe(true);
  expect(held()).toEqual([id]);
});
