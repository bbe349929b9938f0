import { afterAll, beforeAll, expect, it } from 'vitest';
import { HoursEnding } from '#calendar';
import { Case, CaseEffects } from '#cases';
import type { Availability, KeepResource, ProposeMeeting, Schedule, SignedIn, WorkingHours } from '#contract';
import { newId } from '#platform';
import { calendarOn } from '../../test/support/calendar.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { workingDefaults } from '#times';

let fresh: FreshDatabase;
let house: ReturnType<typeof calendarOn>;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  house = calendarOn(fresh);
});
afterAll(() => fresh.drop());

const refused = (code: string) => expect.objectContaining({ code });
const week = (...days: number[]): WorkingHours['weekly'] => days.map((day) => ({ day, from: '09:00', to: '12:00' }));
const keeps = (actor: SignedIn, hours: Partial<WorkingHours>) =>
  house.hours.keep(actor, { ...workingDefaults(), bufferMinutes: 0, ...hours });
const says = (actor: SignedIn, said: Partial<Availability>) =>
  house.availability.keep(actor, {
    zone: 'Asia/Almaty',
    unavailable: [],
    picks: [],
    needs: { interpreter: null, stepFree: false },
    ...said,
  });
const never = { from: '2026-09-07', to: '2026-12-09', weekdays: [], times: null };
const look = (actor: SignedIn, { caseId }: Mediation, ask: { mode?: 'room' | 'in_person'; minutes?: number; weeks?: number } = {}) =>
  house.finder.look(actor, caseId, { mode: 'room', minutes: 60, weeks: 1, ...ask });
const propose = (actor: SignedIn, { caseId }: Mediation, asked: Partial<ProposeMeeting> = {}) =>
  house.calendar.propose(actor, caseId, { id: newId(), mode: 'room', minutes: 60, ...asked });
const acceptAll = (actor: SignedIn, { proposal }: Schedule) =>
  house.calendar.answer(actor, proposal!.id, proposal!.slots.map(({ id }) => id)); // prettier-ignore
async function book(people: Mediation, asked: Partial<ProposeMeeting> = {}, by: SignedIn = people.mediator) {
  const made = await propose(by, people, asked);
  for (const one of [people.a, people.b, people.mediator]) if (one !== by) await acceptAll(one, made);
  return house.calendar.schedule(people.a, people.caseId);
}
const resource = (more: Partial<KeepResource>): KeepResource => ({
  kind: 'place',
  name: '1',
  languages: [],
  stepFree: false,
  weekly: [],
  bufferMinutes: 0,
  closed: false,
  ...more,
});
/** The clock stands at Monday 7 September 2026, 21:14 in Oskemen. */
const monday = (time: string) => `2026-09-14T${time}:00.000Z`;

it('proposes the three earliest hours that suit all, and books the one that all accept', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, {
    weekly: week(1),
    exceptions: [{ from: monday('04:00'), to: monday('05:00'), open: false }, { from: '2026-09-12T05:00:00Z', to: '2026-09-12T06:00:00Z', open: true }], // prettier-ignore
  });
  await says(people.a, { unavailable: [{ ...never, from: '2026-09-12', to: '2026-09-12', times: { from: '10:30', to: '24:00' } }] });
  await says(people.b, { zone: 'Europe/Berlin', unavailable: [{ ...never, weekdays: [1], times: { from: '08:00', to: '09:00' } }] });
  const made = await propose(people.a, people);
  // Saturday's extra hour is half taken by Ana; Monday 9 to 10 the mediator is away; Berlin's 8 to 9 is 11 to 12 in Oskemen.
  expect(made.proposal!.slots.map(({ from }) => from)).toEqual([monday('05:00'), '2026-09-21T04:00:00.000Z', '2026-09-21T05:00:00.000Z']);
  await acceptAll(people.b, made);
  expect(await acceptAll(people.mediator, made)).toMatchObject({ proposal: null, meetings: [{ from: monday('05:00') }] });
});

