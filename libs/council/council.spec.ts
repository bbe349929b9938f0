import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { CallCouncil, type CouncilMeeting, NoteMemorandum, type SignedIn } from '#contract';
import { CouncilService, CouncilSweep, MemorandaService } from '#council';
import { Mediator } from '#mediators';
import { Planner } from '#notifications';
import { newId } from '#platform';
import { disputesIn } from '../../test/support/disputes.js';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let council: CouncilService;
let memoranda: MemorandaService;
let arranged: ReturnType<typeof disputesIn>;
let [desk, member, clerk]: SignedIn[] = [];

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-11-23T06:00:00Z');
  council = new CouncilService(fresh.db, fresh.clock);
  memoranda = new MemorandaService(fresh.db, fresh.clock);
  arranged = disputesIn(fresh);
  [desk, member] = [await arranged.person('coordinator'), await arranged.person('council')];
  clerk = { ...(await arranged.person('court')), courtId: 'ULAN' };
  for (const id of ['ULAN', 'GLUBOKOE'])
    await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ($1, 'first', 'сот', 'суд', 'court') ON CONFLICT DO NOTHING`, [
      id,
    ]);
});
afterAll(() => fresh.drop());

const note = (more: object) =>
  memoranda.note(
    desk!,
    NoteMemorandum.parse({ partner: 'Ұлан аудандық соты', courtId: 'ULAN', refers: true, since: '2026-01-01', ...more }),
  );
/** A court's referral as the database takes it. */
async function refer(courtId = 'ULAN') {
  const dispute = await arranged.dispute('SUBMITTED', { courtId });
  const who = { ...clerk!, courtId };
  return fresh.db.transaction(who, (tx) =>
    tx.query(
      `INSERT INTO referrals (case_id, court_id, case_number, case_number_typed, ruling_on, term_days, referred_by, referred_at) VALUES ($1, $2, '1', '1', '2026-11-01', 30, $3, $4)`,
      [dispute.id, courtId, who.id, fresh.clock.now()],
    ),
  );
}

it('lets a court refer while its memorandum stands, counts what came, and takes no more when it has lapsed', async () => {
  await refer();
  const [first] = await note({ until: '2026-11-30', number: '12' });
  expect(first).toMatchObject({ partner: 'Ұлан аудандық соты', state: 'open', referred: 1, number: '12' });
  await refer();
  expect((await memoranda.list(desk!))[0]).toMatchObject({ referred: 2 });
  expect((await memoranda.list(member!))[0]).toMatchObject({ referred: null }); // the council reads no number that is a person or two
  fresh.clock.set('2026-11-30T18:59:00Z');
  await refer();
  fresh.clock.set('2026-11-30T19:01:00Z'); // past midnight in Oskemen
  await expect(refer()).rejects.toMatchObject({ driverError: { code: 'KE010' } });
  await refer('GLUBOKOE'); // one that never had any refers by law alone
  expect((await memoranda.list(desk!))[0]).toMatchObject({ state: 'lapsed', referred: 3 });
  await note({ since: '2026-12-01' });
  await refer();
  const again = (await memoranda.list(desk!)).find(({ since }) => since === '2026-12-01')!;
  expect(again).toMatchObject({ state: 'open', referred: 1 });
  expect((await memoranda.end(desk!, again.id)).find(({ id }) => id === again.id)).toMatchObject({ state: 'ended', endedOn: '2026-12-01' });
  await expect(refer()).rejects.toMatchObject({ driverError: { code: 'KE010' } });
  await expect(memoranda.end(desk!, again.id)).rejects.toMatchObject({ code: 'not_found' });
});

it('counts who came from a partner that is no court, noted once by the desk, and tells the council by fives', async () => {
  const [own] = (await note({ partner: 'Ардагерлер кеңесі', courtId: null })).filter(({ partner }) => partner === 'Ардагерлер кеңесі');
  const [idle] = (await note({ partner: 'Жолдамайтын ұйым', courtId: null, refers: false })).filter(({ refers }) => !refers);
  const cases = await Promise.all(Array.from({ length: 6 }, () => arranged.dispute('SUBMITTED')));
  const credit = (who: SignedIn, id: string, memorandumId = own!.id) => memoranda.credit(who, id, { memorandumId });
  expect(await memoranda.partnerOf(desk!, cases[0]!.id)).toEqual({
    memorandumId: null,
    partner: null,
    choices: [{ id: own!.id, partner: 'Ардагерлер кеңесі' }],
  });
  await expect(credit(desk!, cases[0]!.id, idle!.id)).rejects.toMatchObject({ code: 'invalid' });
  await expect(credit(desk!, newId())).rejects.toMatchObject({ code: 'not_found' });
  for (const who of [member!, clerk!, cases[0]!.a]) {
    await expect(credit(who, cases[0]!.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(memoranda.partnerOf(who, cases[0]!.id)).rejects.toMatchObject({ code: 'not_found' });
  }
  const told = async (who: SignedIn) => (await memoranda.list(who)).find(({ id }) => id === own!.id)!.referred;
  for (const { id } of cases.slice(0, 4)) await credit(desk!, id);
  expect([await told(desk!), await told(member!)]).toEqual([4, null]);
  await Promise.all([credit(desk!, cases[4]!.id), credit(desk!, cases[4]!.id)]); // pressed twice
  await credit(desk!, cases[5]!.id);
  expect([await told(desk!), await told(member!)]).toEqual([6, 5]);
  expect(await memoranda.partnerOf(desk!, cases[0]!.id)).toMatchObject({ memorandumId: own!.id, partner: 'Ардагерлер кеңесі' });
  await memoranda.end(desk!, own!.id);
  await expect(credit(desk!, (await arranged.dispute('SUBMITTED')).id)).rejects.toMatchObject({ code: 'invalid' });
  expect(await told(desk!)).toBe(6);
});

it('tells the council of referrals by fives, so that no day’s difference is one of them', async () => {
  const [own] = (await note({ partner: 'Глубокое аудандық соты', courtId: 'GLUBOKOE' })).filter(({ courtId }) => courtId === 'GLUBOKOE');
  const toldTo = async (actor: SignedIn) => (await memoranda.list(actor)).find(({ id }) => id === own!.id)!.referred!;
  const seen: (number | null)[] = [];
  const before = await toldTo(desk!);
  for (let more = before; more < 11; more += 1) {
    await refer('GLUBOKOE');
    seen.push(await toldTo(member!));
  }
  expect(await toldTo(desk!)).toBe(11);
  expect([...new Set(seen)]).toEqual([null, 5, 10]);
});

it('notes a partner that is no court, of whom nothing is counted, and refuses days the wrong way round', async () => {
  const all = await note({ partner: '«Ұлан» медиаторлар орталығы', courtId: null, refers: false });
  expect(all.find(({ courtId }) => courtId === null)).toMatchObject({ state: 'open', referred: null });
  expect(NoteMemorandum.safeParse({ partner: 'xx', refers: true, since: '2026-02-01', until: '2026-01-01' }).success).toBe(false);
  await expect(note({ courtId: 'NOWHERE' })).rejects.toMatchObject({ code: 'court.unknown' });
});

let meeting: CouncilMeeting;
const called = (startsAt: string) =>
  council.call(
    desk!,
    CallCouncil.parse({
      startsAt,
      place: 'Достық үйі, 2-қабат',
      topics: ['Жылдық есеп', 'Меморандумдар'],
      materials: 'Есеп жобасы тіркелді.',
      period: '2026-T10',
    }),
  );

it('is called with its agenda, and every member is told the hour', async () => {
  [meeting] = (await called('2026-12-03T05:00:00.000Z')) as [CouncilMeeting];
  expect(meeting.items).toEqual([
    { no: 1, topic: 'Жылдық есеп', decision: null },
    { no: 2, topic: 'Меморандумдар', decision: null },
  ]);
  const facts = await fresh.admin<{ id: string }>(`SELECT id FROM events WHERE type = 'council.meeting_called'`);
  await new Planner(fresh.workerDb, fresh.clock).plan(facts.map(({ id }) => id));
  expect(
    await fresh.admin('SELECT DISTINCT recipient_id AS who, template FROM notifications WHERE source_id = $1', [facts[0]!.id]),
  ).toEqual([{ who: member!.id, template: 'council.meeting' }]);
  await expect(called('2026-11-01T05:00:00.000Z')).rejects.toMatchObject({ details: { fields: { startsAt: 'past' } } });
});

it('is written down when its hour has come: decisions, and tasks with a day', async () => {
  await expect(council.write(desk!, meeting.id, { attended: 9, decisions: [] })).rejects.toMatchObject({ code: 'meeting.not_now' });
  fresh.clock.set('2026-12-03T07:00:00Z');
  const [held] = await council.write(desk!, meeting.id, { attended: 9, decisions: [{ no: 1, decision: 'Есеп бекітілсін.' }] });
  expect(held).toMatchObject({
    attended: 9,
    heldAt: '2026-12-03T07:00:00.000Z',
    items: [{ decision: 'Есеп бекітілсін.' }, { decision: null }],
  });
  const [withTask] = await council.setTask(desk!, meeting.id, {
    task: 'Есепті соттарға жіберу',
    responsible: 'Достық үйі',
    dueOn: '2026-12-10',
  });
  expect(withTask!.tasks).toMatchObject([{ dueOn: '2026-12-10', overdue: false, doneAt: null }]);
  await expect(council.setTask(desk!, meeting.id, { task: 'Кешікті', responsible: 'xx', dueOn: '2026-12-01' })).rejects.toMatchObject({
    code: 'invalid',
  });
});

it('recalls a task three days before its end and raises it after, each once; a done one never', async () => {
  const sweep = new CouncilSweep(fresh.workerDb, fresh.clock);
  await council.setTask(desk!, meeting.id, { task: 'Орындалған тапсырма', responsible: 'Сот', dueOn: '2026-12-10' });
  const done = (await council.list(member!))[0]!.tasks.find(({ responsible }) => responsible === 'Сот')!;
  await council.endTask(member!, done.id, { outcome: 'Хат жіберілді.' });
  await expect(council.endTask(member!, done.id, { outcome: '' })).rejects.toMatchObject({ code: 'not_found' });
  const at = async (now: string) => {
    fresh.clock.set(now);
    const rounds = await Promise.all([sweep.raiseDue(), new CouncilSweep(fresh.workerDb, fresh.clock).raiseDue(), sweep.raiseDue()]);
    return rounds.reduce((sum, one) => sum + one, 0);
  };
  expect(await at('2026-12-06T18:59:00Z')).toBe(0);
  expect(await at('2026-12-06T19:00:00Z')).toBe(1);
  expect(await at('2026-12-10T18:59:59Z')).toBe(0);
  expect(await at('2026-12-10T19:00:00Z')).toBe(1);
  expect(await at('2026-12-11T19:00:00Z')).toBe(0);
  expect((await council.list(member!))[0]!.tasks.map(({ overdue }) => overdue).toSorted()).toEqual([false, true]);
});

it("is the council's and the desk's alone; the council calls no meeting", async () => {
  for (const role of ['citizen', 'mediator', 'court', 'administrator'] as const) {
    const who = { id: newId(), role, courtId: 'ULAN' };
    await expect(council.list(who)).rejects.toMatchObject({ code: 'not_found' });
    await expect(memoranda.list(who)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(council.write(member!, meeting.id, { attended: 1, decisions: [] })).rejects.toMatchObject({ code: 'not_found' });
  await expect(memoranda.end(member!, meeting.id)).rejects.toMatchObject({ code: 'not_found' });
});
