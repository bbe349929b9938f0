import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  type Actor,
  type CaseState,
  caseStates,
  type CourtBoard,
  courtBoards,
  type CourtQuery,
  CourtRow,
  CourtRows,
  courtStates,
} from '#contract';
import { CourtCaseload, CourtKeeping } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let caseload: CourtCaseload;
let keeping: CourtKeeping;
const clerk: Actor = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
const other: Actor = { id: newId(), role: 'court', courtId: 'RIDDER_CITY' };
const [person, mediator] = [newId(), newId()];
const colleague: Actor = { ...clerk, id: newId() };

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  caseload = new CourtCaseload(fresh.db, fresh.clock);
  keeping = new CourtKeeping(fresh.db, fresh.clock);
  for (const id of ['OSKEMEN_CITY', 'RIDDER_CITY'])
    await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ($1, 'first', $1, $1, $1) ON CONFLICT DO NOTHING`, [id]);
  for (const [id, surname] of [
    [person, 'Құпиясұлу'],
    [mediator, 'Төреші'],
    [clerk.id, 'Хатшы'],
    [colleague.id, 'Хатшы'],
  ])
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1, $2, 'Айдар', 'kk', $3, '2026-01-01')`,
      [id, surname, Buffer.from(id!)],
    );
});
afterAll(() => fresh.drop());

it('shows a court its own case as facts, and nothing of people', async () => {
  const id = await add({ state: 'INVITED', since: '2026-11-20T05:00:00Z', filed: '2026-11-16T18:59:00Z' });
  await fresh.admin(
    `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, 'PROPOSAL_ANSWER', '2026-11-20', '2026-11-30T18:59:59Z')`,
    [newId(), id],
  );
  const row = await caseload.card(clerk, id);
  expect(row).toEqual({
    id,
    number: `M-${id}`,
    courtCaseNumber: '6310-26-00-2/4417',
    category: 'debt',
    state: 'INVITED',
    board: 'invited',
    since: '2026-11-20T05:00:00.000Z',
    filedAt: '2026-11-16T18:59:00.000Z',
    ageDays: 7,
    nextActor: 'participants',
    mediator: null,
    dueAt: '2026-11-30T18:59:59.000Z',
    termAt: null,
    ground: null,
    troubles: [],
    watched: false,
  });
  expect(CourtRow.parse(row)).toEqual(row);
  expect(JSON.stringify(row)).not.toMatch(new RegExp(`${person}|${mediator}|Құпиясұлу`));
});

it('keeps the cases of another court, and of no court, as absent as one that never was', async () => {
  const [theirs, nobodys] = [await add({ court: 'RIDDER_CITY' }), await add({ court: null })];
  for (const id of [theirs, nobodys, newId()]) {
    await expect(caseload.card(clerk, id)).rejects.toMatchObject({ code: 'not_found', details: {} });
  }
  const { rows } = await caseload.list(clerk, { limit: 100 });
  expect(rows.map(({ id }) => id)).not.toContain(theirs);
  expect(rows.map(({ id }) => id)).not.toContain(nobodys);
  expect((await caseload.list(other, { limit: 100 })).rows.map(({ id }) => id)).toEqual([theirs]);
});

