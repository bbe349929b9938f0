import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApplicationService, Case } from '#cases';
import type { Actor, SignedIn } from '#contract';
import { newId } from '#platform';
import { atOnce } from '../../test/support/people.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { startRooms } from '../../test/support/rooms.js';
import { ConsultationSweep } from './consultation.sweep.js';
import { ConsultationsService } from './consultations.service.js';
import { DutiesService } from './duties.service.js';

let fresh: FreshDatabase;
let people: Mediation;
let consultations: ConsultationsService;
let duties: DutiesService;
let applications: ApplicationService;
let sweep: ConsultationSweep;
let rooms: ReturnType<typeof startRooms>;
let dutyId: string;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  const { db, clock, keys } = fresh;
  applications = new ApplicationService(db, clock, keys);
  consultations = new ConsultationsService(db, clock, keys, applications);
  duties = new DutiesService(db, clock);
  sweep = new ConsultationSweep(fresh.workerDb, clock);
  rooms = startRooms(fresh);
});
afterAll(() => fresh.drop());

beforeEach(async () => {
  await fresh.admin('DELETE FROM consultations');
  await fresh.admin('DELETE FROM duties');
  fresh.clock.set('2026-09-07T05:10:00Z');
  people = await arrangeMediation(fresh);
  dutyId = newId();
  await duties.keep(people.coordinator, dutyId, turn('2026-09-07T05:00:00Z', '2026-09-07T08:00:00Z'));
});

const turn = (from: string, to: string, mediatorId = people.mediator.id) => ({ mediatorId, from, to });
const ask = (actor: Actor, startsAt?: string) =>
  consultations.ask(actor, {
    id: newId(),
    language: 'kk',
    category: 'neighbours',
    district: 'ulan',
    source: 'start',
    ...(startsAt ? { startsAt } : {}),
  });
const refused = (code: string) => expect.objectContaining({ code });
const facts = async () =>
  (await fresh.admin<{ type: string }>(`SELECT type FROM events WHERE case_id IS NULL ORDER BY id`)).map(({ type }) => type);
const last = async (type: string) =>
  (await fresh.admin<{ data: Record<string, string> }>('SELECT data FROM events WHERE type = $1 ORDER BY id DESC LIMIT 1', [type]))[0]
    ?.data;
const draft = { category: 'neighbours', title: 'Қоршау', claimText: 'Қоршау менің жерімде тұр.', desiredOutcome: '' };

it('seals a question between who asks and the one mediator on duty who takes it', async () => {
  await duties.keep(people.coordinator, newId(), turn('2026-09-07T05:00:00Z', '2026-09-07T08:00:00Z', people.other.id));
  const asked = await ask(people.a);
  await rooms.say(people.a, asked.roomId, 'Өтініш берсем бе?');
  expect((await consultations.list(people.other)).waiting).toEqual([
    { id: asked.id, language: 'kk', category: 'neighbours', askedAt: '2026-09-07T05:10:00.000Z' },
  ]);
  const takers = await atOnce(
    fresh,
    [people.mediator, people.other].map((one) => () => consultations.take(one, asked.id)),
  );
  expect(takers.toSorted()).toEqual(['not_found', 'ok']);
  const [duty, loser] = takers[0] === 'ok' ? [people.mediator, people.other] : [people.other, people.mediator];
  expect((await rooms.log(duty, asked.roomId)).map(({ body }) => body)).toEqual(['Өтініш берсем бе?']);
  await rooms.say(duty, asked.roomId, 'Берсеңіз болады.');
  const { members, caseId } = await rooms.rooms.read(people.a, asked.roomId);
  expect([caseId, members.map(({ capacity }) => capacity).toSorted()]).toEqual([null, ['asker', 'mediator']]);
  for (const stranger of [people.b, loser, people.coordinator, { ...people.a, role: 'coordinator' as const }]) {
    await expect(consultations.read(stranger, asked.id)).rejects.toEqual(refused('not_found'));
    await expect(rooms.rooms.read(stranger, asked.roomId)).rejects.toEqual(refused('not_found'));
    await expect(consultations.end(stranger, asked.id, { outcome: 'advice' })).rejects.toEqual(refused('not_found'));
  }
  expect((await consultations.list(loser)).waiting).toEqual([]);
});

