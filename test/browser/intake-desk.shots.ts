import { expect } from '@playwright/test';
import type { Language } from '#contract';
import { mediationOf } from './arranged.js';
import { keepPaper, shoot } from './camera.js';
import { type Stage, test } from './house.js';
import { askOf, type Filed, fence, filed, loan, seat, seated } from './intake-people.js';
import type { Person } from './person.js';

const languages = ['kk', 'ru'] as const satisfies Language[];
const summaries = {
  kk: 'Көршіңіз қоршау мен ағаш туралы медиатордың көмегімен сөйлескісі келеді.',
  ru: 'Сосед хочет поговорить о заборе и дереве с помощью медиатора.',
};

for (const language of languages) {
  test(`the desk decides, in ${language}`, async ({ stage }) => {
    const desk = await stage.staff(seat(language, 1280), 'coordinator');
    const a = await filed(stage, language, fence);
    await filed(stage, language, fence, { own: a.own });
    const { t, page } = desk;
    await desk.open('/desk', t('desk.title'));
    await shoot(desk, '40-queue');
    for (const queue of ['screen', 'chase', 'assign', 'stuck']) {
      await desk.open(`/desk?queue=${queue}`, t('desk.title'));
      await shoot(desk, `40-queue-${queue}`);
    }
    await desk.open(`/desk?search=${encodeURIComponent('дopoфeeв')}&door=self`, t('desk.title'));
    await shoot(desk, '41-search');
    await desk.open('/desk?search=qqqq', t('desk.title'));
    await shoot(desk, '41-search-nothing');
    await desk.open('/desk/bulk?action=close', t('desk.bulk.close'));
    await shoot(desk, '42-bulk-close');

    await desk.open(`/desk/cases/${a.caseId}`, /\S/);
    await shoot(desk, '43-screening');
    await page
      .locator('form')
      .filter({ hasText: t('desk.decision') })
      .getByRole('button')
      .last()
      .click();
    await shoot(desk, '43-screening-wrong');
    await desk.choice(t('desk.decision.return')).check();
    await page.locator('summary').nth(2).click();
    await shoot(desk, '44-return');
    await desk.choice(t('desk.decision.refuse')).check();
    await shoot(desk, '44-refuse');
    await returned(desk, a);
    await desk.open(`/desk/cases/${a.caseId}`, /\S/);
    await shoot(desk, '45-allow');
    await askOf(desk, 'PUT', `/cases/${a.caseId}/screening`, { decision: 'allow', summary: summaries[language] });
    await desk.open(`/desk/cases/${a.caseId}`, /\S/);
    await shoot(desk, '46-invited');
    await desk.open('/desk/bulk?action=reinvite&queue=chase', t('desk.bulk.reinvite'));
    await shoot(desk, '46-bulk-reinvite');
    await refused(stage, desk, language);
    await desk.open('/desk/bulk?action=close', t('desk.bulk.close'));
    await shoot(desk, '47-bulk-close');
    for (const [path, name, title] of [
      ['/desk/funnel', '48-funnel', /\S/],
      ['/desk/notices', '48-notices', /\S/],
      ['/desk/duty', '48-duty', /\S/],
    ] as const) {
      await desk.open(path, title);
      await shoot(desk, name);
    }
    await desk.page.context().close();
  });

  test(`the letter, in ${language}`, async ({ stage }) => {
    const desk = await stage.staff(seat(language, 1280), 'coordinator');
    await desk.open('/desk', desk.t('desk.title'));
    const a = await filed(stage, language, loan);
    await askOf(desk, 'PUT', `/cases/${a.caseId}/screening`, { decision: 'allow', summary: summaries[language] });
    const b = await stage.visitor(seat(language), loan.parties[1]!.phone);
    await letter(b);
    const invited = await askOf<{ parties: { id: string; side: string }[] }>(desk, 'GET', `/cases/${a.caseId}`);
    await keepPaper(desk, '50-letter', `/cases/${a.caseId}/invitation-letters`, {
      partyId: invited.parties.find(({ side }) => side === 'B')!.id,
    });
    await mails(stage, b, [a.person.contact, a.other]);
    const home = await seated(stage, a.person, language);
    await home.open(`/cases/${a.caseId}`, /\S/);
    await shoot(home, '57-home-invited');
    const world = await mediationOf(stage);
    await world.admin(`UPDATE invitations SET issued_at = issued_at - interval '9 days' WHERE case_id = $1`, [a.caseId]);
    await expect
      .poll(() => world.admin(`SELECT 1 FROM events WHERE case_id = $1 AND type = 'invitation.nudged'`, [a.caseId]), { timeout: 90_000 })
      .toHaveLength(1);
    await desk.open('/desk?queue=chase', desk.t('desk.title'));
    await shoot(desk, '58-queue-call');
    await desk.open(`/desk/cases/${a.caseId}`, /\S/);
    await shoot(desk, '58-call');
    await b.open('/invitation/decline', b.t('invited.decline.title'));
    await b.press(b.t('invited.who.next'));
    await b.arrive(b.t('auth.code.title'));
    await b.typeCode(b.t('auth.code.label'));
    await b.press(b.t('invited.decline.send'));
    await b.arrive(b.t('invited.state.declined'));
    await shoot(b, '56-declined');
    await home.open(`/cases/${a.caseId}`, /\S/);
    await shoot(home, '57-home-declined');
    await desk.open(`/desk/cases/${a.caseId}`, /\S/);
    await shoot(desk, '58-declined');
    await desk.open('/desk/bulk?action=reinvite', desk.t('desk.bulk.reinvite'));
    await shoot(desk, '58-bulk-reinvite');
    await world.close();
    for (const person of [b, home, desk]) await person.page.context().close();
  });
}