it.each(['citizen', 'mediator', 'coordinator', 'administrator', 'council', 'visitor'] as const)('shows a %s nothing', async (role) => {
  await expect(caseload.list({ ...clerk, role }, { limit: 10 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(caseload.card({ ...clerk, role }, newId())).rejects.toMatchObject({ code: 'not_found' });
});

it('reads the same before mediation, whoever ended it, and never a draft that was given up', async () => {
  const ended: CaseState[] = ['DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE'];
  const cards = [];
  for (const state of ended) cards.push(await caseload.card(clerk, await add({ state, since: '2026-11-21T05:00:00Z' })));
  const facts = cards.map((card) => ({ ...card, id: '', number: '' }));
  expect(new Set(facts.map((fact) => JSON.stringify(fact))).size).toBe(1);
  expect(facts[0]).toMatchObject({ state: 'NOT_STARTED', nextActor: 'nobody', ageDays: 5 });
  for (const state of ['DRAFT', 'WITHDRAWN'] as const) {
    const id = await add({ state, number: null });
    await expect(caseload.card(clerk, id)).rejects.toMatchObject({ code: 'not_found' });
  }
});

it('tells the ground by its code, and stops the age of what has ended', async () => {
  const id = await add({ state: 'TERMINATED', ground: '4', since: '2026-11-19T05:00:00Z', filed: '2026-11-09T05:00:00Z' });
  expect(await caseload.card(clerk, id)).toMatchObject({ state: 'TERMINATED', ground: '4', ageDays: 10, nextActor: 'nobody' });
});

it('pages by place, latest change first, without gap or double while cases move', async () => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  const ids: string[] = [];
  for (let day = 1; day <= 7; day++) ids.unshift(await add({ since: `2026-11-0${Math.ceil(day / 2)}T05:00:00.123Z` }));
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = CourtRows.parse(await caseload.list(clerk, { after, limit: 3 }));
    seen.push(...page.rows.map(({ id }) => id));
    if (!after) await add({ since: '2026-11-22T05:00:00Z' });
    after = page.next ?? undefined;
  } while (after);
  expect(seen).toEqual(ids);
  await expect(caseload.list(clerk, { after: 'x'.repeat(40), limit: 3 })).rejects.toMatchObject({ code: 'invalid' });
});

it('lays each case in the column that the table says, and every state that a court can read has just one', async () => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  const hidden = ['DRAFT', 'DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE'];
  expect(Object.values(courtBoards).flat().toSorted()).toEqual(courtStates.filter((state) => !hidden.includes(state)).toSorted());
  for (const state of caseStates.filter((one) => one !== 'DRAFT')) await add({ state });
  const { rows } = await caseload.list(clerk, { limit: 100 });
  expect(rows.length).toBe(caseStates.length - 1);
  for (const { state, board } of rows)
    expect([state, courtBoards[board] as readonly string[]]).toEqual([state, expect.arrayContaining([state])]);
  const counts = await caseload.counts(clerk);
  for (const board of Object.keys(courtBoards) as CourtBoard[]) {
    const page = await caseload.list(clerk, { board, limit: 100 });
    expect([board, page.rows.length]).toEqual([board, counts.boards[board]]);
    expect(page.rows.every((row) => row.board === board)).toBe(true);
  }
  expect((await caseload.counts(other)).boards).toEqual({ new: 0, invited: 0, consented: 0, mediating: 0, settling: 0, ended: 0 });
});

it('names the mediator who accepted, and of a case that did not begin nobody', async () => {
  expect(await caseload.card(clerk, await add({ state: 'IN_MEDIATION' }))).toMatchObject({ mediator: 'Төреші Айдар' });
  const id = await add({ state: 'CONSENTED' });
  await fresh.admin(`UPDATE cases SET mediator_id = $2, state = 'WITHDRAWN' WHERE id = $1`, [id, mediator]);
  expect(await caseload.card(clerk, id)).toMatchObject({ mediator: null, state: 'NOT_STARTED' });
});

it('finds a case by the number of the court in any spelling, by its beginning, and by that of the House', async () => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  const id = await add({});
  await fresh.admin(`UPDATE cases SET court_case_number = '6310-26-00-2а/15', number = 'M-2026-0077' WHERE id = $1`, [id]);
  await add({});
  const found = async (search: string) => (await caseload.list(clerk, { search, limit: 9 })).rows.map((row) => row.id);
  const spellings = ['6310-26-00-2a/15', ' 6310–26–00–2А\\15 ', '6310-26-00-2а/1', '6310-26-00-2а', 'м-2026-77', 'M-2026-0077'];
  for (const typed of spellings) expect([typed, await found(typed)]).toEqual([typed, [id]]);
  expect((await found('6310')).length).toBe(2);
  for (const typed of ['6311', "' OR 1=1 --", '%', 'Құпиясұлу', '6310-26-00-2а/16'])
    expect([typed, await found(typed)]).toEqual([typed, []]);
  expect((await caseload.list(other, { search: '6310-26-00-2а/15', limit: 9 })).rows).toEqual([]);
});

