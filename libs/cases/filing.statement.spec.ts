import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { Case, toCaseView } from '#cases';
import { newId } from '#platform';
import { freshDatabase, type FreshDatabase } from '../../test/support/database.js';
import { type Intake, intakeOn } from '../../test/support/intake.js';

let fresh: FreshDatabase;
let intake: Intake;

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  intake = intakeOn(fresh);
});
afterAll(() => fresh.drop());
beforeEach(() => vi.restoreAllMocks());

const numbersOf = async (ids: string[]) =>
  (await fresh.admin<{ number: string }>('SELECT number FROM cases WHERE id = ANY ($1) ORDER BY number', [ids])).map(
    ({ number }) => number,
  );

it('answers with what is read afterwards', async () => {
  const { a, id } = await intake.draft({ answers: intake.complete({ flags: { criminal: true }, ownMore: [extra] }) });
  const facts = await intake.filing.file(a, id, 'submit');
  expect(facts).not.toBeNull();
  expect(toCaseView(facts!, a)).toEqual(toCaseView(await intake.cases.read(a, id), a));
  expect(toCaseView(facts!, a)).toMatchObject({ state: 'SUBMITTED', yourTurn: false });
});
const extra = { kind: 'person', surname: 'Әлиева', given: 'Сәуле', phone: '8 701 000 00 01' } as const;

it('opens no transaction, and sends what comes at once in few statements', async () => {
  const drafts = await Promise.all(Array.from({ length: 12 }, () => intake.draft()));
  const [look, transaction] = [vi.spyOn(fresh.db, 'look'), vi.spyOn(fresh.db, 'transaction')];
  const filed = await Promise.all(drafts.map(({ a, id }) => intake.filing.file(a, id, 'submit')));
  expect(new Set(filed.map((facts) => facts?.found.number)).size).toBe(12);
  expect(transaction).not.toHaveBeenCalled();
  expect(look.mock.calls.length).toBeLessThan(12);
  expect(await numbersOf(drafts.map(({ id }) => id))).toEqual(filed.map((facts) => facts!.found.number).toSorted());
});

it('reads the drafts that are sent and none of the others', async () => {
  const drafts = await Promise.all(Array.from({ length: 60 }, () => intake.draft()));
  const { look } = fresh.db;
  const read: number[] = [];
  vi.spyOn(fresh.db, 'look').mockImplementation(async <T>(sql: string, values: unknown[]) => {
    if (!/file_drafts|drafts_to_file/.test(sql)) return look.call(fresh.db, sql, values) as Promise<T[]>;
    const client = new pg.Client({ connectionString: fresh.urls.app });
    await client.connect();
    await client.query('BEGIN');
    const { rows } = await client.query(sql, values);
    const counted = await client.query(
      `SELECT max(seq_tup_read + idx_tup_fetch) AS read FROM pg_stat_xact_user_tables WHERE relname IN ('cases', 'deadlines', 'applications', 'chain_heads')`,
    );
    await client.query('COMMIT');
    await client.end();
    read.push(Number((counted.rows as [{ read: string }])[0].read));
    return rows as T[];
  });
  const { a, id } = drafts[30]!;
  expect(toCaseView((await intake.filing.file(a, id, 'submit'))!, a)).toMatchObject({ state: 'SUBMITTED' });
  expect(read.length).toBe(2);
  expect(Math.max(...read)).toBeLessThan(20);
});

it('answers though so many others came meanwhile that its own keys were dropped', async () => {
  const others = Array.from({ length: 10_400 }, () => {
    const id = newId();
    const { master, wrapped } = fresh.keys.fresh({ scope: 'person', id });
    return { scope: 'person' as const, id, version: 1, masterId: master, wrapped: wrapped.toString('hex') };
  });
  const { a, id } = await intake.draft();
  const make = fresh.keys.fresh.bind(fresh.keys);
  vi.spyOn(fresh.keys, 'fresh').mockImplementation((of) => {
    fresh.keys.accept(others); // two places each, of twenty thousand
    expect(fresh.keys.known({ scope: 'person', id: a.id })).toBeNull();
    return make(of);
  });
  expect(toCaseView((await intake.filing.file(a, id, 'submit'))!, a)).toMatchObject({ state: 'SUBMITTED' });
});

