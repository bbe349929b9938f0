import { randomUUID } from 'node:crypto';
import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor, SignedIn } from '#contract';
import { printApart } from '#documents';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';
import { NotesService } from './notes.service.js';
import { brokenAt } from './room.chain.js';
import { RoomExports } from './room.export.js';
import { hashOfHeads, RoomRecords } from './room.record.js';
import { RoomSearch } from './room.search.js';

let fresh: FreshDatabase;
let house: Rooms;
let people: Mediation;
let joint: string;
let caucusA: string;
let caucusB: string;
let searches: RoomSearch;
let exports: RoomExports;
let notes: NotesService;

beforeAll(async () => {
  fresh = await freshDatabase();
  house = startRooms(fresh);
  const { db, clock, keys } = fresh;
  [searches, exports, notes] = [new RoomSearch(db, clock, keys), new RoomExports(db, clock, keys), new NotesService(db, clock, keys)];
  people = await arrangeMediation(fresh);
  await house.open(people.mediator, people.caseId);
  const found = await house.rooms.list(people.mediator, people.caseId);
  [joint, caucusA, caucusB] = [found[0]!.id, found[1]!.id, found[2]!.id];
  const first = await house.say(people.a, joint, 'Қоршау маған қымбат.');
  await house.say(people.b, joint, 'Забор ровно стоит.', first.id);
  const changed = await house.say(people.a, caucusA, 'Қоршауды жартысына төлеймін.');
  await house.edits.edit(people.a, { roomId: caucusA, seq: changed.seq, version: 0, body: 'Қоршаудың үштен бірін төлеймін.' });
  const gone = await house.say(people.a, caucusA, 'Қоршау деп қате жаздым');
  await house.edits.retract(people.a, { roomId: caucusA, seq: gone.seq, version: 0 });
  await house.say(people.b, caucusB, 'Қоршауды өзім ауыстырамын.');
});
afterAll(() => fresh.drop());

const search = async (actor: Actor, words: string) =>
  (await searches.search(actor, people.caseId, { words })).messages.map(({ roomId, seq }) => [roomId, seq]);
const strangers = (): SignedIn[] => [
  people.other,
  people.coordinator,
  { ...people.a, role: 'coordinator' },
  { ...people.mediator, role: 'citizen' },
];
const refused = (code: string) => expect.objectContaining({ code });

it('finds in one’s own rooms alone, however the Kazakh letters are typed', async () => {
  for (const words of ['қоршау', 'КОРШАУ', 'коршау'])
    expect(await search(people.a, words)).toEqual(expect.arrayContaining([[joint, 1], [caucusA, 1]])); // prettier-ignore
  expect(await search(people.a, 'коршау')).toHaveLength(2);
  expect(await search(people.b, 'коршау')).toEqual(expect.arrayContaining([[joint, 1], [caucusB, 1]])); // prettier-ignore
  expect(await search(people.mediator, 'коршау')).toHaveLength(3);
  expect(await search(people.a, 'коршау бірін')).toEqual([[caucusA, 1]]);
  expect(await search(people.a, 'жартысына')).toEqual([]); // no longer said
  expect(await search(people.a, 'ауыстырамын')).toEqual([]);
  for (const stranger of strangers()) await expect(search(stranger, 'коршау')).rejects.toEqual(refused('not_found'));
});

it('finds what lies far back', async () => {
  await Promise.all(Array.from({ length: 1_200 }, (_, n) => house.say(people.b, joint, `хабар ${n}`)));
  expect(await search(people.a, 'кымбат')).toEqual([[joint, 1]]);
  const many = await searches.search(people.a, people.caseId, { words: 'хабар' });
  expect([many.messages.length, many.isAll]).toEqual([50, false]);
});

it('gives away what one could see, chained room by room, and nothing more', async () => {
  const [hers, judges] = [await exports.take(people.a, people.caseId), await exports.take(people.mediator, people.caseId)];
  expect(hers.rooms.map(({ roomId }) => roomId)).toEqual([joint, caucusA]);
  expect(judges.rooms.map(({ roomId }) => roomId)).toEqual([joint, caucusA, caucusB]);
  expect(hers.rooms.map(({ head }) => head)).toEqual(judges.rooms.slice(0, 2).map(({ head }) => head));
  expect(JSON.stringify(hers)).not.toContain(caucusB);
  expect(JSON.stringify(hers)).not.toContain('ауыстырамын');
  expect(JSON.stringify(hers)).not.toContain('жартысына'); // an earlier version is nobody's any more
  expect(hers.rooms[0]!.messages).toHaveLength(1_202);
  for (const stranger of strangers()) await expect(exports.take(stranger, people.caseId)).rejects.toEqual(refused('not_found'));
});

