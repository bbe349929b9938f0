import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DiskStorage, Orphans, S3Storage, type Storage } from '#files';
import { startBucket } from '../../test/scenarios/bucket.js';
import { jpeg, pdf } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { flow, startFiles, whole } from '../../test/support/files.js';
import { arrangeMediation } from '../../test/support/mediation.js';

const folder = mkdtempSync(join(tmpdir(), 'kelisim-orphans-'));
const storages: Record<string, Storage> = {};
let bucket: Awaited<ReturnType<typeof startBucket>>;
let fresh: FreshDatabase;

beforeAll(async () => {
  bucket = await startBucket(join(folder, 's3'));
  storages.disk = new DiskStorage(join(folder, 'disk'));
  storages.s3 = new S3Storage(bucket.url);
  storages.strange = new DiskStorage(join(folder, 'strange'));
  fresh = await freshDatabase();
});
afterAll(async () => {
  await bucket.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

/** As if all of it had been written two days ago. */
function age(of: string) {
  const at = new Date(Date.now() - 2 * 24 * 3_600_000);
  for (const one of readdirSync(join(folder, of), { recursive: true, withFileTypes: true }))
    if (one.isFile()) utimesSync(join(one.parentPath, one.name), at, at);
}
async function namesOf(storage: Storage): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of storage.list()) names.push(name);
  return names.toSorted();
}

it.each(['disk', 's3'])('what no row names goes from %s once it is old; files, what is on its way and what is new stay', async (kind) => {
  const storage = storages[kind]!;
  expect(await namesOf(storage)).toEqual([]);
  const [files, people] = [startFiles(fresh, { storage }), await arrangeMediation(fresh)];
  const place = { purpose: 'power', caseId: people.caseId } as const;
  const picture = (await files.send(people.a, place, 'a.jpg', await jpeg(300, 200))).file!;
  const paper = pdf('', `% ${randomBytes(1_200_000).toString('hex')}\n`);
  const going = await files.begin(people.a, place, 'b.pdf', paper);
  await files.uploads.receive(people.a, going.id, 0, flow(paper, 1_500_000)).catch(() => undefined);
  const named = await namesOf(storage);
  expect(named.length).toBeGreaterThan(2);
  // a process fell after it wrote the whole file of an upload that has ended since, and while it wrote another
  const [fallen, half, late] = [randomUUID(), randomUUID(), randomUUID()];
  for (const name of [fallen, `${fallen}.p`, half]) await storage.put(name, [randomBytes(100)]);
  const halves = kind === 'disk' ? [`${half}.half`] : [half];
  if (kind === 'disk') renameSync(join(folder, 'disk', half.slice(34), half), join(folder, 'disk', half.slice(34), `${half}.half`));
  age(kind);
  await storage.put(late, [randomBytes(100)]);
  expect(await namesOf(storage)).toEqual([...named, fallen, `${fallen}.p`, ...halves, late].toSorted());

  const orphans = new Orphans(fresh.workerDb, storage);
  const both = await Promise.all([orphans.sweep(), new Orphans(fresh.workerDb, storage).sweep()]);
  expect(Math.max(...both)).toBe(3);
  expect(await namesOf(storage)).toEqual([...named, late].toSorted());
  expect((await whole((await files.files.content(people.a, picture.id)).content)).length).toBeGreaterThan(100);
  const { received } = await files.uploads.progress(people.a, going.id);
  await files.uploads.receive(people.a, going.id, received, flow(paper.subarray(received)));
  expect((await whole((await files.files.content(people.a, going.id)).content)).equals(paper)).toBe(true);
  files.stop();
});

it('a storage of which hardly anything is known here is left as it is', async () => {
  const storage = storages.strange!;
  for (let nth = 0; nth < 101; nth += 1) await storage.put(randomUUID(), [randomBytes(1)]);
  age('strange');
  expect(await new Orphans(fresh.workerDb, storage).sweep()).toBe(0);
  expect(await namesOf(storage)).toHaveLength(101);
  for (const name of (await namesOf(storage)).slice(0, 1)) await storage.remove([name]);
  expect(await new Orphans(fresh.workerDb, storage).sweep()).toBe(100);
});
