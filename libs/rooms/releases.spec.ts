import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { MessageView, SignedIn } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';

let fresh: FreshDatabase;
let house: Rooms;
let people: Mediation;
let joint: string;
let caucusA: string;
let caucusB: string;
let said: MessageView;

beforeAll(async () => {
  fresh = await freshDatabase();
  house = startRooms(fresh);
});
afterAll(() => fresh.drop());

beforeEach(async () => {
  people = await arrangeMediation(fresh, { partiesPerSide: 2 });
  await house.open(people.mediator, people.caseId);
  const found = await house.rooms.list(people.mediator, people.caseId);
  [joint, caucusA, caucusB] = [found[0]!.id, found[1]!.id, found[2]!.id];
  said = await house.say(people.a, caucusA, 'Жартысына келісемін.');
  house.told.length = 0;
});

const ask = (actor: SignedIn, { roomId, seq, version = 0 }: MessageView, targetId = joint) =>
  house.releases.ask(actor, { roomId, seq, version, targetId });
const answer = (actor: SignedIn, { release }: MessageView, agrees: boolean) => house.releases.answer(actor, release!.id, { agrees });
const refused = (code: string) => expect.objectContaining({ code });

it('carries the agreed text, to the letter, with the record of consent', async () => {
  const asked = await ask(people.mediator, said);
  expect(asked.release).toMatchObject({ state: 'asked', to: 'joint', askedBy: people.mediator.id });
  expect(await house.log(people.b, joint)).toEqual([]);
  expect((await answer(people.a, asked, true)).release).toMatchObject({ state: 'agreed' });
  const [shared] = await house.log(people.b, joint);
  expect(shared).toMatchObject({ seq: 1, authorId: people.mediator.id, body: said.body, released: { authorId: people.a.id } });
  expect(house.told.map(({ message, members }) => [message, members.length])).toEqual([[shared, 5]]);
  expect(JSON.stringify(shared)).not.toContain(caucusA);
  expect(await house.say(people.b, joint, 'Мен де.')).toMatchObject({ seq: 2 });
});

it('leaves the other side without a sign of what was declined', async () => {
  const asked = await ask(people.mediator, said);
  expect((await answer(people.a, asked, false)).release).toMatchObject({ state: 'declined' });
  expect([await house.log(people.b, joint), house.told]).toEqual([[], []]);
  await expect(ask(people.mediator, said)).rejects.toEqual(refused('release.answered'));
  await expect(answer(people.a, asked, true)).rejects.toEqual(refused('release.answered'));
});

it('is answered by the author alone, and once, however often it is pressed', async () => {
  const asked = await ask(people.mediator, said);
  for (const other of [people.sideA[1]!, people.mediator])
    await expect(answer(other, asked, true)).rejects.toEqual(refused('release.not_yours'));
  for (const stranger of [people.b, people.other, people.coordinator, { ...people.a, role: 'coordinator' as const }]) {
    await expect(answer(stranger, asked, true)).rejects.toEqual(refused('not_found'));
    await expect(house.releases.answer(stranger, newId(), { agrees: true })).rejects.toEqual(refused('not_found'));
  }
  const presses = await Promise.allSettled([1, 2, 3].map(() => answer(people.a, asked, true)));
  expect(presses.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
  expect(await house.log(people.b, joint)).toHaveLength(1);
});

it('is asked by a mediator of both rooms, of a text that is still there as it was read', async () => {
  for (const stranger of [people.a, people.b, people.other, people.coordinator])
    await expect(ask(stranger, said)).rejects.toEqual(refused('not_found'));
  const own = await house.say(people.mediator, caucusA, 'Түсіндім.');
  await expect(ask(people.mediator, own)).rejects.toEqual(refused('release.not_needed'));
  await expect(ask(people.mediator, { ...said, version: 1 })).rejects.toEqual(refused('stale'));
  const elsewhere = await arrangeMediation(fresh, { mediator: people.mediator });
  await house.open(people.mediator, elsewhere.caseId);
  const [foreign] = await house.rooms.list(people.mediator, elsewhere.caseId);
  await expect(ask(people.mediator, said, foreign!.id)).rejects.toEqual(refused('not_found'));
  expect((await ask(people.mediator, said)).release).toEqual((await ask(people.mediator, said)).release);
});

it('falls with the text: what was changed after the request is not shared', async () => {
  const asked = await ask(people.mediator, said);
  const { roomId, seq } = said;
  await house.edits.edit(people.a, { roomId, seq, version: 0, body: 'Үштен біріне келісемін.' });
  await expect(answer(people.a, asked, true)).rejects.toEqual(refused('release.withdrawn'));
  const [changed] = await house.log(people.a, caucusA);
  expect(changed!.release).toBeUndefined();
  await house.edits.retract(people.a, { roomId, seq, version: 1 });
  await expect(ask(people.mediator, { ...said, version: 2 })).rejects.toEqual(refused('message.retracted'));
  expect(await house.log(people.b, joint)).toEqual([]);
});

it('carries between private rooms where the parties must not meet', async () => {
  const asked = await ask(people.mediator, said, caucusB);
  await answer(people.a, asked, true);
  expect(await house.log(people.b, caucusB)).toMatchObject([{ body: said.body, released: { authorId: people.a.id } }]);
  await expect(house.log(people.a, caucusB)).rejects.toEqual(refused('not_found'));
});

it('shares nothing into a room that is paused or closed, and nothing for a mediator who has left', async () => {
  const asked = await ask(people.mediator, said);
  await house.moderation.set(people.mediator, joint, { state: 'paused', slowSeconds: null });
  await expect(answer(people.a, asked, true)).rejects.toEqual(refused('room.paused'));
  await fresh.admin('UPDATE room_members SET left_at = $3 WHERE room_id = $1 AND person_id = $2', [
    joint,
    people.mediator.id,
    fresh.clock.now(),
  ]);
  await fresh.admin(`UPDATE rooms SET state = 'open' WHERE id = $1`, [joint]);
  await expect(answer(people.a, asked, true)).rejects.toEqual(refused('release.withdrawn'));
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '2' WHERE id = $1`, [people.caseId]);
  await expect(answer(people.a, asked, false)).rejects.toEqual(refused('room.closed'));
});

it('knows no other way out, in the database either', async () => {
  const asked = await ask(people.mediator, said);
  const shared = await house.say(people.mediator, joint, 'x');
  const forge = (sql: string, values: unknown[]) => fresh.db.transaction(people.mediator, (tx) => tx.query(sql, values));
  const claim = 'INSERT INTO released (release_id, room_id, seq, author_id, agreed_at) VALUES ($1, $2, $3, $4, $5)';
  const values = [asked.release!.id, joint, shared.seq, people.a.id, fresh.clock.now()];
  await expect(forge(claim, values)).rejects.toMatchObject({ code: '42501' });
  await expect(forge(`UPDATE releases SET answer = 'agreed'`, [])).rejects.toMatchObject({ code: '42501' });
  await expect(forge('INSERT INTO messages SELECT * FROM messages', [])).rejects.toMatchObject({ code: '42501' });
  await expect(fresh.admin(claim, values)).rejects.toMatchObject({ code: '23001' }); // past every policy, not past the trigger
  await fresh.admin(`UPDATE releases SET answer = 'agreed', answered_by = asked_by, answered_at = asked_at WHERE id = $1`, [
    asked.release!.id,
  ]);
  await expect(fresh.admin(claim, values)).rejects.toMatchObject({ code: '23001' });
});
