import { extractText, getDocumentProxy } from 'unpdf';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceService } from '#cases';
import { type Actor, AskExport, ExportView, RegisterQuery, RegisterRows } from '#contract';
import { CourtRegister, ExportMaking, ExportsService, ReportClosing } from '#oversight';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { opened } from '../../test/support/workbook.js';

let fresh: FreshDatabase;
let exports: ExportsService;
let making: ExportMaking;
let register: CourtRegister;
const clerk: Actor = { id: newId(), role: 'court', courtId: 'OSKEMEN_CITY' };
const colleague: Actor = { ...clerk, id: newId() };
const other: Actor = { ...clerk, courtId: 'RIDDER_CITY' };
const council: Actor = { id: newId(), role: 'council' };
const november = { kind: 'register', from: '2026-11-01', to: '2026-11-30', by: 'filed', format: 'csv', language: 'ru' } as const;

beforeAll(async () => {
  fresh = await freshDatabase();
  fresh.clock.set('2026-11-23T06:00:00Z');
  exports = new ExportsService(fresh.db, fresh.clock);
  making = new ExportMaking(fresh.workerDb, fresh.clock, new ReferenceService(fresh.workerDb));
  register = new CourtRegister(fresh.db);
  for (const id of ['OSKEMEN_CITY', 'RIDDER_CITY'])
    await fresh.admin(`INSERT INTO courts (id, level, kk, ru, en) VALUES ($1, 'first', $1, $1, $1) ON CONFLICT DO NOTHING`, [id]);
  for (const [id, surname] of [
    [clerk.id, 'Хатшы'],
    [colleague.id, 'Хатшы'],
    [council.id, 'Кеңес'],
    [mediator, '=HYPERLINK("http://evil")'],
  ] as const)
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, phone_hash, created_at) VALUES ($1::uuid, $2, 'Айдар', 'kk', $3, '2026-01-01')`,
      [id, surname, Buffer.from(id!)],
    );
});
afterAll(() => fresh.drop());

const mediator = newId();
let numbered = 0;
async function add({ filed = '2026-11-10T05:00:00Z', court = 'OSKEMEN_CITY' as string | null } = {}): Promise<string> {
  const id = newId();
  numbered += 1;
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on, court_id, court_case_number, mediator_id)
     VALUES ($1::uuid, $2, 'IN_MEDIATION', $3, 'debt', 'oskemen', 'kk', $4, $3, $3, '2026-01-01', $5::text, CASE WHEN $5::text IS NOT NULL THEN '6310-26-00-2/' || $6 END, $7)`,
    [id, `M-2026-${numbered}`, filed, clerk.id, court, String(numbered), mediator],
  );
  return id;
}
const end = (id: string, state: string, at: string) =>
  fresh.admin(
    `UPDATE cases SET state = $2, state_since = $3, ground = CASE WHEN $2 IN ('TERMINATED') THEN '4' WHEN $2 LIKE 'SETTLED%' THEN '1' ELSE ground END WHERE id = $1`,
    [id, state, at],
  );
const rowsOf = async (who: Actor, query: object) => RegisterRows.parse(await register.list(who, RegisterQuery.parse(query)));
const made = async (who: Actor, asked: object) => {
  const { id } = await exports.ask(who, AskExport.parse(asked));
  await making.make(id);
  return exports.file(who, id);
};

