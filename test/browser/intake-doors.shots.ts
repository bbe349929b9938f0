import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { DeskConsultations, Language } from '#contract';
import { answersOf, districtOf } from '../../apps/launcher/src/demo/application.js';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { allAnswered } from './answers.js';
import { mediationOf } from './arranged.js';
import { shoot } from './camera.js';
import { type Stage, test } from './house.js';
import { askOf, fence, loan, seat, seated } from './intake-people.js';
import type { Person } from './person.js';

for (const language of ['kk', 'ru'] as const)
  test(`other doors, in ${language}`, async ({ stage }) => {
    await byTheDesk(stage, language);
    await fromACourt(stage, language);
    await consultation(stage, language);
    await atTheHouse(stage, language);
  });

async function byTheDesk(stage: Stage, language: Language) {
  const desk = await stage.staff(seat(language, 1280), 'coordinator');
  const { t, page } = desk;
  await desk.open('/apply', t('application.kind'));
  await page.getByRole('radio').first().check();
  await desk.press(t('common.continue'));
  await desk.arrive(t('application.place'));
  const caseId = /apply\/([0-9a-f-]{36})/.exec(page.url())![1]!;
  await desk.open(`/apply/${caseId}/own`, t('application.own'));
  await desk.choice(t('application.own.legal')).check();
  await desk.press(t('common.saveAndContinue'));
  await expect(page.getByRole('alert')).toBeVisible();
  await shoot(desk, '60-desk-own-wrong');
  const [first, second] = fence.parties as [Parameters<typeof answersOf>[0], Parameters<typeof answersOf>[0]];
  const { category, title, claimText, desiredOutcome } = fence;
  const { representative, interpreter, channel } = allAnswered.own;
  const own = { ...answersOf(first), email: `walks-in-${language}@example.kz`, representative, interpreter, channel };
  const answers = {
    category,
    district: districtOf(fence),
    title,
    claimText,
    desiredOutcome,
    flags: { violence: true },
    own,
    other: answersOf(second),
  };
  await askOf(desk, 'PUT', `/cases/${caseId}/application`, { answers });
  await desk.open(`/apply/${caseId}/check`, t('application.check'));
  await shoot(desk, '61-desk-check');
  await desk.press(t('application.desk.ask'));
  await desk.press(t('application.desk.send'));
  await shoot(desk, '62-desk-code-wrong');
  await desk.field(t('auth.code.label')).fill(await stage.house.inbox.code(own.phone!));
  await desk.tick(t('application.desk.consent')).check();
  await desk.press(t('application.desk.send'));
  await expect(page).toHaveURL(new RegExp(`/desk/cases/${caseId}$`));
  await expect(page.getByRole('heading', { name: t('desk.timeline') })).toBeVisible();
  await shoot(desk, '63-desk-filed');
  await page.context().close();
}

async function fromACourt(stage: Stage, language: Language) {
  const clerk = await stage.staff(seat(language, 1280), 'clerk');
  const { t } = clerk;
  await clerk.open('/court/referrals/new', t('court.refer'));
  await shoot(clerk, '64-referral');
  await clerk.press(t('court.refer.send'));
  await expect(clerk.page.getByRole('alert')).toBeVisible();
  await shoot(clerk, '64-referral-wrong');
  await clerk.page.context().close();
}

async function consultation(stage: Stage, language: Language) {
  const desk = await stage.staff(seat(language, 1280), 'coordinator');
  await desk.open('/desk/duty', /\S/);
  const { mediators } = await askOf<DeskConsultations>(desk, 'GET', '/desk/consultations');
  const m = await stage.staff(seat(language, 1280), language === 'kk' ? 'med-01' : 'med-02'); // one hour has one on duty of a name
  await m.open('/mediator', /\S/);
  const { session } = await askOf<{ session: { person: { id: string } } }>(m, 'GET', '/sessions/current');
  const now = Date.now();
  const hour = (n: number) => new Date(Math.floor(now / 3_600_000) * 3_600_000 + n * 3_600_000).toISOString();
  expect(mediators.map(({ id }) => id)).toContain(session.person.id);
  await askOf(desk, 'PUT', `/duties/${randomUUID()}`, { mediatorId: session.person.id, from: hour(0), to: hour(3) });
  await desk.open('/desk/duty', /\S/);
  await shoot(desk, '70-duty');
  const person = new DemoPerson(stage.house.origin, 'A', `advice-${language}@example.kz`, stage.house.inbox);
  await person.register({ surname: 'Қасымова', given: 'Әсел', patronymic: '', language });
  const a = await seated(stage, person, language);
  const { t } = a;
  await a.open('/consultation', t('consultation.title'));
  await shoot(a, '71-ask');
  await a.choice(t('consultation.when.hour')).check();
  await shoot(a, '71-ask-hour');
  await a.choice(t('consultation.when.now')).check();
  await a.press(t('consultation.ask'));
  await a.page.waitForURL(/consultations\/[0-9a-f-]{36}/);
  await a.arrive(/\S/);
  await shoot(a, '72-waiting');
  const id = a.page.url().split('/').at(-1)!;
  await m.open('/mediator', /\S/);
  await shoot(m, '72-duty-card');
  await askOf(m, 'PUT', `/consultations/${id}/taking`, {});
  await m.open(`/consultations/${id}`, /\S/);
  await m.press(t('consultation.draft.offer'));
  await shoot(m, '73-mediator');
  const { category, title, claimText, desiredOutcome } = loan;
  await askOf(m, 'PUT', `/consultations/${id}/draft`, { category, title, claimText, desiredOutcome });
  await a.open(`/consultations/${id}`, /\S/);
  await shoot(a, '74-draft-offered');
  await a.press(t('consultation.draft.yes'));
  await a.page.waitForURL(/apply/);
  await a.arrive(/\S/);
  await shoot(a, '75-draft-carried');
  await a.open('/consultations', t('consultation.list'));
  await shoot(a, '76-list');
  for (const one of [desk, m, a]) await one.page.context().close();
}