it('shows exceptions first: a time that ran out, nobody who moves it, a notice that came back, no mediator, a term that ends', async () => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  const [late, waiting, lost, alone, ending] = [
    await add({ state: 'SUBMITTED' }),
    await add({ state: 'INVITED' }),
    await add({ state: 'INVITED' }),
    await add({ state: 'CONSENTED' }),
    await add({ state: 'IN_MEDIATION' }),
  ];
  const far = await add({ state: 'IN_MEDIATION' });
  await deadline(late!, 'SCREENING', '2026-11-20T05:00:00Z');
  await fresh.admin(`UPDATE deadlines SET fired_at = due_at WHERE case_id = $1`, [late]);
  await fresh.admin(`UPDATE cases SET stuck_since = '2026-11-21', stuck_code = 'CALL' WHERE id = $1`, [waiting]);
  await notice(lost!);
  await fresh.admin(`UPDATE notifications SET state = 'failed' WHERE case_id = $1`, [lost]);
  await deadline(ending!, 'COURT_PENDING', '2026-11-29T05:00:00Z');
  await deadline(far, 'COURT_PENDING', '2026-12-29T05:00:00Z');
  const trouble = async (one: CourtQuery['trouble']) => (await caseload.list(clerk, { trouble: one, limit: 9 })).rows.map(({ id }) => id);
  expect(await trouble('overdue')).toEqual([late]);
  expect(await trouble('stuck')).toEqual([waiting]);
  expect(await trouble('undelivered')).toEqual([lost]);
  expect(await trouble('no_mediator')).toEqual([alone]);
  expect(await trouble('term')).toEqual([ending]);
  expect((await caseload.counts(clerk)).troubles).toEqual({ overdue: 1, stuck: 1, undelivered: 1, no_mediator: 1, term: 1 });
  expect((await caseload.card(clerk, lost!)).troubles).toEqual(['undelivered']);
  await fresh.admin(`UPDATE notifications SET state = 'sent' WHERE case_id = $1`, [lost]);
  expect((await caseload.card(clerk, lost!)).troubles).toEqual([]);
  await fresh.admin(`UPDATE deadlines SET cancelled_at = '2026-11-22' WHERE case_id = $1`, [ending]);
  expect(await caseload.card(clerk, ending!)).toMatchObject({ troubles: [], termAt: null, dueAt: null });
});

it.each(['age', 'due', undefined] as const)('pages by %s without gap or double', async (sort) => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  for (let at = 0; at < 7; at++) {
    const id = await add({ filed: `2026-11-1${Math.floor(at / 2)}T05:00:00Z`, since: `2026-11-16T0${at}:00:00Z` });
    await deadline(id, 'SCREENING', `2026-11-2${(at * 3) % 7}T05:00:00Z`);
  }
  const seen: CourtRow[] = [];
  let after: string | undefined;
  do {
    const page = await caseload.list(clerk, { sort, after, limit: 2 });
    seen.push(...page.rows);
    after = page.next ?? undefined;
  } while (after);
  expect(new Set(seen.map(({ id }) => id)).size).toBe(7);
  const keys = seen.map(({ filedAt, dueAt, since }) => (sort === 'age' ? filedAt : sort === 'due' ? dueAt! : since));
  expect(keys).toEqual(sort ? keys.toSorted() : keys.toSorted().toReversed());
});

it('tells what happened and when, never who: four ways not to begin are one', async () => {
  const id = await add({ state: 'NO_RESPONSE' });
  for (const [at, type] of [
    ['16', 'case.submitted'],
    ['17', 'case.invited'],
    ['18', 'invitation.opened'],
    ['19', 'offer.declined'],
    ['20', 'case.expired_invitation'],
  ])
    await fresh.admin(`SELECT record_event($1, $2, $3, $4, 'citizen', $5, $6)`, [
      newId(),
      id,
      type,
      person,
      `2026-11-${at}T05:00:00Z`,
      { dueAt: '2026-12-01T00:00:00Z', ground: '4', side: 'B' },
    ]);
  const facts = await caseload.facts(clerk, id);
  expect(facts.map(({ type, at, ...rest }) => [type, at.slice(8, 10), rest])).toEqual(
    [
      ['case.submitted', '16'],
      ['case.invited', '17'],
      ['case.not_started', '20'],
    ].map(([type, day]) => [type, day, { id: expect.any(String) as string, dueAt: null, ground: null }]),
  );
  expect(JSON.stringify(facts)).not.toContain(person);
  await expect(caseload.facts(other, id)).rejects.toMatchObject({ code: 'not_found' });
});