/** Sent back with notes by field; seen by who applied, mended, and sent anew. */
async function returned(desk: Person, { caseId, person }: Filed) {
  const { language, t } = desk;
  const fields = { claimText: language === 'kk' ? 'Қоршау қашан қойылғанын жазыңыз.' : 'Напишите, когда поставили забор.' };
  await askOf(desk, 'PUT', `/cases/${caseId}/screening`, { decision: 'return', notes: fields.claimText, fields });
  const context = await desk.page
    .context()
    .browser()!
    .newContext({ baseURL: person.origin, viewport: { width: 360, height: 740 }, timezoneId: 'Asia/Almaty' });
  const [name = '', value = ''] = person
    .cookies()
    .split('; ')
    .find((one) => one.startsWith('kelisim='))!
    .split('=');
  await context.addCookies([
    { name, value, url: person.origin },
    { name: 'language', value: language, url: person.origin },
  ]);
  const a = { page: await context.newPage(), language } as Person;
  const open = async (path: string) => {
    await a.page.goto(path);
    await expect(a.page.getByRole('heading', { level: 1 })).toBeVisible();
  };
  await open('/cases');
  await shoot(a, '35-returned-list');
  await open(`/cases/${caseId}`);
  await shoot(a, '35-returned-home');
  await open(`/apply/${caseId}/check`);
  await shoot(a, '35-returned-check');
  await open(`/apply/${caseId}/story`);
  await shoot(a, '35-returned-note');
  await a.page.getByRole('button', { name: t('common.saveAndContinue'), exact: true }).click();
  await expect(a.page.getByRole('alert')).toBeVisible();
  await shoot(a, '35-returned-note-wrong');
  await person.ask('PUT', `/cases/${caseId}/application`, { answers: {}, replies: { claimText: fields.claimText } });
  await person.ask('POST', `/cases/${caseId}/moves`, { action: 'resubmit' });
  await context.close();
}

/** Proposed by one, looked at by another; then what the applicant reads. */
async function refused(stage: Stage, desk: Person, language: Language) {
  const { t, page } = desk;
  const bad = await filed(stage, language, fence, {
    flags: { violence: false, corruption: true },
    own: { kind: 'person', iin: loan.parties[0]!.iin! },
  });
  await desk.open(`/desk/cases/${bad.caseId}`, /\S/);
  await desk.choice(t('desk.decision.refuse')).check();
  await page.locator('select[name=code]').selectOption('CORRUPTION');
  await shoot(desk, '47-refusal');
  await desk.press(t('desk.send.refuse'));
  await expect(page.getByText(t('desk.refusal.own'))).toBeVisible();
  await shoot(desk, '47-refusal-proposed');
  const second = await stage.staff(seat(language, 1280), 'coordinator2');
  await second.open(`/desk/cases/${bad.caseId}`, /\S/);
  await second.press(t('desk.refusal.confirm'));
  await shoot(second, '47-refusal-second');
  await askOf(second, 'PUT', `/cases/${bad.caseId}/refusal`, { confirm: true });
  await second.page.context().close();
  const a = await seated(stage, bad.person, language);
  await a.open(`/cases/${bad.caseId}`, /\S/);
  await shoot(a, '47-refused-home');
  await a.page.context().close();
}

/** The short address, a wrong code, the page behind a right one, and each answer as far as its code. */
async function letter(b: Person) {
  const { t, page, field } = b;
  await b.open('/i', t('invited.title'));
  await shoot(b, '51-code');
  await field(t('start.code.label')).fill('0000-0000');
  await b.press(t('start.code.open'));
  await expect(page.getByRole('alert').first()).toBeVisible();
  await shoot(b, '51-code-wrong');
  await b.open(`/i/${await b.invitation()}`, t('invited.title'));
  await b.press(t('start.code.open'));
  await expect(page.getByText(summaries[b.language === 'kk' ? 'kk' : 'ru'])).toBeVisible();
  await shoot(b, '52-letter');
  await b.press(t('invited.consent'));
  await b.arrive(t('invited.who'));
  await shoot(b, '53-consent');
  await b.choice(t('invited.as.poa')).check();
  await b.press(t('invited.who.next'));
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot(b, '53-consent-wrong');
  await b.choice(t('invited.as.self')).check();
  await field(t('auth.surname')).fill('Қасымов');
  await field(t('auth.given')).fill('Ерлан');
  await b.tick(t('auth.consent')).check();
  await b.press(t('invited.who.next'));
  await b.arrive(t('auth.code.title'));
  await field(t('auth.code.label')).fill('000000');
  await b.press(t('invited.consent.send'));
  await expect(page.getByRole('alert').first()).toBeVisible();
  await shoot(b, '54-consent-code-wrong');
  await b.open('/invitation/decline', t('invited.decline.title'));
  await shoot(b, '55-decline');
}

/** Each mail as it is drawn. */
async function mails({ house }: Stage, seen: Person, contacts: string[]) {
  const page = await seen.page.context().newPage();
  for (const [at, contact] of contacts.entries()) {
    const list = (await (await fetch(`${house.mailbox.webUrl}/api/messages?to=${encodeURIComponent(contact)}`)).json()) as { id: string }[];
    for (const [nth, { id }] of list.entries()) {
      const { html } = (await (await fetch(`${house.mailbox.webUrl}/api/messages/${id}`)).json()) as { html?: string };
      if (!html) continue;
      await page.setContent(html);
      await shoot({ page, language: seen.language } as Person, `59-mail-${'ab'[at]}${nth}`);
    }
  }
  await page.close();
}
