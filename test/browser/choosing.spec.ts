import { expect } from '@playwright/test';
import { mediationOf } from './arranged.js';
import { test } from './house.js';

const [language, width] = ['kk', 360] as const;
test(`both sides choose from one list by keyboard; the desk keeps register, trainings and a pile, in ${language} at ${width} px`, async ({
  stage,
}) => {
  const world = await mediationOf(stage);
  const { caseId, sideA, sideB, coordinator, other } = world;
  await world.admin(`UPDATE cases SET state = 'CONSENTED', contract_at = NULL, term_ends_at = NULL, mediator_id = NULL WHERE id = $1`, [
    caseId,
  ]);
  await world.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'mediator', '2020-01-01') ON CONFLICT DO NOTHING`, [
    other.id,
  ]);
  const desk = await world.sit(coordinator, { language, width });
  await desk.open(`/desk/cases/${caseId}`, /\S/);
  await desk.press(desk.t('choosing.desk.offer'));
  await expect(desk.page.getByText(desk.t('choosing.desk.answered.none'))).toBeVisible();
  await desk.look();

  const a = await world.sit(sideA[0]!, { language, width });
  const { t, page } = a;
  await a.open(`/cases/${caseId}`, /\S/);
  await a.follow(t('choosing.card.go'));
  await a.arrive(t('choosing.title'));
  const rows = page.getByRole('list', { name: t('choosing.ranked') }).getByRole('listitem');
  const second = (await rows.nth(1).locator('b').textContent())!;
  const up = page.getByRole('button', { name: t('choosing.of.up', { name: second }) });
  await up.focus();
  await page.keyboard.press('Enter');
  await expect(rows.first().locator('b')).toHaveText(second);
  await expect(up).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: second })).toHaveText(t('choosing.moved', { name: second, n: 1 }));
  await page.getByRole('button', { name: t('choosing.of.strike', { name: second }) }).press('Enter');
  await expect(page.getByRole('button', { name: t('choosing.of.restore', { name: second }) })).toBeFocused();
  await a.look();
  await a.press(t('choosing.send'));
  await expect(page.getByText(t('choosing.card.done'))).toBeVisible();
  await a.look();

  await desk.page.reload();
  await expect(desk.page.getByText(t('choosing.desk.answered.A'))).toBeVisible();
  const b = await world.sit(sideB[0]!, { language, width });
  await b.open(`/cases/${caseId}/choosing`, t('choosing.title'));
  await expect(b.page.getByText(t('choosing.struck.none'))).toBeVisible();
  expect(b.received.join('')).not.toContain('"struck":["');
  await b.press(t('choosing.send'));

  await desk.open('/desk/trainings', t('training.desk.title'));
  await desk.press(t('training.desk.save'));
  await expect(desk.page.getByRole('link', { name: t('training.desk.place') })).toBeVisible();
  await desk.look();
  const on = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await desk.field(t('training.desk.place')).fill('Достық үйі, 3-зал');
  await desk.field(t('training.desk.seats')).fill('1');
  await desk.field(t('training.desk.first')).fill(on(20));
  await desk.field(t('training.desk.days')).fill('2');
  await desk.field(t('training.desk.enrolUntil')).fill(on(10));
  await desk.press(t('training.desk.save'));
  await desk.follow(t('training.desk.open'));
  await desk.arrive(t('training.people.title'));
  const m = await world.sit(other, { language, width });
  await m.open('/mediator/trainings', t('training.mine.title'));
  await m.press(t('training.mine.enrol'));
  await expect(m.page.getByText(t('training.mine.seat'))).toBeVisible();
  await m.look();
  await b.open('/trainings', t('training.title'));
  await expect(b.page.getByText(t('training.seats.full'))).toBeVisible();
  await desk.page.reload();
  await desk.page.getByText(t('training.desk.change'), { exact: true }).click();
  await desk.field(t('training.desk.place')).fill('Театр, 2-қабат');
  await desk.look();
  await desk.press(t('training.desk.change.save'));
  await expect(desk.page.getByText('Театр, 2-қабат')).toBeVisible();
  await m.page.reload();
  await expect(m.page.getByText('Театр, 2-қабат')).toBeVisible();

  await desk.open('/desk/register', t('register.title'));
  await desk.field(t('register.search')).fill('Ботенова');
  await desk.field(t('register.search')).press('Enter');
  await desk.follow(/Бөтенова/);
  await desk.arrive(/Бөтенова/);
  await desk.open('/desk/register/fairness', t('register.fairness.title'));

  // What the sides chose is over; the case waits again, and is one of a pile.
  await world.admin(`UPDATE choosings SET ended_at = now(), outcome = 'lapsed' WHERE case_id = $1 AND ended_at IS NULL`, [caseId]);
  await world.admin(`UPDATE offers SET answered_at = now(), answer = 'declined' WHERE case_id = $1 AND answered_at IS NULL`, [caseId]);
  await world.admin(`UPDATE deadlines SET cancelled_at = now() WHERE case_id = $1 AND fired_at IS NULL AND cancelled_at IS NULL`, [caseId]);
  await world.admin(`UPDATE cases SET state = 'CONSENTED', state_since = now() WHERE id = $1`, [caseId]);
  await desk.open('/desk/bulk?action=offer&queue=assign', t('desk.bulk.offer'));
  const ours = desk.page.locator(`input[name="case"][value="${caseId}"]`);
  await expect(ours).toBeChecked();
  await desk.look();
  const others = desk.page.locator(`input[name="case"]:not([value="${caseId}"])`); // of other journeys
  await others.evaluateAll((boxes) => boxes.forEach((box) => ((box as HTMLInputElement).checked = false)));
  await desk.page.locator('form button[type="submit"]').click();
  await expect(desk.page.getByText(t('desk.bulk.finished', { done: 1, count: 1 }))).toBeVisible();
  await desk.open(`/desk/cases/${caseId}`, /\S/);
  await desk.page
    .getByRole('button', { name: t('assignment.replay') })
    .first()
    .click();
  await expect(desk.page.getByText(t('assignment.replay.same'))).toBeVisible();
  for (const person of [m, desk, a, b]) await person.page.context().close();
  await world.close();
});