it('is for the mediator and the desk to look into, and for nobody else', async () => {
  const people = await arrangeMediation(fresh);
  expect((await look(people.coordinator, people)).hours).toHaveLength(3);
  expect((await look(people.mediator, people)).hours).toHaveLength(3);
  for (const stranger of [
    people.a,
    people.b,
    people.other,
    { ...people.a, role: 'coordinator' as const },
    (await arrangeMediation(fresh)).mediator,
  ])
    // prettier-ignore
    await expect(look(stranger, people)).rejects.toEqual(refused('not_found'));
});

it('tells the mediator what binds', async () => {
  const people = await arrangeMediation(fresh);
  const { mediator } = people;
  await says(people.b, { unavailable: [never] });
  expect(await look(mediator, people)).toEqual({ hours: [], binding: ['side_b_times'] });
  await says(people.b, {});
  await keeps(mediator, { weekly: [] });
  expect((await look(mediator, people)).binding).toEqual(['mediator_hours']);
  await keeps(mediator, { weekly: week(1), modes: ['phone'] });
  expect((await look(mediator, people)).binding).toEqual(['mediator_hours']);
  await keeps(mediator, { weekly: week(1), exceptions: [{ from: '2026-09-07T00:00:00Z', to: '2026-12-31T00:00:00Z', open: false }] });
  expect((await look(mediator, people)).binding).toEqual(['mediator_absent']);
  await keeps(mediator, { weekly: week(1) });
  await says(people.a, { picks: [{ from: monday('04:00'), to: monday('05:00') }] });
  await says(people.b, { picks: [{ from: monday('05:00'), to: monday('06:00') }] });
  expect((await look(mediator, people)).binding).toEqual(['side_a_times', 'side_b_times']);
  await says(people.a, {});
  await says(people.b, { needs: { interpreter: 'de', stepFree: false } });
  expect((await look(mediator, people)).binding).toEqual(['interpreter']);
});

it('answers side A the same, whatever of side B, of the mediator or of another case binds', async () => {
  const hinders: ((people: Mediation) => Promise<unknown>)[] = [
    ({ b }) => says(b, { unavailable: [never] }),
    ({ b }) => says(b, { needs: { interpreter: 'fr', stepFree: false } }),
    ({ mediator }) => keeps(mediator, { weekly: [] }),
    ({ mediator }) => keeps(mediator, { weekly: week(1), exceptions: [{ from: '2026-09-07T00:00:00Z', to: '2026-12-31T00:00:00Z', open: false }] }), // prettier-ignore
    async ({ b, mediator }) => {
      await keeps(mediator, { weekly: week(1) });
      await fresh.admin(
        `INSERT INTO meetings (id, case_id, mode, during, booked_at) SELECT $1, id, 'room', '[2026-09-08,2026-12-31)', '2026-09-07' FROM cases LIMIT 1`,
        [b.id],
      );
      await fresh.admin(
        `INSERT INTO bookings (id, meeting_id, case_id, subject_kind, subject_id, during) SELECT $1, $1, case_id, 'party', $1, during FROM meetings WHERE id = $1`,
        [b.id],
      );
    },
  ];
  const answers = [];
  for (const hinder of hinders) {
    const people = await arrangeMediation(fresh);
    await hinder(people);
    const { code, status, details } = (await propose(people.a, people).catch((error: unknown) => error)) as Record<string, unknown>;
    answers.push(JSON.stringify({ code, status, details, schedule: await house.calendar.schedule(people.a, people.caseId) }));
  }
  expect(answers[0]).toContain('meeting.no_common_hour');
  expect(new Set(answers).size).toBe(1);
});

it('lets a party search so often a day and no oftener', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: [] });
  for (let n = 0; n < 20; n += 1) await expect(propose(people.a, people)).rejects.toEqual(refused('meeting.no_common_hour'));
  await expect(propose(people.a, people)).rejects.toEqual(refused('too_many_attempts'));
  await expect(propose(people.mediator, people)).rejects.toEqual(refused('meeting.no_common_hour'));
});