it('is taken by nobody who is not on duty, and seen waiting by nobody else', async () => {
  const asked = await ask(people.a);
  await expect(consultations.take(people.other, asked.id)).rejects.toEqual(refused('not_found'));
  expect((await consultations.list(people.other)).waiting).toEqual([]);
  fresh.clock.set('2026-09-07T08:00:00Z'); // the turn is over
  await expect(consultations.take(people.mediator, asked.id)).rejects.toEqual(refused('not_found'));
  const own = { id: people.mediator.id, role: 'citizen' as const };
  fresh.clock.set('2026-09-07T06:00:00Z');
  const ownQuestion = await ask(own);
  await expect(consultations.take(people.mediator, ownQuestion.id)).rejects.toEqual(refused('not_found')); // one's own
});

it('asks once, however often it is pressed, and five times a day', async () => {
  const pressed = { id: newId(), language: 'kk', category: '', source: 'start' } as const;
  await atOnce(
    fresh,
    Array.from({ length: 5 }, () => () => consultations.ask(people.a, pressed)),
  );
  await atOnce(fresh, [() => ask(people.a), () => ask(people.a)]);
  expect((await consultations.list(people.a)).own.map(({ id }) => id)).toEqual([pressed.id]);
  for (let at = 0; at < 5; at += 1) {
    const { id } = await ask(people.a);
    await consultations.end(people.a, id, { outcome: 'withdrawn' });
  }
  await expect(ask(people.a)).rejects.toEqual(refused('too_many_attempts'));
  await expect(ask(people.coordinator)).rejects.toEqual(refused('not_found'));
});

it('carries a draft over only when who asked agrees, and ends with it', async () => {
  const asked = await ask(people.a);
  await consultations.take(people.mediator, asked.id);
  await consultations.offerDraft(people.mediator, asked.id, draft);
  expect((await consultations.read(people.a, asked.id)).draft).toEqual(draft);
  const sealed = await fresh.admin<{ text: string }>(`SELECT encode(draft_sealed, 'escape') AS text FROM consultations`);
  expect(sealed[0]!.text).not.toContain('Қоршау');
  await expect(consultations.answerDraft(people.mediator, asked.id, true)).rejects.toEqual(refused('not_found'));
  await consultations.answerDraft(people.a, asked.id, false);
  expect((await consultations.read(people.mediator, asked.id)).draft).toBe(null);
  await consultations.offerDraft(people.mediator, asked.id, draft);
  const ended = await consultations.answerDraft(people.a, asked.id, true);
  expect(ended).toMatchObject({ outcome: 'draft', draft: null });
  expect((await consultations.answerDraft(people.a, asked.id, true)).draftCaseId).toBe(ended.draftCaseId);
  expect((await applications.read(people.a, ended.draftCaseId!)).answers).toMatchObject({ title: 'Қоршау', claimText: draft.claimText });
  await expect(applications.read(people.mediator, ended.draftCaseId!)).rejects.toEqual(refused('not_found'));
  expect((await consultations.read(people.mediator, asked.id)).draftCaseId).toBe(null); // the draft is nobody's but the asker's
  await expect(rooms.say(people.a, asked.roomId, 'Рақмет')).rejects.toEqual(refused('room.closed'));
});

it('takes no word of somebody’s own for what reports are cut by', async () => {
  const asked = { id: newId(), language: 'kk', category: 'neighbours', source: 'start' } as const;
  await expect(consultations.ask(people.a, { ...asked, district: 'Асанов қарыз' })).rejects.toEqual(refused('invalid'));
  await expect(consultations.ask(people.a, { ...asked, category: 'Асанов қарыз' })).rejects.toEqual(refused('invalid'));
});

