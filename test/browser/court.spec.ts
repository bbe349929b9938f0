import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import pg from 'pg';
import { extractText, getDocumentProxy } from 'unpdf';
import type { Language } from '#contract';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { agree, appoint, type Cast, inviteAndConsent, settlementOf } from '../../apps/launcher/src/demo/play.js';
import { contactOf } from '../../apps/launcher/src/demo/application.js';
import { scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import { madeCases } from '../support/report-caseload.js';
import { recount } from '../support/report-recount.js';
import { opened } from '../support/workbook.js';
import { type Stage, test } from './house.js';
import type { Person } from './person.js';

const accident = scenariosIn(resolve(import.meta.dirname, '../scenarios')).find(({ slug }) => slug.startsWith('14-'))!;
const today = () => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);

test('a clerk refers by form, watches the case move, enters the ruling and exports the month', async ({ stage }) => {
  const clerk = await stage.staff({ language: 'ru', width: 1280 }, 'clerk');
  const { t, page } = clerk;
  const caseId = await test.step('refer', () => refer(clerk));
  await clerk.open('/court', t('court.title'));
  const row = page.getByRole('row').filter({ hasText: accident.court!.caseNumber });
  const reads = (state: 'SUBMITTED' | 'IN_MEDIATION' | 'SETTLED_FULL' | 'AT_COURT') => expect(row).toContainText(t(`states.${state}.name`));
  await reads('SUBMITTED');

  await test.step('parties act, the row follows by itself', async () => {
    const people = new Map(accident.parties.map((party) => [party.id, newcomer(stage, party.id, contactOf(party))]));
    const acting = { ...(await houseOf(stage)), clerk: newcomer(stage, 'clerk', ''), people };
    await inviteAndConsent(acting, accident, { caseId, people });
    const mediator = await appoint(acting, caseId);
    const cast = { caseId, people, mediator };
    await agree(cast, { kind: 'contract' });
    await reads('IN_MEDIATION');
    await agree(cast, settlementOf(accident));
    await reads('SETTLED_FULL');
    await mediator.ask('POST', `/cases/${caseId}/moves`, { action: 'send_to_court' });
    await reads('AT_COURT');
    await clerk.look();
    await settleAnew(stage, cast, clerk);
    await reads('AT_COURT');
  });

  await test.step('a date that is near is not called a term twice', async () => {
    await page.route(`**/api/court/cases/${caseId}`, async (route) => {
      const reply = await route.fetch();
      await route.fulfill({ response: reply, json: { ...(await reply.json()), dueAt: new Date(Date.now() + 3_600_000).toISOString() } });
    });
    await clerk.open(`/court/cases/${caseId}`, accident.court!.caseNumber);
    const due = page.locator('dl > div').filter({ has: page.getByText(t('court.due'), { exact: true }) });
    await expect(due.locator('dd')).toHaveText(/\d/);
    await expect(due.locator('dd')).not.toContainText(t('calendar.due', { when: '' }).trim());
    await page.unroute(`**/api/court/cases/${caseId}`);
  });

  await test.step('enter the ruling', async () => {
    await clerk.open(`/court/cases/${caseId}`, accident.court!.caseNumber);
    await page.getByText(t('court.enter.ruling')).first().click();
    await sayDay(clerk, 'on', today());
    await page.locator('input[name="number"]').fill('6325-26-00-2/318-1');
    await clerk.choice(t('court.outcome.approved')).check();
    await clerk.tick(t('court.act.refund')).check();
    await clerk.look();
    await clerk.press(t('court.save.ruling'));
    await expect(page.getByText(t('states.COURT_APPROVED.name')).first()).toBeVisible();
    await clerk.look();
  });

  await test.step('export the month', async () => {
    await clerk.open('/court/register', t('court.register'));
    const line = page.getByRole('row').filter({ hasText: accident.court!.caseNumber });
    const [outgoing] = /20\d\d\/\d{5}/.exec(await line.innerText())!;
    await expect(line).toContainText(t('court.letter.sent'));
    await clerk.press(t('reports.export.xlsx'));
    const link = page.getByRole('link', { name: t('court.exports.take') }).first();
    await expect(link).toBeVisible();
    await clerk.look();
    const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
    const [sheet] = opened(readFileSync(await file.path()));
    const kept = sheet!.find((cells) => cells[1] === accident.court!.caseNumber)!;
    expect(kept.join(' ')).toContain(outgoing);
    expect(kept).toContain(t('court.outcome.approved'));
  });
  expect(clerk.received.filter((text) => accident.messages.some((message) => text.includes(message.text)))).toEqual([]);
  await page.context().close();
});

