import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { Case, DeadlinesService, OffersService } from '#cases';
import { type Actor, CaseQuery, countedTo, deskPiles, type SignedIn } from '#contract';
import { Mediator, MediatorsService } from '#mediators';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';
import { fillCaseload } from '../../test/support/caseload.js';

let fresh: FreshDatabase;
let intake: Intake;
let desk: SignedIn;
let deadlines: DeadlinesService;
beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case, Mediator] });
  fresh.clock.set('2026-09-08T05:00:00Z');
  intake = intakeOn(fresh);
  desk = await intake.person('coordinator');
  const offers = new OffersService(fresh.workerDb, fresh.clock, intake.effects, new MediatorsService(), fresh.keys);
  deadlines = new DeadlinesService(fresh.workerDb, fresh.clock, intake.invitations, offers, intake.endings);
});
afterAll(() => fresh.drop());

const list = (actor: Actor, query: object = {}) => intake.cases.list(actor, CaseQuery.parse(query));
const idsOf = async (query: object) => (await list(desk, query)).rows.map(({ id }) => id);

describe('what is stuck', () => {
  it('is what ran out of time with nothing done, until it moves', async () => {
    const { id } = await intake.filed();
    const code = async () => (await list(desk, { queue: 'stuck' })).rows.find((row) => row.id === id)?.stuck?.code;
    expect(await code()).toBeUndefined();
    fresh.clock.advance({ days: 20 });
    await deadlines.fireDue();
    expect(await code()).toBe('SCREENING');
    expect((await intake.cases.counts(desk)).stuck).toBeGreaterThan(0);
    await intake.screening.decide(desk, id, { decision: 'return', notes: 'Мекенжай жетпейді' });
    expect(await code()).toBeUndefined();
  });

  it('is not what the clock itself moved on', async () => {
    const { id } = await intake.invited();
    fresh.clock.advance({ days: 40 });
    await deadlines.fireDue();
    expect((await intake.viewOf(desk, id)).state).toBe('NO_RESPONSE');
    expect(await idsOf({ queue: 'stuck' })).not.toContain(id);
  });

  it('is a case whose mediator was lost', async () => {
    const mediator = await intake.mediator();
    const { id } = await intake.dispute('IN_MEDIATION', { mediator });
    const admin = await intake.person('administrator');
    await fresh.db.transaction(admin, (tx) => tx.query('SELECT raise_handover($1, $2, $3)', [mediator.id, admin.id, fresh.clock.now()]));
    expect((await list(desk, { queue: 'stuck' })).rows.find((row) => row.id === id)?.stuck?.code).toBe('HANDOVER');
  });
});

describe('the list', () => {
  it('of those to be reached begins with whose day comes first, page by page, and a date that moves takes its case along', async () => {
    const ids: string[] = [];
    for (const days of [9, 3, 6]) {
      const { id } = await intake.filed();
      await intake.screening.decide(desk, id, { decision: 'return', notes: 'Мекенжай жетпейді' });
      await fresh.admin(
        `UPDATE deadlines SET due_at = $2::timestamptz + $3 * interval '1 day' WHERE case_id = $1 AND cancelled_at IS NULL`,
        [id, fresh.clock.now(), days],
      );
      ids.push(id);
    }
    const [late, soon, middle] = ids;
    const pages = async (limit: number) => {
      const found: string[] = [];
      for (let after: string | undefined; ;) {
        const { rows, next } = await list(desk, { queue: 'chase', limit, ...(after && { after }) });
        found.push(...rows.map(({ id }) => id));
        if (!next) return found.filter((id) => ids.includes(id));
        after = next;
      }
    };
    expect(await pages(1)).toEqual([soon, middle, late]);
    expect(await pages(100)).toEqual([soon, middle, late]);
    await fresh.admin(`UPDATE deadlines SET due_at = due_at - interval '8 days' WHERE case_id = $1 AND cancelled_at IS NULL`, [late]);
    expect(await pages(2)).toEqual([late, soon, middle]);
    await fresh.admin(`UPDATE deadlines SET cancelled_at = due_at WHERE case_id = $1`, [late]); // nobody waits any more: last
    expect(await pages(2)).toEqual([soon, middle, late]);
  });

  it('narrows by kind, place and door, together and with a pile', async () => {
    const { id } = await intake.filed();
    const { category, district } = await intake.viewOf(desk, id);
    expect(await idsOf({ category, district, door: 'self', queue: 'screen', limit: 100 })).toContain(id);
    for (const other of [{ category: 'medical' }, { district: 'nowhere' }, { door: 'court' }, { queue: 'assign' }])
      expect(await idsOf({ category, district, ...other, limit: 100 })).not.toContain(id);
  });

  it('finds a name however its letters were typed: Latin look-alikes, without Kazakh letters, two letters', async () => {
    const { id } = await intake.filed({ as: await intake.citizen('Сахаев') });
    const short = await intake.filed({ as: await intake.citizen('Ли') });
    for (const search of ['Сахаев', 'caxa', 'САХ', 'саxаев']) expect([search, await idsOf({ search })]).toEqual([search, [id]]);
    for (const search of ['ли', 'Ли']) expect(await idsOf({ search })).toEqual([short.id]);
    expect(await idsOf({ search: 'са' })).toEqual([]);
  });

  it('says what the case itself says', async () => {
    const { id } = await intake.filed();
    const [row] = (await list(desk, { queue: 'screen', limit: 100 })).rows.filter((one) => one.id === id);
    const { number, state, category, district, title, since, nextActor, yourTurn, dueAt } = await intake.viewOf(desk, id);
    expect(row).toEqual({ id, number, state, category, district, title, since, nextActor, yourTurn, dueAt, door: 'self', stuck: null });
  });

  it('is nobody’s but the desk’s, and shows no coordinator his own dispute', async () => {
    const { id, a } = await intake.filed();
    expect(await idsOf({ queue: 'screen', limit: 100 })).toContain(id);
    const asDesk = { ...a, role: 'coordinator' } as const;
    expect((await list(asDesk, { limit: 100 })).rows.map((row) => row.id)).not.toContain(id);
    const names = await intake.citizen('Жекебаев');
    const own = await intake.filed({ as: names });
    expect((await list({ ...names, role: 'coordinator' }, { search: 'жекебаев' })).rows).toEqual([]);
    expect(await idsOf({ search: 'жекебаев' })).toEqual([own.id]);
    const page = [null, null, null, null, null, null, null, 5];
    for (const stranger of [a, await intake.mediator(), await intake.person('administrator'), { id: null, role: 'visitor' } as const]) {
      expect(await fresh.db.ask(stranger, 'desk_page', page)).toEqual([]);
      expect(await fresh.db.ask(stranger, 'search_cases', ['жекебаев', 9])).toEqual([{ answer: [] }]);
      expect((await fresh.db.ask<{ cases: number }>(stranger, 'desk_counts', [9])).every(({ cases }) => cases === 0)).toBe(true);
      await expect(async () => intake.cases.counts(stranger)).rejects.toMatchObject({ code: 'not_found' });
    }
    // The name of who asks lasts for the one statement.
    expect(await fresh.db.look('SELECT current_office() AS office', [])).toEqual([{ office: '' }]);
  });

  it('lays a case on the pile that the contract names', async () => {
    const rows = await fresh.admin<{ state: string; pile: string }>('SELECT DISTINCT state, desk_queue AS pile FROM cases');
    for (const { state, pile } of rows)
      expect([state, pile]).toEqual([
        state,
        Object.entries(deskPiles).find(([, states]) => (states as readonly string[]).includes(state))?.[0] ?? null,
      ]);
  });
});

