import { afterAll, beforeAll, expect, it } from 'vitest';
import { hashOf } from '../../support/files.js';
import { paperOf, sendThroughCuts, sendThroughKills, type UploadHouse, uploadHouse } from './uploads.js';

/* The short form of uploads.fault.ts. */
let house: UploadHouse;
beforeAll(async () => {
  house = await uploadHouse();
}, 60_000);
afterAll(() => house.stop());

it('an upload cut twenty times arrives whole', async () => {
  const file = paperOf(1_000_000);
  const { id, cuts } = await sendThroughCuts(house, file, 20);
  expect([cuts, await house.hash(id)]).toEqual([20, hashOf(file)]);
});

it('an upload in whose midst the api is killed arrives whole, and leaves nothing behind', async () => {
  const file = paperOf(4_000_000);
  const { id, kills } = await sendThroughKills(house, file, [0.5]);
  expect([kills, await house.hash(id)]).toEqual([1, hashOf(file)]);
  expect(await house.rows()).toEqual({ uploads: 0, leavings: 0 });
}, 60_000);
