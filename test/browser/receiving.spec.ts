import { expect } from '@playwright/test';
import { type TextKey, translate } from '#language';
import { readOutAtDesk } from './answers.js';
import { test } from './house.js';

/** The second coordinator's: this session ends here, and the first one's is used by other tests. */
test('the House’s computer changes hands: a visitor without a telephone, in kk at 1280 px', async ({ stage }) => {
  const desk = await stage.staff({ language: 'ru', width: 1280 }, 'coordinator2');
  const { page } = desk;
  const t = (key: TextKey, values?: Record<string, string | number>) => translate('kk', key, values);
  await desk.open('/desk', desk.t('desk.title'));
  await readOutAtDesk(desk);
  await desk.follow(desk.t('desk.receive'));
  await desk.arrive(desk.t('house.receive'));
  const [newcomer, lost] = (['house.new', 'house.lost'] as const).map((form) => page.getByRole('region', { name: desk.t(form) }));
  await lost!.getByText(desk.t('auth.surname'), { exact: true }).click(); // the label's own field takes the focus, not the one of another form
  await expect(lost!.getByLabel(desk.t('auth.surname'), { exact: true })).toBeFocused();
  await newcomer!.getByLabel(desk.t('auth.surname'), { exact: true }).fill('Тарапов');
  await newcomer!.getByLabel(desk.t('auth.given'), { exact: true }).fill('Ерлан');
  await desk.choice(desk.t('common.kk')).check();
  await page
    .getByRole('button', { name: desk.t('house.hand') })
    .first()
    .click();
  await expect(page.getByText(desk.t('fields.document_seen')).first()).toBeVisible();
  await desk.look();
  await newcomer!.getByRole('checkbox').check();
  await page
    .getByRole('button', { name: desk.t('house.hand') })
    .first()
    .click();

  await desk.arrive(t('house.welcome', { name: 'Тарапов Ерлан' }));
  await page.goBack();
  await expect(page.getByText(desk.t('desk.title'))).toHaveCount(0);
  await page.goForward();
  await page.clock.install(); // ticks on, and may be moved
  await page.goto('/house?lang=kk&new=1');
  await desk.tick(t('auth.consent')).check();
  await desk.press(t('common.continue'));
  await desk.arrive(t('application.kind'));
  await page.getByRole('radio').first().check();
  await desk.press(t('common.continue'));
  await desk.arrive(t('application.place'));

  await page.goto('/?lang=kk');
  const unsent = page.getByText(t('parts.notSent.whole'));
  await expect(unsent).toBeVisible();
  await desk.follow(t('common.continue'));
  await desk.arrive(t('application.place'));

  await page.clock.fastForward('07:05');
  const warning = page.getByRole('dialog', { name: t('house.still') });
  await expect(warning.getByRole('timer')).toBeVisible();
  await desk.look();
  await warning.getByRole('button', { name: t('house.stay') }).click();
  await expect(warning).toBeHidden();
  await page.clock.fastForward('06:00'); // the time began anew
  await expect(page.getByRole('heading', { name: t('application.place') })).toBeVisible();
  await expect(warning).toBeHidden();

  await desk.follow(t('house.finish'));
  await desk.arrive(t('house.slip'));
  await desk.press(t('house.slip.make'));
  await expect(page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)).toBeVisible();
  await desk.look();
  await desk.press(t('house.end'));
  await desk.arrive(desk.t('house.over'));
  for (let back = 0; back < 6; back += 1) {
    await page.goBack({ timeout: 5_000 }).catch(() => undefined);
    await page.waitForLoadState('networkidle');
    await expect(page.locator('body')).not.toContainText(/Тарапов|[0-9A-Z]{4}-[0-9A-Z]{4}/);
  }
  await page.goto('/?lang=kk');
  await page.waitForLoadState('networkidle');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(unsent).toHaveCount(0);
  await desk.open('/desk', desk.t('auth.second.title'));
  await page.context().close();
});
