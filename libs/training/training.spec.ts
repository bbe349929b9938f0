import { afterAll, beforeAll, expect, it } from 'vitest';
import { type PlanTraining, type SignedIn, TrainingView } from '#contract';
import { Mediator, MediatorsService, RegisterService } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { disputesIn } from '../../test/support/disputes.js';
import { peopleOn } from '../../test/support/people.js';
import { AttendanceService } from './attendance.service.js';
import { EnrolmentsService } from './enrolments.service.js';
import { TrainingReminders } from './training.reminders.js';
import { TrainingsService } from './trainings.service.js';

let fresh: FreshDatabase;
let trainings: TrainingsService;
let enrolments: EnrolmentsService;
let attendance: AttendanceService;
let reminders: TrainingReminders;
let arranged: ReturnType<typeof disputesIn>;
let desk: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Mediator] });
  trainings = new TrainingsService(fresh.db, fresh.clock);
  enrolments = new EnrolmentsService(fresh.db, fresh.clock);
  const { people } = peopleOn(fresh);
  const register = new RegisterService(fresh.db, fresh.clock, fresh.keys, fresh.hashes, people, new MediatorsService());
  attendance = new AttendanceService(fresh.db, fresh.clock, register);
  reminders = new TrainingReminders(fresh.workerDb, fresh.clock);
  arranged = disputesIn(fresh);
  desk = await arranged.person('coordinator');
});
afterAll(() => fresh.drop());

const begins = '2026-12-01T04:00:00.000Z';
const day = (at: number) => ({ from: `2026-12-0${at}T04:00:00.000Z`, to: `2026-12-0${at}T12:00:00.000Z` });
const plan = (values: Partial<PlanTraining> = {}): PlanTraining => ({
  id: newId(),
  course: 'general',
  field: null,
  language: 'kk',
  place: 'Достық үйі, 3-зал',
  days: [day(1), day(2)],
  seats: 1,
  enrolUntil: '2026-11-30T18:59:59.000Z',
  ...values,
});
async function planned(values: Partial<PlanTraining> = {}) {
  fresh.clock.set('2026-11-23T06:00:00Z');
  const asked = plan(values);
  await trainings.plan(desk, asked);
  return asked.id;
}
const factsOf = (id: string) =>
  fresh.admin<{ type: string; who: string; code: string | null }>(
    `SELECT type, data->>'personId' AS who, data->>'code' AS code FROM events WHERE data->>'trainingId' = $1 AND type <> 'training.planned' ORDER BY at, id`,
    [id],
  );
const placeOf = async (who: SignedIn, id: string) => (await enrolments.list(who)).trainings.find((one) => one.id === id)?.mine ?? null;

it('is announced to everybody, with its days and free seats, and in a calendar', async () => {
  const id = await planned({ seats: 3 });
  await trainings.plan(desk, plan({ id })); // pressed twice
  await enrolments.enrol(await arranged.mediator(), id);
  const [found] = TrainingView.array()
    .parse(await trainings.list())
    .filter((one) => one.id === id);
  expect(found).toMatchObject({ course: 'general', hours: 50, seats: 3, free: 2, days: [day(1), day(2)], cancelled: false });
  const feed = await trainings.feed('ru');
  expect(feed).toContain(`UID:${id}-2@kelisim`);
  expect(feed).toContain('DTSTART:20261202T040000Z');
  expect(feed).toContain('SUMMARY:Общий курс');
  expect(await fresh.admin('SELECT 1 FROM trainings WHERE id = $1', [id])).toHaveLength(1);
});

it.each<[string, Partial<PlanTraining>, Record<string, string>]>([
  ['days that overlap', { days: [day(1), { ...day(1), from: '2026-12-01T05:00:00.000Z' }] }, { days: 'order' }],
  ['days in the wrong order', { days: [day(2), day(1)] }, { days: 'order' }],
  ['a day that ends before it begins', { days: [{ from: day(1).to, to: day(1).from }] }, { days: 'order' }],
  ['a day gone by', { days: [{ from: '2026-11-01T04:00:00.000Z', to: '2026-11-01T05:00:00.000Z' }] }, { days: 'past' }],
  ['enrolment after it has begun', { enrolUntil: '2026-12-01T05:00:00.000Z' }, { enrolUntil: 'order' }],
])('refuses %s, and keeps nothing of it', async (_, values, fields) => {
  fresh.clock.set('2026-11-23T06:00:00Z');
  const asked = plan(values);
  await expect(trainings.plan(desk, asked)).rejects.toMatchObject({ code: 'invalid', details: { fields } });
  expect(await fresh.admin('SELECT 1 FROM trainings WHERE id = $1', [asked.id])).toEqual([]);
});