test('a council member opens the report of a year in Kazakh and prints it', async ({ stage }) => {
  const counted = await closeYear(stage);
  const council = await stage.staff({ language: 'kk', width: 1280 }, 'council');
  const { t, page } = council;
  await council.open('/council?period=2025&line=applications_received&cut=language', t('reports.title'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'kk');
  const received = counted.get('applications_received|all|all')!.n;
  const line = page.getByRole('table').first().getByRole('row').nth(1);
  await expect(line).toContainText(String(received));
  const name = await line.getByRole('cell').nth(1).innerText();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: t('reports.print') })).toBeHidden();
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(await page.pdf({ format: 'A4' }))), { mergePages: true });
  const words = text.replaceAll(/\s+/g, ' ');
  expect(words).toContain(`${name} ${received}`);
  for (const one of ['kk', 'ru'] as const)
    expect(words).toContain(`${t(`reports.value.language.${one}`)} ${counted.get(`applications_received|language|${one}`)!.n}`);
  expect(words).not.toContain(t('reports.export.xlsx'));
  await page.context().close();
});

/** The court does not approve, both sides want to settle anew, the desk gives the case back, and the mediator goes on from the text that stood. */
async function settleAnew(stage: Stage, cast: Cast, clerk: Person) {
  const { caseId, people, mediator } = cast;
  const [a, b] = [people.get('A1')!, people.get('B1')!];
  const ruling = { kind: 'ruling', on: today(), number: '1', outcome: 'refused', grounds: ['condition'], dutyRefund: false };
  const headers = { origin: stage.house.origin };
  expect((await clerk.page.request.post(`/api/court/cases/${caseId}/acts`, { data: ruling, headers })).ok()).toBe(true);
  const party = await sitAs(stage, a, { language: 'kk', width: 360 });
  await party.page.goto(`/cases/${caseId}`);
  await party.press(party.t('case.anew.agree'));
  await expect(party.page.getByText(party.t('case.anew.mine'))).toBeVisible();
  await party.look();
  await party.page.context().close();
  await b.ask('PUT', `/cases/${caseId}/anew-agreements`);
  const desk = await stage.staff({ language: 'ru', width: 1280 }, 'coordinator');
  await desk.page.goto(`/desk/cases/${caseId}`);
  await desk.pressTwice(desk.t('case.anew.resume'), desk.t('case.anew.resume.question'), desk.t('case.anew.resume'));
  await expect(desk.page.getByText(desk.t('states.SETTLEMENT_DRAFT.name')).first()).toBeVisible();
  await desk.look();
  await desk.page.context().close();
  const drafter = await sitAs(stage, mediator, { language: 'ru', width: 1280 });
  await drafter.open(`/mediator/cases/${caseId}/settlement`, drafter.t('mediator.settlement.title'));
  await expect(drafter.field(drafter.t('mediator.settlement.ru'))).toHaveValue(settlementOf(accident).text.ru);
  await drafter.page.context().close();
  const { text, ...first } = settlementOf(accident);
  await agree(cast, { ...first, text: { kk: `${text.kk} (2)`, ru: `${text.ru} (2)` } });
  await mediator.ask('POST', `/cases/${caseId}/moves`, { action: 'send_to_court' });
}

