import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { can } from '#access';
import { Case, findCase, subjectOf } from '#cases';
import { type AskGuest, guestPledge, type SignedIn } from '#contract';
import { contactHash } from '#people';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';
import { GuestsService } from './guests.service.js';
import { SubRoomsService } from './sub-rooms.service.js';

let fresh: FreshDatabase;
let house: Rooms;
let people: Mediation;
let guests: GuestsService;
let subRooms: SubRoomsService;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  const { db, clock, keys, hashes } = fresh;
  house = startRooms(fresh);
  guests = new GuestsService(db, clock, hashes, keys);
  subRooms = new SubRoomsService(db, clock, keys);
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

describe('a guest', () => {
  beforeEach(() => begin({ partiesPerSide: 2 }));

  /** Somebody with an account under a contact of his own. */
  async function person(role: SignedIn['role'], email: string): Promise<SignedIn> {
    const id = newId();
    await fresh.admin(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Ержанова', 'Айгерім', 'ru', $2, $3)`, [
      id,
      contactHash(fresh.hashes, { channel: 'email', contact: email }),
      fresh.clock.now(),
    ]); // prettier-ignore
    return { id, role };
  }
  const ask = async (capacity: AskGuest['capacity'], email: string) => {
    const languages = capacity === 'interpreter' ? ['tr', 'ru'] : [];
    const id = randomUUID();
    await guests.ask(people.mediator, people.caseId, { id, capacity, name: 'Айгерим', contact: email, languages });
    return id;
  };
  const declaration = { related: false, employed: false, interested: false, advised: false };
  const pledge = (actor: SignedIn, id: string) => guests.pledge(actor, id, { ...guestPledge, declaration });
  const agree = async (id: string, own = false, all = everyParty()) => {
    for (const one of all) await guests.answer(one, id, { agrees: true, own });
  };
  const register = ({ id }: SignedIn) =>
    fresh.admin(
      `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
       VALUES ($1, 'professional', $2, '2020-01-01', '{kk}', '{land}', 'oskemen', 5)`,
      [id, id],
    );
  async function seated(capacity: AskGuest['capacity'], own = false) {
    const email = `${randomUUID()}@example.kz`;
    const guest = await person(capacity === 'co_mediator' ? 'mediator' : 'citizen', email);
    if (capacity === 'co_mediator') await register(guest);
    const id = await ask(capacity, email);
    await pledge(guest, id);
    await agree(id, own);
    return { guest, id };
  }

  it('sits in the joint room once he has pledged and every party agreed, and not before', async () => {
    const email = 'aigerim@example.kz';
    const guest = await person('citizen', email);
    const id = await ask('interpreter', email);
    expect(await guests.mine(guest)).toMatchObject([{ id, capacity: 'interpreter', languages: ['tr', 'ru'], hasPledged: false, isAdmitted: false }]); // prettier-ignore
    await agree(id, false, everyParty().slice(1));
    await pledge(guest, id);
    await pledge(guest, id); // pressed twice
    expect(await kinds(guest)).toEqual([]);
    await guests.answer(people.a, id, { agrees: true, own: false });
    expect(await kinds(guest)).toEqual(['joint']);
    expect(await guests.mine(guest)).toMatchObject([{ hasPledged: true, isAdmitted: true }]);
    const room = await roomOf('joint');
    await house.say(guest, room, 'Перевод: здравствуйте');
    expect((await house.rooms.read(people.b, room)).members).toContainEqual(expect.objectContaining({ personId: guest.id, capacity: 'interpreter', side: null })); // prettier-ignore
    for (const caucus of ['caucusA', 'caucusB']) await expect(house.log(guest, await roomOf(caucus))).rejects.toEqual(refused('not_found'));
  });

  it('sits in a private room only if every party of that room wants him there', async () => {
    const { guest, id } = await seated('interpreter');
    await agree(id, true, people.sideA.slice(1));
    expect(await kinds(guest)).toEqual(['joint']);
    await agree(id, true, people.sideA);
    expect(await kinds(guest)).toEqual(['joint', 'caucusA']);
    const room = await subRooms.open(people.mediator, people.caseId, { id: newId(), personIds: [people.a.id] });
    expect(await kinds(guest)).toEqual(['joint', 'caucusA', 'subA']);
    await guests.answer(people.a, id, { agrees: true, own: false });
    expect(await kinds(guest)).toEqual(['joint']);
    await expect(house.log(guest, room.id)).rejects.toEqual(refused('not_found'));
  });

  it('is unseated the moment one party takes the agreement back, himself goes, or the mediator ends it', async () => {
    const first = await seated('observer');
    await guests.answer(people.b, first.id, { agrees: false, own: false });
    expect(await kinds(first.guest)).toEqual([]);
    await guests.answer(people.b, first.id, { agrees: true, own: false }); // and again, within the same minute
    expect(await kinds(first.guest)).toEqual(['joint']);
    for (const other of [people.a, people.b, ...strangers()])
      await expect(guests.end(other, first.id)).rejects.toEqual(refused('not_found'));
    await guests.end(first.guest, first.id);
    expect([await kinds(first.guest), await guests.mine(first.guest)]).toEqual([[], []]);
    const second = await seated('interpreter', true);
    expect(await kinds(second.guest)).toEqual(['joint', 'caucusA', 'caucusB']);
    const room = await roomOf('joint');
    const clientId = randomUUID();
    await house.rooms.post(second.guest, { roomId: room, clientId, body: 'Перевод' });
    await guests.end(people.mediator, second.id);
    await expect(house.rooms.post(second.guest, { roomId: room, clientId, body: 'Перевод' })).rejects.toEqual(refused('not_found'));
    await expect(guests.answer(people.a, second.id, { agrees: true, own: true })).rejects.toEqual(refused('not_found'));
  });

  it('who mediates second finds a new, empty private room where a side has not let him into its own', async () => {
    const old = await roomOf('caucusA');
    await house.say(people.a, old, 'Бұрынғы сөз');
    const { guest, id } = await seated('co_mediator');
    expect(await kinds(guest)).toEqual(['joint', 'subA', 'subB']);
    const room = (await house.rooms.list(guest, people.caseId)).find(({ kind, side }) => kind === 'sub' && side === 'A')!;
    expect(room.members.map(({ personId }) => personId).toSorted()).toEqual(
      [people.mediator, guest, ...people.sideA].map((one) => one.id).toSorted(),
    );
    await house.say(people.a, room.id, 'Жаңа сөз');
    expect((await house.log(guest, room.id)).map(({ body }) => body)).toEqual(['Жаңа сөз']);
    for (const other of [...people.sideB, ...strangers()]) await expect(house.log(other, room.id)).rejects.toEqual(refused('not_found'));
    await expect(house.log(guest, old)).rejects.toEqual(refused('not_found'));
    expect(await kinds(people.a)).toEqual(['joint', 'caucusA', 'subA']);
    await agree(id, true, people.sideA); // now into their own as well; what is there stays
    expect(await kinds(guest)).toEqual(['joint', 'caucusA', 'subA', 'subB']);
    await guests.answer(people.b, id, { agrees: false, own: false });
    expect(await kinds(guest)).toEqual([]);
    await expect(house.say(people.a, room.id, 'x')).rejects.toEqual(refused('room.closed'));
    await Promise.all([people.b, ...people.sideA].map((one) => guests.answer(one, id, { agrees: true, own: false }))); // at once: one room a side
    expect(await kinds(guest)).toEqual(['joint', 'subA', 'subB']);
  });

  it('opens no room beside the private one for an interpreter or an observer', async () => {
    for (const capacity of ['interpreter', 'observer'] as const) expect(await kinds((await seated(capacity)).guest)).toEqual(['joint']);
    expect(await kinds(people.mediator)).toEqual(['joint', 'caucusA', 'caucusB']);
  });

  it('does as his capacity says: an observer reads, an interpreter writes, a co-mediator also leads', async () => {
    const [observer, interpreter, second] = [await seated('observer'), await seated('interpreter'), await seated('co_mediator', true)];
    const room = await roomOf('joint');
    await expect(house.say(observer.guest, room, 'x')).rejects.toEqual(refused('room.reading_only'));
    for (const { guest } of [observer, interpreter])
      await expect(house.moderation.set(guest, room, { state: 'paused', slowSeconds: null })).rejects.toEqual(refused('not_found'));
    await house.say(interpreter.guest, room, 'Перевод');
    await house.moderation.set(second.guest, room, { state: 'paused', slowSeconds: null });
    expect(await kinds(second.guest)).toEqual(['joint', 'caucusA', 'caucusB']);
    expect(await kinds({ ...second.guest, role: 'citizen' })).toEqual([]);
  });

  it('reads the case beside its mediator once he has declared, pledged and all agreed, until one takes it back', async () => {
    const email = `${randomUUID()}@example.kz`;
    const second = await person('mediator', email);
    await register(second);
    const id = await ask('co_mediator', email);
    const rights = (actor: SignedIn) =>
      fresh.db.transaction(actor, async (tx) => {
        const subject = await subjectOf(tx, await findCase(tx, people.caseId));
        return (
          ['case.read', 'case.read_claim', 'paper.read', 'paper.draft', 'case.terminate', 'case.read_safety', 'room.gather'] as const
        ).filter((right) => can(actor, right, subject));
      });
    expect((await guests.mine(second))[0]!.parties).toHaveLength(4);
    await agree(id);
    await expect(guests.pledge(second, id, guestPledge)).rejects.toEqual(refused('invalid')); // declares first
    const related = { ...guestPledge, declaration: { ...declaration, related: true } };
    await expect(guests.pledge(second, id, related)).rejects.toEqual(refused('mediator.conflict'));
    await expect(rights(second)).rejects.toEqual(refused('not_found'));
    await pledge(second, id);
    expect(await guests.mine(second)).toMatchObject([{ hasDeclared: true, hasPledged: true, isAdmitted: true }]);
    expect(await rights(second)).toEqual(['case.read', 'case.read_claim', 'paper.read']);
    await expect(rights({ ...second, role: 'citizen' })).rejects.toEqual(refused('not_found'));
    await guests.answer(people.b, id, { agrees: false, own: false });
    await expect(rights(second)).rejects.toEqual(refused('not_found'));
    await guests.answer(people.b, id, { agrees: true, own: false });
    await guests.end(second, id);
    await expect(rights(second)).rejects.toEqual(refused('not_found'));
    expect((await guests.list(people.mediator, people.caseId)).flatMap(({ parties }) => parties)).toEqual([]);
  });

  it('who advised one side on duty is no co-mediator, whatever he declares', async () => {
    const email = `${randomUUID()}@example.kz`;
    const adviser = await person('mediator', email);
    await register(adviser);
    const room = newId();
    await fresh.admin(`INSERT INTO rooms (id, kind, opened_at) VALUES ($1, 'consultation', $2)`, [room, fresh.clock.now()]);
    await fresh.admin(
      `INSERT INTO consultations (id, room_id, asker_id, language, category, source, asked_at, mediator_id, taken_at) VALUES ($1, $2, $3, 'kk', '', 'start', $4, $5, $4)`,
      [newId(), room, people.a.id, fresh.clock.now(), adviser.id],
    );
    await expect(pledge(adviser, await ask('co_mediator', email))).rejects.toEqual(refused('mediator.conflict'));
  });

  it('is nobody but the holder of that contact, and never a party', async () => {
    const id = await ask('observer', 'watcher@example.kz');
    const party = await person('citizen', 'party@example.kz');
    await fresh.admin(`UPDATE parties SET person_id = $2 WHERE case_id = $1 AND person_id = $3`, [
      people.caseId,
      party.id,
      people.sideA[1]!.id,
    ]);
    const own = await ask('observer', 'party@example.kz');
    for (const other of [people.a, people.b, party, people.mediator, ...strangers()])
      await expect(pledge(other, id)).rejects.toEqual(refused('not_found'));
    await expect(pledge(party, own)).rejects.toEqual(refused('not_found'));
    const holder = await person('citizen', 'watcher@example.kz');
    await expect(pledge({ ...holder, role: 'coordinator' }, id)).rejects.toEqual(refused('not_found'));
    await expect(guests.pledge(holder, id, { version: '0' })).rejects.toEqual(refused('consent.required'));
    const colleague = await person('mediator', 'colleague@example.kz');
    await expect(pledge(colleague, await ask('co_mediator', 'colleague@example.kz'))).rejects.toEqual(refused('mediator.not_eligible'));
    await expect(ask('interpreter', 'watcher@example.kz')).rejects.toEqual(refused('conflict'));
  });

  it('is asked by the mediator alone, and what each answered is read by nobody else', async () => {
    const asked = { id: randomUUID(), capacity: 'observer' as const, name: 'Б', contact: 'b@example.kz', languages: [] };
    for (const other of [people.a, ...strangers()]) {
      await expect(guests.ask(other, people.caseId, asked)).rejects.toEqual(refused('not_found'));
      if (other !== people.a) await expect(guests.list(other, people.caseId)).rejects.toEqual(refused('not_found'));
    }
    const id = await ask('observer', 'b@example.kz');
    await guests.answer(people.a, id, { agrees: false, own: false });
    for (const other of [people.mediator, ...strangers()])
      await expect(guests.answer(other, id, { agrees: true, own: false })).rejects.toEqual(refused('not_found'));
    for (const other of [people.a, people.b, ...strangers()]) await expect(guests.end(other, id)).rejects.toEqual(refused('not_found'));
    const seen = async (actor: SignedIn) => (await guests.list(actor, people.caseId)).map(({ hasPledged, isAdmitted, answer }) => ({ hasPledged, isAdmitted, answer })); // prettier-ignore
    const nothing = { hasPledged: false, isAdmitted: false, answer: null };
    expect([await seen(people.a), await seen(people.b), await seen(people.mediator)]).toEqual([[{ ...nothing, answer: { agrees: false, own: false } }], [nothing], [nothing]]); // prettier-ignore
    for (const other of [people.b, people.mediator])
      expect(await fresh.db.transaction(other, (tx) => tx.query('SELECT * FROM guest_answers WHERE guest_id = $1', [id]))).toEqual([]);
  });

  it('leaves with the mediator who asked him, and when mediation ends', async () => {
    const [first, second] = [await seated('interpreter', true), await seated('co_mediator', true)];
    await fresh.admin(`UPDATE cases SET state = 'CONSENTED', mediator_id = NULL WHERE id = $1`, [people.caseId]);
    for (const { guest } of [first, second]) expect(await kinds(guest)).toEqual([]);
    await begin({ partiesPerSide: 1 });
    const third = await seated('observer', true);
    await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '4' WHERE id = $1`, [people.caseId]);
    expect([await kinds(third.guest), await kinds(people.a)]).toEqual([[], ['joint', 'caucusA']]);
  });
});