it('gives the last seat to one of those who press at once, and the others wait', async () => {
  const id = await planned();
  const many = await Promise.all(Array.from({ length: 8 }, () => arranged.mediator()));
  const answers = await Promise.all(many.map((one) => enrolments.enrol(one, id)));
  expect(answers.filter(({ place }) => place === 'seat')).toHaveLength(1);
  expect(answers.filter(({ place }) => place === 'waiting')).toHaveLength(7);
  const winner = many[answers.findIndex(({ place }) => place === 'seat')]!;
  expect(await enrolments.enrol(winner, id)).toEqual({ place: 'seat' }); // pressed again
  expect((await factsOf(id)).filter(({ who }) => who === winner.id)).toEqual([{ type: 'training.enrolled', who: winner.id, code: 'seat' }]);
});

it('moves up who has waited longest when a seat comes free, once, though two leave at once', async () => {
  const id = await planned({ seats: 2 });
  const [one, two, first, second] = await Promise.all(Array.from({ length: 4 }, () => arranged.mediator()));
  for (const who of [one!, two!, first!, second!]) {
    fresh.clock.advance({ minutes: 1 });
    await enrolments.enrol(who, id);
  }
  await enrolments.leave(first!, id);
  await enrolments.leave(first!, id); // pressed twice
  expect(await placeOf(second!, id)).toBe('waiting'); // who only waited frees no seat
  await enrolments.enrol(first!, id); // and begins again at the end
  await Promise.all([enrolments.leave(one!, id), enrolments.leave(two!, id)]);
  expect([await placeOf(second!, id), await placeOf(first!, id), await placeOf(one!, id)]).toEqual(['seat', 'seat', null]);
  const moved = (await factsOf(id)).filter(({ type }) => type === 'training.moved_up');
  expect(moved.map(({ who }) => who).toSorted()).toEqual([first!.id, second!.id].toSorted());
  expect(await fresh.admin('SELECT taken FROM trainings WHERE id = $1', [id])).toEqual([{ taken: 2 }]);
});

it('closes with its day, and is left no more once it has begun', async () => {
  const id = await planned();
  const [in_, late] = [await arranged.mediator(), await arranged.mediator()];
  await enrolments.enrol(in_, id);
  fresh.clock.set('2026-11-30T19:00:00Z');
  await expect(enrolments.enrol(late, id)).rejects.toMatchObject({ code: 'training.closed' });
  fresh.clock.set(begins);
  await expect(enrolments.leave(in_, id)).rejects.toMatchObject({ code: 'training.begun' });
  await expect(trainings.cancel(desk, id)).rejects.toMatchObject({ code: 'training.begun' });
});

it('tells everybody who is in it or waits when it is called off, and the day before those with a seat', async () => {
  const [off, on] = [await planned(), await planned()];
  const [seated, waiting, left] = [await arranged.mediator(), await arranged.mediator(), await arranged.mediator()];
  for (const id of [off, on]) for (const who of [seated, waiting, left]) await enrolments.enrol(who, id);
  for (const id of [off, on]) await enrolments.leave(left, id);
  await trainings.cancel(desk, off);
  await trainings.cancel(desk, off);
  const told = async (id: string, type: string) => (await factsOf(id)).flatMap((fact) => (fact.type === type ? [fact.who] : [])).toSorted();
  expect(await told(off, 'training.cancelled')).toEqual([seated.id, waiting.id].toSorted());
  await expect(enrolments.enrol(left, off)).rejects.toMatchObject({ code: 'training.closed' });
  expect(await reminders.remindDue()).toBe(0);
  fresh.clock.set('2026-11-30T05:00:00Z');
  await Promise.all([reminders.remindDue(), reminders.remindDue()]);
  expect([await told(on, 'training.reminded'), await told(off, 'training.reminded')]).toEqual([[seated.id], []]);
});

