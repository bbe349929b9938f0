import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, MakeComplaint, type SignedIn } from '#contract';
import { ComplaintsService } from '#complaints';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { arrangeMediation, type Mediation } from '../../test/support/mediation.js';
import { atOnce } from '../../test/support/people.js';
import { ComplaintReminders } from './complaint.reminders.js';
import { termOn } from './complaints.service.js';

let fresh: FreshDatabase;
let complaints: ComplaintsService;
let people: Mediation;
let admin: SignedIn;

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  complaints = new ComplaintsService(fresh.db, fresh.clock, fresh.keys);
  people = await arrangeMediation(fresh);
  admin = await person('administrator', 'Әкімшіев');
});
afterAll(() => fresh.drop());

it('goes about a mediator to the desk and about the desk to the administrator, and the answer comes back', async () => {
  const { a, mediator, coordinator } = people;
  const [first, second] = [await make(a, 'mediator', 'Ол екінші тараптың досы.'), await make(a, 'desk', 'Хабарласпайды.')];
  const read = async (who: Actor) => (await complaints.list(who)).map(({ id, words }) => [id, words]);
  expect(await read(a)).toEqual([
    [first, 'Ол екінші тараптың досы.'],
    [second, 'Хабарласпайды.'],
  ]);
  expect(await read(coordinator)).toEqual([[first, 'Ол екінші тараптың досы.']]);
  expect(await read(admin)).toEqual([[second, 'Хабарласпайды.']]);
  expect((await complaints.list(coordinator))[0]).toMatchObject({
    by: 'Асанова-0 Айгүл',
    mediator: 'Медетова Айгүл',
    isOwn: false,
    isOverdue: false,
  });
  expect((await complaints.list(admin))[0]).toMatchObject({ mediator: null, number: null });
  await complaints.answer(coordinator, first, { outcome: 'founded', words: 'Медиатор ауыстырылады.' });
  expect((await complaints.list(a)).find(({ id }) => id === first)).toMatchObject({ outcome: 'founded', answer: 'Медиатор ауыстырылады.' });
  const facts = await fresh.admin<{ type: string; case_id: string | null; data: object }>(
    `SELECT type, case_id, data FROM events WHERE type LIKE 'complaint.%' AND data->>'complaintId' = $1 ORDER BY at, id`,
    [first],
  );
  expect(facts).toEqual([
    { type: 'complaint.made', case_id: null, data: { complaintId: first, about: 'mediator' } },
    { type: 'complaint.answered', case_id: null, data: { complaintId: first, personId: a.id } },
  ]);
  expect(await refused(complaints.list(mediator))).toBe('not_found');
});

it('is nobody else’s, and is decided neither by who is complained of, nor by who complains, nor in one’s own dispute', async () => {
  const { b, a, mediator, coordinator, other } = people;
  const id = await make(b, 'mediator', 'Дауыс көтерді.');
  const given = { outcome: 'unfounded' as const, words: 'Жоқ.' };
  const strangers: Actor[] = [
    a,
    other,
    mediator,
    { id: mediator.id, role: 'coordinator' }, // the mediator sits at the desk as well
    { id: b.id, role: 'coordinator' }, // so does who complains
    { id: a.id, role: 'coordinator' }, // and the other side of the case
    { id: other.id, role: 'citizen' },
    { id: admin.id, role: 'administrator' },
    { id: coordinator.id, role: 'court', courtId: 'TEST' },
  ];
  for (const stranger of strangers) {
    expect(await refused(complaints.answer(stranger, id, given))).toBe(await refused(complaints.answer(stranger, newId(), given)));
    const rows = await fresh.db.transaction(
      stranger,
      (tx) => tx.query('SELECT 1 FROM complaints WHERE id = $1', [id]) as Promise<object[]>,
    );
    expect(rows).toEqual([]);
  }
  await complaints.answer(coordinator, id, given);
});

