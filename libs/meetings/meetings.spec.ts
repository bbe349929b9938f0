import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Case } from '#cases';
import type { MeetingDay, SignedIn } from '#contract';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { bookMeeting, type Hour } from '../../test/support/meetings.js';
import { atOnce } from '../../test/support/people.js';
import { AttendanceService } from './attendance.service.js';
import { DiaryService } from './diary.service.js';
import { MeetingsService } from './meetings.service.js';

let fresh: FreshDatabase;
let meetings: MeetingsService;
let attendance: AttendanceService;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  meetings = new MeetingsService(fresh.db, fresh.clock);
  attendance = new AttendanceService(fresh.db, fresh.clock);
});
beforeEach(() => fresh.clock.set('2026-10-05T04:50:00Z')); // ten minutes before the hour
afterAll(() => fresh.drop());

const hour = { from: '2026-10-05T05:00:00Z', to: '2026-10-05T06:00:00Z' };
const arrange = async (more: Partial<Hour> = {}, options: Parameters<typeof arrangeMediation>[1] = {}) => {
  const people = await arrangeMediation(fresh, options);
  return { ...people, id: await bookMeeting(fresh.admin, people, { ...hour, ...more }) };
};
const refused = (code: string) => expect.objectContaining({ code });
const facts = async ({ caseId }: Pick<Mediation, 'caseId'>) =>
  (
    await fresh.admin<{ type: string; role: string }>('SELECT type, actor_role AS role FROM events WHERE case_id = $1 ORDER BY seq', [
      caseId,
    ])
  ).map(({ type, role }) => `${type} ${role}`);
const taken = async (id: string) =>
  (await fresh.admin('SELECT 1 FROM bookings WHERE meeting_id = $1 AND cancelled_at IS NULL', [id])).length;
/** Somebody whose page is open for this long says so every fifteen seconds. */
async function sit(who: SignedIn[], id: string, minutes: number) {
  for (let beat = 0; beat < minutes * 4; beat += 1) {
    for (const one of who) await meetings.beHere(one, id);
    fresh.clock.advance({ seconds: 15 });
  }
}
const present = ({ people }: MeetingDay) => people.filter(({ here }) => here).map(({ personId }) => personId);

describe('the waiting room', () => {
  it.each([null, 'required'])('shows one’s own side and the mediator, and never the other side (shuttle: %s)', async (shuttle) => {
    const { id, sideA, b, mediator } = await arrange({}, { shuttle, partiesPerSide: 2 });
    for (const who of [...sideA, b, mediator]) await meetings.beHere(who, id);
    const seen = await meetings.show(sideA[0]!, id);
    expect(seen.people.map(({ personId }) => personId).toSorted()).toEqual([...sideA, mediator].map((one) => one.id).toSorted());
    expect(present(seen)).toHaveLength(3);
    expect(JSON.stringify(seen)).not.toContain(b.id);
    expect(present(await meetings.show(b, id))).toEqual([mediator.id, b.id]);
    expect((await meetings.show(mediator, id)).people).toHaveLength(5);
    fresh.clock.advance({ seconds: 46 });
    expect(present(await meetings.show(mediator, id))).toEqual([]);
  });

  it('reads the same for one side whatever the other does', async () => {
    const { id, a, b, mediator } = await arrange();
    const before = await meetings.show(a, id);
    await meetings.beHere(b, id);
    expect(await meetings.show(a, id)).toEqual(before);
    await fresh.admin(`INSERT INTO absences SELECT $1, case_id, $2, $3 FROM meetings WHERE id = $1`, [id, b.id, fresh.clock.now()]);
    expect(await meetings.show(a, id)).toEqual(before);
    expect((await meetings.show(mediator, id)).people.find(({ personId }) => personId === b.id)?.excused).toBe(true);
  });

  it('opens a quarter of an hour before, online alone, and a look changes nothing', async () => {
    fresh.clock.set('2026-10-05T04:44:59Z');
    const [online, inPerson] = [await arrange(), await arrange({ mode: 'in_person' })];
    expect(present(await meetings.beHere(online.a, online.id))).toEqual([]);
    fresh.clock.set('2026-10-05T04:45:00Z');
    expect(present(await meetings.beHere(inPerson.a, inPerson.id))).toEqual([]);
    await meetings.show(online.a, online.id);
    expect(await fresh.admin('SELECT 1 FROM attendances')).not.toContainEqual({ meeting_id: online.id });
    expect(present(await meetings.beHere(online.a, online.id))).toEqual([online.a.id]);
  });
});

