import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignedIn } from '#contract';
import type { Scanner } from '#files';
import { jpeg, pdf, telling } from '../../test/support/attacks.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Files, flow, startFiles, whole } from '../../test/support/files.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { type Rooms, startRooms } from '../../test/support/rooms.js';

let fresh: FreshDatabase;
let rooms: Rooms;
let files: Files;
let people: Mediation;
let caucus: { roomId: string; purpose: 'room' };
let joint: { roomId: string; purpose: 'room' };
const absent = expect.objectContaining({ code: 'not_found' });
const refused = (code: string) => expect.objectContaining({ code });

beforeAll(async () => {
  fresh = await freshDatabase();
  rooms = startRooms(fresh);
  files = startFiles(fresh);
  people = await arrangeMediation(fresh);
  await rooms.open(people.mediator, people.caseId);
  const own = await rooms.rooms.list(people.a, people.caseId);
  const idOf = (kind: string) => own.find((room) => room.kind === kind)!.id;
  [caucus, joint] = [
    { roomId: idOf('caucus'), purpose: 'room' },
    { roomId: idOf('joint'), purpose: 'room' },
  ];
});
afterAll(async () => {
  files.stop();
  await fresh.drop();
});

const photo = async (actor: SignedIn = people.a, place = caucus) =>
  (await files.send(actor, place, 'Шарбақ.jpg', await jpeg(64 + Math.ceil(Math.random() * 900)))).file!;
const say = (actor: SignedIn, roomId: string, ...fileIds: string[]) =>
  rooms.rooms.post(actor, { roomId, clientId: randomUUID(), body: '', fileIds });