it('never meets without the room and the interpreter that are needed, and gives neither away twice', async () => {
  const [one, other] = [await arrangeMediation(fresh), await arrangeMediation(fresh)];
  for (const { mediator, b, a } of [one, other]) {
    await keeps(mediator, { weekly: week(1) });
    await says(b, { needs: { interpreter: 'uz', stepFree: true } });
    await says(a, { unavailable: [{ ...never, from: '2026-09-15', to: '2026-12-09' }] }); // Monday 14 September or not at all
  }
  const keep = (more: Partial<KeepResource>) => house.resources.keep(one.coordinator, newId(), resource(more));
  const interpreter = await keep({ kind: 'interpreter', name: 'Т', languages: ['uz'] });
  await keep({ name: 'stairs' });
  expect((await look(one.mediator, one, { mode: 'in_person' })).binding).toEqual(['place']);
  const place = await keep({ name: 'ramp', stepFree: true, weekly: [{ day: 1, from: '09:00', to: '11:00' }], bufferMinutes: 0 });
  const asked = { mode: 'in_person' as const };
  const booked = await book(one, { ...asked, minutes: 120 });
  expect(booked.meetings).toMatchObject([{ place: 'ramp', interpreter: true, from: monday('04:00'), to: monday('06:00') }]);
  const taken = await fresh.admin('SELECT subject_id FROM bookings WHERE meeting_id = $1', [booked.meetings[0]!.id]);
  expect(taken.map(({ subject_id: id }) => id)).toEqual(expect.arrayContaining([place.id, interpreter.id]));
  expect((await look(other.mediator, other, asked)).binding).toEqual(['side_a_times', 'place']);
  expect((await look(other.mediator, other)).hours).toMatchObject([{ from: monday('06:00') }]);
  // By hand, past the finder: the booking itself refuses, and does not say what was taken.
  await expect(book(other, { minutes: undefined, mode: 'room', slots: [{ from: monday('04:30'), to: monday('05:30') }] })).rejects.toEqual(
    refused('meeting.hour_not_free'),
  );
});

it('keeps a daily limit and time to breathe', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: week(1), dailyLimit: 2, bufferMinutes: 30 });
  await book(people);
  expect((await look(people.mediator, people)).hours[0]).toMatchObject({ from: monday('05:30') });
  await book(people);
  expect((await look(people.mediator, people)).hours[0]).toMatchObject({ from: '2026-09-21T04:00:00.000Z' });
});

it('finds within the term, and past it with a warning', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: week(1) });
  await fresh.admin(`UPDATE cases SET term_ends_at = '2026-09-14T05:00:00Z' WHERE id = $1`, [people.caseId]);
  expect((await look(people.mediator, people)).hours).toMatchObject([{ from: monday('04:00'), afterTerm: false }]);
  const long = await look(people.mediator, people, { minutes: 90 });
  expect(long).toMatchObject({ hours: [{ from: monday('04:00'), afterTerm: true }, {}, {}], binding: ['mediator_hours', 'term'] });
  expect((await book(people, { minutes: 90 })).meetings).toMatchObject([{ afterTerm: true }]);
});

it('books four weeks at once, or none of them', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: week(1) });
  await says(people.b, { unavailable: [{ ...never, from: '2026-09-21', to: '2026-09-21', times: { from: '09:00', to: '11:00' } }] });
  const { meetings } = await book(people, { weeks: 4 });
  expect(meetings.map(({ from }) => from.slice(5, 16))).toEqual(['09-14T06:00', '09-21T06:00', '09-28T06:00', '10-05T06:00']);
  expect(new Set(meetings.map(({ seriesId }) => seriesId)).size).toBe(1);
  const other = await arrangeMediation(fresh, { mediator: people.mediator });
  const clash = { slots: [{ from: '2026-09-07T18:00:00Z', to: '2026-09-07T18:30:00Z' }, { from: '2026-09-21T06:30:00Z', to: '2026-09-21T07:00:00Z' }], minutes: undefined, weeks: 3 }; // prettier-ignore
  await expect(book(other, { ...clash, slots: [clash.slots[1]!] })).rejects.toEqual(refused('meeting.hour_not_free'));
  expect((await house.calendar.schedule(other.a, other.caseId)).meetings).toEqual([]);
  await expect(propose(other.mediator, other, { minutes: undefined, weeks: 7, slots: [{ from: '2026-09-14T06:00:00Z', to: '2026-09-14T07:00:00Z' }] })).rejects.toBeTruthy(); // prettier-ignore
});

