import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Case, SafetyService } from '#cases';
import type { SignedIn } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';
import { JointRoomService } from './joint-room.service.js';
import { SubRoomsService } from './sub-rooms.service.js';

let fresh: FreshDatabase;
let house: Rooms;
let people: Mediation;
let subRooms: SubRoomsService;
let jointRoom: JointRoomService;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  const { db, clock, keys } = fresh;
  house = startRooms(fresh);
  subRooms = new SubRoomsService(db, clock, keys);
  jointRoom = new JointRoomService(db, clock, keys);
});
afterAll(() => fresh.drop());

async function begin(settings: Parameters<typeof arrangeMediation>[1] = {}) {
  fresh.clock.advance({ minutes: 1 });
  people = await arrangeMediation(fresh, { partiesPerSide: 3, ...settings });
  await house.open(people.mediator, people.caseId);
}
const refused = (code: string) => expect.objectContaining({ code });
const kinds = async (actor: SignedIn) =>
  (await house.rooms.list(actor, people.caseId).catch(() => [])).map(({ kind, side }) => `${kind}${side ?? ''}`);
const roomOf = async (kind: string) => (await house.rooms.list(people.mediator, people.caseId)).find((room) => `${room.kind}${room.side ?? ''}` === kind)!.id; // prettier-ignore
const strangers = (): SignedIn[] => [
  people.other,
  people.coordinator,
  { ...people.a, role: 'coordinator' },
  { ...people.mediator, role: 'citizen' },
];
const everyParty = () => [...people.sideA, ...people.sideB];

