import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashOf } from '../../support/files.js';
import { paperOf, sendThroughCuts, sendThroughKills, type UploadHouse, uploadHouse } from './uploads.js';

let house: UploadHouse;
beforeAll(async () => {
  house = await uploadHouse();
}, 60_000);
afterAll(() => house.stop());

it('an upload cut 200 times at random bytes arrives whole', async () => {
  const file = paperOf(20_000_000);
  const { id, cuts } = await sendThroughCuts(house, file, 200);
  expect([cuts, await house.hash(id)]).toEqual([200, hashOf(file)]);
  expect(house.onDisk()).toEqual([id]);
}, 240_000);

it('an upload in whose midst the api is killed five times arrives whole', async () => {
  const file = paperOf(24_000_000);
  const { id, kills } = await sendThroughKills(house, file, [0.1, 0.3, 0.5, 0.7, 0.9]);
  expect([kills, await house.hash(id)]).toEqual([5, hashOf(file)]);
}, 240_000);

it('two tabs that send the same file at once make one', async () => {
  const file = paperOf(8_000_000);
  const ids = await Promise.all([house.sendByTus(file, () => undefined), house.sendByTus(file, () => undefined)]);
  expect(new Set(ids).size).toBe(1);
  expect(await house.hash(ids[0]!)).toBe(hashOf(file));
  expect(await house.rows()).toEqual({ uploads: 0, leavings: 0 });
}, 120_000);