it('prints the same as a paper, every message with its hash, for who may read it and nobody else', async () => {
  const small = await arrangeMediation(fresh);
  await house.open(small.mediator, small.caseId);
  const [open, own] = await house.rooms.list(small.a, small.caseId);
  await house.say(small.a, open!.id, 'Қоршау – 120 000 ₸.');
  await house.say(small.mediator, own!.id, 'Тек сізге айтамын.');
  const records = new RoomRecords(fresh.db, exports);
  const readBack = async (actor: Actor) => {
    const { pdf } = await records.print(actor, small.caseId);
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
    return text.join(' ').replaceAll(/\s+/g, '');
  };
  const taken = await exports.take(small.a, small.caseId);
  const paper = await readBack(small.a);
  const expected = [
    'Қоршау–120000₸.',
    'Тексізгеайтамын.',
    hashOfHeads(taken),
    ...taken.rooms.flatMap(({ head, messages }) => [head, ...messages.map(({ hash }) => hash)]),
  ];
  expect(expected.filter((words) => !paper.includes(words))).toEqual([]);
  expect(await readBack(small.b)).not.toContain('Тексізге');
  for (const stranger of [small.other, small.coordinator, { ...small.a, role: 'coordinator' as const }])
    await expect(records.print(stranger, small.caseId)).rejects.toEqual(refused('not_found'));
});

it('prints a long record in a process of its own, while this one answers', async () => {
  const records = new RoomRecords(fresh.db, exports);
  records.printLong = printApart(['--conditions=source', '--import', './test/support/typescript.mjs']);
  let held = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    [held, last] = [Math.max(held, performance.now() - last), performance.now()];
  }, 5);
  const { pdf } = await records.print(people.a, people.caseId);
  clearInterval(watch);
  const { totalPages, text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)));
  expect(totalPages).toBeGreaterThan(20);
  expect(text.join(' ')).toContain('хабар 1199');
  expect(held).toBeLessThan(2_000);
  records.printLong = () => Promise.reject(new Error('killed'));
  await expect(records.print(people.a, people.caseId)).rejects.toMatchObject({ code: 'unavailable' });
});

it('shows by its chain where an export was tampered with', async () => {
  const fileOf = async () =>
    JSON.parse(JSON.stringify((await exports.take(people.a, people.caseId)).rooms[0]!)) as never as Parameters<typeof brokenAt>[0];
  const whole = await fileOf();
  expect(brokenAt(whole)).toBeNull();
  const tampered = [
    (room: typeof whole) => void (room.messages[4]!.body += '!'),
    (room: typeof whole) => void room.messages.splice(4, 1),
    (room: typeof whole) => void room.messages.splice(4, 2, room.messages[5]!, room.messages[4]!),
    (room: typeof whole) => void (room.messages[4]!.authorId = people.a.id),
  ];
  for (const tamper of tampered) {
    const room = await fileOf();
    tamper(room);
    expect(brokenAt(room)).toBe(5);
  }
  expect(brokenAt({ ...whole, messages: whole.messages.slice(0, -1) })).toBe(whole.messages.length);
});

it('keeps a mediator’s notes for that mediator alone, while the case is his', async () => {
  const [party] = await fresh.admin<{ id: string }>('SELECT id FROM parties WHERE case_id = $1 AND side = $2', [people.caseId, 'A']);
  const note = { id: randomUUID(), partyId: party!.id, issue: 'мерзім', body: 'екінші мерзім 20 қарашадан кейін' };
  expect(await notes.write(people.mediator, people.caseId, note)).toMatchObject([note]);
  expect(await notes.write(people.mediator, people.caseId, { ...note, body: 'желтоқсан' })).toMatchObject([{ ...note, body: 'желтоқсан' }]);
  const [stored] = await fresh.admin<{ body: Buffer }>('SELECT body FROM notes');
  expect(stored!.body.includes(Buffer.from('желтоқсан'))).toBe(false);
  for (const stranger of [people.a, people.b, ...strangers()]) {
    await expect(notes.list(stranger, people.caseId)).rejects.toEqual(refused('not_found'));
    await expect(notes.write(stranger, people.caseId, { ...note, id: newId() })).rejects.toEqual(refused('not_found'));
  }
  const foreign = await arrangeMediation(fresh, { mediator: people.mediator });
  await expect(notes.write(people.mediator, foreign.caseId, note)).rejects.toEqual(refused('not_found'));
  await fresh.admin('UPDATE cases SET mediator_id = $2 WHERE id = $1', [people.caseId, people.other.id]);
  await expect(notes.list(people.mediator, people.caseId)).rejects.toEqual(refused('not_found'));
  expect(await notes.list(people.other, people.caseId)).toEqual([]);
  await expect(notes.write(people.other, people.caseId, { ...note, partyId: null })).rejects.toThrow();
});
