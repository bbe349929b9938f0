import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case, CaseEffects } from '#cases';
import type { Schedule, SignedIn } from '#contract';
import { newId } from '#platform';
import { calendarOn } from '../../test/support/calendar.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import type { CalendarService } from './calendar.service.js';
import { HoursEnding } from './hours.ending.js';

let fresh: FreshDatabase;
let calendar: CalendarService;
let ending: HoursEnding;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  ({ calendar } = calendarOn(fresh));
  ending = new HoursEnding(fresh.workerDb, fresh.clock, new CaseEffects());
});
afterAll(() => fresh.drop());

const hour = (day: number, at: number) => ({
  from: `2026-10-${String(day).padStart(2, '0')}T${String(at).padStart(2, '0')}:00:00Z`,
  to: `2026-10-${String(day).padStart(2, '0')}T${String(at + 1).padStart(2, '0')}:00:00Z`,
});
const propose = (actor: SignedIn, { caseId }: Mediation, slots = [hour(5, 5), hour(6, 5)], id = newId()) =>
  calendar.propose(actor, caseId, { id, mode: 'room', slots });
const acceptAll = (actor: SignedIn, { proposal }: Schedule) =>
  calendar.answer(
    actor,
    proposal!.id,
    proposal!.slots.map(({ id }) => id),
  );
const refused = (code: string) => expect.objectContaining({ code });
const facts = async ({ caseId }: Mediation) =>
  (await fresh.admin<{ type: string }>('SELECT type FROM events WHERE case_id = $1 ORDER BY seq', [caseId])).map(({ type }) => type);
const bookings = ({ caseId }: Mediation) =>
  fresh.admin('SELECT subject_id FROM bookings WHERE case_id = $1 AND cancelled_at IS NULL', [caseId]);

it('books the one hour that everybody accepts, once, for everybody', async () => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.mediator, people);
  expect(made).toMatchObject({ proposal: { proposedByViewer: true, answeredByViewer: true }, meetings: [] });
  const late = made.proposal!.slots[1]!.id;
  const waiting = await acceptAll(people.a, made);
  expect(waiting.meetings).toEqual([]);
  expect((await calendar.schedule(people.b, people.caseId)).proposal).toMatchObject({ proposedByViewer: false, answeredByViewer: false });
  const booked = await calendar.answer(people.b, made.proposal!.id, [late]);
  expect(booked).toMatchObject({
    proposal: null,
    meetings: [{ from: '2026-10-06T05:00:00.000Z', to: '2026-10-06T06:00:00.000Z', cancelled: false }],
  });
  expect(await calendar.answer(people.b, made.proposal!.id, [late])).toEqual(booked);
  await expect(calendar.answer(people.b, made.proposal!.id, [])).rejects.toEqual(refused('meeting.expired'));
  expect((await bookings(people)).map((it) => it.subject_id).toSorted()).toEqual([people.a.id, people.b.id, people.mediator.id].toSorted());
  expect(await facts(people)).toEqual(['meeting.proposed', 'meeting.booked']);
  const [{ data }] = (await fresh.admin<{ data: object }>(`SELECT data FROM events WHERE case_id = $1 AND type = 'meeting.booked'`, [
    people.caseId,
  ])) as [{ data: object }];
  expect(data).toEqual({
    meetingId: booked.meetings[0]!.id,
    startsAt: '2026-10-06T05:00:00.000Z',
    endsAt: '2026-10-06T06:00:00.000Z',
    sequence: 0,
  });
});

it('is not there for anybody else', async () => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.a, people);
  const strangers = [people.other, people.coordinator, { ...people.a, role: 'coordinator' as const }, (await arrangeMediation(fresh)).b];
  for (const stranger of strangers) {
    await expect(calendar.schedule(stranger, people.caseId)).rejects.toEqual(refused('not_found'));
    await expect(propose(stranger, people)).rejects.toEqual(refused('not_found'));
    await expect(acceptAll(stranger, made)).rejects.toEqual(refused('not_found'));
  }
  await acceptAll(people.b, made);
  const { meetings } = await acceptAll(people.mediator, made);
  for (const stranger of strangers) await expect(calendar.cancel(stranger, meetings[0]!.id)).rejects.toEqual(refused('not_found'));
});