/** The second coordinator's: her session ends here. */
async function atTheHouse(stage: Stage, language: Language) {
  const desk = await stage.staff(seat(language, 1280), 'coordinator2');
  const { t, page } = desk;
  await desk.open('/desk/receiving', t('house.receive'));
  await page
    .getByRole('button', { name: t('house.hand') })
    .first()
    .click();
  await shoot(desk, '80-receive-wrong');
  await askOf(desk, 'POST', '/house-sessions', { by: 'document', surname: 'Тарапов', given: 'Ерлан', language, seen: true });
  await page.goto(`/house?lang=${language}&new=1`);
  await desk.arrive(t('house.welcome', { name: 'Тарапов Ерлан' }));
  await desk.press(t('common.continue'));
  await shoot(desk, '81-welcome-wrong');
  await desk.tick(t('auth.consent')).check();
  await desk.press(t('common.continue'));
  await desk.arrive(t('application.kind'));
  await page.getByRole('radio').first().check();
  await desk.press(t('common.continue'));
  await desk.arrive(t('application.place'));
  await shoot(desk, '82-step-at-the-house');
  await desk.follow(t('house.finish'));
  await desk.arrive(t('house.slip'));
  await shoot(desk, '83-slip');
  await desk.press(t('house.slip.make'));
  await expect(page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
  await shoot(desk, '84-slip-made');
  await bySlip(stage, desk, (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent())!);
  await desk.open('/house/slip', t('house.slip'));
  await desk.press(t('house.end'));
  await desk.arrive(t('house.over'));
  await shoot(desk, '85-over');
  await page.context().close();
}

/** A contract that waits for who has no telephone: at the House's computer the code on the slip confirms it. */
async function bySlip(stage: Stage, desk: Person, slip: string) {
  const { t, page } = desk;
  const world = await mediationOf(stage);
  const { session } = await askOf<{ session: { person: { id: string } } }>(desk, 'GET', '/sessions/current');
  await world.admin(`UPDATE cases SET state = 'CONTRACT_DRAFT', contract_at = NULL WHERE id = $1`, [world.caseId]);
  await world.admin(`UPDATE parties SET person_id = $2, surname = 'Тарапов', given = 'Ерлан' WHERE case_id = $1 AND side = 'B'`, [
    world.caseId,
    session.person.id,
  ]);
  const mediator = await world.sit(world.mediator, seat(desk.language, 1280));
  await mediator.open('/mediator', /\S/);
  const { id } = await askOf<{ id: string }>(mediator, 'POST', `/cases/${world.caseId}/papers`, { kind: 'contract' });
  await askOf(mediator, 'PUT', `/papers/${id}/freezing`);
  await desk.open(`/papers/${id}`, /\S/);
  await desk.press(t('papers.confirm.button'));
  await expect(page.getByText(t('fields.required')).first()).toBeVisible();
  await shoot(desk, '84-paper-by-slip-wrong');
  await desk.field(t('papers.confirm.slip')).fill('0000-0000');
  await desk.press(t('papers.confirm.button'));
  await expect(page.getByRole('alert').first()).toBeVisible();
  await shoot(desk, '84-paper-by-slip-unknown');
  await desk.field(t('papers.confirm.slip')).fill(slip);
  await desk.press(t('papers.confirm.button'));
  await expect(desk.field(t('papers.confirm.slip'))).toHaveCount(0);
  await shoot(desk, '84-paper-confirmed-by-slip');
  await mediator.page.context().close();
  await world.close();
}