it('moves a meeting with a ground that the other side never reads, and a fair number of times', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: week(1) });
  const { meetings } = await book(people);
  const { id } = meetings[0]!;
  const moved = { moves: id, ground: 'work' as const };
  for (const [time, left] of [['05:00', 1], ['06:00', 0]] as const) {
    const slots = [{ from: monday(time), to: `2026-09-14T0${Number(time[1]) + 1}:00:00.000Z` }];
    await book(people, { ...moved, minutes: undefined, slots }, people.a);
    const now = await house.calendar.schedule(people.a, people.caseId);
    expect(now.meetings).toMatchObject([{ id, from: monday(time), movesLeft: left, cancelled: false }]);
  } // prettier-ignore
  await expect(propose(people.a, people, moved)).rejects.toEqual(refused('meeting.moves_used_up'));
  expect((await house.calendar.schedule(people.b, people.caseId)).meetings).toMatchObject([{ movesLeft: 2 }]);
  // What was asked for and declined costs nothing; an hour that it holds itself is not in its way.
  const asked = await propose(people.b, people, { ...moved, minutes: 60 });
  expect(asked.proposal!.slots[0]).toMatchObject({ from: monday('04:00') });
  await house.calendar.answer(people.a, asked.proposal!.id, []);
  expect((await house.calendar.schedule(people.b, people.caseId)).meetings).toMatchObject([{ movesLeft: 2 }]);
  const facts = await fresh.admin<{ type: string; data: unknown }>(
    `SELECT type, data FROM events WHERE case_id = $1 AND type IN ('meeting.booked', 'meeting.moved') ORDER BY seq`,
    [people.caseId],
  );
  expect(facts.map(({ type, data }) => [type, (data as { sequence: number }).sequence])).toEqual([
    ['meeting.booked', 0],
    ['meeting.moved', 1],
    ['meeting.moved', 2],
  ]);
  expect(JSON.stringify(facts)).not.toContain('work');
  const active = await fresh.admin('SELECT 1 FROM bookings WHERE meeting_id = $1 AND cancelled_at IS NULL', [id]);
  expect(active).toHaveLength(3);
});

it('calls off what is still to come of a series as one thing, which counts once', async () => {
  const people = await arrangeMediation(fresh);
  const before = fresh.clock.now();
  await keeps(people.mediator, { weekly: week(1) });
  const { meetings } = await book(people, { weeks: 4 });
  fresh.clock.set('2026-09-15T05:00:00Z');
  await house.calendar.cancel(people.b, meetings[1]!.id, { ground: 'work' });
  const left = await house.calendar.cancel(people.a, meetings[2]!.id, { ground: 'preparation', series: true });
  expect(left.meetings.map(({ cancelled, cancelsLeft }) => [cancelled, cancelsLeft])).toEqual([[false, 2], [true, 2], [true, 2], [true, 2]]); // prettier-ignore
  expect(await house.calendar.cancel(people.a, meetings[3]!.id, { series: true })).toEqual(left); // in another tab: no second time
  const facts = await fresh.admin<{ data: object }>(`SELECT data FROM events WHERE case_id = $1 AND type = 'meeting.cancelled' ORDER BY seq`, [people.caseId]); // prettier-ignore
  expect(facts.map(({ data }) => data)).toMatchObject([
    { meetingId: meetings[1]!.id, sequence: 1 },
    { meetingId: meetings[2]!.id, seriesId: meetings[2]!.seriesId, whole: true },
  ]);
  const taken = await fresh.admin('SELECT DISTINCT meeting_id AS id FROM bookings WHERE case_id = $1 AND cancelled_at IS NULL', [people.caseId]); // prettier-ignore
  expect(taken).toEqual([{ id: meetings[0]!.id }]);
  fresh.clock.set(before);
});

