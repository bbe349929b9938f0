import { afterAll, beforeAll, expect, it } from 'vitest';
import { Case } from '#cases';
import { CaseQuery, type CaseState, caseStates, eventTypes, type SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';
import { mergeAnswers } from './application.answers.js';
import { timelineRules, viewpoints } from './case.timeline.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
});
afterAll(() => fresh.drop());

const list = (actor: SignedIn, query: object = {}) => intake.cases.list(actor, CaseQuery.parse(query));
const idsOf = async (actor: SignedIn, query: object = {}) => (await list(actor, query)).rows.map(({ id }) => id);

async function everyPage(actor: SignedIn, query: object) {
  const ids: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list(actor, { ...query, ...(after ? { after } : {}) });
    ids.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after);
  return ids;
}

it('shows a citizen his own cases, under his own title, whichever side he is on', async () => {
  const { id, a, b } = await intake.joined();
  const draft = await intake.draft({ as: a, answers: { title: 'Екінші іс' } });
  const own = await list(a);
  expect(own.rows.map((row) => [row.id, row.title, row.yourTurn, row.nextActor])).toEqual([
    [draft.id, 'Екінші іс', true, 'party_a'],
    [id, 'Қоршау біздің аулада тұр', false, 'house'],
  ]);
  const others = await list(b);
  expect(others.rows).toHaveLength(1);
  expect(others.rows[0]?.title).toMatch(/ – Дорофеев Геннадий Павлович$/);
  expect(others.rows[0]?.title).not.toContain('Қоршау');
});

it('shows a mediator what he has accepted, and an office of another kind nothing', async () => {
  const mediator = await intake.mediator();
  const taken = await intake.dispute('IN_MEDIATION', { mediator });
  const offered = await intake.dispute('MEDIATOR_OFFERED');
  await fresh.admin(`INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5)`, [
    newId(),
    offered.id,
    mediator.id,
    desk.id,
    fresh.clock.now(),
  ]);
  expect(await idsOf(mediator)).toEqual([taken.id]);
  expect(await idsOf(await intake.mediator())).toEqual([]);
  for (const role of ['council', 'administrator', 'court'] as const)
    expect(await list({ ...(await intake.person(role)), courtId: 'OSKEMEN_CITY' })).toEqual({ rows: [], next: null });
  expect(await list({ ...taken.a, role: 'mediator' })).toEqual({ rows: [], next: null });
});

it('lets a mediator who has not answered see names, and nothing of the dispute', async () => {
  const { id } = await intake.joined();
  const mediator = await intake.mediator();
  await intake.put(id, 'MEDIATOR_OFFERED');
  await fresh.admin(`INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, $5)`, [
    newId(),
    id,
    mediator.id,
    desk.id,
    fresh.clock.now(),
  ]);
  const view = await intake.viewOf(mediator, id);
  expect(view).toMatchObject({
    viewerIs: 'mediator',
    summary: null,
    claim: null,
    court: null,
    desk: null,
    actions: ['accept_offer', 'decline_offer'],
  });
  expect(view.parties.map(({ name, email, phone }) => [Boolean(name), email, phone])).toEqual([
    [true, null, null],
    [true, null, null],
  ]);
  expect(await intake.cases.timeline(mediator, id)).toEqual([]);
  await expect(intake.viewOf(await intake.mediator(), id)).rejects.toMatchObject({ code: 'not_found' });
});

it('finds for the desk by any part of a name or by the number, in any letters', async () => {
  const other = { kind: 'organisation', organisation: '«Үлбі Құрылыс» ЖШС', phone: '87001112233' } as const;
  const { id, a } = await intake.filed({ as: await intake.citizen('Сейітқазина'), answers: intake.complete({ other }) });
  const { number } = await intake.viewOf(a, id);
  for (const search of ['сейiтказина', 'СЕЙІТҚАЗИНА', 'улби курылыс', 'Үлбі', number!, number!.replace('M', 'м').replace('-0', '-')])
    expect(await idsOf(desk, { search })).toEqual([id]);
  for (const search of ['%', '_', '\\', 'жоқ адам', "' OR 1=1 --"]) expect(await idsOf(desk, { search })).toEqual([]);
  for (const stranger of [a, await intake.mediator(), await intake.person('administrator'), { id: null, role: 'visitor' } as const])
    expect(await fresh.db.transaction(stranger, (tx) => tx.query(`SELECT search_parties('%')`))).toEqual([]);
  expect(await idsOf(a, { search: 'жоқ адам' })).toEqual([id]); // a search is the desk's; others get all that is theirs
});

it('sorts the desk’s work into queues, the oldest first, and never a draft', async () => {
  const states: CaseState[] = ['SUBMITTED', 'RETURNED', 'INVITED', 'NO_RESPONSE', 'CONSENTED', 'DRAFT'];
  const made = new Map<CaseState, string>();
  for (const state of states) {
    fresh.clock.advance({ minutes: 1 });
    made.set(state, (await intake.dispute(state)).id);
  }
  const among = async (query: object) => (await everyPage(desk, { ...query, limit: 3 })).filter((id) => [...made.values()].includes(id));
  expect(await among({ queue: 'screen' })).toEqual([made.get('SUBMITTED')]);
  expect(await among({ queue: 'chase' })).toEqual([made.get('RETURNED'), made.get('INVITED'), made.get('NO_RESPONSE')]);
  expect(await among({ queue: 'assign' })).toEqual([made.get('CONSENTED')]);
  expect(await among({})).toEqual(
    states
      .filter((state) => state !== 'DRAFT')
      .toReversed()
      .map((state) => made.get(state)),
  );
});

