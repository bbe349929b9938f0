import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiskStorage, S3Storage, type Storage } from '#files';
import { DomainError } from '#platform';
import { freePort } from '../../apps/launcher/src/port.js';
import { jpeg, pdf } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { startFiles, whole } from '../../test/support/files.js';
import { arrangeMediation } from '../../test/support/mediation.js';
import { startBucket } from '../../test/scenarios/bucket.js';
import { readings } from '../../test/scenarios/decode.js';
import { inPieces, openAll, openPieces, sealPieces } from './sealed.pieces.js';

const folder = mkdtempSync(join(tmpdir(), 'kelisim-storage-'));
let s3: Awaited<ReturnType<typeof startBucket>>;
let fresh: FreshDatabase;
const storages: Record<string, Storage> = {};

beforeAll(async () => {
  s3 = await startBucket(join(folder, 's3'));
  storages.disk = new DiskStorage(join(folder, 'disk'));
  storages.s3 = new S3Storage(s3.url);
  fresh = await freshDatabase();
});
afterAll(async () => {
  await s3.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(['disk', 's3'])('a storage on %s', (kind) => {
  it('gives back stretches of what was put, and nothing once it is removed', async () => {
    const [storage, name, bytes] = [storages[kind]!, randomUUID(), randomBytes(300_000)];
    await storage.put(name, [bytes.subarray(0, 100_000), bytes.subarray(100_000)]);
    expect((await whole(storage.read(name, 0, bytes.length))).equals(bytes)).toBe(true);
    expect((await whole(storage.read(name, 65_000, 70_000))).equals(bytes.subarray(65_000, 135_000))).toBe(true);
    await storage.put(name, [Buffer.from('again')]);
    expect((await whole(storage.read(name, 0, 5))).toString()).toBe('again');
    await storage.remove([name, randomUUID()]);
    await expect(whole(storage.read(name, 0, 5))).rejects.toThrow();
  });

  it('holds a file from its first byte to its removal, and nothing in clear', async () => {
    const people = await arrangeMediation(fresh);
    const files = startFiles(fresh, { storage: storages[kind]! });
    const place = { purpose: 'power', caseId: people.caseId } as const;
    const paper = pdf('', `% құпия ${randomBytes(1_500_000).toString('hex')}\n`);
    const { file } = await files.send(people.a, place, 'құпия.pdf', paper);
    expect((await whole((await files.files.content(people.a, file!.id)).content)).equals(paper)).toBe(true);
    const picture = (await files.send(people.a, place, 'құпия.jpg', await jpeg(300, 200))).file!;
    expect((await whole((await files.files.preview(people.a, picture.id)).content)).length).toBeGreaterThan(50);
    const held = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(held.length).toBeGreaterThanOrEqual(3);
    for (const one of held) {
      const bytes = readFileSync(join(one.parentPath, one.name));
      expect(`${one.name}${bytes.toString('latin1')}`.includes('%PDF')).toBe(false);
      expect(readings(bytes.toString('utf8')).some((text) => text.toLowerCase().includes('құпия'))).toBe(false);
      expect(one.name.includes('құпия')).toBe(false);
    }
    await files.files.remove(people.a, file!.id);
    await files.files.remove(people.a, picture.id);
    await expect(whole(storages[kind]!.read(file!.id, 0, 1))).rejects.toThrow();
    files.stop();
  });
});

it('an S3 storage that is away, or lets nobody in, is told as unavailable', async () => {
  const away = new S3Storage(`http://a:b@127.0.0.1:${await freePort(0)}/files`);
  await expect(away.put(randomUUID(), [Buffer.from('x')])).rejects.toEqual(expect.objectContaining({ code: 'unavailable' }));
});

it('a disk that is full when a picture’s preview comes keeps no half of the file, and all of it once there is room', async () => {
  const [people, disk] = [await arrangeMediation(fresh), storages.disk!];
  let isFull = true;
  const put: Storage['put'] = async (name, pieces, durable) => {
    if (isFull && name.endsWith('.p')) throw new DomainError('file.storage_full');
    await disk.put(name, pieces, durable);
  };
  const storage: Storage = {
    put,
    read: (name, from, bytes) => disk.read(name, from, bytes),
    remove: (names) => disk.remove(names),
    list: () => disk.list(),
  };
  const files = startFiles(fresh, { storage });
  const [place, picture] = [{ purpose: 'power', caseId: people.caseId } as const, await jpeg(300, 200)];
  const full = expect.objectContaining({ code: 'file.storage_full' });
  await expect(files.send(people.a, place, 'scan.jpg', picture)).rejects.toEqual(full);
  const { id, received } = await files.begin(people.a, place, 'scan.jpg', picture);
  const held = () => readdirSync(join(folder, 'disk'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes(id));
  expect([received, held()]).toEqual([picture.length, []]);
  isFull = false;
  expect(await files.uploads.show(people.a, id)).toMatchObject({ state: 'done', id });
  expect(held()).toHaveLength(2);
  await files.files.remove(people.a, id);
  expect(held()).toEqual([]);
  files.stop();
});

describe('sealed pieces', () => {
  const key = randomBytes(32);
  const bytes = randomBytes(200_000);
  const put = async (name: string, pieces: Buffer[]) => storages.disk!.put(name, pieces);

  it('open whole, and a stretch by itself', async () => {
    const name = randomUUID();
    await put(name, [...sealPieces(key, name, bytes)]);
    expect((await openAll(storages.disk!, { key, name, bytes: bytes.length })).equals(bytes)).toBe(true);
    const stretch = await whole(openPieces(storages.disk!, { key, name, bytes: bytes.length }, 65_535, 131_072));
    expect(stretch.equals(bytes.subarray(65_535, 131_073))).toBe(true);
  });

  it('do not open moved, cut off, under another name, with another key, or with one bit changed', async () => {
    const name = randomUUID();
    const pieces = [...sealPieces(key, name, bytes)];
    const opens = async (kept: Buffer[], as = name, by = key, length = bytes.length) => {
      await put(as, kept);
      return openAll(storages.disk!, { key: by, name: as, bytes: length });
    };
    await expect(opens([pieces[1]!, pieces[0]!, ...pieces.slice(2)])).rejects.toThrow();
    await expect(opens(pieces.slice(0, 3), name, key, 3 * 65_536)).rejects.toThrow();
    await expect(opens(pieces, randomUUID())).rejects.toThrow();
    await expect(opens(pieces, name, randomBytes(32))).rejects.toThrow();
    const bent = Buffer.from(pieces[2]!);
    bent[100]! ^= 1;
    await expect(opens([pieces[0]!, pieces[1]!, bent, pieces[3]!])).rejects.toThrow();
  });

  it('are of one size, however they come', async () => {
    const got: number[] = [];
    const coming = (async function* () {
      for (const size of [1, 9, 10, 11, 25, 4]) yield Buffer.alloc(size);
    })();
    for await (const piece of inPieces(coming, 10)) got.push(piece.length);
    expect(got).toEqual([10, 10, 10, 10, 10, 10]);
  });
});