it('ends with advice or nothing by the mediator, taken back by who asked; the desk counts and reads nothing', async () => {
  const advised = await ask(people.a);
  await consultations.take(people.mediator, advised.id);
  await expect(consultations.end(people.a, advised.id, { outcome: 'advice' })).rejects.toEqual(refused('conflict'));
  await expect(consultations.end(people.mediator, advised.id, { outcome: 'withdrawn' })).rejects.toEqual(refused('conflict'));
  await consultations.end(people.mediator, advised.id, { outcome: 'advice' });
  await expect(rooms.say(people.mediator, advised.roomId, 'Тағы')).rejects.toEqual(refused('room.closed'));
  const { id } = await ask(people.b);
  await consultations.end(people.b, id, { outcome: 'withdrawn' });
  fresh.clock.advance({ minutes: 1 });
  const seen = await duties.overview(people.coordinator);
  expect(seen.totals).toEqual({ asked: 2, waiting: 0, open: 0, advice: 1, draft: 0, nothing: 0, withdrawn: 1, expired: 0 });
  const month = async () =>
    fresh.admin<{ value: string; n: number }>(
      `SELECT value, n::int AS n FROM count_month(date_trunc('month', $1::timestamptz)::date) WHERE line = 'consultations_only' AND dim = 'district'`,
      [fresh.clock.now()],
    );
  expect(await month()).toEqual([{ value: 'ulan', n: 1 }]);
  expect(JSON.stringify(seen)).not.toContain(people.a.id);
  for (const stranger of [people.a, people.mediator]) await expect(duties.overview(stranger)).rejects.toEqual(refused('not_found'));
  expect((await fresh.admin(`SELECT 1 FROM cases WHERE created_by = $1 AND state = 'DRAFT'`, [people.b.id])).length).toBe(0);
});

it('promises an hour of the roster to one person, and lets no meeting over it', async () => {
  const { starts, onDuty } = await duties.hours({ id: null, role: 'visitor' });
  expect([onDuty, starts[0], starts.length]).toEqual([true, '2026-09-07T05:30:00.000Z', 5]);
  const both = await atOnce(
    fresh,
    [people.a, people.b].map((one) => () => ask(one, '2026-09-07T06:00:00Z')),
  );
  expect(both.toSorted()).toEqual(['meeting.hour_not_free', 'ok']);
  expect((await duties.hours(people.a)).starts).not.toContain('2026-09-07T06:00:00.000Z');
  const winner = both[0] === 'ok' ? people.a : people.b;
  const [own] = (await consultations.list(winner)).own;
  expect([own!.hour!.to, own!.takenAt]).toEqual(['2026-09-07T06:30:00.000Z', '2026-09-07T05:10:00.000Z']);
  await rooms.say(people.mediator, own!.roomId, 'Сағат он бірде күтемін.');
  await expect(book('2026-09-07T06:15:00Z', '2026-09-07T07:00:00Z')).rejects.toMatchObject({ code: '23P01' });
  // The finder of common hours knows it as a taken hour of both, and tells no stranger.
  const taken = (actor: SignedIn) =>
    fresh.db.transaction(actor, (tx) =>
      tx.query(`SELECT subject_id AS who, kind, starts_at AS at FROM calendars_of($1, '2026-09-07', '2026-09-08', NULL) ORDER BY 1`, [
        people.caseId,
      ]),
    );
  const hour = { kind: 'meeting', at: new Date('2026-09-07T06:00:00Z') };
  const expected = [people.mediator.id, winner.id].toSorted().map((who) => ({ who, ...hour }));
  expect(await taken(people.coordinator)).toEqual(expected);
  expect(await taken({ ...people.other, role: 'citizen' })).toEqual([]);
  await book('2026-09-07T07:00:00Z', '2026-09-07T07:30:00Z');
  await expect(ask({ ...people.other, role: 'citizen' }, '2026-09-07T07:00:00Z')).rejects.toEqual(refused('meeting.hour_not_free'));
  for (const never of ['2026-09-07T09:00:00Z', '2026-09-07T05:00:00Z'])
    await expect(ask({ ...people.other, role: 'citizen' }, never)).rejects.toEqual(refused('meeting.hour_not_free'));
});