describe('the course', () => {
  it('counts who was there while it ran: not before, not in the pause, not after', async () => {
    const { id, a, b, mediator, caseId } = await arrange();
    await sit([a, mediator], id, 5);
    await attendance.steer(mediator, id, { state: 'running' });
    await sit([a, mediator], id, 10);
    await attendance.steer(mediator, id, { state: 'paused' });
    await sit([a, b, mediator], id, 20);
    await attendance.steer(mediator, id, { state: 'running' });
    await sit([a, b, mediator], id, 7);
    const done = await attendance.steer(mediator, id, { state: 'held' });
    expect(done).toMatchObject({ state: 'held', minutes: 17, actions: ['record'] });
    await sit([a], id, 5);
    const minutes = Object.fromEntries(
      (await meetings.show(mediator, id)).people.map((one) => [one.personId, [one.attended, one.minutes]]),
    );
    expect(minutes).toEqual({ [a.id]: [true, 17], [b.id]: [true, 7], [mediator.id]: [true, 17] });
    expect(await facts({ caseId })).toEqual([
      'meeting.started mediator',
      'meeting.paused mediator',
      'meeting.resumed mediator',
      'meeting.ended mediator',
    ]);
  });

  it('goes on from a press once, whoever presses twice or too late', async () => {
    const { id, mediator, caseId } = await arrange();
    await expect(attendance.steer(mediator, id, { state: 'paused' })).rejects.toEqual(refused('meeting.not_now'));
    const tries = Array.from({ length: 4 }, () => () => attendance.steer(mediator, id, { state: 'running' }));
    expect(await atOnce(fresh, tries)).toEqual(['ok', 'ok', 'ok', 'ok']);
    await attendance.steer(mediator, id, { state: 'held' });
    await attendance.steer(mediator, id, { state: 'held' });
    await expect(attendance.steer(mediator, id, { state: 'running' })).rejects.toEqual(refused('meeting.over'));
    expect(await facts({ caseId })).toEqual(['meeting.started mediator', 'meeting.ended mediator']);
    fresh.clock.set('2026-10-05T04:44:00Z');
    const early = await arrange();
    await expect(attendance.steer(early.mediator, early.id, { state: 'running' })).rejects.toEqual(refused('meeting.not_now'));
  });

  it('is the mediator’s alone, and of this case', async () => {
    const { id, a, b, other, coordinator, mediator } = await arrange();
    const strangers = [a, b, other, coordinator, { ...mediator, role: 'citizen' as const }, (await arrange()).mediator];
    for (const stranger of strangers) {
      await expect(attendance.steer(stranger, id, { state: 'running' })).rejects.toEqual(refused('not_found'));
      await expect(attendance.record(stranger, id, { held: true, people: [] })).rejects.toEqual(refused('not_found'));
    }
    for (const stranger of strangers.slice(2)) {
      await expect(meetings.show(stranger, id)).rejects.toEqual(refused('not_found'));
      await expect(meetings.beHere(stranger, id)).rejects.toEqual(refused('not_found'));
      await expect(meetings.excuse(stranger, id)).rejects.toEqual(refused('not_found'));
    }
    expect(await fresh.admin('SELECT 1 FROM meeting_courses WHERE meeting_id = $1', [id])).toEqual([]);
  });
});

describe('what is written down by hand', () => {
  it('tells a meeting by telephone, and is mended later', async () => {
    const { id, a, b, mediator, caseId } = await arrange({ mode: 'phone' });
    fresh.clock.set('2026-10-05T05:50:00Z');
    const rows = [a, b].map(({ id: personId }) => ({ personId, attended: true, minutes: 40 }));
    const kept = await attendance.record(mediator, id, { held: true, people: rows });
    expect(kept).toMatchObject({ state: 'held', startedAt: '2026-10-05T05:00:00.000Z' });
    const mended = await attendance.record(mediator, id, { held: true, people: [{ personId: b.id, attended: false, minutes: 5 }] });
    expect(mended.people.map(({ personId, attended, minutes }) => [personId, attended, minutes])).toEqual([
      [mediator.id, null, null],
      [a.id, true, 40],
      [b.id, false, null],
    ]);
    expect(await facts({ caseId })).toEqual(['meeting.ended mediator']);
    expect((await meetings.show(a, id)).people.map(({ personId }) => personId)).toEqual([mediator.id, a.id]);
  });

  it('takes nobody who is not of the case, and nothing before the hour', async () => {
    const { id, a, mediator, other } = await arrange({ mode: 'phone' });
    const someone = (personId: string) => ({ held: true, people: [{ personId, attended: true, minutes: 1 }] });
    await expect(attendance.record(mediator, id, someone(a.id))).rejects.toEqual(refused('meeting.not_now'));
    fresh.clock.set('2026-10-05T05:50:00Z');
    await expect(attendance.record(mediator, id, someone(other.id))).rejects.toEqual(refused('invalid'));
    await expect(attendance.record(mediator, id, someone(newId()))).rejects.toEqual(refused('invalid'));
    fresh.clock.set('2026-11-06T05:50:00Z');
    await expect(attendance.record(mediator, id, someone(a.id))).rejects.toEqual(refused('meeting.over'));
  });

  it('says that a meeting did not come about, without a name, and lets the next hour cost nothing once', async () => {
    const people = await arrange();
    const { id, a, b, mediator, caseId } = people;
    fresh.clock.set('2026-10-05T05:30:00Z');
    const missed = await attendance.record(mediator, id, { held: false, people: [{ personId: b.id, attended: false, minutes: null }] });
    expect(missed).toMatchObject({ state: 'missed', againFree: true, startedAt: null });
    const [told] = await fresh.admin<{ data: object }>(`SELECT data FROM events WHERE case_id = $1 AND type = 'meeting.missed'`, [caseId]);
    expect(told!.data).toEqual({ meetingId: id, startsAt: '2026-10-05T05:00:00.000Z' });
    expect(JSON.stringify(await meetings.show(a, id))).not.toContain(b.id);
    const next = await bookMeeting(fresh.admin, people, { from: '2026-10-12T05:00:00Z', to: '2026-10-12T06:00:00Z' });
    fresh.clock.set('2026-10-12T05:30:00Z');
    expect(await attendance.record(mediator, next, { held: false, people: [] })).toMatchObject({ state: 'missed', againFree: false });
  });
});