/** Somebody of the scenario at a browser, with the session that is his already. */
async function sitAs(stage: Stage, who: DemoPerson, seat: { language: Language; width: number }): Promise<Person> {
  const person = await stage.visitor(seat, who.contact);
  const kept = who
    .cookies()
    .split('; ')
    .map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));
  await person.page.context().addCookies(kept.filter(({ name }) => name === 'kelisim').map((one) => ({ ...one, url: stage.house.origin })));
  return person;
}

async function refer(clerk: Person): Promise<string> {
  const { t, page } = clerk;
  await clerk.open('/court/referrals/new', t('court.refer'));
  await clerk.press(t('court.refer.send'));
  await expect(page).toHaveTitle(new RegExp(`^${t('parts.errors.word')}`));
  for (const side of ['sideA', 'sideB'] as const)
    await expect(page.getByRole('alert')).toContainText(`${t(`court.refer.${side}`)}, ${t('auth.surname')}`);
  await clerk.look();
  await page.locator('input[name="caseNumber"]').fill(accident.court!.caseNumber);
  await sayDay(clerk, 'rulingOn', today());
  await page.locator('select[name="category"]').selectOption(accident.category);
  await page.locator('select[name="district"]').selectOption('oskemen');
  for (const [side, id] of [
    ['sideA', 'A1'],
    ['sideB', 'B1'],
  ] as const) {
    const party = accident.parties.find((one) => one.id === id)!;
    for (const name of ['surname', 'given', 'phone', 'email'] as const)
      await page.locator(`input[name="${side}.0.${name}"]`).fill(party[name] ?? '');
  }
  await clerk.press(t('court.refer.send'));
  await clerk.arrive(accident.court!.caseNumber);
  return /cases\/([0-9a-f-]{36})/.exec(page.url())![1]!;
}

/** A day in its three parts. */
async function sayDay({ page }: Person, name: string, day: string) {
  const [year, month, of] = day.split('-') as [string, string, string];
  await page.locator(`#${name}`).fill(of);
  await page.locator(`#${name}-month`).selectOption(month);
  await page.locator(`#${name}-year`).fill(year);
}

function newcomer({ house }: Stage, name: string, contact: string) {
  const person = new DemoPerson(house.origin, name, contact, house.inbox);
  person.patienceMs = 60_000;
  return person;
}

/** The desk and the mediators at work without a browser. */
async function houseOf(stage: Stage) {
  const { house } = stage;
  const come = async (name: string) => {
    const account = house.accounts.get(name)!;
    const person = newcomer(stage, name, account.login);
    await person.signIn(account, () => house.now());
    return person;
  };
  const mediator = async (personId: string) => {
    for (const { name, role } of house.accounts.values()) {
      const known = role === 'mediator' ? await come(name) : null;
      if (known?.id === personId) return known;
    }
    throw new Error('no such mediator');
  };
  return { origin: house.origin, inbox: house.inbox, coordinator: await come('coordinator2'), mediator };
}

/** A year as its closing would have left it, over a list of cases: what the page must say is counted from that list. */
async function closeYear({ house }: Stage) {
  const months = Array.from({ length: 12 }, (_, at) => `2025-${String(at + 1).padStart(2, '0')}`);
  const counted = recount(madeCases(400, { from: '2025-01-01T00:00:00+05:00', overDays: 300, seed: 2 }), months);
  const admin = new pg.Client({ connectionString: house.adminUrl });
  await admin.connect();
  await admin.query(`INSERT INTO report_closings (month, closed_at) VALUES ('2025-12-01', '2026-01-01T02:00:00Z')`);
  const cells = [...counted].map(([key, { n, total }]) => [...key.split('|'), n, total]);
  await admin.query(
    `INSERT INTO report_cells (period, month, line, dim, value, n, total, shown)
     SELECT '2025', '2025-12-01', x->>0, x->>1, x->>2, (x->>3)::bigint, (x->>4)::numeric, (x->>3)::int >= 5 FROM jsonb_array_elements($1) x`,
    [JSON.stringify(cells)],
  );
  await admin.end();
  return counted;
}
