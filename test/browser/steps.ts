import { expect } from '@playwright/test';
import { conflictQuestions } from '#contract';
import type { Scenario } from '../../apps/launcher/src/demo/scenario.js';
import { stands, thinkOfDeclining } from './answers.js';
import { accountOf } from './disputes.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

type Names = { surname: string; given: string; patronymic: string };
export type Dispute = Pick<Scenario, 'category' | 'district' | 'title' | 'claimText' | 'desiredOutcome'> & {
  iin: string;
  own: Names;
  other: Names & { phone: string; email?: string };
  court: { id: string; caseNumber: string };
  summary: string;
};

/** From the start page to the application's number. Returns the case. */
export async function file(a: Person, dispute: Dispute, { reference }: Stage): Promise<string> {
  const { t } = a;
  const category = reference.categories.find(({ code }) => code === dispute.category)!;
  await a.open('/', t('start.title'));
  await a.follow(t('start.begin'));
  await a.arrive(t('application.kind'));
  await a.choice(category.name[a.language]).first().check();
  await a.press(t('common.continue'));
  await register(a, dispute.own);
  await answerQuestions(a, dispute);
  await a.arrive(t('application.check'));
  await a.follow(t('application.elsewhere'));
  await a.arrive(t('application.elsewhere'));
  await a.follow(t('common.back'));
  await a.arrive(t('application.check'));
  await stands(a, [
    [t('application.own'), t('application.own.person'), 'own'],
    [t('common.name'), `${dispute.own.surname} ${dispute.own.given} ${dispute.own.patronymic}`.trim(), 'own'],
    [t('application.needs.interpreter'), t('application.needs.interpreter.none'), 'needs'],
    [t('application.needs.channel'), t('common.none'), 'needs'],
  ]);
  await isToldOfUnsent(a);
  await a.press(t('application.check.send'));
  await a.arrive(t('application.sent'));
  const caseId = /apply\/([0-9a-f-]{36})/.exec(a.page.url())![1]!;
  const asked = a.page.waitForResponse(/unsent=own/);
  await a.open('/', t('start.title'));
  await (await asked).finished();
  await expect(a.page.getByText(t('parts.notSent.whole'))).toHaveCount(0);
  return caseId;
}

/** What is not sent says so on the pages that are not of the application, and leads back to it. */
async function isToldOfUnsent(a: Person) {
  const { t } = a;
  const told = a.page.getByText(t('parts.notSent.whole'));
  await a.open('/about', t('about.title'));
  await expect(told).toBeVisible();
  await a.open('/', t('start.title'));
  await expect(told).toBeVisible();
  await a.look();
  await a.follow(t('common.continue'));
  await a.arrive(t('application.check'));
}

async function register(a: Person, names: Names) {
  const { t } = a;
  await a.arrive(t('auth.register.title'));
  await a.field(t('auth.contact')).fill(a.contact);
  await a.press(t('auth.getCode'));
  await a.arrive(t('auth.register.names'));
  await sayName(a, names);
  await a.press(t('common.continue'));
  await a.arrive(t('auth.code.title'));
  await a.typeCode(t('auth.code.label'));
  await a.press(t('auth.register.finish'));
}

async function sayName({ t, field, optional, tick }: Person, { surname, given, patronymic }: Names) {
  await field(t('auth.surname')).fill(surname);
  await field(t('auth.given')).fill(given);
  await optional(t('auth.patronymic')).fill(patronymic);
  await tick(t('auth.consent')).check();
}

/** One question a page, in the order in which they are asked. */
async function answerQuestions(a: Person, { district, claimText, desiredOutcome, court, iin, other, title }: Dispute) {
  const { t, field, optional, choice } = a;
  const answers: [step: Parameters<typeof heading>[1], answer: () => Promise<unknown>][] = [
    ['place', () => field(t('application.place.label')).selectOption(district)],
    ['story', () => a.page.getByRole('textbox', { name: t('application.story') }).fill(claimText)],
    ['wish', () => a.page.getByRole('textbox', { name: t('application.wish') }).fill(desiredOutcome)],
    ['amount', () => optional(t('application.amount.label')).fill('')],
    ['court', () => nameCourt(a, court)],
    ['safety', () => choice(t('application.safety.yes')).check()],
    ['around', async () => undefined],
    ['own', () => field(t('application.own.iin')).fill(iin)],
    ['ownMore', async () => undefined],
    ['other', () => nameOther(a, other)],
    ['contact', () => giveContact(a, other)],
    ['otherMore', () => addNobody(a)],
    ['needs', async () => undefined],
    ['name', () => field(t('application.name.label')).fill(title)],
  ];
  for (const [step, answer] of answers) {
    await a.arrive(heading(a, step));
    await answer();
    await a.press(t('common.saveAndContinue'));
  }
}