/** Two seats, both were there: `absent` on one day only. */
async function held(values: Partial<PlanTraining> = {}, kind: 'professional' | 'public' = 'professional') {
  const id = await planned({ seats: 2, ...values });
  const [present, absent] = [await arranged.mediator({ kind }), await arranged.mediator({ kind })];
  for (const who of [present, absent]) await enrolments.enrol(who, id);
  fresh.clock.set('2026-12-01T13:00:00Z');
  await attendance.mark(desk, id, { day: 1, personIds: [present.id, absent.id] });
  await expect(attendance.mark(desk, id, { day: 2, personIds: [present.id] })).rejects.toMatchObject({ code: 'invalid' });
  await expect(attendance.certify(desk, id, [present.id])).rejects.toMatchObject({ code: 'training.not_attended' });
  fresh.clock.set('2026-12-02T13:00:00Z');
  await attendance.mark(desk, id, { day: 2, personIds: [present.id] });
  return { id, present, absent };
}
const entryOf = async ({ id }: SignedIn) =>
  (await fresh.admin('SELECT certificate_number AS number, certificate_until::text AS until FROM mediators WHERE person_id = $1', [id]))[0];

it('certifies who was there on all days, and the register knows it in the same moment', async () => {
  const { id, present, absent } = await held();
  expect(await attendance.read(desk, id)).toMatchObject({ needed: 2, people: expect.arrayContaining([expect.objectContaining({ personId: present.id, attended: [1, 2] })]) }); // prettier-ignore
  await expect(attendance.certify(desk, id, [present.id, absent.id])).rejects.toMatchObject({ code: 'training.not_attended' });
  expect(await entryOf(present)).toMatchObject({ number: null }); // all or none
  await attendance.certify(desk, id, [present.id]);
  await attendance.certify(desk, id, [present.id]);
  const { certificates } = await enrolments.list(present);
  expect(certificates).toMatchObject([{ course: 'general', from: '2026-12-02', until: '2029-12-01' }]);
  expect(await entryOf(present)).toEqual({ number: certificates[0]!.number, until: '2029-12-01' });
  expect((await factsOf(id)).filter(({ type }) => type === 'training.certified')).toHaveLength(1);
});

it('gives no second certificate beside one that holds, here or in the register, and half of nothing', async () => {
  const { id, present } = await held();
  await attendance.certify(desk, id, [present.id]);
  const again = await planned({ course: 'upgrade', seats: 2 });
  const fellow = await arranged.mediator({ kind: 'professional' });
  for (const who of [present, fellow]) await enrolments.enrol(who, again);
  fresh.clock.set('2026-12-02T13:00:00Z');
  for (const at of [1, 2]) await attendance.mark(desk, again, { day: at, personIds: [present.id, fellow.id] });
  await expect(attendance.certify(desk, again, [fellow.id, present.id])).rejects.toMatchObject({ code: 'training.certificates_overlap' });
  expect(await entryOf(fellow)).toMatchObject({ number: null });
  fresh.clock.set('2029-12-02T05:00:00Z');
  await attendance.certify(desk, again, [fellow.id, present.id]);
  expect(await entryOf(present)).toMatchObject({ until: '2032-12-01' });
});

it('renews in the last half-year: the new one begins when the old one ends', async () => {
  const { id, present } = await held();
  await attendance.certify(desk, id, [present.id]);
  fresh.clock.set('2029-09-01T06:00:00Z');
  const again = plan({ course: 'upgrade', days: [{ from: '2029-10-01T04:00:00.000Z', to: '2029-10-01T12:00:00.000Z' }], enrolUntil: '2029-09-20T18:59:59.000Z' });
  await trainings.plan(desk, again);
  await enrolments.enrol(present, again.id);
  fresh.clock.set('2029-10-01T13:00:00Z');
  await attendance.mark(desk, again.id, { day: 1, personIds: [present.id] });
  await attendance.certify(desk, again.id, [present.id]);
  const { certificates } = await enrolments.list(present);
  expect(certificates.map(({ from, until }) => [from, until])).toEqual([['2029-12-02', '2032-12-01'], ['2026-12-02', '2029-12-01']]);
  expect(await entryOf(present)).toMatchObject({ until: '2032-12-01' });
}); // prettier-ignore