describe('the register of a court', () => {
  it('numbers what goes out to courts within its year, without a gap, whoever ends a case at once', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => add()));
    await Promise.all(ids.map((id, at) => end(id, ['TERMINATED', 'SETTLED_FULL', 'DECLINED'][at % 3]!, '2026-11-20T05:00:00Z')));
    await end(ids[1]!, 'AT_COURT', '2026-11-21T05:00:00Z');
    await end(ids[0]!, 'CLOSED', '2026-12-31T19:30:00Z');
    await end(await add({ court: null }), 'SETTLED_FULL', '2026-11-20T05:00:00Z');
    await end(await add(), 'SETTLED_PARTIAL', '2026-12-31T19:30:00Z'); // already the next year in Oskemen
    const letters = await fresh.admin<{ number: string }>('SELECT number FROM court_letters ORDER BY year, seq');
    expect(letters.map(({ number }) => number)).toEqual([
      ...Array.from({ length: 13 }, (_, at) => `2026/${String(at + 1).padStart(5, '0')}`),
      '2027/00001',
    ]);
    const { rows } = await rowsOf(clerk, { from: '2026-11-01', to: '2026-11-30' });
    expect(rows.length).toBe(13);
    expect(rows.find(({ id }) => id === ids[1])!.letters.map(({ kind }) => kind)).toEqual(['settled', 'sent']);
    expect(rows.find(({ id }) => id === ids[2])).toMatchObject({
      state: 'NOT_STARTED',
      mediator: null,
      letters: [{ kind: 'not_started' }],
    });
    await expect(fresh.admin('DELETE FROM court_letters')).rejects.toThrow('append-only');
  });

  it('lists by the day a case came in, or by the day of a letter, on the clocks of Kazakhstan', async () => {
    const [late, early] = [await add({ filed: '2024-02-29T17:59:59Z' }), await add({ filed: '2024-02-29T18:30:00Z' })];
    const idsOf = async (query: object) => (await rowsOf(clerk, query)).rows.map(({ id }) => id);
    // Until the clocks went back the 29th ended at 18:00 UTC; 18:30 UTC was 23:30 again by the new time.
    expect(await idsOf({ from: '2024-02-29', to: '2024-02-29' })).toEqual([late, early]);
    expect(await idsOf({ from: '2024-03-01', to: '2024-03-01' })).toEqual([]);
    await end(early, 'TERMINATED', '2024-02-29T19:00:00Z');
    expect(await idsOf({ from: '2024-03-01', to: '2024-03-31', by: 'sent' })).toEqual([early]);
    expect(await idsOf({ from: '2024-02-01', to: '2024-02-29', by: 'sent' })).toEqual([]);
  });

  it('pages without gap or double, refuses days in the wrong order, and is empty for every other court and office', async () => {
    const all = (await rowsOf(clerk, { from: '2020-01-01', to: '2030-01-01' })).rows.map(({ id }) => id);
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page = await rowsOf(clerk, { from: '2020-01-01', to: '2030-01-01', limit: 4, after });
      seen.push(...page.rows.map(({ id }) => id));
      after = page.next ?? undefined;
      more = after !== undefined;
    }
    expect(seen).toEqual(all);
    const wrong = RegisterQuery.safeParse({ from: '2026-11-30', to: '2026-11-01' });
    expect(wrong.error?.issues.map(({ path, message }) => [path, message])).toEqual([[['to'], 'before_start']]);
    for (const bad of [
      { from: '2026-02-30', to: '2026-03-01' },
      { from: '2026-11-01', to: '2026-11-30', court: 'RIDDER_CITY' },
    ])
      expect(RegisterQuery.safeParse(bad).success).toBe(false);
    expect((await rowsOf(other, { from: '2020-01-01', to: '2030-01-01' })).rows).toEqual([]);
    for (const role of ['citizen', 'mediator', 'coordinator', 'council', 'administrator'] as const)
      expect(() => register.list({ ...clerk, role }, RegisterQuery.parse({ from: '2026-11-01', to: '2026-11-30' }))).toThrow('not_found');
  });
});

describe('an export', () => {
  it('asked for twenty times at once is one file, and different ones are made a few at a time', async () => {
    const asked = await Promise.all(Array.from({ length: 20 }, () => exports.ask(clerk, november)));
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    expect(ExportView.parse(asked[0])).toMatchObject({ state: 'waiting', done: 0, scheduled: false, asked: november });
    expect(await fresh.admin(`SELECT 1 FROM events WHERE type = 'export.asked'`)).toHaveLength(1);
    const many = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => exports.ask(clerk, { ...november, from: `2025-01-${String(at + 1).padStart(2, '0')}` })),
    );
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(4);
    for (const one of many) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'export.limit' });
    await expect(exports.file(clerk, asked[0]!.id)).rejects.toMatchObject({ code: 'export.not_ready' });
    const waiting = await making.waiting();
    expect(waiting[0]).toBe(asked[0]!.id);
    await Promise.all([...waiting, ...waiting].map((id) => making.make(id)));
    expect((await exports.list(clerk)).map(({ state }) => state)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
    expect((await exports.ask(clerk, november)).id).not.toBe(asked[0]!.id); // a register moves on: asked anew it is made anew
  });

  it('is for who asked alone, in that office, while it lasts; each time it is taken is a fact', async () => {
    const { id } = await exports.ask(clerk, { ...november, language: 'kk' });
    await making.make(id);
    for (const who of [colleague, other, { ...clerk, role: 'coordinator' } as Actor, council, { ...clerk, role: 'citizen' } as Actor])
      await expect((async () => exports.file(who, id))()).rejects.toMatchObject({ code: 'not_found' });
    await expect(exports.file(clerk, newId())).rejects.toMatchObject({ code: 'not_found' });
    expect((await exports.file(clerk, id)).name).toBe('kelisim-register-2026-11-01-2026-11-30-kk.csv');
    const facts = await fresh.admin<{ data: object }>(`SELECT data FROM events WHERE type = 'export.taken' AND actor_id = $1`, [clerk.id]);
    expect(facts).toEqual([{ data: { exportId: id, kind: 'register' } }]);
    const now = fresh.clock.now();
    fresh.clock.advance({ hours: 24 });
    await expect(exports.file(clerk, id)).rejects.toMatchObject({ code: 'export.expired' });
    await making.expire();
    expect(await fresh.admin('SELECT 1 FROM exports WHERE bytes IS NOT NULL')).toEqual([]);
    await expect(exports.file(clerk, id)).rejects.toMatchObject({ code: 'export.expired' });
    fresh.clock.advance({ days: 91 });
    await making.expire();
    await expect(exports.file(clerk, id)).rejects.toMatchObject({ code: 'not_found' });
    fresh.clock.set(now);
  });

  it('is begun anew when whoever was making it is gone, and says so when it is too large', async () => {
    const { id } = await exports.ask(clerk, { ...november, from: '2020-01-01' });
    await fresh.admin(`UPDATE exports SET state = 'making', done = 7, touched_at = $2 WHERE id = $1`, [id, fresh.clock.now()]);
    expect(await making.waiting()).not.toContain(id);
    fresh.clock.advance({ minutes: 3 });
    expect(await making.waiting()).toContain(id);
    await making.make(id);
    expect(await exports.list(clerk)).toContainEqual(expect.objectContaining({ id, state: 'ready', done: 15, total: 15 }));
    await fresh.admin('CREATE OR REPLACE FUNCTION export_register_size(which uuid) RETURNS integer LANGUAGE sql AS $$ SELECT 3001 $$');
    const large = await exports.ask(clerk, { ...november, from: '2020-01-01', format: 'pdf' });
    await making.make(large.id);
    expect(await exports.list(clerk)).toContainEqual(expect.objectContaining({ id: large.id, state: 'failed', reason: 'too_many_rows' }));
    await expect(exports.file(clerk, large.id)).rejects.toMatchObject({ code: 'export.not_ready' });
  });
});

