import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Scanner } from '#files';
import { pdf } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { startFiles } from '../../test/support/files.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';

let fresh: FreshDatabase;
let people: Mediation;
const absent = expect.objectContaining({ code: 'not_found' });

beforeAll(async () => {
  fresh = await freshDatabase();
  people = await arrangeMediation(fresh);
});
afterAll(() => fresh.drop());

it('what waits for a scanner that is away is seen by nobody, and goes on by itself once the scanner is back, or is refused', async () => {
  let says: Awaited<ReturnType<Scanner['scan']>> = 'away';
  let asked = 0;
  const scanner: Scanner = {
    scan: async (content) => {
      asked += 1;
      return content.includes('bad') && says === 'clean' ? 'infected' : says;
    },
  };
  const own = startFiles(fresh, { scanner });
  const place = { purpose: 'power', caseId: people.caseId } as const;
  const good = await own.send(people.a, place, 'a.pdf', pdf('', '% good\n'));
  const bad = await own.send(people.b, place, 'b.pdf', pdf('', '% bad\n'));
  expect([good.state, bad.state]).toEqual(['waiting', 'waiting']);
  asked = 0;
  expect(await own.waiting.lookAgain()).toBe(0);
  expect(asked).toBe(1); // the first one told that it is still away
  says = 'clean';
  expect(await own.waiting.lookAgain()).toBe(2);
  expect(await own.files.read(people.a, good.id)).toMatchObject({ name: 'a.pdf', isScanned: true });
  await expect(own.files.read(people.b, bad.id)).rejects.toEqual(absent);
  expect(await fresh.admin('SELECT id FROM uploads')).toEqual([]);
  expect(await own.waiting.lookAgain()).toBe(0);
  own.stop();
});