describe('"I cannot attend"', () => {
  it('calls the meeting off when nobody of that side is left, and tells not who', async () => {
    const { id, a, b, mediator, caseId } = await arrange();
    expect(await meetings.excuse(b, id)).toMatchObject({ state: 'cancelled', actions: [] });
    expect(await meetings.excuse(b, id)).toMatchObject({ state: 'cancelled' });
    await expect(meetings.excuse(a, id)).rejects.toEqual(refused('meeting.over'));
    await expect(attendance.steer(mediator, id, { state: 'running' })).rejects.toEqual(refused('meeting.over'));
    expect(await taken(id)).toBe(0);
    expect(await facts({ caseId })).toEqual(['meeting.absence_told citizen', 'meeting.cancelled system']);
  });

  it('leaves a meeting standing while others of that side come, and tells the mediator', async () => {
    const { id, sideA, mediator, caseId } = await arrange({}, { partiesPerSide: 2 });
    expect(await meetings.excuse(sideA[1]!, id)).toMatchObject({ state: 'booked' });
    expect((await meetings.show(mediator, id)).people.filter(({ excused }) => excused).map(({ personId }) => personId)).toEqual([
      sideA[1]!.id,
    ]);
    expect(await meetings.excuse(sideA[0]!, id)).toMatchObject({ state: 'cancelled' });
    expect(await facts({ caseId })).toEqual(['meeting.absence_told citizen', 'meeting.absence_told citizen', 'meeting.cancelled system']);
  });

  it('is heard from the mediator too, from all at once once, and not after the hour', async () => {
    const { id, a, b, mediator, caseId } = await arrange();
    const answers = await atOnce(
      fresh,
      [a, b, mediator].map((who) => () => meetings.excuse(who, id)),
    );
    expect(answers.toSorted()).toEqual(['meeting.over', 'meeting.over', 'ok']);
    expect((await facts({ caseId })).filter((fact) => fact.startsWith('meeting.cancelled'))).toHaveLength(1);
    const late = await arrange();
    fresh.clock.set('2026-10-05T06:00:00Z');
    await expect(meetings.excuse(late.a, late.id)).rejects.toEqual(refused('meeting.over'));
  });
});

describe('one’s own meetings', () => {
  it('are listed over all cases, for the role in which one asks', async () => {
    const first = await arrange();
    const second = await arrangeMediation(fresh, { mediator: first.mediator });
    const later = await bookMeeting(fresh.admin, second, { from: '2026-10-06T05:00:00Z', to: '2026-10-06T06:00:00Z' });
    const all = { from: '2026-10-01T00:00:00Z', to: '2026-11-01T00:00:00Z' };
    expect((await meetings.list(first.mediator, all)).map(({ id }) => id)).toEqual([first.id, later]);
    expect((await meetings.list(first.a, all)).map(({ id }) => id)).toEqual([first.id]);
    for (const stranger of [first.other, first.coordinator, { ...first.mediator, role: 'citizen' as const }])
      expect(await meetings.list(stranger, all)).toEqual([]);
    expect(await meetings.list(first.a, { ...all, to: '2026-10-05T05:00:00Z' })).toEqual([]);
    await expect(meetings.list(first.a, { from: all.to, to: all.from })).rejects.toEqual(refused('invalid'));
    await expect(meetings.list(first.a, { ...all, to: '2029-01-01T00:00:00Z' })).rejects.toEqual(refused('invalid'));
  });
});

describe('the diary of the House', () => {
  const october = { from: '2026-10-05T00:00:00Z', to: '2026-10-06T00:00:00Z' };

  it('tells the desk who meets when and where, of no case a word, and nobody else anything', async () => {
    const people = await arrange({ mode: 'in_person' });
    const diary = new DiaryService(fresh.db);
    const entry = (await diary.read(people.coordinator, october)).find(({ id }) => id === people.id)!;
    expect(entry).toEqual({ id: people.id, mode: 'in_person', place: null, mediator: 'Медетова Айгүл', ...exact(hour) });
    for (const stranger of [people.a, people.mediator, people.other, { ...people.coordinator, role: 'administrator' as const }])
      await expect(diary.read(stranger, october)).rejects.toEqual(refused('not_found'));
    const ownDesk = await diary.read({ ...people.a, role: 'coordinator' }, october);
    expect(ownDesk.map(({ id }) => id)).not.toContain(people.id);
  });
});

const exact = ({ from, to }: typeof hour) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