describe.each(['kk', 'ru'] as const)('a register as a file in %s', (language) => {
  const whole = { ...november, from: '2020-01-01', to: '2030-01-01', language };
  beforeAll(() =>
    fresh.admin('CREATE OR REPLACE FUNCTION export_register_size(which uuid) RETURNS integer LANGUAGE sql AS $$ SELECT 15 $$'),
  );

  it('holds the rows of the page in XLSX and CSV, and cells that begin as a formula are inert', async () => {
    const { rows } = await rowsOf(clerk, { from: whole.from, to: whole.to });
    const [sheet] = opened((await made(clerk, { ...whole, format: 'xlsx' })).bytes);
    const [head, ...body] = sheet!;
    expect(head).toHaveLength(19);
    expect(body.map((row) => [row[0], row[1], row[2]])).toEqual(rows.map((row, at) => [at + 1, row.courtCaseNumber, row.number]));
    expect(body.flat().filter((cell) => /^[=+\-@]/.test(String(cell)))).toEqual([]);
    expect(body.flat()).toContain(`'=HYPERLINK("http://evil") Айдар`);
    const csv = new TextDecoder().decode((await made(clerk, { ...whole, format: 'csv' })).bytes);
    expect(csv.trim().split('\r\n')).toHaveLength(rows.length + 1);
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"") Айдар"`);
    const dictionary = new TextDecoder().decode((await made(clerk, { ...whole, format: 'dictionary' })).bytes);
    for (const column of csv.replace('\uFEFF', '').split('\r\n')[0]!.split(',')) expect(dictionary).toContain(`\r\n${column},`);
  });

  it('prints each case and each outgoing number in PDF', async () => {
    const { rows } = await rowsOf(clerk, { from: whole.from, to: whole.to });
    const { bytes } = await made(clerk, { ...whole, format: 'pdf' });
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
    for (const row of rows) {
      expect(text).toContain(row.number);
      for (const { number } of row.letters) expect(text).toContain(number);
    }
  });
});

it('orders the report of the month that has just been closed for every office, and tells the council', async () => {
  await fresh.admin(
    `SELECT record_event(gen_random_uuid(), $1, 'case.submitted', NULL, 'system', '2026-09-20T05:00:00Z', '{"action":"submit","from":"DRAFT","to":"SUBMITTED"}')`,
    [await add()],
  );
  await new ReportClosing(fresh.workerDb, fresh.clock).closeDue();
  expect(await fresh.admin(`SELECT data FROM events WHERE type = 'report.closed'`)).toEqual([{ data: { period: '2026-10' } }]);
  for (const id of await making.waiting()) await making.make(id);
  const scheduled = (await exports.list(council)).filter((one) => one.scheduled);
  expect(scheduled.map(({ asked, state }) => [asked, state])).toEqual(
    expect.arrayContaining(
      (['pdf', 'xlsx'] as const).flatMap((format) =>
        (['kk', 'ru'] as const).map((language) => [{ kind: 'report', period: '2026-10', format, language }, 'ready']),
      ),
    ),
  );
  expect(opened((await exports.file(council, scheduled.find(({ asked }) => asked.format === 'xlsx')!.id)).bytes)).toHaveLength(2);
  await expect((async () => exports.file({ ...council, role: 'mediator' }, scheduled[0]!.id))()).rejects.toMatchObject({
    code: 'not_found',
  });
});
