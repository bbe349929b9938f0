import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { Case, ReferenceService } from '#cases';
import { type Actor, AnswerSatisfaction, Report, Scorecard } from '#contract';
import { ReportClosing, ReportService, SatisfactionService, ScorecardService } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { type MadeCase, madeCases } from '../../test/support/report-caseload.js';
import { recount } from '../../test/support/report-recount.js';
import { writeCases } from '../../test/support/report-writing.js';

let fresh: FreshDatabase;
let satisfaction: SatisfactionService;
let closing: ReportClosing;
let reports: ReportService;
const council: Actor = { id: newId(), role: 'council' };
/** A case in mediation, and its parties: the list that the report is counted against. */
type Stood = { id: string; language: 'kk' | 'ru'; people: Actor[] };
let stood: Stood[];
let list: MadeCase[];
const given: { month: string; language: string; stage: string; overall: number }[] = [];

beforeAll(async () => {
  fresh = await freshDatabase({ entities: [Case] });
  fresh.clock.set('2026-09-10T06:00:00Z');
  satisfaction = new SatisfactionService(fresh.db, fresh.clock);
  closing = new ReportClosing(fresh.workerDb, fresh.clock);
  reports = new ReportService(fresh.db, new ReferenceService(fresh.db));
  await person(council.id!);
  const made = madeCases(24, { from: '2026-07-01T00:00:00+05:00', overDays: 20, seed: 3 });
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${fresh.name}`;
  const admin = new pg.Client({ connectionString: url.href });
  await admin.connect();
  await writeCases(admin, made);
  await admin.end();
  await fresh.admin(
    `UPDATE cases SET state = 'IN_MEDIATION', ground = NULL, contract_at = '2026-08-01', mediator_id = coalesce(mediator_id, (SELECT min(person_id::text)::uuid FROM mediators))`,
  );
  stood = [];
  list = made;
  for (const { id, language } of made) {
    const parties = await fresh.admin<{ id: string }>('SELECT id FROM parties WHERE case_id = $1 ORDER BY ordinal LIMIT 2', [id]);
    const people = parties.map((): Actor => ({ id: newId(), role: 'citizen' }));
    for (const [at, party] of parties.entries()) {
      await person(people[at]!.id!);
      await fresh.admin('UPDATE parties SET person_id = $1 WHERE id = $2', [people[at]!.id, party.id]);
    }
    stood.push({ id, language, people });
  }
}, 60_000);
afterAll(() => fresh.drop());

const person = (id: string) =>
  fresh.admin(
    `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, 'К', 'К', 'kk', $2, '2020-01-01')`,
    [id, Buffer.from(id)],
  );
const answer = (who: Actor, id: string, answers: object | null, stage = 'contract') =>
  satisfaction.answer(who, id, AnswerSatisfaction.parse({ stage, answers }));

it('asks a party once a stage, whatever he says, and asks anew after the next', async () => {
  const [{ id, language, people }] = stood as [Stood];
  const [ana, boris] = people as [Actor, Actor];
  expect(await satisfaction.asked(ana, id)).toEqual({ stage: 'contract' });
  await answer(ana, id, { overall: 2, heard: 1 });
  given.push({ month: '2026-09', language, stage: 'contract', overall: 2 });
  expect(await satisfaction.asked(ana, id)).toEqual({ stage: null });
  await expect(answer(ana, id, { overall: 5 })).rejects.toMatchObject({ code: 'case.already_decided' });
  expect(await satisfaction.asked(boris, id)).toEqual({ stage: 'contract' });
  await answer(boris, id, null);
  expect(await satisfaction.asked(boris, id)).toEqual({ stage: null });
  await expect(answer(boris, id, { overall: 5 }, 'mediation')).rejects.toMatchObject({ code: 'case.already_decided' });
  await fresh.admin(`UPDATE cases SET state = 'SETTLED_FULL', ground = '1' WHERE id = $1`, [id]);
  expect(await satisfaction.asked(boris, id)).toEqual({ stage: 'mediation' });
});

it('counts one of two presses that come together', async () => {
  const { id, language, people } = stood[1]!;
  const tries = await Promise.allSettled([4, 4, 4].map((overall) => answer(people[0]!, id, { overall })));
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected']);
  given.push({ month: '2026-09', language, stage: 'contract', overall: 4 });
});

it('is absent for everybody else: a stranger, the mediator, the offices', async () => {
  const { id } = stood[2]!;
  const stranger: Actor = { id: stood[3]!.people[0]!.id!, role: 'citizen' };
  for (const who of [
    stranger,
    ...(['mediator', 'coordinator', 'administrator', 'council'] as const).map((role) => ({ ...stranger, role })),
  ]) {
    await expect(satisfaction.asked(who, id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(answer(who, id, { overall: 5 })).rejects.toMatchObject({ code: 'not_found' });
  }
  const direct = await fresh.connect(fresh.urls.app);
  await direct.query(`SELECT set_config('cabinet.person', $1, false), set_config('cabinet.role', 'citizen', false)`, [stranger.id]);
  const [tried] = (await direct.query(`SELECT give_satisfaction($1, 'contract', '2026-09-01', '{5}') AS done`, [id])) as {
    done: boolean;
  }[];
  expect(tried).toEqual({ done: false });
  await expect(direct.query('SELECT * FROM satisfaction')).rejects.toThrow('permission denied');
});

it('keeps nothing that joins an answer with a case, a person or a moment', async () => {
  for (const { id, language, people } of stood.slice(4))
    for (const [at, who] of people.entries()) {
      const overall = 1 + ((id.charCodeAt(0) + at) % 5);
      await answer(who, id, { overall, clear: 5, timely: 3 });
      given.push({ month: '2026-09', language, stage: 'contract', overall });
    }
  const columns = (table: string) =>
    fresh.admin<{ name: string; type: string }>(
      `SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_name = $1`,
      [table],
    );
  const types = async (table: string) => [...new Set((await columns(table)).map(({ type }) => type))].toSorted();
  expect(await types('satisfaction')).toEqual(['date', 'integer', 'text']);
  expect((await columns('satisfaction_given')).map(({ name }) => name).toSorted()).toEqual(['case_id', 'person_id', 'stage']);
  const rows = await fresh.admin<{ n: number }>('SELECT overall_n AS n FROM satisfaction ORDER BY language');
  // One row for all who answered in a language, so that no row, and no transaction that wrote one, is one person's.
  expect(rows.map(({ n }) => n)).toEqual(['kk', 'ru'].map((one) => given.filter(({ language }) => language === one).length));
  expect(await fresh.admin(`SELECT 1 FROM events WHERE type LIKE 'satisfaction%'`)).toEqual([]);
});

it('refuses a score that is none, by the contract and by the database', async () => {
  for (const answers of [{ overall: 0 }, { overall: 6 }, { overall: 2.5 }, { clear: 3 }, { overall: 3, words: 'x' }])
    expect(AnswerSatisfaction.safeParse({ stage: 'contract', answers }).success).toBe(false);
  const { id, people } = stood[3]!;
  const direct = await fresh.connect(fresh.urls.app);
  await direct.query(`SELECT set_config('cabinet.person', $1, false), set_config('cabinet.role', 'citizen', false)`, [people[0]!.id]);
  const [tried] = (await direct.query(`SELECT give_satisfaction($1, 'contract', '2026-09-01', '{9}') AS done`, [id])) as {
    done: boolean;
  }[];
  expect(tried).toEqual({ done: false });
});

/** To one place after the comma, as the report says it. */
const mean = (some: typeof given) => Math.round((some.reduce((sum, { overall }) => sum + overall, 0) / some.length) * 10) / 10;

it('fills line 19 of the month with the mean of what was given, by language and stage, and hides few', async () => {
  fresh.clock.set('2026-10-05T06:00:00Z');
  const { id, people } = stood[0]!;
  await answer(people[1]!, id, { overall: 1 }, 'mediation');
  fresh.clock.set('2026-11-05T06:00:00Z');
  await closing.closeDue();
  const line = async (period: string) =>
    Report.parse(await reports.read(council, period)).lines.find(({ code }) => code === 'satisfaction')!;
  const september = await line('2026-09');
  expect(september).toMatchObject({ unit: 'score', n: mean(given) });
  const cut = (dim: string) => Object.fromEntries(september.cuts.find((one) => one.dim === dim)!.cells.map(({ value, n }) => [value, n]));
  expect(cut('language')).toEqual({
    kk: mean(given.filter(({ language }) => language === 'kk')),
    ru: mean(given.filter(({ language }) => language === 'ru')),
  });
  expect(cut('question')).toMatchObject({ clear: 5, timely: 3, heard: null });
  const october = await line('2026-10');
  expect([october.n, ...october.cuts.flatMap(({ cells }) => cells.map(({ n }) => n))].every((n) => n === null)).toBe(true);
  const seen = await fresh.connect(fresh.urls.report);
  const cells: { n: number | null }[] = await seen.query(`SELECT n FROM report_table WHERE line = 'satisfaction'`);
  expect(cells.length).toBeGreaterThan(0);
  expect(cells.every(({ n }) => n === null)).toBe(true);
});

it('shows everybody the same numbers on the scorecard and in its open data, and no other', async () => {
  const scorecard = new ScorecardService(fresh.db);
  fresh.clock.set('2026-11-05T06:00:00Z');
  const shown = Scorecard.parse(await scorecard.read());
  expect(shown.period).toBe('2026-T10');
  const report = Report.parse(await reports.read(council, '2026-T10'));
  for (const { code, n, languages } of shown.rows.filter((row) => row.code !== 'join_rate')) {
    const line = report.lines.find((one) => one.code === code)!;
    expect([code, n]).toEqual([code, line.n]);
    const cells = line.cuts.find(({ dim }) => dim === 'language')?.cells ?? [];
    for (const one of languages) expect(one.n).toBe(cells.find(({ value }) => value === one.value)?.n ?? null);
  }
  const made = (type: string) => recounted.get(`${type}|all|all`)?.n ?? 0;
  const recounted = recount(list, ['2026-07', '2026-08', '2026-09', '2026-10']);
  const hidden = await fresh.admin(
    `SELECT 1 FROM report_cells WHERE period = '2026-T10' AND dim = 'all' AND line LIKE 'proposals%' AND NOT shown`,
  );
  const answered = made('proposals_consented') + made('proposals_declined') + made('proposals_no_answer');
  expect(shown.rows[0]!.n).toBe(hidden.length > 0 ? null : Math.round((made('proposals_consented') / answered) * 1_000) / 10);

  const text = async (format: 'csv' | 'json' | 'dictionary') =>
    new TextDecoder().decode((await scorecard.data({ format, language: 'kk' })).bytes);
  const json = JSON.parse(await text('json')) as { dictionary: { column: string }[]; rows: Record<string, string | number | null>[] };
  expect(json.rows).toContainEqual(
    expect.objectContaining({ period: '2026-09', measure: 'satisfaction', language: 'all', number: mean(given), status: 'shown' }),
  );
  expect(json.rows).toContainEqual(
    expect.objectContaining({ period: '2026-10', measure: 'satisfaction', language: 'all', number: null, status: 'hidden' }),
  );
  const lines = (await text('csv')).trim().split('\r\n');
  expect(lines).toHaveLength(json.rows.length + 1);
  const dictionary = await text('dictionary');
  for (const column of lines[0]!.replace('\uFEFF', '').split(',')) expect(dictionary).toContain(`${column},,`);
});