/** Whose surname is missing stands in the list of mistakes. */
async function addNobody(a: Person) {
  const { t, page } = a;
  await a.press(t('application.more.add'));
  await a.press(t('common.saveAndContinue'));
  await expect(page.getByRole('alert')).toContainText(`${t('application.more.person', { at: 2 })}, ${t('auth.surname')}`);
  await a.look();
  await a.press(t('application.more.remove'));
}

const heading = (
  { t }: Person,
  step:
    | 'place'
    | 'story'
    | 'wish'
    | 'amount'
    | 'court'
    | 'safety'
    | 'around'
    | 'own'
    | 'ownMore'
    | 'other'
    | 'contact'
    | 'otherMore'
    | 'needs'
    | 'name',
) => t(`application.${step}`);

async function nameCourt(a: Person, court: Dispute['court']) {
  const { t } = a;
  await a.choice(t('application.court.yes')).check();
  await a.field(t('application.court.which')).selectOption(court.id);
  await a.optional(t('application.court.number')).fill(court.caseNumber);
  await a.look();
}

async function nameOther(a: Person, { surname, given, patronymic }: Names) {
  const { t } = a;
  await a.choice(t('application.other.person')).check();
  await a.field(t('auth.surname')).fill(surname);
  await a.field(t('auth.given')).fill(given);
  await a.optional(t('auth.patronymic')).fill(patronymic);
}

async function giveContact(a: Person, { phone, email }: Dispute['other']) {
  const { t } = a;
  await a.field(t('common.phone')).fill(phone);
  if (email) await a.optional(t('common.email')).fill(email);
  await a.field(t('application.contact.language')).selectOption(a.language);
}

/** The desk reads the application and lets it through with its own neutral words. */
export async function allow(desk: Person, { summary, claimText }: Dispute) {
  const { t, page } = desk;
  await desk.open('/desk', t('desk.title'));
  await desk.follow(new RegExp(`^${t('desk.act.screen')}: `));
  await expect(page.getByText(claimText)).toBeVisible();
  await desk.choice(t('desk.decision.allow')).check();
  await desk.field(t('desk.summary')).fill(summary);
  await desk.look();
  await desk.press(t('desk.send.allow'));
  await expect(page.getByRole('heading', { name: t('desk.invitation'), exact: true })).toBeVisible();
  await desk.look();
}

/** The short address and the code of the letter; what is behind it; a free yes, with a one-time code. */
export async function join(b: Person, { summary, claimText, other }: Dispute, caseId: string) {
  const { t, page } = b;
  await b.open(`/i/${await b.invitation()}`, t('invited.title'));
  await b.press(t('start.code.open'));
  await expect(page.getByText(summary)).toBeVisible();
  await b.look();
  await expect(page.getByText(claimText)).toHaveCount(0);
  if (b.contact.includes('@')) await thinkOfDeclining(b);
  await b.press(t('invited.consent'));
  await b.arrive(t('invited.who'));
  await sayName(b, other);
  await b.press(t('invited.who.next'));
  await b.arrive(t('auth.code.title'));
  if (b.contact.includes('@')) await askByMail(b);
  await b.typeCode(t('auth.code.label'));
  await b.press(t('invited.consent.send'));
  await expect(page).toHaveURL(new RegExp(`/cases/${caseId}$`));
  await b.look();
}

/** The code goes to the phone unless one asks otherwise. */
async function askByMail(b: Person) {
  const { t, page } = b;
  await b.press(t('invited.code.other.email'));
  await expect(page.getByText(t('invited.code.email'))).toBeVisible();
}

/** The desk offers the case to the first of those who fit. Returns the account's name. */
export async function offer(desk: Person, caseId: string): Promise<string> {
  const { t, page } = desk;
  await page.goto(`/desk/cases/${caseId}`);
  await desk.follow(t('desk.offer.choose'));
  await desk.arrive(t('desk.candidates'));
  const name = await page.getByRole('article').first().getByRole('heading').innerText();
  await desk.press(`${t('desk.candidates.offer')}: ${name}`);
  await expect(page).toHaveURL(new RegExp(`/desk/cases/${caseId}$`));
  await expect(page.getByText(name).first()).toBeVisible();
  await desk.look();
  return accountOf(name);
}