it('keeps the roster for the desk alone: no turn over another, none too long, none for who is not in the register', async () => {
  const keep = (by: SignedIn, from: string, to: string, who?: string) => duties.keep(by, newId(), turn(from, to, who));
  await expect(keep(people.coordinator, '2026-09-07T07:00:00Z', '2026-09-07T09:00:00Z')).rejects.toMatchObject({
    details: { fields: { from: 'duty_overlaps' } },
  });
  for (const [from, to] of [
    ['2026-09-08T07:00:00Z', '2026-09-08T07:00:00Z'],
    ['2026-09-08T07:00:00Z', '2026-09-09T07:00:00Z'],
    ['2026-09-06T07:00:00Z', '2026-09-06T08:00:00Z'],
  ] as const)
    await expect(keep(people.coordinator, from, to)).rejects.toEqual(refused('invalid'));
  await expect(keep(people.coordinator, '2026-09-08T07:00:00Z', '2026-09-08T08:00:00Z', people.a.id)).rejects.toEqual(refused('invalid'));
  for (const stranger of [people.a, people.mediator]) {
    await expect(keep(stranger, '2026-09-08T07:00:00Z', '2026-09-08T08:00:00Z')).rejects.toEqual(refused('not_found'));
    await expect(duties.remove(stranger, dutyId)).rejects.toEqual(refused('not_found'));
  }
  await duties.remove(people.coordinator, dutyId);
  expect((await duties.hours(people.a)).hours).toEqual([]);
});

it('calls each mediator on duty once, tells the desk of what nobody took, and lets it run out', async () => {
  const asked = await ask(people.a);
  await sweep.sweep();
  await sweep.sweep();
  expect((await facts()).filter((type) => type === 'consultation.called')).toHaveLength(1);
  expect(await last('consultation.called')).toEqual({ consultationId: asked.id, personId: people.mediator.id });
  expect(await facts()).not.toContain('consultation.untaken');
  fresh.clock.advance({ hours: 2 });
  await Promise.all([sweep.sweep(), sweep.sweep()]);
  expect((await facts()).filter((type) => type === 'consultation.untaken')).toHaveLength(1);
  fresh.clock.advance({ days: 5 });
  await sweep.sweep();
  expect(await consultations.read(people.a, asked.id)).toMatchObject({ outcome: 'expired' });
  expect(await last('consultation.ended')).toMatchObject({ personId: people.a.id, code: 'expired' });
  await expect(rooms.say(people.a, asked.roomId, 'Бар ма?')).rejects.toEqual(refused('room.closed'));
});

it('recalls an hour to both, ends what everybody forgot, and destroys the words when their time is over', async () => {
  const asked = await ask(people.a, '2026-09-07T07:00:00Z');
  await sweep.sweep();
  expect(await facts()).toEqual(expect.arrayContaining(['consultation.reminded', 'consultation.reminded']));
  await rooms.say(people.a, asked.roomId, 'Сұрағым бар.');
  fresh.clock.advance({ days: 15 });
  await sweep.sweep();
  expect(await consultations.read(people.a, asked.id)).toMatchObject({ outcome: 'nothing' });
  fresh.clock.advance({ days: 91 });
  await sweep.sweep();
  expect(await fresh.admin(`SELECT 1 FROM keys.data_keys WHERE scope = 'room' AND scope_id = $1`, [asked.roomId])).toEqual([]);
});

/** A booking of the mediator's, past the calendar's own rules. */
async function book(from: string, to: string) {
  const meetingId = randomUUID();
  const during = `[${from},${to})`;
  await fresh.admin(`INSERT INTO meetings (id, case_id, mode, during, booked_at) VALUES ($1, $2, 'room', $3, $4)`, [
    meetingId, people.caseId, during, fresh.clock.now(),
  ]); // prettier-ignore
  await fresh.admin(`INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) VALUES ($1, $2, $3, 'mediator', $4, $5)`, [
    newId(), meetingId, people.caseId, people.mediator.id, during,
  ]); // prettier-ignore
}

it.each([
  ['suspended from tomorrow', '2026-09-08', null, true],
  ['suspended since yesterday', '2026-09-06', null, false],
  ['whose suspension ended today', '2026-08-01', '2026-09-07', true],
])('is answered on duty by the standing of the day: %s', async (_, since, until, may) => {
  await fresh.admin(`UPDATE mediators SET status = 'suspended', status_from = $2, status_until = $3 WHERE person_id = $1`, [
    people.mediator.id,
    since,
    until,
  ]);
  const asked = await ask(people.a);
  expect((await duties.hours(people.a)).onDuty).toBe(may);
  expect(await sweep.sweep()).toBe(may ? 1 : 0);
  const taken = consultations.take(people.mediator, asked.id);
  if (may) expect((await taken).viewerIs).toBe('mediator');
  else await expect(taken).rejects.toEqual(refused('not_found'));
});
