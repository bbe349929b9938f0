import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { Case, CaseEffects, ReplacementsService } from '#cases';
import type { SignedIn } from '#contract';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';
import { HandoversService } from './handovers.service.js';

let fresh: FreshDatabase;
let house: Rooms;
let people: Mediation;
let replacements: ReplacementsService;
let handovers: HandoversService;
let joint: string;
let caucusA: string;
let caucusB: string;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  house = startRooms(fresh);
  replacements = new ReplacementsService(fresh.db, fresh.clock, new CaseEffects());
  handovers = new HandoversService(fresh.db, fresh.clock);
});
afterAll(() => fresh.drop());

beforeEach(async () => {
  people = await arrangeMediation(fresh, { partiesPerSide: 2 });
  await house.open(people.mediator, people.caseId);
  const found = await house.rooms.list(people.mediator, people.caseId);
  [joint, caucusA, caucusB] = [found[0]!.id, found[1]!.id, found[2]!.id];
  await house.say(people.a, joint, 'Бәріне');
  await house.say(people.a, caucusA, 'Тек сізге');
  await house.say(people.b, caucusB, 'Маған да тек сіз');
  fresh.clock.advance({ hours: 1 });
});

const roomIds = async (actor: SignedIn) => (await house.rooms.list(actor, people.caseId)).map(({ id }) => id);
const bodies = async (actor: SignedIn, roomId: string) => (await house.log(actor, roomId)).map(({ body }) => body);
const refused = (code: string) => expect.objectContaining({ code });
/** Chosen, and under a new contract. */
const accept = (mediator: SignedIn) =>
  fresh.admin(`UPDATE cases SET state = 'MEDIATOR_ACCEPTED', mediator_id = $2 WHERE id = $1`, [people.caseId, mediator.id]);
async function begin(mediator: SignedIn) {
  await fresh.admin(`UPDATE cases SET state = 'IN_MEDIATION' WHERE id = $1`, [people.caseId]);
  await house.open(mediator, people.caseId);
}

it('takes every room from the former mediator in the same transaction, and lets nobody else do it', async () => {
  for (const stranger of [people.a, people.b, people.mediator, people.other])
    await expect(replacements.replace(stranger, people.caseId)).rejects.toEqual(refused('not_found'));
  const clientId = randomUUID();
  const kept = await house.rooms.post(people.mediator, { roomId: caucusA, clientId, body: 'Ертең жалғастырамыз' });
  await replacements.replace(people.coordinator, people.caseId);
  await replacements.replace(people.coordinator, people.caseId); // pressed twice
  await expect(house.rooms.list(people.mediator, people.caseId)).rejects.toEqual(refused('not_found'));
  for (const roomId of [joint, caucusA, caucusB]) {
    await expect(house.log(people.mediator, roomId)).rejects.toEqual(refused('not_found'));
    await expect(house.say(people.mediator, roomId, 'Тағы бір сөз')).rejects.toEqual(refused('not_found'));
    await expect(house.moderation.set(people.mediator, roomId, { state: 'open', slowSeconds: null })).rejects.toEqual(refused('not_found'));
  }
  await expect(house.rooms.post(people.mediator, { roomId: caucusA, clientId, body: kept.body })).rejects.toEqual(refused('not_found'));
  await expect(house.edits.retract(people.mediator, { roomId: caucusA, seq: kept.seq, version: 0 })).rejects.toEqual(refused('not_found'));
  await expect(house.say(people.a, joint, 'Кім бар?')).rejects.toEqual(refused('room.closed'));
  expect(await bodies(people.a, caucusA)).toEqual(['Тек сізге', 'Ертең жалғастырамыз']);
  const left = await fresh.admin('SELECT 1 FROM room_members WHERE person_id = $1 AND left_at IS NULL', [people.mediator.id]);
  expect(left).toEqual([]);
});

it('lets a mediator step back himself, and nobody in his place', async () => {
  for (const stranger of [people.a, people.b, people.other, people.coordinator, { ...people.mediator, role: 'citizen' as const }])
    await expect(replacements.stepBack(stranger, people.caseId)).rejects.toEqual(refused('not_found'));
  await replacements.stepBack(people.mediator, people.caseId);
  await expect(house.rooms.list(people.mediator, people.caseId)).rejects.toEqual(refused('not_found'));
  await expect(replacements.stepBack(people.mediator, people.caseId)).rejects.toEqual(refused('not_found'));
  const [found] = await fresh.admin<{ state: string; mediator_id: null }>('SELECT state, mediator_id FROM cases WHERE id = $1', [people.caseId]); // prettier-ignore
  expect(found).toEqual({ state: 'CONSENTED', mediator_id: null });
});

