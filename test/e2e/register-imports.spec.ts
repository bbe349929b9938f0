import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportPreview, ImportView, RegisterKind, SignedIn } from '#contract';
import { kazakhstan } from '#hours';
import { newId } from '#platform';
import { fillRegisters } from '../../migrations/registers.js';
import { formulaWorkbook, workbook } from '../support/formula-workbook.js';
import { type Cabinet, startCabinet } from '../support/cabinet.js';
import { inWindows1251 } from '../support/referral-table.js';
import { signedIn } from '../support/signed-in.js';
import type { Visitor } from '../support/visitor.js';

let cabinet: Cabinet;
let [admin, desk]: Visitor[] = [] as never;
const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

beforeAll(async () => {
  cabinet = await startCabinet({ worker: false, at: '2026-09-22T05:00:00Z' });
  const come = async (role: SignedIn['role']) => signedIn(cabinet, { id: await person('Сотова', 'Әлия'), role });
  [admin, desk] = [await come('administrator'), await come('coordinator')];
});
afterAll(() => cabinet.stop());

async function person(surname: string, given: string) {
  const id = newId();
  await cabinet.admin(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, $2, $3, 'kk', $4, $5)`, [
    id,
    surname,
    given,
    Buffer.from(id),
    cabinet.now(),
  ]);
  return id;
}
async function send<T>(path: string, kind: RegisterKind, table: string | Buffer, who = admin!) {
  const type = Buffer.isBuffer(table) && table.subarray(0, 2).toString() === 'PK' ? xlsx : 'text/csv';
  const headers = { cookie: who.cookies(), origin: cabinet.origin, 'content-type': type };
  const reply = await fetch(`${cabinet.origin}/api/register-imports${path}?kind=${kind}`, {
    method: 'POST',
    headers,
    body: table as string,
  });
  return { status: reply.status, body: (await reply.json()) as T };
}
const previewed = async (kind: RegisterKind, table: string | Buffer) => (await send<ImportPreview>('/previews', kind, table)).body;
const wrong = ({ faults }: ImportPreview) => faults.map(({ line, column, code }) => `${line} ${column} ${code}`);
const takenIn = async (kind: RegisterKind, table: string | Buffer) => {
  const { status, body } = await send<ImportView>('', kind, table);
  expect(status).toBe(200);
  return body;
};
const takenBack = async ({ id }: ImportView) => (await admin!.put<ImportView>(`/imports/${id}/undoing`)).body;
const csv = (rows: string[][]) => rows.map((row) => row.join(';')).join('\r\n');

describe('the register of mediators', () => {
  const header = ['Тегі', 'Аты', 'ЖСН', 'Телефон', 'Эл. почта', 'Түрі', 'Тізілім нөмірі', 'Енгізілген күні', 'Тілдер', 'Санаттар', 'Аудан', 'Бір мезгілдегі істер', 'Ұйым', 'Сертификат нөмірі', 'Сертификат берген ұйым', 'Сертификат берілген күні', 'Сертификат мерзімі']; // prettier-ignore
  const people = ['710504499003', '641018399002', '850808300009', '990101400109', '881005499007', '850128399001', '831010399009', '600905399004', '910527399004']; // prettier-ignore
  const names = ['Айша', 'Бота', 'Венера', 'Гүлнар', 'Дина', 'Елена', 'Жанна', 'Зина', 'Инна'];
  const row = (nth: number, changes: Record<number, string> = {}) =>
    [`Жүсіпова${'абвгдежзи'[nth]}`, names[nth]!, people[nth]!, `8701000${5000 + nth}`, `m${nth}@example.kz`, 'кәсіби', `R-${nth}`, '03.01.2021', 'қазақша, неміс тілі', 'neighbours, family', 'oskemen', '3', 'Ертіс', `C-${nth}`, 'Ертіс', '2021-01-03', '2027-01-28'].map((cell, at) => changes[at] ?? cell); // prettier-ignore
  const entries = () =>
    cabinet.admin<Record<string, unknown>>(
      `SELECT p.given, m.register_number AS number, m.languages, m.fields, m.capacity, m.organisation, m.certificate_until::text AS until,
         EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = p.id) AS holds
       FROM mediators m JOIN persons p ON p.id = m.person_id ORDER BY m.register_number`,
    );
  const seen = async (table: string | Buffer) => (await send<ImportPreview>('/previews', 'mediators', table, desk!)).body;
  const entered = async (table: string | Buffer) => (await send<ImportView>('', 'mediators', table, desk!)).body;
  const back = async ({ id }: ImportView) => (await desk!.put<ImportView>(`/imports/${id}/undoing`)).body;

  it('goes in as CSV and as a workbook by the register’s own rules, gives nobody a role, and is taken back', async () => {
    const table = csv([header, row(0), row(1)]);
    expect(await seen(table)).toMatchObject({ rows: 2, good: 2, missing: [], faults: [], known: null });
    expect(await entries()).toEqual([]);
    const all = await entered(table);
    expect(all).toMatchObject({ good: 2, done: 2 });
    const first = { given: 'Айша', number: 'R-0', languages: ['kk', 'de'], fields: ['neighbours', 'family'], capacity: 3, organisation: 'Ертіс', until: '2027-01-28', holds: false }; // prettier-ignore
    expect((await entries())[0]).toEqual(first);
    const more = await entered(workbook([header, row(2)]));
    expect(more).toMatchObject({ good: 1, done: 1 });
    await cabinet.admin(`UPDATE mediators SET version = 2 WHERE register_number = 'R-0'`);
    expect(await back(all)).toMatchObject({ undone: 1, kept: [{ line: 2, name: 'R-0' }] });
    expect(await back(more)).toMatchObject({ undone: 1, kept: [] });
    expect(await entries()).toEqual([first]);
    expect(wrong(await seen(table))).toContain('2 iin already_registered');
  });

  it('tells each mistake by its line', async () => {
    const table = csv([
      header,
      row(3, { 5: 'сиқыршы', 7: '2026-13-41', 8: 'клингон', 10: 'Атлантида', 11: 'көп' }),
      row(4, { 3: '123', 4: '' }),
      row(5, { 13: '', 14: '', 15: '', 16: '' }),
      row(6, { 0: '=1+1' }),
      row(7),
      row(8, { 6: 'R-7' }),
      row(7, { 6: 'R-77', 13: 'C-77', 3: '', 4: 'x@example.kz' }),
    ]);
    const told = wrong(await seen(table));
    expect(told.filter((one) => one.startsWith('2 ')).toSorted()).toEqual(['2 capacity whole_number', '2 district choose', '2 enteredOn date', '2 kind choose', '2 languages choose']); // prettier-ignore
    expect(told.filter((one) => /^[3-5] /.test(one))).toEqual(['3 phone phone', '4 certificateNumber certificate_needed', '5 surname formula']); // prettier-ignore
    expect(told.filter((one) => /^[7-8] /.test(one)).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual(['7 registerNumber', '8 iin']); // prettier-ignore
    expect((await entries()).length).toBe(1);
  });

  it('refuses a formula in a workbook, whatever value stands beside it, and a table without its columns', async () => {
    expect(wrong(await seen(formulaWorkbook(header, row(3), 11)))).toEqual(['2 capacity formula']);
    const { missing } = await seen(csv([header.slice(0, 6), row(3).slice(0, 6)]));
    expect(missing).toEqual(['registerNumber', 'enteredOn', 'languages', 'fields', 'district', 'capacity']);
    expect((await send('', 'mediators', csv([header.slice(0, 6), row(3).slice(0, 6)]), desk!)).status).toBe(400);
  });
});

describe('days off', () => {
  const table = csv([['Дата', 'Вид дня', 'Атауы', 'Название'], ['28.10.2026', 'выходной', 'Көшірілген демалыс', 'Перенос'], ['2026-10-31', 'рабочий']]); // prettier-ignore

  it('count from the moment they are in, until they are taken back', async () => {
    const working = () => ['2026-10-28', '2026-10-31'].map((day) => kazakhstan.isWorkingDay(day));
    expect(working()).toEqual([true, false]);
    const all = await takenIn('holidays', inWindows1251Table(table));
    expect([working(), kazakhstan.holidayOn('2026-10-28')]).toEqual([[false, true], { kk: 'Көшірілген демалыс', ru: 'Перенос', en: 'Перенос' }]); // prettier-ignore
    expect((await takenBack(all)).undone).toBe(2);
    expect(working()).toEqual([true, false]);
  });

  it('tell each mistake by its line', async () => {
    const bad = csv([['Күні', 'Күн түрі', 'Атауы'], ['2026-02-30', 'демалыс', 'x'], ['2026-12-31', 'мүмкін'], ['2026-12-30', 'жұмыс'], ['2026-12-30', 'жұмыс']]); // prettier-ignore
    expect(wrong(await previewed('holidays', bad))).toEqual(['2 day date', '2 ru required', '3 off choose', '5 day row_twice']);
  });
});

describe('courts', () => {
  it('are added and renamed; one that nothing refers to goes again, and a start does not undo what was taken in', async () => {
    const before = await cabinet.admin(`SELECT * FROM courts WHERE id = 'OSKEMEN_CITY'`);
    const table = workbook([['Обозначение', 'Код', 'Инстанция', 'Атауы', 'Название'], ['OSKEMEN_CITY', '', 'первая', 'Қала соты', 'Городской суд'], ['ULAN', '6377', 'первая', 'Ұлан аудандық соты', 'Уланский районный суд']]); // prettier-ignore
    const all = await takenIn('courts', table);
    const named = () =>
      cabinet.admin<{ id: string; kk: string }>(`SELECT id, kk FROM courts WHERE id IN ('OSKEMEN_CITY', 'ULAN') ORDER BY id`);
    const renamed = [{ id: 'OSKEMEN_CITY', kk: 'Қала соты' }, { id: 'ULAN', kk: 'Ұлан аудандық соты' }]; // prettier-ignore
    expect(await named()).toEqual(renamed);
    await fillRegisters({ query: (sql: string, values: unknown[]) => cabinet.admin(sql, values) } as never);
    expect(await named()).toEqual(renamed);
    expect(await takenBack(all)).toMatchObject({ undone: 2, kept: [] });
    expect(await cabinet.admin(`SELECT id, kk FROM courts WHERE id IN ('OSKEMEN_CITY', 'ULAN')`)).toEqual(before.map(({ id, kk }) => ({ id, kk }))); // prettier-ignore
    const used = await takenIn('courts', table);
    await cabinet.admin(`INSERT INTO person_roles (person_id, role, court_id, granted_at) VALUES ($1, 'court', 'ULAN', $2)`, [await person('Хатшы', 'Сот'), cabinet.now()]); // prettier-ignore
    expect(await takenBack(used)).toMatchObject({ undone: 1, kept: [{ line: 3, name: 'ULAN' }] });
  });

  it('tell each mistake by its line', async () => {
    const bad = csv([['id', 'code', 'level', 'kk', 'ru'], ['ulan', '63', 'жоғарғы', 'x', 'x'], ['NEW_A', '6399', 'first', '', 'x'], ['NEW_B', '6388', 'first', 'x', 'x'], ['NEW_C', '6388', 'first', 'x', 'x']]); // prettier-ignore
    expect(wrong(await previewed('courts', bad))).toEqual(['2 court court_id', '2 code court_code', '2 level choose', '3 code taken', '3 kk required', '5 code taken']); // prettier-ignore
  });
});

it('is each office’s own: days off and courts the administrator’s, cases and mediators the desk’s', async () => {
  const day = csv([['day', 'off', 'kk', 'ru'], ['2026-10-30', 'off', 'x', 'x']]); // prettier-ignore
  for (const path of ['', '/previews']) expect((await send(path, 'holidays', day, desk)).status).toBe(404);
  expect((await desk!.get('/register-imports?kind=holidays')).status).toBe(404);
  const { id } = await takenIn('holidays', day);
  expect((await desk!.put(`/imports/${id}/undoing`)).status).toBe(404);
  expect((await admin!.get<ImportView[]>('/register-imports?kind=holidays')).body.map((one) => one.id)).toContain(id);
  expect((await admin!.get<ImportView[]>('/register-imports?kind=courts')).body.map((one) => one.id)).not.toContain(id);
  expect((await admin!.get('/imports')).status).toBe(404);
  for (const path of ['', '/previews']) expect((await send(path, 'mediators', day)).status).toBe(404);
  await admin!.put(`/imports/${id}/undoing`);
});

/** Kazakh letters have no place in windows-1251, so an office that saves in it has none. */
const inWindows1251Table = (text: string) => (/[әғқңөұүһі]/i.test(text) ? Buffer.from(`\uFEFF${text}`) : inWindows1251(text));