describe('among many', () => {
  let admin: pg.Client;
  const plans: string[] = [];
  beforeAll(async () => {
    const url = new URL(inject('adminUrl'));
    url.pathname = `/${fresh.name}`;
    admin = new pg.Client({ connectionString: url.href });
    await admin.connect();
    await fillCaseload(admin, 30_000);
    await admin.query(
      `LOAD 'auto_explain'; SET auto_explain.log_min_duration = 0; SET auto_explain.log_nested_statements = on; SET client_min_messages = log`,
    );
    await admin.query(`SET ROLE cabinet_app`);
    admin.on('notice', ({ message = '' }) => plans.push(message));
  });
  afterAll(() => admin.end());

  const explained = async (call: string, values: unknown[]) => {
    plans.length = 0;
    const places = values.map((_, at) => `, $${at + 3}`).join('');
    await admin.query(`SELECT * FROM name_asker($1, $2, '', '') AS named CROSS JOIN LATERAL ${call}(named${places})`, [
      desk.id,
      'coordinator',
      ...values,
    ]);
    return plans.join('\n');
  };
  const at = '2026-03-01T00:00:00Z';
  const id = '01990000-0000-7000-8000-000000000000';

  it.each([
    ['all', [null, null, null, null]],
    ['a pile', ['chase', null, null, null]],
    ['a pile and a kind', ['chase', 'debt', null, null]],
    ['a pile and a place', ['screen', null, 'd3', null]],
    ['a kind', [null, 'land', null, null]],
    ['a place', [null, null, 'd5', null]],
    ['what is stuck', ['stuck', null, null, null]],
  ])('%s is read from an index in order, first page and later ones', async (_, filters) => {
    for (const after of [
      [null, null],
      [at, id],
    ]) {
      const plan = await explained('desk_page', [...filters, null, ...after, 21]);
      expect(plan).toMatch(/Index Scan (Backward )?using cases_/);
      expect(plan).not.toMatch(/Seq Scan|Sort Key: c\./);
    }
  });

  it('a pile, a kind and a place together are few, and are found through an index', async () => {
    const plan = await explained('desk_page', ['screen', 'debt', 'd3', 'self', null, null, null, 21]);
    expect(plan).toMatch(/Index Scan (Backward )?(using|on) cases_queue_/);
    expect(plan).not.toContain('Seq Scan');
  });

  it('of who asks the own disputes are looked up once, and no names are sorted', async () => {
    const plan = await explained('desk_page', ['screen', 'debt', null, null, null, null, null, 21]);
    expect(plan).toMatch(/parties_one_side_a_case|parties_by_person/);
    expect(plan).not.toMatch(/Anti Join|Sort Key: p\.|Bitmap/);
  });

  it('a name is found through the index of its letters', async () => {
    const plan = await explained('search_cases', ['сейт', 1000]);
    expect(plan).toContain('parties_by_name');
    expect(await explained('search_cases', ['ли', 1000])).toContain('parties_by_surname');
    expect(plan).not.toContain('Seq Scan');
  });

  it('counts no further than anybody reads', async () => {
    const counts = await intake.cases.counts(desk);
    expect(counts).toMatchObject({ screen: countedTo, chase: countedTo, assign: countedTo });
  });
});