it('proposes once for one id, and one at a time', async () => {
  const people = await arrangeMediation(fresh);
  const id = newId();
  const made = await propose(people.a, people, undefined, id);
  expect(await propose(people.a, people, undefined, id)).toEqual(made);
  await expect(propose(people.b, people, undefined, id)).rejects.toEqual(refused('conflict'));
  await expect(propose(people.b, people)).rejects.toEqual(refused('conflict'));
  expect(await facts(people)).toEqual(['meeting.proposed']);
});

it('refuses hours that can not be', async () => {
  const people = await arrangeMediation(fresh);
  const bad = (from: string, to: string) => propose(people.mediator, people, [{ from, to }]);
  await expect(bad('2026-09-07T16:14:00Z', '2026-09-07T17:14:00Z')).rejects.toEqual(refused('meeting.in_past'));
  await expect(bad('2026-10-05T06:00:00Z', '2026-10-05T05:00:00Z')).rejects.toEqual(refused('invalid'));
  await expect(bad('2026-10-05T06:00:00Z', '2026-10-05T06:00:00Z')).rejects.toEqual(refused('invalid'));
  await expect(bad('2026-10-05T06:00:00Z', '2026-10-05T14:01:00Z')).rejects.toEqual(refused('meeting.too_long'));
  await expect(bad('2026-10-26T05:00:00Z', '2026-10-26T06:00:00Z')).rejects.toEqual(refused('meeting.on_holiday'));
  await expect(propose(people.mediator, people, [hour(5, 5), hour(5, 5)])).rejects.toEqual(refused('invalid'));
  await expect(bad('2026-10-04T06:00:00+05:00', '2026-10-04T14:00:00+05:00')).resolves.toMatchObject({
    proposal: { slots: [{ from: '2026-10-04T01:00:00.000Z' }] },
  });
});

it('closes when no hour is left that nobody declined', async () => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.a, people);
  expect((await calendar.answer(people.b, made.proposal!.id, [made.proposal!.slots[0]!.id])).proposal).not.toBeNull();
  const closed = await calendar.answer(people.mediator, made.proposal!.id, [made.proposal!.slots[1]!.id]);
  expect(closed).toEqual({ proposal: null, meetings: [] });
  expect(await facts(people)).toEqual(['meeting.proposed', 'meeting.declined']);
  await expect(propose(people.b, people)).resolves.toMatchObject({ meetings: [] });
});

it('forgets a proposal when its time is over', async () => {
  const people = await arrangeMediation(fresh);
  const before = fresh.clock.now();
  const made = await propose(people.a, people, [hour(3, 5)]);
  fresh.clock.advance({ days: 7 });
  await expect(acceptAll(people.b, made)).rejects.toEqual(refused('meeting.expired'));
  expect((await calendar.schedule(people.b, people.caseId)).proposal).toBeNull();
  await expect(propose(people.b, people)).resolves.toMatchObject({ proposal: { proposedByViewer: true } });
  fresh.clock.advance({ days: 8 });
  expect(await ending.expireDue()).toBeGreaterThan(0);
  expect(await ending.expireDue()).toBe(0);
  const outcomes = await fresh.admin<{ outcome: string }>('SELECT outcome FROM proposals WHERE case_id = $1', [people.caseId]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['expired', 'expired']);
  fresh.clock.set(before);
});

it('books once when the last two accept at the same moment', async () => {
  for (let round = 0; round < 5; round++) {
    const people = await arrangeMediation(fresh);
    const made = await propose(people.a, people);
    await Promise.all([acceptAll(people.b, made), acceptAll(people.mediator, made)]);
    expect((await calendar.schedule(people.a, people.caseId)).meetings).toHaveLength(1);
    expect(await bookings(people)).toHaveLength(3);
  }
});