it('pages over cases of the very same moment without a gap or a double', async () => {
  const since = new Date('2026-01-01T00:00:00Z');
  const ids: string[] = [];
  for (let i = 0; i < 7; i++) ids.push((await intake.dispute('SUBMITTED', { since })).id);
  const seen = (await everyPage(desk, { queue: 'screen', limit: 2 })).filter((id) => ids.includes(id));
  expect(seen).toEqual(ids.toSorted());
});

it('gives every state a view, to each who may look', async () => {
  const { id, a, b } = await intake.dispute('CONSENTED');
  const mediator = await intake.mediator();
  for (const state of caseStates) {
    const ground = state.startsWith('SETTLED') ? '1' : state === 'TERMINATED' ? '4' : null;
    await fresh.admin(`UPDATE cases SET state = 'CLOSED' WHERE id = $1`, [id]);
    await fresh.admin('UPDATE cases SET state = $2, mediator_id = $3, ground = $4 WHERE id = $1', [id, state, mediator.id, ground]);
    for (const viewer of [a, b, mediator]) expect(await intake.viewOf(viewer, id)).toMatchObject({ state, desk: null });
    if (state !== 'DRAFT') expect(await intake.viewOf(desk, id)).toMatchObject({ viewerIs: 'coordinator', claim: null, desk: {} });
  }
});

it('keeps the claim from the desk once mediation has begun', async () => {
  const { id, a } = await intake.joined();
  expect(await intake.viewOf(desk, id)).toMatchObject({ claim: null, desk: { application: { title: 'Қоршау біздің аулада тұр' } } });
  const mediator = await intake.mediator();
  await fresh.admin(`UPDATE cases SET state = 'IN_MEDIATION', mediator_id = $2 WHERE id = $1`, [id, mediator.id]);
  expect((await intake.viewOf(desk, id)).desk?.application).toBeNull();
  expect((await intake.viewOf(mediator, id)).claim).toMatchObject({ title: 'Қоршау біздің аулада тұр' });
  expect((await intake.viewOf(a, id)).claim).not.toBeNull();
});

it('says of every fact whom it concerns, the offered mediator least', () => {
  const ofCases = eventTypes.filter((type) =>
    /^(case|invitation|offer|objection|contract|extension|settlement|choosing|court|deadline|meeting|party|notice|attorney)\./.test(type),
  );
  expect(Object.keys(timelineRules).toSorted()).toEqual(ofCases.toSorted());
  const seenBy = (who: (typeof viewpoints)[number]) =>
    Object.entries(timelineRules).flatMap(([type, { seenBy: viewers }]) => (viewers.includes(who) ? [type] : []));
  expect(seenBy('offered')).toEqual(['offer.made']);
  for (const hidden of [
    'case.drafted',
    'case.submitted',
    'case.returned',
    'case.refusal_proposed',
    'case.refused',
    'invitation.opened',
    'offer.declined',
  ])
    expect(seenBy('party_b')).not.toContain(hidden);
  for (const inside of ['meeting.booked', 'settlement.confirmed', 'contract.confirmed'])
    expect(seenBy('coordinator')).not.toContain(inside);
});

it('lays pages over each other without losing a word', () => {
  const kept = { title: 'a', other: { kind: 'person', surname: 'x', representative: { kind: 'legal', name: 'n' } } } as const;
  expect(mergeAnswers(kept, {})).toEqual(kept);
  expect(mergeAnswers(kept, { title: undefined, other: { kind: 'person', given: 'y' } })).toEqual({
    title: 'a',
    other: { kind: 'person', surname: 'x', given: 'y', representative: { kind: 'legal', name: 'n' } },
  });
  expect(mergeAnswers(kept, { other: null })).toEqual({ title: 'a' });
  expect(kept.title).toBe('a');
});

it('shows of every time limit its rule, its last day and who acts, to who sees the case', async () => {
  fresh.clock.set('2026-09-08T05:00:00Z');
  const told = async (actor: SignedIn, id: string) =>
    (await intake.cases.deadlines(actor, id)).map(({ code, rule, setBy, dueAt, nextActor }) => [
      code,
      rule && `${rule.value} ${rule.dayType} ${rule.unit}`,
      setBy,
      dueAt,
      nextActor,
    ]);
  const filed = await intake.filed();
  const screening = ['SCREENING', '2 working day', 'house', '2026-09-10T18:59:59.000Z', 'house'];
  for (const actor of [filed.a, desk]) expect(await told(actor, filed.id)).toEqual([screening]);
  const { id, a } = await intake.invited();
  const answer = ['PROPOSAL_ANSWER', '10 calendar day', 'law', '2026-09-18T18:59:59.000Z', 'party_b'];
  expect(await told(a, id)).toEqual([answer]);
  expect((await intake.cases.deadlines(a, id))[0]!.name.ru).toBe('срок ответа на предложение об обращении к медиации');
  // Named by a court, and one that the desk alone may know of.
  await fresh.admin(
    `INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES (gen_random_uuid(), $1, 'COURT_PENDING', $2, '2026-10-01T18:59:59Z'), (gen_random_uuid(), $1, 'OBJECTION', $2, '2026-11-01T18:59:59Z')`,
    [id, fresh.clock.now()],
  );
  await fresh.admin(`UPDATE cases SET door = 'court' WHERE id = $1`, [id]);
  const named = ['COURT_PENDING', null, 'law', '2026-10-01T18:59:59.000Z', 'participants'];
  expect((await told(desk, id)).slice(0, 2)).toEqual([[...answer.slice(0, 4), 'participants'], named]);
  expect((await told(desk, id)).map(([code]) => code)).toContain('OBJECTION');
  for (const actor of [filed.a, await intake.citizen(), await intake.mediator(), await intake.person('administrator')])
    await expect(intake.cases.deadlines(actor, id)).rejects.toMatchObject({ code: 'not_found' });
});