it('gives the next mediator the joint room, and new, empty private rooms', async () => {
  await replacements.replace(people.coordinator, people.caseId);
  await accept(people.other);
  await begin(people.other);
  await house.open(people.other, people.caseId); // safe to repeat
  const found = await house.rooms.list(people.other, people.caseId);
  expect(found.map(({ kind, side, lastSeq }) => [kind, side, lastSeq])).toEqual([['joint', null, 1], ['caucus', 'A', 0], ['caucus', 'B', 0]]); // prettier-ignore
  expect(found.map(({ id }) => id)).not.toContain(caucusA);
  expect(await bodies(people.other, joint)).toEqual(['Бәріне']);
  for (const roomId of [caucusA, caucusB]) await expect(house.log(people.other, roomId)).rejects.toEqual(refused('not_found'));
  expect(await roomIds(people.a)).toEqual([joint, found[1]!.id, caucusA]);
  expect(await house.rooms.read(people.a, caucusA)).toMatchObject({ state: 'read_only', isClosed: true, handover: { agrees: null } });
  await house.say(people.other, found[1]!.id, 'Танысайық');
  await house.say(people.a, joint, 'Сәлем');
});

it('gives a private room only when every party in it agrees, before or after mediation goes on', async () => {
  await replacements.replace(people.coordinator, people.caseId);
  await accept(people.other);
  const [first, second] = people.sideA;
  expect((await handovers.answer(first!, caucusA, { agrees: true })).handover).toMatchObject({ mediatorId: people.other.id, agrees: true });
  await handovers.answer(second!, caucusA, { agrees: false });
  for (const one of people.sideB) await handovers.answer(one, caucusB, { agrees: true });
  await expect(house.log(people.other, caucusB)).rejects.toEqual(refused('not_found')); // agreed to, and not begun
  await begin(people.other);
  const found = await house.rooms.list(people.other, people.caseId);
  expect(found.map(({ kind, side, lastSeq }) => [kind, side, lastSeq])).toEqual([['joint', null, 1], ['caucus', 'A', 0], ['caucus', 'B', 1]]); // prettier-ignore
  expect(await bodies(people.other, caucusB)).toEqual(['Маған да тек сіз']);
  await handovers.answer(second!, caucusA, { agrees: true });
  expect(await bodies(people.other, caucusA)).toEqual(['Тек сізге']);
  await expect(house.say(people.other, caucusA, 'x')).rejects.toEqual(refused('room.closed'));
  expect((await house.rooms.read(first!, caucusA)).handover).toBeNull();
});

it('asks the parties of that room alone, and tells nobody what they answered', async () => {
  await expect(handovers.answer(people.a, caucusA, { agrees: true })).resolves.toMatchObject({ handover: null }); // the same mediator
  await replacements.replace(people.coordinator, people.caseId);
  await expect(handovers.answer(people.a, caucusA, { agrees: true })).rejects.toEqual(refused('not_found')); // nobody has come yet
  await accept(people.other);
  for (const stranger of [people.b, people.other, people.mediator, people.coordinator, { ...people.a, role: 'coordinator' as const }])
    await expect(handovers.answer(stranger, caucusA, { agrees: true })).rejects.toEqual(refused('not_found'));
  await expect(handovers.answer(people.a, joint, { agrees: true })).rejects.toEqual(refused('not_found'));
  await handovers.answer(people.a, caucusA, { agrees: false });
  expect((await house.rooms.read(people.sideA[1]!, caucusA)).handover).toMatchObject({ agrees: null });
  const seen = (actor: SignedIn) => fresh.db.transaction(actor, (tx) => tx.query('SELECT person_id FROM room_handovers'));
  expect([await seen(people.a), await seen(people.sideA[1]!), await seen(people.other)]).toEqual([[{ person_id: people.a.id }], [], []]);
});

it('ends what the former mediator had asked for, and his contract', async () => {
  const [said] = await house.log(people.a, caucusA);
  const asked = await house.releases.ask(people.mediator, { roomId: caucusA, seq: said!.seq, version: 0, targetId: joint });
  await replacements.replace(people.coordinator, people.caseId);
  expect((await house.log(people.a, caucusA))[0]!.release).toMatchObject({ state: 'withdrawn' });
  await expect(house.releases.answer(people.a, asked.release!.id, { agrees: true })).rejects.toEqual(refused('release.withdrawn'));
});

it('opens no joint room for the next mediator either where the parties are kept apart', async () => {
  people = await arrangeMediation(fresh, { shuttle: 'default' });
  await house.open(people.mediator, people.caseId);
  expect((await house.rooms.list(people.mediator, people.caseId)).map(({ kind }) => kind)).toEqual(['caucus', 'caucus']);
  await replacements.replace(people.coordinator, people.caseId);
  await accept(people.other);
  await begin(people.other);
  expect((await house.rooms.list(people.other, people.caseId)).map(({ kind }) => kind)).toEqual(['caucus', 'caucus']);
  expect((await house.rooms.list(people.a, people.caseId)).map(({ kind, isClosed }) => [kind, isClosed])).toEqual([['caucus', false], ['caucus', true]]); // prettier-ignore
});