it('of the desk is not for an administrator who sits there too', async () => {
  const both = await person('administrator', 'Екіқызметов');
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'coordinator', '2026-01-01')`, [both.id]);
  const id = await make(people.b, 'desk', 'Қабылдамады.');
  expect(await complaints.list(both)).toEqual([]);
  expect(await refused(complaints.answer(both, id, { outcome: 'unfounded', words: 'Жоқ.' }))).toBe('not_found');
  expect((await complaints.list(admin)).map((one) => one.id)).toContain(id);
});

it('is of somebody who leads the case or led it', async () => {
  const { a, b, other, caseId } = people;
  const of = (who: Actor, mediatorId: string, id = caseId) =>
    refused(complaints.make(who, { id: newId(), about: 'mediator', caseId: id, mediatorId, words: 'x' }));
  expect(await of(b, other.id)).toBe('not_found');
  expect(await of({ id: other.id, role: 'citizen' }, people.mediator.id)).toBe('not_found');
  expect(await of(a, people.mediator.id, newId())).toBe('not_found');
  await fresh.admin(
    `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at, answered_at, answer, declaration)
     VALUES ($1, $2, $3, $4, '2026-09-01', '2026-09-03', '2026-09-02', 'accepted', '{}')`,
    [newId(), caseId, other.id, people.coordinator.id],
  );
  expect(await of(b, other.id)).toBe('kept');
  expect((await complaints.subjects(b)).map(({ mediatorId }) => mediatorId)).toEqual([other.id, people.mediator.id]);
  expect(await complaints.subjects({ id: other.id, role: 'citizen' })).toEqual([]);
});

it('sent twice is one, one open at a time, and of two answers at once the second is told', async () => {
  const { b, coordinator } = people;
  const second = await person('coordinator', 'Екіншиева');
  const made = { id: newId(), about: 'mediator' as const, caseId: people.caseId, mediatorId: people.mediator.id, words: 'Кешікті.' };
  await complaints.make(b, made);
  await complaints.make(b, made);
  expect(await refused(complaints.make(b, { ...made, id: newId() }))).toBe('conflict');
  const answers = [coordinator, second].map((who) => () => complaints.answer(who, made.id, { outcome: 'founded', words: 'Иә.' }));
  expect((await atOnce(fresh, answers)).toSorted()).toEqual(['conflict', 'ok']);
});

it('is due in five working days of the day’s rule, and told as overdue after them', async () => {
  const { a, coordinator } = people;
  const id = await make(a, 'mediator', 'Жауап жоқ.');
  const due = async () => (await complaints.list(coordinator)).find((one) => one.id === id)!;
  expect((await due()).due.slice(0, 10)).toBe('2026-11-30'); // Monday to Monday
  fresh.clock.set('2026-12-01T06:00:00Z');
  expect(await due()).toMatchObject({ isOverdue: true });
  const row = (value: number, from: string | null, to: string | null) => ({
    value,
    remind_after: value - 1,
    unit: 'day',
    day_type: 'working',
    office_hours: true,
    effective_from: from,
    effective_to: to,
  });
  const changed = [row(5, null, '2027-01-01'), row(3, '2027-01-01', null)];
  expect([termOn('2026-12-31', changed).answer.value, termOn('2027-01-01', changed).answer.value]).toEqual([5, 3]);
});

it('is taken back by who made it alone, once, and is gone for who received it', async () => {
  await fresh.admin('UPDATE complaints SET withdrawn_at = $1 WHERE outcome IS NULL', [fresh.clock.now()]); // those of the tests before
  const [author, coordinator] = [people.sideB[0]!, people.coordinator];
  const id = await make(author, 'desk', 'Ашумен жазыппын.');
  for (const stranger of [people.a, coordinator, admin, people.mediator])
    expect(await refused(complaints.withdraw(stranger, id))).toBe('not_found');
  expect((await complaints.list(admin)).map((one) => one.id)).toContain(id);
  await Promise.all([complaints.withdraw(author, id), complaints.withdraw(author, id)]);
  expect((await complaints.list(admin)).map((one) => one.id)).not.toContain(id);
  expect((await complaints.list(author)).find((one) => one.id === id)).toMatchObject({ withdrawn: true, isOverdue: false, outcome: null });
  expect(await refused(complaints.answer(admin, id, { outcome: 'founded', words: 'Иә.' }))).toBe('not_found');
  expect(await fresh.admin(`SELECT 1 FROM events WHERE type = 'complaint.withdrawn' AND data->>'complaintId' = $1`, [id])).toHaveLength(1);
  const again = await make(author, 'desk', 'Жаңа шағым.'); // what is taken back stands in nobody's way
  await complaints.answer(admin, again, { outcome: 'unfounded', words: 'Жоқ.' });
  expect(await refused(complaints.withdraw(author, again))).toBe('conflict');
});

it('is recalled before its end to who has to answer, raised after it to the administrator too, each once', async () => {
  const [a] = people.sideA;
  fresh.clock.set('2027-02-01T06:00:00Z'); // a Monday
  const [late, answered, withdrawn] = [await make(a!, 'mediator', 'Күтудемін.'), await make(a!, 'desk', 'Күтудемін.'), await make(people.b, 'desk', 'x')];
  const reminders = new ComplaintReminders(fresh.workerDb, fresh.clock);
  const facts = async (type: string) =>
    (await fresh.admin<{ id: string }>(`SELECT data->>'complaintId' AS id FROM events WHERE type = $1 AND at >= '2027-02-01' ORDER BY 1`, [type])).map(({ id }) => id);
  expect(await reminders.remindDue()).toBe(0);
  await complaints.withdraw(people.b, withdrawn);
  fresh.clock.set('2027-02-06T06:00:00Z'); // the fourth working day is over
  await Promise.all([reminders.remindDue(), reminders.remindDue()]);
  expect(await facts('complaint.reminded')).toEqual([late, answered].toSorted());
  await complaints.answer(admin, answered, { outcome: 'unfounded', words: 'Жоқ.' });
  fresh.clock.set('2027-02-09T06:00:00Z');
  await Promise.all([reminders.remindDue(), reminders.remindDue()]);
  expect(await facts('complaint.overdue')).toEqual([late]);
  expect(await facts('complaint.reminded')).toHaveLength(2);
}); // prettier-ignore

it('lies sealed: neither the worker nor the database reads a word', async () => {
  const [row] = await fresh.admin<{ words_sealed: Buffer }>('SELECT words_sealed FROM complaints LIMIT 1');
  expect(row!.words_sealed.toString('utf8')).not.toMatch(/[а-яәі]{4}/i);
  const [{ id }] = (await fresh.admin<{ id: string }>('SELECT id FROM complaints LIMIT 1')) as [{ id: string }];
  await expect(
    fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) =>
      fresh.workerKeys.open(tx, { scope: 'case', id }, row!.words_sealed, `complaint:${id}:words`),
    ),
  ).rejects.toThrow();
  await expect(
    fresh.workerDb.transaction({ id: null, role: 'system' }, (tx) => tx.query('SELECT words_sealed FROM complaints')),
  ).rejects.toThrow('permission denied');
});

it.each([
  [{ about: 'mediator', mediatorId: null }, 'mediatorId'],
  [{ about: 'desk', mediatorId: newId() }, 'mediatorId'],
  [{ words: '  ' }, 'words'],
])('refuses at the door: %j', (values, field) => {
  const made = { id: newId(), about: 'desk', caseId: newId(), mediatorId: null, words: 'x', ...values };
  expect(MakeComplaint.safeParse(made).error?.issues[0]?.path).toEqual([field]);
});

async function make(who: Actor, about: 'mediator' | 'desk', words: string): Promise<string> {
  const id = newId();
  const of = about === 'mediator' ? { caseId: people.caseId, mediatorId: people.mediator.id } : { caseId: null, mediatorId: null };
  await complaints.make(who, { id, about, ...of, words });
  return id;
}

async function person(role: SignedIn['role'], surname: string): Promise<SignedIn> {
  const id = newId();
  await fresh.admin(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, $2, 'Айгүл', 'kk', $3, '2026-01-01')`,
    [id, surname, Buffer.from(id)],
  );
  await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, $2, '2026-01-01')`, [id, role]);
  return { id, role };
}

const refused = (work: Promise<unknown>) =>
  work.then(
    () => 'kept',
    (error: { code?: string }) => error.code ?? String(error),
  );
