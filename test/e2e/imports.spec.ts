import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview, ImportView, SignedIn } from '#contract';
import { newId } from '#platform';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { inWindows1251, phone, referralRow, referralTable, russianHeader } from '../support/referral-table.js';
import { consenting, signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let [desk, colleague, court, citizen]: Visitor[] = [] as never;

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false, at: '2026-09-22T05:00:00Z' });
  const come = async (role: SignedIn['role'], more: Partial<SignedIn> = {}) => {
    const id = newId();
    await cabinet.admin(
      `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Сотова', 'Әлия', 'kk', $2, $3)`,
      [id, Buffer.from(id), cabinet.now()],
    );
    return signedIn(cabinet, await consenting(cabinet, { id, role, ...more }));
  };
  [desk, colleague] = [await come('coordinator'), await come('coordinator')];
  [court, citizen] = [await come('court', { courtId: 'OSKEMEN_CITY' }), await come('citizen')];
});
afterAll(() => cabinet.stop());

async function send<T>(path: string, table: string | Buffer, who = desk!) {
  const headers = { cookie: who.cookies(), origin: cabinet.origin, 'content-type': 'text/csv' };
  const reply = await fetch(`${cabinet.origin}/api${path}`, { method: 'POST', headers, body: table as string });
  return { status: reply.status, body: (await reply.json()) as T };
}
const previewed = async (table: string | Buffer) => (await send<ImportPreview>('/imports/previews', table)).body;
async function takenIn(table: string | Buffer): Promise<ImportView> {
  for (;;) {
    const { status, body } = await send<ImportView>('/imports', table);
    expect(status).toBe(200);
    if (body.done >= body.good) return body;
  }
}
async function takenBack({ id }: ImportView): Promise<ImportView> {
  for (;;) {
    const { body } = await desk!.put<ImportView>(`/imports/${id}/undoing`, {});
    if (body.done === body.undone + body.kept.length) return body;
  }
}
const counted = async (state: string) =>
  ((await cabinet.admin(`SELECT count(*)::int AS n FROM cases WHERE door = 'court' AND state = $1`, [state])) as [{ n: number }])[0].n;
/** What the month's report would say now: who was taken back never came. */
const received = async () => {
  const sql = `SELECT n::int AS n FROM count_month('2026-09-01') WHERE line = 'applications_received' AND dim = 'all'`;
  return ((await cabinet.admin(sql)) as { n: number }[])[0]?.n ?? 0;
};
/** Facts that do not follow the one before in the chain of their case, and cases taken back whose last fact does not say so. */
const brokenFacts = () =>
  cabinet.admin(
    `SELECT e.case_id FROM (SELECT e.*, lag(e.hash, 1, '\\x') OVER w AS before, lag(e.seq, 1, 0::bigint) OVER w AS seq_before, lead(e.seq) OVER w IS NULL AS is_last
        FROM events e WHERE e.case_id IS NOT NULL WINDOW w AS (PARTITION BY e.chain ORDER BY e.seq)) e JOIN cases c ON c.id = e.case_id
     WHERE e.previous <> e.before OR e.seq <> e.seq_before + 1
       OR e.hash <> event_hash(e.previous, e.id, e.chain, e.seq, e.type, e.actor_id, e.actor_role, e.at, e.data)
       OR (e.is_last AND (c.state = 'WITHDRAWN') <> (e.type = 'case.import_undone'))
       OR (e.is_last AND NOT EXISTS (SELECT 1 FROM chain_heads h WHERE h.chain = e.chain AND h.seq = e.seq AND h.hash = e.hash))`,
  );