/** No conflict, accepted. */
export async function accept(m: Person, caseId: string) {
  const { t, page } = m;
  await m.open('/mediator', t('mediator.title'));
  await m.follow(t('mediator.offer.open'));
  await m.arrive(t('mediator.declare.title'));
  for (const question of conflictQuestions) {
    const group = page.getByRole('radiogroup', { name: t(`mediator.declare.${question}`) });
    await group.getByRole('radio', { name: t('common.no') }).check();
  }
  await page
    .getByRole('radiogroup', { name: t('conflicts.declare.acquainted') })
    .getByRole('radio', { name: t('common.no') })
    .check();
  await m.press(t('mediator.declare.accept'));
  await expect(page).toHaveURL(new RegExp(`/mediator/cases/${caseId}$`));
  await m.look();
}

/** The cabinet writes the contract; the mediator reads it and sends it to all. */
export async function prepareContract(m: Person) {
  const { t } = m;
  await m.press(t('mediator.contract.start'));
  await m.arrive(t('papers.contract'));
  await freeze(m);
}

export async function freeze(m: Person) {
  const { t, page } = m;
  await m.pressTwice(t('papers.freeze'), t('papers.freeze.question'), t('papers.freeze'));
  await expect(page.getByRole('heading', { name: t('papers.confirm.title') })).toBeVisible();
}

/** From the case's page to the text, and a one-time code under it. */
export async function confirm(person: Person, caseId: string, kind: 'contract' | 'settlement') {
  const { t, page } = person;
  await page.goto(`/cases/${caseId}`);
  await person.follow(t(`case.now.${kind}`));
  await person.arrive(t(`papers.${kind}`));
  await proveAndConfirm(person);
}

/** On the text's own page. */
export async function proveAndConfirm(person: Person) {
  const { t, page } = person;
  await person.press(t('papers.confirm.ask'));
  await expect(person.field(t('papers.confirm.code'))).toBeVisible();
  await person.look();
  await person.typeCode(t('papers.confirm.code'));
  await person.press(t('papers.confirm.button'));
  await expect(
    page
      .getByText(t('papers.confirmed'))
      .or(page.getByText(t('papers.concluded')))
      .first(),
  ).toBeVisible();
  await person.look();
}

/** Writes into the room in front of one. */
export async function write(person: Person, label: string, send: string, text: string) {
  await person.field(label).fill(text);
  await person.press(send);
  await expect(person.said(text).first()).toBeVisible();
}

/** A paper chosen, looked over while it waits to be said, and sent. */
export async function attach(person: Person, send: string, name: string) {
  const { t, page } = person;
  await person.press(t('files.attach'));
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/pdf', buffer: paper });
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();
  await person.look();
  await person.press(send);
  await expect(page.getByRole('button', { name: t('files.attach') })).toBeVisible();
  await expect(person.said(name).first()).toBeVisible();
}
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n');

/** One hour, two days from now, by Oskemen's clock. */
export async function propose(m: Person, caseId: string) {
  const { t, page } = m;
  await page.goto(`/mediator/cases/${caseId}`);
  await m.follow(t('mediator.hours'));
  await m.arrive(t('calendar.title'));
  await m.press(t('calendar.propose'));
  await m.choice(t('calendar.by.hand')).check();
  await m.field(t('calendar.propose.date')).fill(new Date(Date.now() + 53 * 3_600_000).toISOString().slice(0, 10));
  await m.field(t('calendar.propose.from')).fill('11:00');
  await m.look();
  await m.press(t('calendar.propose.send'));
  await expect(page.getByRole('button', { name: t('calendar.change') })).toBeVisible();
}

export async function acceptHour(person: Person, caseId: string) {
  const { t, page } = person;
  await page.goto(`/cases/${caseId}`);
  await person.follow(t('case.meeting.answer'));
  await person.arrive(t('calendar.title'));
  await page.getByRole('checkbox').check();
  await person.press(t('calendar.send'));
}

/** The court's row of a case says this state, without anybody having asked anew. */
export async function courtReads(
  clerk: Person,
  { court }: Dispute,
  state: 'SUBMITTED' | 'IN_MEDIATION' | 'TERMINATED' | 'SETTLED_FULL' | 'AT_COURT',
) {
  const row = clerk.page.getByRole('row').filter({ hasText: court.caseNumber });
  await expect(row).toContainText(clerk.t(`states.${state}.name`));
}

/** A room that is over: everything can be read, nothing written. */
export async function isReadOnly({ t, page }: Person) {
  await expect(page.getByText(t('rooms.closed')).filter({ visible: true }).first()).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
}
