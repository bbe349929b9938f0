import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Actor, type CaseState, caseStates, courtGroups, CourtRow, CourtRows, courtStates } from '#contract';
import { CourtCaseload } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';

let fresh: FreshDatabase;
let caseload: CourtCaseload;
const clerk: Actor = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
const other: Actor = { id: newId(), role: 'court', courtId: 'RIDDER_CITY' };
const [person, mediator] = [newId(), newId()];

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  caseload = new CourtCaseload(fresh.db, fresh.clock);
  for (const id of ['OSKEMEN_CITY', 'RIDDER_CITY'])
    await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ($1, 'first', $1, $1, $1) ON CONFLICT DO NOTHING`, [id]);
  for (const id of [person, mediator])
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1, 'Құпиясұлу', 'Айдар', 'kk', $2, '2026-01-01')`,
      [id, Buffer.from(id)],
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
    since: '2026-11-20T05:00:00.000Z',
    ageDays: 7,
    nextActor: 'participants',
    dueAt: '2026-11-30T18:59:59.000Z',
    ground: null,
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

it('filters by group', async () => {
  await fresh.admin(`UPDATE cases SET court_id = NULL, court_case_number = NULL`);
  const [live, over] = [await add({ state: 'IN_MEDIATION' }), await add({ state: 'NO_RESPONSE' })];
  const ids = async (group: keyof typeof courtGroups) => (await caseload.list(clerk, { group, limit: 9 })).rows.map(({ id }) => id);
  expect([await ids('mediating'), await ids('ended'), await ids('starting'), await ids('settled')]).toEqual([[live], [over], [], []]);
});

it('has every state that a court can read in just one group', () => {
  const hidden = ['DRAFT', 'DECLINED', 'NO_RESPONSE', 'WITHDRAWN', 'REFUSED_SCOPE'];
  expect(Object.values(courtGroups).flat().toSorted()).toEqual(courtStates.filter((state) => !hidden.includes(state)).toSorted());
  expect(courtStates.length).toBe(caseStates.length + 1);
});

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
  const needsMediator = state === 'IN_MEDIATION';
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, ground, category, district, language, created_by, mediator_id, court_id, court_case_number, created_at, filed_at, rules_on)
     VALUES ($1, $2, $3, $4, $5, 'debt', 'oskemen', 'kk', $6, $7, $8, $9, $10, $10, '2026-11-16')`,
    [
      id,
      number === null ? null : `M-${id}`,
      state,
      since,
      ground ?? null,
      person,
      needsMediator ? mediator : null,
      court,
      court && '6310-26-00-2/4417',
      filed,
    ],
  );
  return id;
}