describe('a file in a room', () => {
  it('is its owner’s alone until a message carries it, then the room’s', async () => {
    const { id } = await photo();
    expect(await files.files.read(people.a, id)).toMatchObject({
      name: 'Шарбақ.jpg',
      audience: 'room',
      isScanned: false,
      hasPreview: true,
    });
    await expect(files.files.read(people.mediator, id)).rejects.toEqual(absent);
    const said = await say(people.a, caucus.roomId, id);
    expect(said.files).toMatchObject([{ id, name: 'Шарбақ.jpg' }]);
    expect((await rooms.log(people.mediator, caucus.roomId)).at(-1)?.files).toMatchObject([{ id, name: 'Шарбақ.jpg' }]);
    expect((await files.files.ofRoom(people.mediator, caucus.roomId)).files.map((file) => file.id)).toContain(id);
    expect((await whole((await files.files.content(people.mediator, id)).content)).length).toBeGreaterThan(100);
  });

  it('is not there for the other side, another mediator, the desk and a stranger, with the exact id', async () => {
    const { id } = await photo();
    await say(people.a, caucus.roomId, id);
    for (const actor of [people.b, people.other, people.coordinator, { ...people.mediator, role: 'citizen' as const }]) {
      for (const act of [
        () => files.files.read(actor, id),
        () => files.files.content(actor, id),
        () => files.files.preview(actor, id),
        () => files.files.remove(actor, id),
        () => files.files.widen(actor, id, { roomId: joint.roomId }),
        () => files.files.ofRoom(actor, caucus.roomId),
        () => files.uploads.show(actor, id),
        () => files.begin(actor, caucus, 'x.jpg', Buffer.from('x')),
      ])
        await expect(act()).rejects.toEqual(absent);
    }
  });

  it('lies there sealed, without its name, and its picture tells nothing of where and by what it was taken', async () => {
    const before = new Set(files.onDisk().map(({ name }) => name));
    const { id } = (await files.send(people.a, caucus, 'Құпия.jpg', await telling())).file!;
    const laid = files.onDisk().filter(({ name }) => !before.has(name));
    expect(laid.map(({ name }) => name).toSorted()).toEqual([id, `${id}.p`]);
    for (const one of laid) {
      const bytes = readFileSync(join(one.parentPath, one.name));
      expect(bytes.includes('Secretphone') || bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))).toBe(false);
    }
    const taken = await whole((await files.files.content(people.a, id)).content);
    expect((await sharp(taken).metadata()).exif).toBeUndefined();
    expect(taken.includes('Secretphone')).toBe(false);
    expect(await sharp(await whole((await files.files.preview(people.a, id)).content)).metadata()).toMatchObject({
      width: 480,
      format: 'webp',
    });
  });

  it('is let into another room by its owner alone, and read there through that room’s key', async () => {
    const { id } = await photo();
    await say(people.a, caucus.roomId, id);
    await expect(files.files.widen(people.mediator, id, { roomId: joint.roomId })).rejects.toEqual(absent);
    expect(await files.files.widen(people.a, id, { roomId: joint.roomId })).toMatchObject({ sharedWith: [joint.roomId] });
    expect(await files.files.read(people.b, id)).toMatchObject({ name: 'Шарбақ.jpg' });
    expect((await files.files.ofRoom(people.b, joint.roomId)).files.map((file) => file.id)).toContain(id);
    expect((await whole((await files.files.content(people.b, id)).content)).length).toBeGreaterThan(100);
    await expect(files.files.ofRoom(people.b, caucus.roomId)).rejects.toEqual(absent);
    await files.files.remove(people.a, id);
    const kept = await fresh.admin(`SELECT 1 FROM file_rooms WHERE file_id = $1 AND (key_sealed <> '' OR name_sealed <> '')`, [id]);
    expect(kept).toEqual([]); // with it go its key and its name, there too
    expect(await files.files.read(people.b, id)).toMatchObject({ isRemoved: true, name: '' });
  });

  it('is let into no room in which its owner may not write now', async () => {
    const { id } = await photo();
    await rooms.moderation.mute(people.mediator, joint.roomId, { personId: people.a.id, minutes: 5 });
    await expect(files.files.widen(people.a, id, { roomId: joint.roomId })).rejects.toEqual(refused('room.muted'));
    await rooms.moderation.mute(people.mediator, joint.roomId, { personId: people.a.id, minutes: 0 });
    await fresh.admin(`UPDATE room_members SET capacity = 'observer' WHERE room_id = $1 AND person_id = $2`, [joint.roomId, people.a.id]);
    await expect(files.files.widen(people.a, id, { roomId: joint.roomId })).rejects.toEqual(refused('room.reading_only'));
    await fresh.admin(`UPDATE room_members SET capacity = 'party' WHERE room_id = $1 AND person_id = $2`, [joint.roomId, people.a.id]);
    expect((await files.files.ofRoom(people.b, joint.roomId)).files.map((file) => file.id)).not.toContain(id);
  });

  it('is carried once, by its owner, in its own room', async () => {
    const { id } = await photo();
    await expect(say(people.mediator, caucus.roomId, id)).rejects.toEqual(refused('message.file_unknown'));
    await expect(say(people.a, joint.roomId, id)).rejects.toEqual(refused('message.file_unknown'));
    const clientId = randomUUID();
    const message = { roomId: caucus.roomId, clientId, body: 'Міне', fileIds: [id] };
    const first = await rooms.rooms.post(people.a, message);
    expect(await rooms.rooms.post(people.a, message)).toEqual(first);
    await expect(rooms.rooms.post(people.a, { ...message, fileIds: [] })).rejects.toEqual(refused('message.client_id_reused'));
    await expect(say(people.a, caucus.roomId, id)).rejects.toEqual(refused('message.file_unknown'));
    await expect(say(people.a, caucus.roomId)).rejects.toEqual(refused('message.empty'));
  });

  it('is not shared by a request for words: a message without any is refused', async () => {
    const { id } = await photo();
    const { seq } = await say(people.a, caucus.roomId, id);
    const asked = { roomId: caucus.roomId, seq, version: 0, targetId: joint.roomId };
    await expect(rooms.releases.ask(people.mediator, asked)).rejects.toEqual(refused('message.empty'));
  });

  it('goes with the message that is taken back', async () => {
    const { id } = await photo();
    const { seq } = await say(people.a, caucus.roomId, id);
    const taken = await rooms.edits.retract(people.a, { roomId: caucus.roomId, seq, version: 0 });
    expect(taken.files).toBeUndefined();
    await expect(files.files.read(people.mediator, id)).rejects.toEqual(absent);
  });

  it('is removed with its bytes, its name and its key; that it was there, and whose it was, stays', async () => {
    const { id } = await photo();
    await say(people.a, caucus.roomId, id);
    await expect(files.files.remove(people.mediator, id)).rejects.toEqual(absent);
    expect(await files.files.remove(people.a, id)).toMatchObject({ isRemoved: true, name: '' });
    expect(await files.files.read(people.mediator, id)).toMatchObject({ isRemoved: true, ownerId: people.a.id });
    await expect(files.files.content(people.a, id)).rejects.toEqual(absent);
    expect(files.onDisk().filter(({ name }) => name.startsWith(id))).toEqual([]);
  });

  it('is gone with the key of its room', async () => {
    const [other, own] = [await arrangeMediation(fresh), startFiles(fresh)];
    await rooms.open(other.mediator, other.caseId);
    const [room] = (await rooms.rooms.list(other.a, other.caseId)).filter(({ kind }) => kind === 'caucus');
    const { file } = await own.send(other.a, { purpose: 'room', roomId: room!.id }, 'a.jpg', await jpeg());
    await fresh.admin(`SELECT shred_room($1, 'retention', '2026-09-07T16:20:00Z')`, [room!.id]);
    (fresh.keys as unknown as { cache: Map<string, unknown> }).cache.clear();
    await expect(own.files.content(other.a, file!.id)).rejects.toThrow(/no key/);
    own.stop();
  });

  it('comes in stretches', async () => {
    const paper = pdf('', `% ${randomBytes(150_000).toString('hex')}\n`);
    const { id } = (await files.send(people.a, caucus, 'paper.pdf', paper)).file!;
    const part = async (range: string) => {
      const { from, to, content } = await files.files.content(people.a, id, range);
      const got = await whole(content);
      expect(got.equals(paper.subarray(from, to + 1))).toBe(true);
      return [from, to];
    };
    expect(await part('bytes=0-0')).toEqual([0, 0]);
    expect(await part('bytes=65530-65545')).toEqual([65_530, 65_545]);
    expect(await part('bytes=131072-')).toEqual([131_072, paper.length - 1]);
    expect(await part('bytes=-7')).toEqual([paper.length - 7, paper.length - 1]);
    expect(await part('lines=1-2')).toEqual([0, paper.length - 1]);
    await expect(files.files.content(people.a, id, `bytes=${paper.length}-`)).rejects.toEqual(refused('file.range_refused'));
  });
});