describe('a smaller room', () => {
  beforeEach(() => begin());
  const open = (actor: SignedIn, chosen: SignedIn[], id = newId()) =>
    subRooms.open(actor, people.caseId, { id, personIds: chosen.map((one) => one.id) });

  it('is for the chosen and the mediator; to the rest of their side, too, there is none', async () => {
    const [first, second, third] = people.sideA;
    const room = await open(people.mediator, [first!, second!]);
    expect(room).toMatchObject({ kind: 'sub', side: 'A', state: 'open' });
    expect(await open(people.mediator, [first!, second!], room.id)).toMatchObject({ id: room.id }); // pressed twice
    await house.say(first!, room.id, 'Үшіншімізге айтпайық');
    expect((await house.log(second!, room.id)).map(({ body }) => body)).toEqual(['Үшіншімізге айтпайық']);
    for (const other of [third!, ...people.sideB, ...strangers()]) {
      await expect(house.log(other, room.id)).rejects.toEqual(refused('not_found'));
      await expect(house.say(other, room.id, 'x')).rejects.toEqual(refused('not_found'));
    }
    expect([await kinds(first!), await kinds(third!), await kinds(people.b)]).toEqual([['joint', 'caucusA', 'subA'], ['joint', 'caucusA'], ['joint', 'caucusB']]); // prettier-ignore
  });

  it('may join some of both sides, and is the mediator’s alone to open', async () => {
    expect(await open(people.mediator, [people.a, people.b])).toMatchObject({ kind: 'sub', side: null });
    for (const other of [people.a, ...strangers()]) await expect(open(other, [people.a])).rejects.toEqual(refused('not_found'));
    await expect(open(people.mediator, [people.a, people.other])).rejects.toEqual(refused('not_found')); // not of this case
    await expect(open(people.mediator, people.sideA)).rejects.toEqual(refused('conflict')); // that is the caucus
    await expect(open(people.mediator, everyParty())).rejects.toEqual(refused('conflict'));
    await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '4' WHERE id = $1`, [people.caseId]);
    await expect(open(people.mediator, [people.a])).rejects.toEqual(refused('room.closed'));
  });

  it('is left at once, by oneself or at the mediator’s word, and closes behind the last', async () => {
    const [first, second] = people.sideA;
    const { id } = await open(people.mediator, [first!, second!]);
    await house.say(first!, id, 'Бәрі осында');
    for (const other of [second!, people.b, ...strangers()])
      await expect(subRooms.leave(other, id, first!.id)).rejects.toEqual(refused('not_found'));
    await expect(subRooms.leave(people.mediator, id, people.mediator.id)).rejects.toEqual(refused('not_found'));
    await subRooms.leave(first!, id, first!.id);
    await expect(house.log(first!, id)).rejects.toEqual(refused('not_found'));
    await subRooms.leave(people.mediator, id, second!.id);
    await expect(house.log(second!, id)).rejects.toEqual(refused('not_found'));
    expect(await house.rooms.read(people.mediator, id)).toMatchObject({ state: 'read_only', isClosed: true });
    await expect(subRooms.leave(people.a, await roomOf('joint'), people.a.id)).rejects.toEqual(refused('not_found')); // leaving mediation is another thing
    await expect(subRooms.leave(people.mediator, await roomOf('caucusA'), people.a.id)).rejects.toEqual(refused('not_found'));
  });
});

describe('where the sides are kept apart', () => {
  const meets = (actor: SignedIn, agrees: boolean) => jointRoom.answer(actor, people.caseId, agrees);

  it('a joint room opens when all have agreed, each asked alone, and closes when one takes it back', async () => {
    await begin({ partiesPerSide: 2, shuttle: 'default' });
    expect(await kinds(people.a)).toEqual(['caucusA']);
    expect(await jointRoom.read(people.a, people.caseId)).toEqual({ apart: null, isAsked: false, agrees: null });
    await expect(meets(people.a, true)).rejects.toEqual(refused('not_found')); // nobody has asked
    expect(await jointRoom.ask(people.mediator, people.caseId, true)).toEqual({ apart: 'default', isAsked: true, agrees: null });
    const [last, ...others] = everyParty();
    for (const one of others) await meets(one, true);
    await meets(last!, false);
    expect(await kinds(people.mediator)).toEqual(['caucusA', 'caucusB']);
    expect(await jointRoom.read(people.mediator, people.caseId)).toEqual({ apart: 'default', isAsked: true, agrees: null });
    expect(await jointRoom.read(people.b, people.caseId)).toEqual({ apart: null, isAsked: true, agrees: true });
    await meets(last!, true);
    await meets(last!, true); // pressed twice
    for (const one of everyParty()) expect((await kinds(one))[0]).toBe('joint');
    const room = await roomOf('joint');
    await house.say(people.b, room, 'Кешіріңіз');
    await meets(people.b, false);
    await expect(house.say(people.a, room, 'Естідім')).rejects.toEqual(refused('room.closed'));
    await expect(house.moderation.set(people.mediator, room, { state: 'open', slowSeconds: null })).rejects.toEqual(
      refused('room.kept_apart'),
    );
    await meets(people.b, true);
    await house.say(people.a, room, 'Естідім');
    expect(await roomOf('joint')).toBe(room);
  });

  it('opens one room however the last two answers meet', async () => {
    await begin({ partiesPerSide: 1, shuttle: 'default' });
    await jointRoom.ask(people.mediator, people.caseId, true);
    await Promise.all([meets(people.a, true), meets(people.b, true)]);
    expect(await kinds(people.mediator)).toEqual(['joint', 'caucusA', 'caucusB']);
    await house.say(people.a, await roomOf('joint'), 'Сәлем');
  });

  it('never opens one where safety demands it, and asks nobody', async () => {
    await begin({ partiesPerSide: 2, shuttle: 'required' });
    await expect(jointRoom.ask(people.mediator, people.caseId, true)).rejects.toEqual(refused('room.kept_apart'));
    await expect(meets(people.a, true)).rejects.toEqual(refused('not_found'));
    const mixed = { id: newId(), personIds: [people.a.id, people.b.id] };
    await expect(subRooms.open(people.mediator, people.caseId, mixed)).rejects.toEqual(refused('room.kept_apart'));
    await subRooms.open(people.mediator, people.caseId, { id: newId(), personIds: [people.a.id] });
    const open = `INSERT INTO rooms (id, case_id, kind, opened_at) VALUES ($1, $2, 'joint', $3)`;
    await expect(fresh.admin(open, [newId(), people.caseId, fresh.clock.now()])).rejects.toThrow('kept apart'); // the wall, for the superuser too
  });

  it('the joint room closes in mid-case as it stands, told to the sides like any closing', async () => {
    await begin({ partiesPerSide: 2 });
    const room = await roomOf('joint');
    const mixed = await subRooms.open(people.mediator, people.caseId, { id: newId(), personIds: [people.a.id, people.b.id] });
    await house.say(people.a, room, 'Бәріміз осындамыз');
    const before = await fresh.admin('SELECT count(*) FROM events WHERE case_id = $1', [people.caseId]);
    expect(await jointRoom.separate(people.mediator, people.caseId)).toEqual({ apart: 'default', isAsked: false, agrees: null });
    for (const id of [room, mixed.id]) await expect(house.say(people.b, id, 'x')).rejects.toEqual(refused('room.closed'));
    expect(await house.rooms.read(people.a, room)).toMatchObject({ state: 'read_only', isClosed: true });
    expect(await jointRoom.read(people.a, people.caseId)).toEqual({ apart: null, isAsked: false, agrees: null });
    expect((await house.rooms.enter(people.a, room)).isQuiet).toBe(true);
    expect(await fresh.admin('SELECT count(*) FROM events WHERE case_id = $1', [people.caseId])).toEqual(before);
    await jointRoom.ask(people.mediator, people.caseId, true);
    for (const one of everyParty()) await meets(one, true);
    await house.say(people.b, room, 'Қайтадан бірге');
    await fresh.admin('UPDATE cases SET safe_process = true WHERE id = $1', [people.caseId]);
    expect(await jointRoom.separate(people.mediator, people.caseId)).toMatchObject({ apart: 'required' });
    await expect(house.say(people.b, room, 'x')).rejects.toEqual(refused('room.closed'));
    await expect(meets(people.b, true)).rejects.toEqual(refused('not_found'));
  });

  it('whoever does not feel safe in mid-case parts the sides by that, and nobody is told who or why', async () => {
    await begin({ partiesPerSide: 2 });
    const [room, caucus] = [await roomOf('joint'), await roomOf('caucusA')];
    const mixed = await subRooms.open(people.mediator, people.caseId, { id: newId(), personIds: [people.a.id, people.b.id] });
    const safety = new SafetyService(fresh.db, fresh.clock, fresh.keys);
    const events = () => fresh.admin('SELECT count(*) FROM events WHERE case_id = $1', [people.caseId]);
    const before = await events();
    await safety.answer(people.b, people.caseId, { safe: 'yes' });
    await house.say(people.a, room, 'Бәріміз осындамыз');
    fresh.clock.advance({ minutes: 1 });
    await safety.answer(people.b, people.caseId, { safe: 'unsure', words: 'қорқамын' });
    for (const id of [room, mixed.id]) await expect(house.say(people.a, id, 'x')).rejects.toEqual(refused('room.closed'));
    await house.say(people.a, caucus, 'Мұнда жазамын');
    expect(await fresh.admin('SELECT closed_at FROM rooms WHERE id = $1', [room])).toEqual([{ closed_at: fresh.clock.now() }]);
    expect(await jointRoom.read(people.mediator, people.caseId)).toMatchObject({ apart: 'required' });
    expect(await jointRoom.read(people.a, people.caseId)).toEqual({ apart: null, isAsked: false, agrees: null });
    await expect(jointRoom.ask(people.mediator, people.caseId, true)).rejects.toEqual(refused('room.kept_apart'));
    await safety.answer(people.b, people.caseId, { safe: 'yes' }); // opens nothing again
    await expect(house.say(people.a, room, 'x')).rejects.toEqual(refused('room.closed'));
    expect(await events()).toEqual(before);
    for (const other of [people.mediator, ...strangers()])
      await expect(safety.answer(other, people.caseId, { safe: 'no' })).rejects.toEqual(refused('not_found'));
  });

  it('is the mediator’s to ask and to part, and each party’s own to answer', async () => {
    await begin({ partiesPerSide: 1, shuttle: 'default' });
    for (const other of [people.a, people.b, ...strangers()]) {
      await expect(jointRoom.ask(other, people.caseId, true)).rejects.toEqual(refused('not_found'));
      await expect(jointRoom.separate(other, people.caseId)).rejects.toEqual(refused('not_found'));
    }
    await jointRoom.ask(people.mediator, people.caseId, true);
    for (const other of [people.mediator, ...strangers()]) await expect(meets(other, true)).rejects.toEqual(refused('not_found'));
    for (const other of strangers()) await expect(jointRoom.read(other, people.caseId)).rejects.toEqual(refused('not_found'));
    await meets(people.a, false);
    for (const other of [people.b, people.mediator])
      expect(
        await fresh.db.transaction(other, (tx) => tx.query('SELECT * FROM joint_consents WHERE case_id = $1', [people.caseId])),
      ).toEqual([]);
    await jointRoom.ask(people.mediator, people.caseId, false);
    expect(await jointRoom.read(people.a, people.caseId)).toEqual({ apart: null, isAsked: false, agrees: null });
  });
});
