import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FileList, type FileView, fileLimits, type MessageView, type SignedIn } from '#contract';
import { Database } from '#platform';
import { RoomsOpening } from '#rooms';
import { attacks, jpeg, pdf } from '../support/attacks.js';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { hashOf } from '../support/files.js';
import { arrangeMediation, type Mediation } from '../support/mediation.js';
import { signedIn } from '../support/signed-in.js';
import { begin, offsetOf, sendByTus, sendCut } from '../support/tus.js';
import type { Visitor } from '../support/visitor.js';
import { eventually } from '../support/eventually.js';

let cabinet: Cabinet;
let people: Mediation;
let [hers, his, judge]: Visitor[] = [] as never;
let caucus: { purpose: string; roomId: string };

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false });
  people = await arrangeMediation(cabinet);
  await cabinet.api
    .get(Database)
    .transaction(people.mediator, (tx) => cabinet.api.get(RoomsOpening).open(tx, people.mediator, people.caseId));
  [hers, his, judge] = await Promise.all([people.a, people.b, people.mediator].map((actor: SignedIn) => signedIn(cabinet, actor)));
  const [room] = (await hers!.get<{ id: string; kind: string }[]>(`/cases/${people.caseId}/rooms`)).body.filter(
    ({ kind }) => kind === 'caucus',
  );
  caucus = { purpose: 'room', roomId: room!.id };
});
afterAll(() => cabinet.stop());

const lineOf = (visitor: Visitor) => ({ origin: cabinet.origin, cookie: visitor.cookies() });
const download = (visitor: Visitor, path: string, headers: Record<string, string> = {}) =>
  fetch(`${cabinet.origin}/api${path}`, { headers: { cookie: visitor.cookies(), ...headers } });

it('takes a file by tus from the protocol’s own client, says it in the room, and gives it back safely', async () => {
  const paper = pdf('', `% ${randomBytes(900_000).toString('hex')}\n`);
  const progress = vi.fn();
  const id = await sendByTus(lineOf(hers!), caucus, 'Шарт «2» (соңғы).pdf', paper, progress);
  expect(progress.mock.calls.at(-1)).toEqual([paper.length, paper.length]);
  const socket = judge!.rooms();
  const heard = vi.fn();
  socket.on('message.posted', heard);
  await new Promise((done) => socket.emit('room.enter', { roomId: caucus.roomId }, done));
  const said = await hers!.post<MessageView>(`/rooms/${caucus.roomId}/messages`, { clientId: randomUUID(), body: '', fileIds: [id] });
  await eventually(() => expect(heard).toHaveBeenCalledWith(said.body));
  expect(said.body.files).toMatchObject([{ id, name: 'Шарт «2» (соңғы).pdf', isScanned: false }]);

  const whole = await download(judge!, `/files/${id}/content`);
  expect(hashOf(Buffer.from(await whole.arrayBuffer()))).toBe(hashOf(paper));
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="file"; filename*=UTF-8''${encodeURIComponent('Шарт «2» (соңғы)').replace('(', '%28').replace(')', '%29')}.pdf`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'accept-ranges': 'bytes',
    'content-length': String(paper.length),
  });
  const part = await download(judge!, `/files/${id}/content`, { range: 'bytes=65000-70000' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 65000-70000/${paper.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(paper.subarray(65_000, 70_001))).toBe(true);
  expect((await download(judge!, `/files/${id}/content`, { range: 'bytes=99999999-' })).status).toBe(416);
  for (const path of ['', '/content', '/preview']) expect((await download(his!, `/files/${id}${path}`)).status).toBe(404);
  judge!.leave();
});

it('shows a preview as a picture, and what is used up', async () => {
  const id = await sendByTus(lineOf(hers!), caucus, 'photo.jpg', await jpeg(900, 700));
  const preview = await download(hers!, `/files/${id}/preview`);
  expect([preview.status, preview.headers.get('content-type'), preview.headers.get('content-disposition')]).toEqual([
    200,
    'image/webp',
    'inline',
  ]);
  const { body } = await hers!.get<FileList>(`/rooms/${caucus.roomId}/files`);
  expect(body.used.files).toBe(2);
  expect((await hers!.delete<FileView>(`/files/${id}`)).body).toMatchObject({ isRemoved: true });
  expect((await hers!.get<FileList>(`/rooms/${caucus.roomId}/files`)).body.used.files).toBe(1);
});

it('goes on after cuts at any byte, and after the answer to the last part was lost', async () => {
  const paper = pdf('', `% ${randomBytes(400_000).toString('hex')}\n`);
  const line = lineOf(hers!);
  const id = await begin(line, caucus, 'cut.pdf', paper);
  for (const bytes of [1, 65_535, 65_536, 200_001]) await sendCut(line, id, paper, await offsetOf(line, id), bytes);
  await eventually(async () => expect(await sendCut(line, id, paper, await offsetOf(line, id))).toBe(204));
  expect(await offsetOf(line, id)).toBe(paper.length);
  expect(await sendCut(line, id, paper, paper.length)).toBe(204);
  expect(hashOf(Buffer.from(await (await download(hers!, `/files/${id}/content`)).arrayBuffer()))).toBe(hashOf(paper));
});

it('refuses by name what comes in a bad shape', async () => {
  const line = lineOf(hers!);
  for (const { name, file, code } of attacks
    .filter(({ code: one }) => ['file.name_refused', 'file.type_refused'].includes(one))
    .slice(0, 6)) {
    const failure = await sendByTus(line, caucus, name, await file()).catch((error: unknown) => String(error));
    expect(failure).toContain(code);
  }
  const asked = (headers: Record<string, string>) => hers!.call('POST', '/uploads', undefined, headers);
  expect((await asked({})).status).toBe(400);
  expect((await asked({ 'upload-length': '-1' })).status).toBe(400);
  expect((await asked({ 'upload-length': '10', 'upload-metadata': 'name eA==' })).body).toMatchObject({ code: 'invalid' });
  const huge = { ...caucus, name: 'a.pdf', sha256: '0'.repeat(64) };
  const pairs = Object.entries(huge).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`);
  expect(await asked({ 'upload-length': String(fileLimits.bytes + 1), 'upload-metadata': pairs.join(',') })).toMatchObject({
    status: 413,
    body: { code: 'file.too_large' },
  });
  const id = await begin(line, caucus, 'b.pdf', pdf());
  expect((await hers!.call('PATCH', `/uploads/${id}`, { any: 'json' }, { 'upload-offset': '0' })).body).toMatchObject({ code: 'invalid' });
  expect(await sendCut(line, id, pdf(), 5)).toBe(409);
  expect((await hers!.call('POST', '/uploads', undefined, { origin: 'https://evil.example.org' })).status).toBe(403);
});