it("keeps a clerk's searches and the cases he watches his own, and watches many at once, of his court alone", async () => {
  const [mine, theirs] = [await add({}), await add({ court: 'RIDDER_CITY' })];
  await keeping.keepFilter(clerk, { name: 'Қаралмаған', query: { board: 'new' } });
  const [kept] = await keeping.keepFilter(clerk, { name: 'Қаралмаған', query: { trouble: 'overdue', sort: 'age' } });
  expect(kept).toMatchObject({ name: 'Қаралмаған', query: { trouble: 'overdue', sort: 'age' } });
  expect(await keeping.filters(colleague)).toEqual([]);
  await expect(keeping.dropFilter(colleague, kept!.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await keeping.watch(clerk, { caseIds: [mine, theirs, newId()], watched: true })).toEqual({ changed: 1 });
  expect(await keeping.watch(clerk, { caseIds: [mine], watched: true })).toEqual({ changed: 0 });
  expect((await caseload.list(clerk, { watched: 'yes', limit: 9 })).rows.map(({ id, watched }) => [id, watched])).toEqual([[mine, true]]);
  expect((await caseload.list(colleague, { watched: 'yes', limit: 9 })).rows).toEqual([]);
  expect((await caseload.counts(clerk)).watched).toBe(1);
  await keeping.dropFilter(clerk, kept!.id);
  expect(await keeping.filters(clerk)).toEqual([]);
  expect(await keeping.watch(clerk, { caseIds: [mine], watched: false })).toEqual({ changed: 1 });
  for (const role of ['council', 'coordinator', 'administrator'] as const)
    await expect(keeping.watch({ ...clerk, role }, { caseIds: [mine], watched: true })).rejects.toMatchObject({ code: 'not_found' });
});

async function deadline(caseId: string, code: string, due: string) {
  await fresh.admin(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES ($1, $2, $3, '2026-11-16', $4)`, [
    newId(),
    caseId,
    code,
    due,
  ]);
}
async function notice(caseId: string) {
  await fresh.admin(
    `INSERT INTO notifications (id, source_id, source_type, case_id, recipient_kind, recipient_id, channel, template, language, legal, urgency, check_code, created_at, due_at)
     VALUES ($1::uuid, $1::uuid, 'x', $2, 'person', $3, 'email', 'x', 'kk', true, 'legal', $1::uuid::text, '2026-11-20', '2026-11-20')`,
    [newId(), caseId, person],
  );
}
type Added = { state?: CaseState; ground?: string; since?: string; filed?: string; court?: string | null; number?: string | null };
async function add({
  state = 'SUBMITTED',
  ground,
  since = '2026-11-20T05:00:00Z',
  filed = '2026-11-16T05:00:00Z',
  court = 'OSKEMEN_CITY',
  number,
}: Added = {}) {
  const id = newId();
  const needsMediator = [
    ...courtBoards.mediating,
    'SETTLEMENT_DRAFT',
    'SETTLEMENT_SIGNING',
    'MEDIATOR_ACCEPTED',
    'CONTRACT_DRAFT',
    'CONTRACT_SIGNING',
  ].includes(state);
  const needed = { SETTLED_FULL: '1', SETTLED_PARTIAL: '1', TERMINATED: '4' }[state as string];
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, ground, category, district, language, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
     VALUES ($1, $2, $3, $4, $5, 'debt', 'oskemen', 'kk', $6, $7, $8, $9, $10, $10, '2026-11-16')`,
    [
      id,
      number === null ? null : `M-${id}`,
      state,
      since,
      ground ?? needed ?? null,
      person,
      needsMediator ? mediator : null,
      court,
      court && '6310-26-00-2/4417',
      filed,
    ],
  );
  return id;
}
