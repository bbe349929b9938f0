import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ImportPreview, ImportView, SignedIn } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../../support/cabinet.js';
import { referralTable } from '../../support/referral-table.js';
import { signedIn } from '../../support/signed-in.js';
import type { Visitor } from '../../support/visitor.js';

let cabinet: Cabinet;
let desk: Visitor;

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false, at: '2026-09-22T05:00:00Z' });
  const person: SignedIn = { id: newId(), role: 'coordinator' };
  await cabinet.admin(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Сотова', 'Әлия', 'kk', $2, $3)`,
    [person.id, Buffer.from(person.id), cabinet.now()],
  );
  desk = await signedIn(cabinet, person);
});
afterAll(() => cabinet.stop());

async function send<T>(path: string, body: string): Promise<T> {
  const headers = { cookie: desk.cookies(), origin: cabinet.origin, 'content-type': 'text/csv' };
  return (await (await fetch(`${cabinet.origin}/api${path}`, { method: 'POST', headers, body })).json()) as T;
}
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const done = await work();
  console.log(`imports: ${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  return done;
}

it('takes in 9,997 of 10,000 rows, explains three, and takes all of it back', async () => {
  const lines = referralTable(10_000).split('\r\n');
  lines[10] = lines[10]!.replace('oskemen', 'Атлантида');
  lines[5_000] = lines[5_000]!.replace('2026-09-21', '2026-13-41');
  lines[10_000] = lines[9_999]!;
  const table = lines.join('\r\n');
  const { good, faults } = await timed('preview', () => send<ImportPreview>('/imports/previews', table));
  expect([good, faults.map(({ line, code }) => [line, code])]).toEqual([9_997, [[11, 'choose'], [5_001, 'date'], [10_001, 'row_twice']]]); // prettier-ignore
  const all = await timed('taken in', async () => {
    for (;;) {
      const now = await send<ImportView>('/imports', table);
      if (now.done >= now.good) return now;
    }
  });
  expect(all).toMatchObject({ rows: 10_000, good: 9_997, done: 9_997 });
  const takeBack = async () => {
    for (;;) {
      const { body } = await desk.put<ImportView>(`/imports/${all.id}/undoing`);
      if (body.done === body.undone + body.kept.length) return body;
    }
  };
  const back = await timed('taken back', takeBack);
  expect([back.undone, back.kept]).toEqual([9_997, []]);
  const standing = `SELECT count(*)::int AS n FROM cases WHERE door = 'court' AND state <> 'WITHDRAWN'`;
  expect(await cabinet.admin(standing)).toEqual([{ n: 0 }]);
});