it('is moved before it begins, everybody in it is told and reminded anew, and of two who move it the second is told', async () => {
  const id = await planned();
  const [seated, waiting, left] = [await arranged.mediator(), await arranged.mediator(), await arranged.mediator()];
  for (const who of [seated, waiting, left]) await enrolments.enrol(who, id);
  await enrolments.leave(left, id);
  fresh.clock.set('2026-11-30T05:00:00Z');
  await reminders.remindDue();
  const asked = { place: 'Театр, 2-қабат', days: [day(3)], enrolUntil: '2026-12-02T18:59:59.000Z', changes: 0 };
  await expect(trainings.move(seated, id, asked)).rejects.toMatchObject({ code: 'not_found' });
  for (const days of [[day(3), day(2)], [{ from: day(3).to, to: day(3).from }]])
    await expect(trainings.move(desk, id, { ...asked, days })).rejects.toMatchObject({ code: 'invalid' });
  await trainings.move(desk, id, asked);
  await trainings.move(desk, id, asked); // pressed twice
  await expect(trainings.move(desk, id, { ...asked, place: 'Үй' })).rejects.toMatchObject({ code: 'stale' });
  const [found] = (await trainings.list()).filter((one) => one.id === id);
  expect(found).toMatchObject({ place: 'Театр, 2-қабат', days: [day(3)], changes: 1, free: 0 });
  expect(await trainings.feed('kk')).toMatch(new RegExp(`UID:${id}-1@kelisim[^]*?SEQUENCE:1`));
  const told = async (type: string) => (await factsOf(id)).flatMap((fact) => (fact.type === type ? [fact.who] : [])).toSorted();
  expect(await told('training.changed')).toEqual([seated.id, waiting.id].toSorted());
  fresh.clock.set('2026-12-02T05:00:00Z');
  await reminders.remindDue();
  expect(await told('training.reminded')).toEqual([seated.id, seated.id]);
  fresh.clock.set('2026-12-03T05:00:00Z');
  await expect(trainings.move(desk, id, { ...asked, place: 'Үй', changes: 1 })).rejects.toMatchObject({ code: 'training.begun' });
});

it('of a specialised course goes into the register with its field', async () => {
  const { id, present } = await held({ course: 'specialised', field: 'family' }, 'public');
  await attendance.certify(desk, id, [present.id]);
  expect(await fresh.admin('SELECT course, field FROM certificates WHERE mediator_id = $1', [present.id])).toEqual([
    { course: 'specialised', field: 'family' },
  ]);
  const fields = async () =>
    (await fresh.admin<{ fields: string[] }>('SELECT fields FROM mediators WHERE person_id = $1', [present.id]))[0]!.fields;
  expect(await fields()).toEqual(['neighbours', 'family']); // and he is offered such cases from now on
});

it('belongs to the desk and to each mediator his own', async () => {
  const id = await planned();
  const [one, other] = [await arranged.mediator(), await arranged.mediator()];
  await enrolments.enrol(one, id);
  for (const actor of [one, await arranged.person(), await arranged.person('administrator'), await arranged.person('court')]) {
    await expect(trainings.plan(actor, plan())).rejects.toMatchObject({ code: 'not_found' });
    await expect(trainings.cancel(actor, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(attendance.read(actor, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(attendance.mark(actor, id, { day: 1, personIds: [] })).rejects.toMatchObject({ code: 'not_found' });
    await expect(attendance.certify(actor, id, [one.id])).rejects.toMatchObject({ code: 'not_found' });
  }
  for (const actor of [desk, await arranged.person()])
    await expect(enrolments.enrol(actor, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(enrolments.enrol(one, newId())).rejects.toMatchObject({ code: 'not_found' });
  expect(await placeOf(other, id)).toBeNull();
});