describe('an upload', () => {
  const big = pdf('', `% ${randomBytes(1_200_000).toString('hex')}\n`);

  it('goes on where it was cut, from another tab too, and becomes one file', async () => {
    const { id } = await files.begin(people.a, caucus, 'big.pdf', big);
    expect(await files.uploads.receive(people.a, id, 0, flow(big, 1_500_001))).toBe(1_500_001);
    expect(await files.begin(people.a, caucus, 'again.pdf', big)).toMatchObject({ id, received: 1_500_001 });
    await expect(files.uploads.receive(people.a, id, 0, flow(big))).rejects.toEqual(refused('conflict'));
    const rest = () => files.uploads.receive(people.a, id, 1_500_001, flow(big.subarray(1_500_001)));
    const ends = await Promise.allSettled([rest(), rest()]);
    expect(ends.map(({ status }) => status).toSorted()).toContain('fulfilled');
    expect(await files.uploads.show(people.a, id)).toMatchObject({ state: 'done', received: big.length });
    expect((await whole((await files.files.content(people.a, id)).content)).equals(big)).toBe(true);
    expect(files.onDisk().filter(({ name }) => name === id)).toHaveLength(1);
    expect(await fresh.admin('SELECT * FROM uploads UNION ALL SELECT * FROM uploads')).toEqual([]);
    expect(await fresh.admin('SELECT object FROM storage_leavings')).toEqual([]);
  });

  it('that goes on with another file is refused, and nothing of it stays', async () => {
    const before = files.onDisk().length;
    const { id } = await files.begin(people.a, caucus, 'big.pdf', Buffer.concat([big, Buffer.from('\n')]));
    await files.uploads.receive(people.a, id, 0, flow(big, 1_000_000));
    const other = pdf('', `% ${randomBytes(1_200_000).toString('hex')}\n`);
    await expect(
      files.uploads.receive(people.a, id, 1_000_000, flow(Buffer.concat([other, Buffer.from('\n')]).subarray(1_000_000))),
    ).rejects.toEqual(refused('file.differs'));
    expect(files.onDisk()).toHaveLength(before);
    await expect(files.uploads.show(people.a, id)).rejects.toEqual(absent);
  });

  it('takes its turn: however many arrive at once, two at most are held', async () => {
    const [own, other] = [await arrangeMediation(fresh), { looked: 0, most: 0 }];
    await rooms.open(own.mediator, own.caseId);
    const roomId = (await rooms.rooms.list(own.a, own.caseId))[0]!.id;
    const made = async () =>
      Number((await fresh.admin<{ n: string }>('SELECT count(*) AS n FROM files WHERE room_id = $1', [roomId]))[0]!.n);
    const scanner: Scanner = {
      async scan() {
        other.looked += 1;
        other.most = Math.max(other.most, other.looked - (await made()));
        return 'clean';
      },
    };
    const api = startFiles(fresh, { scanner });
    await Promise.all(
      Array.from({ length: 8 }, (_, at) => api.send(own.a, { purpose: 'room', roomId }, `${at}.pdf`, pdf('', `% ${at}\n`))),
    );
    expect(other).toEqual({ looked: 8, most: 2 });
    api.stop();
  });

  it('is known to who began it alone', async () => {
    const { id } = await files.begin(people.a, joint, 'x.pdf', pdf());
    for (const actor of [people.b, people.mediator, people.coordinator]) {
      await expect(files.uploads.progress(actor, id)).rejects.toEqual(absent);
      await expect(files.uploads.receive(actor, id, 0, flow(pdf()))).rejects.toEqual(absent);
      await expect(files.uploads.abandon(actor, id)).rejects.toEqual(absent);
    }
    await files.uploads.abandon(people.a, id);
    await expect(files.uploads.progress(people.a, id)).rejects.toEqual(absent);
  });

  it('ends after a day, with what had come of it', async () => {
    const before = files.onDisk().length;
    const { id } = await files.begin(people.b, joint, 'x.pdf', big);
    await files.uploads.receive(people.b, id, 0, flow(big, 100_000));
    expect(files.onDisk()).toHaveLength(before + 1);
    fresh.clock.advance({ hours: 25 });
    const [worker] = [startFiles({ ...fresh, db: fresh.workerDb }, { storage: (files.leavings as unknown as { storage: never }).storage })];
    await worker.leavings.sweep();
    worker.stop();
    await expect(files.uploads.progress(people.b, id)).rejects.toEqual(absent);
    expect(files.onDisk()).toHaveLength(before);
  });

  it('stops at the limits, ten at once too', async () => {
    const own = await arrangeMediation(fresh);
    await rooms.open(own.mediator, own.caseId);
    const roomId = (await rooms.rooms.list(own.a, own.caseId))[0]!.id;
    const begin = (at: number) =>
      files.begin(own.a, { purpose: 'room', roomId }, 'x.pdf', Buffer.concat([pdf(), Buffer.from(' '.repeat(at))]));
    for (let at = 0; at < 25; at += 1) await begin(at);
    const begun = await Promise.allSettled(Array.from({ length: 10 }, (_, at) => begin(at + 25)));
    expect(begun.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    await expect(begin(40)).rejects.toEqual(refused('file.limit_reached'));
    const huge = { purpose: 'room', roomId, name: 'x.pdf', bytes: 26 * 1024 * 1024, sha256: '0'.repeat(64) } as const;
    await expect(files.uploads.start(own.a, huge)).rejects.toEqual(refused('file.too_large'));
  });

  it('is refused in a room that is paused, and by one who only watches', async () => {
    await rooms.moderation.set(people.mediator, joint.roomId, { state: 'paused', slowSeconds: null });
    await expect(files.begin(people.a, joint, 'x.pdf', pdf())).rejects.toEqual(refused('room.paused'));
    await rooms.moderation.set(people.mediator, joint.roomId, { state: 'open', slowSeconds: null });
  });
});