it('proposes, books and calls off once for one person with two tabs', async () => {
  const people = await arrangeMediation(fresh);
  const both = (act: () => Promise<unknown>) => Promise.allSettled([act(), act()]);
  const outcomes = (all: PromiseSettledResult<unknown>[]) =>
    all.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code: string }).code)).toSorted();
  expect(outcomes(await both(() => propose(people.a, people)))).toEqual(['conflict', 'done']);
  const made = await calendar.schedule(people.b, people.caseId);
  await acceptAll(people.b, made);
  expect(outcomes(await both(() => acceptAll(people.mediator, made)))).toEqual(['done', 'done']);
  const { meetings } = await calendar.schedule(people.a, people.caseId);
  expect(meetings).toHaveLength(1);
  expect(await bookings(people)).toHaveLength(3);
  expect(outcomes(await both(() => calendar.cancel(people.a, meetings[0]!.id)))).toEqual(['done', 'done']);
  expect(await facts(people)).toEqual(['meeting.proposed', 'meeting.booked', 'meeting.cancelled']);
  expect((await calendar.schedule(people.a, people.caseId)).meetings).toMatchObject([{ cancelled: true, cancelsLeft: 2 }]);
});

it('gives one hour of a mediator to exactly one of fifty cases', async () => {
  const first = await arrangeMediation(fresh);
  const all = [first, ...(await Promise.all(Array.from({ length: 49 }, () => arrangeMediation(fresh, { mediator: first.mediator }))))];
  const made = await Promise.all(all.map((people) => propose(people.mediator, people, [hour(20, 5)])));
  await Promise.all(all.map((people, i) => acceptAll(people.a, made[i]!)));
  const last = await Promise.allSettled(all.map((people, i) => acceptAll(people.b, made[i]!)));
  expect(last.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of last) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'meeting.hour_not_free', details: {} });
  expect(await fresh.admin(`SELECT 1 FROM bookings WHERE subject_id = $1 AND cancelled_at IS NULL`, [first.mediator.id])).toHaveLength(1);
});

it('takes the next hour that all accepted when the first is taken', async () => {
  const busy = await arrangeMediation(fresh);
  await acceptAll(busy.a, await propose(busy.mediator, busy, [hour(21, 5)]));
  const taken = await calendar.schedule(busy.b, busy.caseId);
  await acceptAll(busy.b, taken);
  const other = await arrangeMediation(fresh, { mediator: busy.mediator });
  const made = await propose(other.mediator, other, [hour(21, 5), hour(22, 5)]);
  await acceptAll(other.a, made);
  expect(await acceptAll(other.b, made)).toMatchObject({ meetings: [{ from: '2026-10-22T05:00:00.000Z' }] });
});

it('calls a meeting off and frees its hour', async () => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.a, people, [hour(23, 5)]);
  await acceptAll(people.mediator, made);
  const { meetings } = await acceptAll(people.b, made);
  expect(await calendar.cancel(people.b, meetings[0]!.id)).toMatchObject({ meetings: [{ cancelled: true }] });
  expect(await calendar.cancel(people.a, meetings[0]!.id)).toMatchObject({ meetings: [{ cancelled: true }] });
  expect(await bookings(people)).toEqual([]);
  expect((await facts(people)).filter((type) => type === 'meeting.cancelled')).toHaveLength(1);
  const anew = await propose(people.a, people, [hour(23, 5)]);
  await acceptAll(people.mediator, anew);
  expect((await acceptAll(people.b, anew)).meetings).toHaveLength(2);
});

it.each(['mediator', 'coordinator', 'system'] as const)('ends with its case, when %s ends it', async (role) => {
  const people = await arrangeMediation(fresh);
  const made = await propose(people.a, people, [hour(24, 5)]);
  await acceptAll(people.mediator, made);
  await acceptAll(people.b, made);
  await propose(people.a, people, [hour(28, 5)]);
  const actor = role === 'system' ? ({ id: null, role } as const) : people[role];
  const db = role === 'system' ? fresh.workerDb : fresh.db;
  await expect(db.transaction(actor, (tx) => ending.callOff(tx, actor, people.caseId))).rejects.toThrow('mediation has not ended');
  await db.transaction(actor, async (tx) => {
    await tx.query(`UPDATE cases SET state = 'TERMINATED', ground = '2' WHERE id = $1`, [people.caseId]);
    await ending.callOff(tx, actor, people.caseId);
  });
  expect(await calendar.schedule(people.a, people.caseId)).toMatchObject({ proposal: null, meetings: [{ cancelled: true }] });
  expect(await bookings(people)).toEqual([]);
  expect((await facts(people)).at(-1)).toBe('meeting.cancelled');
  await expect(propose(people.a, people)).rejects.toEqual(refused('case.transition_forbidden'));
});
