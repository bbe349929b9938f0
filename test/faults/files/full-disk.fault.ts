import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashOf } from '../../support/files.js';
import { paperOf, type UploadHouse, uploadHouse } from '../uploads/uploads.js';
import { smallDisk } from './small-disk.js';

const megabyte = 1024 * 1024;
const full = { status: 507, code: 'file.storage_full' };
let disk: ReturnType<typeof smallDisk>;
let house: UploadHouse | undefined;

beforeAll(async () => {
  disk = smallDisk(8 * megabyte);
  house = await uploadHouse(join(disk.folder, 'data'));
}, 60_000);
afterAll(async () => {
  await house?.stop();
  disk?.unmount();
});

/** Sent request by request until one is refused; resolves with what it was told then. */
async function sendUntilRefused(id: string, file: Buffer) {
  for (;;) {
    const told = await house!.sendNext(id, file, await house!.offset(id));
    if (told.code) return told;
    if ((await house!.offset(id)) === file.length) return told;
  }
}
/** All the room there is, but for so much. */
function fillBut(left: number): () => void {
  const path = join(disk.folder, 'filling');
  const file = openSync(path, 'w');
  while (disk.free() > left) writeSync(file, Buffer.alloc(Math.min(64 * 1024, disk.free() - left)));
  closeSync(file);
  return () => rmSync(path);
}

it('a disk that fills up refuses what does not fit, keeps nothing of it once it is given up, and takes the next', async () => {
  const first = paperOf(megabyte);
  const there = await house!.sendByTus(first, () => undefined);
  expect(house!.onDisk()).toEqual([there]);

  const large = paperOf(12 * megabyte);
  const id = await house!.begin(large);
  expect(await sendUntilRefused(id, large)).toEqual(full);
  const offset = await house!.offset(id);
  expect([offset > 4 * megabyte, offset < large.length, disk.free() < megabyte]).toEqual([true, true, true]);
  // asked again it is refused again, and of the part that did not fit nothing lies there
  expect(await house!.sendNext(id, large, offset)).toEqual(full);
  expect(await house!.offset(id)).toBe(offset);
  expect(house!.onDisk().filter((name) => name.endsWith('.half'))).toEqual([]);

  // who comes now waits, and what is there already is still read
  const next = paperOf(2 * megabyte);
  const waiting = await house!.begin(next);
  expect(await sendUntilRefused(waiting, next)).toEqual(full);
  expect(await house!.hash(there)).toBe(hashOf(first));

  expect(await house!.giveUp(id)).toBe(204);
  expect(await sendUntilRefused(waiting, next)).toEqual({ status: 204, code: null });
  expect([await house!.hash(waiting), await house!.hash(there)]).toEqual([hashOf(next), hashOf(first)]);
  expect(house!.onDisk().toSorted()).toEqual([there, waiting].toSorted());
  expect(await house!.rows()).toEqual({ uploads: 0, leavings: 0 });
}, 120_000);

it('what has arrived and cannot be put together yet waits whole, and is there when room is', async () => {
  const before = house!.onDisk();
  const file = paperOf(2 * megabyte);
  const id = await house!.begin(file);
  const giveBack = fillBut(file.length + megabyte / 2);
  expect(await sendUntilRefused(id, file)).toEqual(full);
  expect(await house!.offset(id)).toBe(file.length);
  const parts = house!.onDisk().filter((name) => !before.includes(name));
  expect([parts.length > 0, parts.some((name) => name.startsWith(id) || name.endsWith('.half'))]).toEqual([true, false]);
  giveBack();
  expect(await house!.show(id)).toMatchObject({ status: 200, state: 'done' });
  expect(await house!.hash(id)).toBe(hashOf(file));
  expect(house!.onDisk().toSorted()).toEqual([...before, id].toSorted());
}, 120_000);