describe('a table', () => {
  it('shows what would happen and writes nothing', async () => {
    const lines = referralTable(3, 100).split('\r\n');
    lines[2] = lines[2]!.replace('2026-09-21', '2026-13-41').replace(phone(203), '123');
    expect(await previewed(lines.join('\n'))).toEqual({
      rows: 3,
      good: 2,
      missing: [],
      known: null,
      faults: [
        { line: 3, column: 'rulingOn', code: 'date' },
        { line: 3, column: 'bPhone', code: 'phone' },
      ],
    });
    expect(await counted('SUBMITTED')).toBe(0);
    expect((await desk!.get<ImportView[]>('/imports')).body).toEqual([]);
  });

  it('goes in but for its wrong rows, once, and is taken back at once', async () => {
    const lines = referralTable(220).split('\r\n');
    lines[10] = lines[10]!.replace('oskemen', 'Атлантида');
    lines[205] = lines[205]!.replace('6310-26-00-2/205', 'дело 5');
    lines[220] = lines[219]!;
    const table = lines.join('\r\n');
    const { faults, good } = await previewed(table);
    expect([good, faults.map(({ line, column, code }) => `${line} ${column} ${code}`)]).toEqual([
      217,
      ['11 district choose', '206 caseNumber court_number', '221 caseNumber row_twice'],
    ]);
    const all = await takenIn(table);
    expect(all).toMatchObject({ rows: 220, good: 217, done: 217, undoneAt: null });
    expect([await counted('SUBMITTED'), await received()]).toEqual([217, 217]);
    expect((await previewed(table)).known).toMatchObject({ id: all.id, done: 217 });
    expect(await takenIn(table)).toEqual(all);
    expect(await counted('SUBMITTED')).toBe(217);

    const [first] = (await cabinet.admin('SELECT case_id FROM import_rows WHERE import_id = $1 ORDER BY line', [all.id])) as [
      { case_id: string },
    ];
    expect((await colleague!.put(`/cases/${first.case_id}/screening`, { decision: 'refuse', code: 'CORRUPTION' })).status).toBeLessThan(
      300,
    );
    const back = await takenBack(all);
    const numbers = await cabinet.admin('SELECT number AS name FROM cases WHERE id = $1', [first.case_id]);
    expect([back.undone, back.kept]).toEqual([216, [{ line: 2, ...numbers[0] }]]);
    expect([await counted('SUBMITTED'), await counted('WITHDRAWN')]).toEqual([1, 216]);
    const open = `SELECT count(*)::int AS n FROM deadlines d JOIN import_rows r ON r.case_id = d.case_id WHERE r.undone_at IS NOT NULL AND d.cancelled_at IS NULL`;
    expect(await cabinet.admin(open)).toEqual([{ n: 0 }]);
    expect(await received()).toBe(1);
    // no court is told under a number that what never came did not begin
    const letters =
      'SELECT count(*)::int AS n FROM court_letters l JOIN import_rows r ON r.case_id = l.case_id WHERE r.undone_at IS NOT NULL';
    expect(await cabinet.admin(letters)).toEqual([{ n: 0 }]);
    expect(await brokenFacts()).toEqual([]);
    expect((await previewed(table)).known).toBeNull();
  }, 30_000);

  it('gives the case that the court’s own form gives', async () => {
    const row = [russianHeader, referralRow(5001)].join('\n');
    const { id } = await takenIn(row);
    const [{ case_id: byTable }] = (await cabinet.admin('SELECT case_id FROM import_rows WHERE import_id = $1', [id])) as [
      { case_id: string },
    ];
    const party = (surname: string, nth: number) => ({ kind: 'person', surname, given: 'А', phone: phone(nth), language: 'ru' });
    const asked = {
      language: 'ru', category: 'family', district: 'oskemen', caseNumber: '6310-26-00-2/5001', rulingOn: '2026-09-21', termDays: 30,
      sideA: [party('Жумадилов', 10_002)], sideB: [party('Бурцева', 10_003)],
    }; // prettier-ignore
    const byForm = (await court!.post<{ caseId: string }>('/court/referrals', asked)).body.caseId;
    const alike = (caseId: string) =>
      cabinet.admin(
        `SELECT c.state, c.category, c.district, c.language, c.door, c.court_id, c.court_case_number, c.safe_process, c.shuttle, r.court_id AS by, r.judge, r.ruling_on, r.term_days,
           (SELECT jsonb_agg(jsonb_build_object('side', p.side, 'surname', p.surname, 'phone', encode(p.phone_hash, 'hex')) ORDER BY p.side) FROM parties p WHERE p.case_id = c.id) AS parties,
           (SELECT jsonb_agg(d.code || d.due_at ORDER BY d.code) FROM deadlines d WHERE d.case_id = c.id) AS deadlines,
           (SELECT jsonb_agg(jsonb_build_object('type', e.type, 'data', e.data) ORDER BY e.id) FROM events e WHERE e.case_id = c.id) AS facts
         FROM cases c JOIN referrals r ON r.case_id = c.id WHERE c.id = $1`,
        [caseId],
      );
    expect(await alike(byTable)).toEqual(await alike(byForm));
    for (const caseId of [byTable, byForm])
      expect((await court!.get(`/court/cases/${caseId}`)).body).toMatchObject({ id: caseId, state: 'SUBMITTED' });
  });

  it('is read as offices save it', async () => {
    const row = referralRow(6001).replace('family', 'семейный спор').replace('2026-09-21', '21.09.2026');
    const kazakh = `Сот,Іс нөмірі,Ұйғарым күні,Мерзім,Санат,Аудан,Тіл,А тарап: тегі,А тарап: аты,А тарап: телефон,Б тарап: тегі,Б тарап: аты,Б тарап: телефон\n${row.replaceAll(';', ',')}`;
    const text = `${russianHeader}\r\n${row}\r\n`;
    for (const table of [text, `\uFEFF${text}`, inWindows1251(text), kazakh, `\uFEFF${kazakh}`])
      expect(await previewed(table)).toMatchObject({ rows: 1, good: 1, missing: [], faults: [] });
  });

  it.each(['=HYPERLINK("http://x")', '@SUM(1)', '+1+1', '-cmd', '=1+1'])(
    'refuses a cell that a spreadsheet would compute: %s',
    async (cell) => {
      const row = referralRow(7001).replace('Жумадилов', `"${cell.replaceAll('"', '""')}"`);
      expect((await previewed(`${russianHeader}\n${row}`)).faults).toEqual([{ line: 2, column: 'aSurname', code: 'formula' }]);
    },
  );

  it('takes a phone with a plus for a phone', async () =>
    expect(await previewed(`${russianHeader}\n${referralRow(7002).replace(phone(14_004), '+7 701 001 40 04')}`)).toMatchObject({
      good: 1,
    }));

  it('takes an address for who has no phone, and asks for one of them', async () => {
    const without = referralRow(7003).replace(phone(14_007), '');
    expect(await previewed(`${russianHeader};Сторона Б: почтовый адрес\n${without};"Риддер, ул. Абая, 7"`)).toMatchObject({
      good: 1,
      faults: [],
    });
    expect((await previewed(`${russianHeader}\n${without}`)).faults).toEqual([{ line: 2, column: 'bPhone', code: 'way_needed' }]);
  });

  it('says what it lacks', async () => {
    const table = referralTable(1, 8001).replace('Суд;', 'Что-то;').replace('Район', 'Место');
    expect(await previewed(table)).toMatchObject({ good: 0, missing: ['court', 'district'], faults: [] });
    expect(await send('/imports', table)).toMatchObject({
      status: 400,
      body: { code: 'invalid', fields: { court: 'required', district: 'required' } },
    });
    for (const bad of ['', russianHeader, `${russianHeader}\n"не закрыто;x`, 'a\0b\nc', 'PK\u0003\u0004 no archive'])
      expect(await send('/imports/previews', bad)).toMatchObject({ status: 422, body: { code: 'import.unreadable' } });
    const long = `${russianHeader}\n${'x\n'.repeat(10_001)}`;
    expect(await send('/imports/previews', long)).toMatchObject({ status: 422, body: { code: 'import.too_long' } });
    expect(await send('/imports/previews', 'x'.repeat(9_000_000))).toMatchObject({ status: 413, body: { code: 'file.too_large' } });
  });

  it('sent from two tabs at once goes in once', async () => {
    const table = referralTable(40, 9001);
    const both = await Promise.all([send<ImportView>('/imports', table), send<ImportView>('/imports', table)]);
    expect(both.map(({ body }) => body.done)).toEqual([40, 40]);
    expect(both[0].body.id).toBe(both[1].body.id);
    const lines = Array.from({ length: 40 }, (_, nth) => `6310-26-00-2/${9001 + nth}`);
    const count = 'SELECT count(*)::int AS n FROM referrals WHERE case_number = ANY($1)';
    expect(await cabinet.admin(count, [lines])).toEqual([{ n: 40 }]);
  });

  it('is the desk’s alone', async () => {
    const table = referralTable(1, 9901);
    for (const who of [court!, citizen!]) {
      expect((await send('/imports', table, who)).status).toBe(404);
      expect((await send('/imports/previews', table, who)).status).toBe(404);
      expect((await who.get('/imports')).status).toBe(404);
      const [{ id }] = (await cabinet.admin('SELECT id FROM imports LIMIT 1')) as [{ id: string }];
      expect((await who.put(`/imports/${id}/undoing`, {})).status).toBe(404);
    }
    expect((await desk!.put(`/imports/${newId()}/undoing`, {})).status).toBe(404);
    const rows = JSON.stringify(await cabinet.admin('SELECT i::text FROM imports i'));
    expect(rows).not.toContain('Жумадилов');
  });
});