it('tells a series that ends with its case once', async () => {
  const people = await arrangeMediation(fresh);
  await keeps(people.mediator, { weekly: week(1) });
  const { meetings } = await book(people, { weeks: 4 });
  await book(people);
  await fresh.admin(`UPDATE cases SET state = 'TERMINATED', ground = '2' WHERE id = $1`, [people.caseId]);
  await fresh.db.transaction(people.coordinator, (tx) =>
    new HoursEnding(fresh.db, fresh.clock, new CaseEffects()).callOff(tx, people.coordinator, people.caseId),
  );
  const facts = await fresh.admin<{ whole: string | null; series: string | null }>(
    `SELECT data->>'whole' AS whole, data->>'seriesId' AS series FROM events WHERE case_id = $1 AND type = 'meeting.cancelled' ORDER BY 1`,
    [people.caseId],
  );
  expect(facts).toEqual([
    { whole: 'true', series: meetings[0]!.seriesId },
    { whole: null, series: null },
  ]);
});

it('moves nothing of another case, nothing called off and nothing that has begun', async () => {
  const people = await arrangeMediation(fresh);
  const other = await arrangeMediation(fresh);
  const { meetings } = await book(people);
  const moved = { moves: meetings[0]!.id, ground: 'work' as const };
  await expect(propose(other.a, other, moved)).rejects.toEqual(refused('not_found'));
  await house.calendar.cancel(people.a, meetings[0]!.id, { ground: 'technical' });
  await expect(propose(people.a, people, moved)).rejects.toEqual(refused('meeting.expired'));
});

it('closes a proposal by another, and calls off so often and no oftener', async () => {
  const people = await arrangeMediation(fresh);
  const first = await propose(people.a, people);
  await expect(propose(people.b, people)).rejects.toEqual(refused('conflict'));
  const second = await propose(people.b, people, { counters: first.proposal!.id, minutes: 90 });
  expect(second.proposal).toMatchObject({ proposedByViewer: true });
  await expect(acceptAll(people.mediator, first)).rejects.toEqual(refused('meeting.expired'));
  await expect(propose(people.b, people, { counters: first.proposal!.id })).rejects.toEqual(refused('meeting.expired'));
  await propose(people.b, people, { counters: second.proposal!.id, minutes: 45 });
  const outcomes = await fresh.admin('SELECT outcome FROM proposals WHERE case_id = $1 ORDER BY id', [people.caseId]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['countered', 'withdrawn', null]);
  const third = (await house.calendar.schedule(people.a, people.caseId)).proposal!.id;
  for (let n = 0; n < 4; n += 1) {
    const { meetings } = await book(people, n === 0 ? { counters: third } : {});
    const off = house.calendar.cancel(people.a, meetings.find(({ cancelled }) => !cancelled)!.id);
    await (n < 3 ? off : expect(off).rejects.toEqual(refused('meeting.moves_used_up')));
  }
});

it('asks the silent once more, in time', async () => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.mediator, people);
  await acceptAll(people.a, made);
  const nudges = () => fresh.admin(`SELECT data FROM events WHERE case_id = $1 AND type = 'meeting.nudged'`, [people.caseId]);
  const { HoursEnding } = await import('./hours.ending.js');
  const { CaseEffects } = await import('#cases');
  const ending = new HoursEnding(fresh.workerDb, fresh.clock, new CaseEffects());
  await ending.nudgeSilent();
  expect(await nudges()).toEqual([]);
  fresh.clock.advance({ hours: 24 });
  await Promise.all([ending.nudgeSilent(), ending.nudgeSilent()]);
  expect(await nudges()).toEqual([{ data: { proposalId: made.proposal!.id } }]);
  fresh.clock.advance({ hours: -24 });
});
