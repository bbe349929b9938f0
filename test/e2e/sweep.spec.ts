import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CaseView, type MessageView, type RoomView, routes, type Schedule } from '#contract';
import { agree, appoint, type Cast, file, inviteAndConsent, meet } from '../../apps/launcher/src/demo/play.js';
import type { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { png } from '../support/attacks.js';
import { type Company, gather, scenario } from '../support/company.js';
import { beginFile, sendFile } from '../support/tus.js';
import type { Reply } from '../support/visitor.js';
import { bodyFor } from './sweep.bodies.js';

let cabinet: Cabinet;
let company: Company;
const people: Record<string, DemoPerson> = {};
/** Ids the owner has just read, by the noun that stands before `:id` in a path. */
const ids: Record<string, string> = {};
const owners: Record<string, string> = {
  cases: 'ana',
  rooms: 'ana',
  releases: 'ana',
  guests: 'ana',
  papers: 'ana',
  proposals: 'ana',
  meetings: 'ana',
  offers: 'otherMediator',
  disclosures: 'ana',
  trainings: 'coordinator',
  choosings: 'ana',
  assignments: 'coordinator',
  objections: 'ana',
  relations: 'judge',
  register: 'coordinator',
  complaints: 'ana',
  people: 'admin',
  sessions: 'ana',
  court: 'clerk',
  desk: 'coordinator',
  consultations: 'ana',
  duties: 'coordinator',
  'partner-tokens': 'admin',
  files: 'ana',
  'metadata-openings': 'admin',
  incidents: 'admin',
  'audit-witnesses': 'admin',
  council: 'coordinator',
  memoranda: 'coordinator',
  uploads: 'ana',
  exports: 'clerk',
  imports: 'coordinator',
  'partner-hooks': 'admin',
};
const askers = ['anonymous', 'stranger', 'boris', 'otherMediator', 'clerk', 'council', 'coordinator', 'admin'];

beforeAll(async () => {
  cabinet = await startCabinet();
  company = await gather(cabinet);
  const played = scenario('06');
  const filed = await file(company.stage, played);
  await inviteAndConsent({ ...company.stage, court: { courtId: 'OSKEMEN_CITY', caseNumber: '6310-26-00-2/6' } }, played, filed);
  const mediator = await appoint(company.stage, filed.caseId);
  const cast: Cast = { ...filed, mediator };
  const paper = await agree(cast, { kind: 'contract' });
  const schedule = await meet(cast, played, cabinet.now());
  await gatherPeople(cast);
  const open = await mediator.ask<Schedule>(
    'POST',
    `/cases/${cast.caseId}/proposals`,
    bodyFor('POST', '/cases/:id/proposals', cabinet.now()),
  );
  const rooms = await people.ana!.ask<RoomView[]>('GET', `/cases/${cast.caseId}/rooms`);
  Object.assign(ids, {
    cases: cast.caseId,
    court: cast.caseId,
    papers: paper.id,
    rooms: rooms.find((room) => room.kind === 'caucus')!.id,
    meetings: schedule.meetings[0]!.id,
    proposals: open.proposal!.id,
    people: people.stranger!.id,
    register: mediator.id,
    resources: randomUUID(),
    duties: randomUUID(),
    'partner-tokens': randomUUID(),
    imports: randomUUID(),
    consultations: (await people.ana!.ask<{ id: string }>('POST', '/consultations', { id: randomUUID(), language: 'kk' })).id,
    guests: randomUUID(),
  });
  const asked = { id: ids.guests, capacity: 'observer', name: 'Б', contact: 'observer@example.kz' };
  await mediator.ask('POST', `/cases/${cast.caseId}/guests`, asked);
  await askRelease(rooms.find((room) => room.kind === 'joint')!.id);
  await people.ana!.ask('POST', `/cases/${ids.cases}/objections`, { reason: 'Ол екінші тараппен бірге жұмыс істеген.' });
  ids.objections = (await people.ana!.ask<{ id: string }[]>('GET', `/cases/${ids.cases}/objections`))[0]!.id;
  ids.complaints = randomUUID();
  const complaint = { id: ids.complaints, about: 'mediator', caseId: ids.cases, mediatorId: mediator.id, words: 'Кешікті.' };
  await people.ana!.ask('POST', '/complaints', complaint);
  ids.relations = randomUUID();
  const tie = { id: ids.relations, idNumber: '600905399004', label: 'Інім', kind: 'kin', until: null, bars: false };
  await mediator.ask('POST', '/people/me/relations', tie);
  await addFiles();
  const hook = { name: 'x', courtId: 'OSKEMEN_CITY', address: 'https://court.example.kz/facts' };
  ids['partner-hooks'] = (await people.admin!.ask<{ id: string }>('POST', '/partner-hooks', hook)).id;
  ids.assignments = (await company.coordinator.ask<{ id: string }[]>('GET', `/cases/${ids.cases}/assignments`))[0]!.id;
  await offerAnother();
  await makeExport();
  for (const [name, person] of Object.entries(people)) if (name !== 'anonymous') await person.ask('GET', '/people/me'); // the clock has leapt
  Object.assign(ids, { incidents: randomUUID(), council: randomUUID(), memoranda: randomUUID(), 'audit-witnesses': randomUUID() });
  const { number } = await people.ana!.ask<CaseView>('GET', `/cases/${ids.cases}`);
  const opening = { ...(bodyFor('POST', '/metadata-openings', cabinet.now()) as object), number };
  ids['metadata-openings'] = (await people.admin!.ask<{ id: string }>('POST', '/metadata-openings', opening)).id;
  ids.sessions = (await people.ana!.ask<{ id: string }[]>('GET', '/sessions'))[0]!.id;
}, 240_000);
afterAll(() => cabinet.stop());

async function gatherPeople(cast: Cast) {
  people.anonymous = company.newcomer('anonymous', 'nobody@example.kz');
  people.ana = cast.people.get('A1')!;
  people.boris = cast.people.get('B1')!;
  people.judge = cast.mediator;
  people.coordinator = company.coordinator;
  for (const name of ['clerk', 'council', 'admin']) people[name] = await company.come(name);
  people.stranger = company.newcomer('stranger', 'stranger@example.kz');
  await people.stranger.register({ surname: 'Бөтен', given: 'Адам', patronymic: '', language: 'kk' });
}

/** A message of Ana's private room that she is asked to share. */
async function askRelease(targetId: string) {
  const said = { clientId: randomUUID(), body: 'Жартысына келісемін.' };
  const { seq } = await people.ana!.ask<MessageView>('POST', `/rooms/${ids.rooms}/messages`, said);
  const asked = await people.judge!.ask<MessageView>('POST', `/rooms/${ids.rooms}/releases`, { seq, version: 0, targetId });
  ids.releases = asked.release!.id;
}

/** A picture that Ana's private room has seen, and a file of hers that is on its way there. */
async function addFiles() {
  const place = { purpose: 'room', roomId: ids.rooms! };
  ids.files = await sendFile(cabinet.origin, people.ana!.cookies(), place, 'photo.png', await png());
  await people.ana!.ask('POST', `/rooms/${ids.rooms}/messages`, { clientId: randomUUID(), body: '', fileIds: [ids.files] });
  ids.uploads = await beginFile(cabinet.origin, people.ana!.cookies(), place, 'photo.png', await png(99, 9));
}

/** A file of the clerk's that is ready. */
async function makeExport() {
  const me = await people.clerk!.ask<{ id: string }>('GET', '/people/me');
  ids.exports = randomUUID();
  await cabinet.admin(
    `INSERT INTO exports (id, person_id, office, court_id, kind, asked, asked_at, state, expires_at, name, type, bytes)
     VALUES ($1, $2, 'court', 'OSKEMEN_CITY', 'report', '{}', $3, 'ready', '2099-01-01', 'x.csv', 'text/csv', 'x')`,
    [ids.exports, me.id, cabinet.now()],
  );
}

/** A second case, offered to another mediator and not answered: the owner of an offer. */
async function offerAnother() {
  const local = new Date(cabinet.now().getTime() + 5 * 3_600_000).toISOString().slice(0, 19); // near enough for the first case's term to stand
  const played = { ...scenario('11'), filedAtLocal: local, respondentAnswerAfterDays: 0 };
  const filed = await file(company.stage, played);
  await inviteAndConsent(company.stage, played, filed);
  const candidates = await company.coordinator.ask<{ mediatorId: string; eligible: boolean }[]>('GET', `/cases/${filed.caseId}/candidates`);
  const other = candidates.find((one) => one.eligible && one.mediatorId !== people.judge!.id)!;
  await company.coordinator.ask('PUT', `/cases/${filed.caseId}/offer`, { mediatorId: other.mediatorId });
  people.otherMediator = await company.stage.mediator(other.mediatorId);
  const [offer] = await people.otherMediator.ask<{ id: string }[]>('GET', '/offers');
  ids.offers = offer!.id;
  ids.disclosures = randomUUID();
  ids.choosings = randomUUID();
  const training = bodyFor('POST', '/trainings', cabinet.now()) as { id: string };
  ids.trainings = training.id;
  await company.coordinator.ask('POST', '/trainings', training);
  const notices = await company.coordinator.ask<{ id: string }[]>('GET', `/cases/${ids.cases}/notices`);
  ids.desk = notices[0]!.id;
}

it('has a row for every route, and a route for every row', async () => {
  const { paths } = await people.ana!.ask<{ paths: Record<string, Record<string, unknown>> }>('GET', '/openapi.json');
  const served = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replace(/^\/api/, '').replaceAll(/\{(\w+)\}/g, ':id')}`),
  );
  const rows = routes.map(([method, path]) => `${method} ${path}`).filter((row) => row !== 'GET /openapi.json');
  expect(served.toSorted()).toEqual(rows.toSorted());
});

type Row = [method: string, path: string, audience: string];
const closed = (routes.map((row) => [...row]) as Row[]).filter(([, , audience]) => audience !== 'anyone' && audience !== 'invited');

describe('anonymous', () => {
  it.each(closed)('%s %s asks to sign in', async (method, path) => {
    const reply = await people.anonymous!.call(method, path.replace(':id', randomUUID()), body(method, path));
    expect([reply.status, method === 'HEAD' ? 'unauthenticated' : reply.body.code]).toEqual([401, 'unauthenticated']);
  });
});

const withId = closed.filter(([, path]) => path.includes(':id'));
const readable = withId.filter(([method]) => method === 'GET');

it.each(readable)('%s %s: the owner has just read this id with 200', async (method, path) => {
  const owner = people[/\/(notes|safety)$/.test(path) ? 'judge' : owners[nounOf(path)]!]!;
  const reply = await (
    path.includes('candidates') ||
    path.includes('audit') ||
    path.endsWith('partner') ||
    path.endsWith('assignments') ||
    path.includes('similar') ||
    path.includes('common-hours') ||
    path.includes('notices')
      ? people.coordinator!
      : owner
  ).call(method, path.replace(':id', ids[nounOf(path)]!));
  expect(reply.status).toBe(200);
});

describe.each(askers.slice(1))('%s', (who) => {
  it.each(withId.filter(([method, path, audience]) => !mayAsk(who, method, path, audience)))(
    '%s %s: an id of another reads as an id of nobody',
    async (method, path) => {
      const ask = (id: string) => people[who]!.call(method, path.replace(':id', id), body(method, path));
      const [foreign, random] = [await ask(ids[nounOf(path)]!), await ask(randomUUID())];
      expect(seen(foreign)).toEqual(seen(random));
      expect(foreign.status).toBe(404);
    },
  );
});

describe('sockets', () => {
  it.each(['stranger', 'boris', 'otherMediator', 'clerk', 'council', 'coordinator', 'admin'])(
    '%s: a caucus of another reads as no room',
    async (who) => {
      const socket = people[who]!.rooms() as unknown as { emitWithAck(event: string, input: unknown): Promise<unknown> };
      for (const [event, extra] of [
        ['room.enter', {}],
        ['message.post', { clientId: randomUUID(), body: 'x' }],
        ['message.edit', { seq: 1, version: 0, body: 'x' }],
        ['message.retract', { seq: 1, version: 0 }],
        ['release.ask', { seq: 1, version: 0, targetId: randomUUID() }],
        ['room.read', { seq: 1 }],
        ['room.leave', {}],
      ] as const) {
        const [foreign, random] = [
          await socket.emitWithAck(event, { roomId: ids.rooms, ...extra }),
          await socket.emitWithAck(event, { roomId: randomUUID(), ...extra }),
        ];
        expect([event, foreign]).toEqual([event, random]);
      }
      people[who]!.leave();
    },
  );

  it('does not open without a session, or from a foreign page', async () => {
    const refused = (headers: Record<string, string>, person: DemoPerson) =>
      new Promise<boolean>((resolve) => {
        const socket = person.rooms(headers);
        socket.once('connect_error', () => resolve(true));
        socket.emit('room.enter', { roomId: ids.rooms! }, (reply) => resolve('problem' in reply));
      });
    expect(await refused({}, people.anonymous!)).toBe(true);
    expect(await refused({ origin: 'https://evil.example.org' }, people.ana!)).toBe(true);
    people.anonymous!.leave();
    people.ana!.leave();
  });
});

it('refuses a form post from a foreign page', async () => {
  const reply = await people.ana!.call(
    'POST',
    `/cases/${ids.cases}/moves`,
    { action: 'terminate', ground: '4' },
    { origin: 'https://evil.example.org' },
  );
  expect([reply.status, reply.body.code]).toEqual([403, 'origin_refused']);
  expect((await people.ana!.ask<CaseView>('GET', `/cases/${ids.cases}`)).state).toBe('IN_MEDIATION');
});

const body = (method: string, path: string) =>
  ['GET', 'HEAD', 'DELETE'].includes(method) ? undefined : bodyFor(method, path, cabinet.now());
const nounOf = (path: string) => path.split('/')[1] ?? '';

/** Whose right it is to reach this id: the desk sees every case, both sides share theirs, an administrator manages accounts. */
function mayAsk(who: string, method: string, path: string, audience: string): boolean {
  const shared =
    (['participants', 'members'].includes(audience) ||
      /^\/cases\/:id\/(objections|satisfaction|looks|anew-agreements)$/.test(path) ||
      (method === 'GET' && path === '/cases/:id/choosings')) &&
    !/^\/(rooms|consultations|files)/.test(path);
  if (who === 'boris') return shared;
  if (who === 'coordinator')
    return (
      audience === 'coordinator' ||
      path === '/cases/:id' ||
      path === '/cases/:id/timeline' ||
      path === '/cases/:id/deadlines' ||
      path === '/cases/:id/files' ||
      path === '/cases/:id/moves' ||
      path === '/cases/:id/common-hours' ||
      path === '/cases/:id/ended-attorneys' ||
      path === '/cases/:id/disclosures' ||
      path === '/cases/:id/mediator-reasons' ||
      path === '/cases/:id/choosings' ||
      (method === 'GET' && path === '/cases/:id/anew-agreements') ||
      (method === 'GET' && path === '/cases/:id/objections') ||
      (method === 'GET' && /\/(application|receipt)$/.test(path))
    );
  if (who === 'admin') return audience === 'administrator';
  if (who === 'clerk') return audience === 'court' || path.startsWith('/exports');
  if (who === 'otherMediator') return path.startsWith('/offers') || path === '/trainings/:id/enrolment';
  return false;
}

/** All of a reply that could tell something: status, body, headers but for the request's own id and the hour. */
function seen({ status, text, headers }: Reply) {
  return { status, text, headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)) };
}