it('writes the same rows as it does step by step', async () => {
  const as = await intake.citizen();
  const answers = intake.complete();
  const [quick, slow] = [await intake.draft({ as, answers }), await intake.draft({ as, answers })];
  await intake.filing.file(quick.a, quick.id, 'submit');
  vi.spyOn(fresh.db, 'isFree').mockReturnValue(false);
  expect(await intake.filing.file(slow.a, slow.id, 'submit')).toBeNull();
  const rowsOf = async (id: string) => ({
    case: (await fresh.admin(
      `SELECT state, state_since, filed_at, rules_on, category, subcategory, district, court_id, shuttle, desk_queue, length(number) AS long FROM cases WHERE id = $1`,
      [id],
    )) as object[],
    parties: await fresh.admin(
      `SELECT side, ordinal, kind, surname, given, language, name_folded, accessibility, channel, id_number_hash IS NULL AS unnumbered, length(phone_sealed) AS phone, joined_at,
              EXISTS (SELECT 1 FROM keys.data_keys k WHERE k.scope = 'party' AND k.scope_id = p.id) AS keyed FROM parties p WHERE case_id = $1 ORDER BY side, ordinal`,
      [id],
    ),
    clocks: await fresh.admin('SELECT code, starts_at, due_at, cancelled_at FROM deadlines WHERE case_id = $1 ORDER BY code', [id]),
    facts: await fresh.admin(
      `SELECT e.type, e.actor_role, e.seq, e.at, e.data, o.relayed_at FROM events e JOIN outbox o ON o.event_id = e.id WHERE e.case_id = $1 ORDER BY e.seq`,
      [id],
    ),
  });
  expect(await rowsOf(quick.id)).toEqual(await rowsOf(slow.id));
});

it('leaves what was saved meanwhile to be judged anew', async () => {
  const { a, id } = await intake.draft();
  const look = fresh.db.look.bind(fresh.db);
  vi.spyOn(fresh.db, 'look').mockImplementation(async (sql, values) => {
    if (sql.includes('file_drafts')) await intake.applications.save(a, id, { title: '' });
    return look(sql, values);
  });
  await expect(intake.filing.file(a, id, 'submit')).rejects.toMatchObject({
    code: 'case.incomplete',
    details: { fields: { title: 'required' } },
  });
  expect(await numbersOf([id])).toEqual([null]);
});

it('carries nobody’s draft for another, and none that the desk wrote', async () => {
  const [{ a, id }, stranger, desk] = [await intake.draft(), await intake.citizen(), await intake.person('coordinator')];
  const asked = (personId: string, caseId: string) =>
    fresh.db.look('SELECT * FROM drafts_to_file($1, $2)', [JSON.stringify([{ case_id: caseId, person_id: personId }]), 'data']);
  expect(await asked(a.id, id)).toHaveLength(1);
  expect(await asked(stranger.id, id)).toEqual([]);
  const written = await intake.draft({ as: desk });
  expect(await asked(desk.id, written.id)).toEqual([]);
  await expect(intake.filing.file(stranger, id, 'submit')).rejects.toMatchObject({ code: 'not_found' });
});

it('lets none of many be refused for what the database refuses of one', async () => {
  const drafts = await Promise.all(Array.from({ length: 4 }, () => intake.draft()));
  const look = fresh.db.look.bind(fresh.db);
  let refused = 0;
  vi.spyOn(fresh.db, 'look').mockImplementation(async (sql, values) => {
    if (sql.includes('file_drafts') && refused === 0)
      await fresh.admin(
        `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, language) VALUES (gen_random_uuid(), $1, 'A', 1, 'person', 'x', 'x', 'kk')`,
        [JSON.parse(String(values[0])).cases[0].case_id],
      );
    return look(sql, values).catch((error: unknown) => {
      refused += 1;
      throw error;
    });
  });
  await Promise.all(drafts.map(({ a, id }) => intake.filing.file(a, id, 'submit')));
  expect(refused).toBeGreaterThan(0);
  expect(new Set(await numbersOf(drafts.map(({ id }) => id))).size).toBe(4);
});
