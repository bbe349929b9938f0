import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { languages, type TemplatePreview } from '#contract';
import { test } from './house.js';

/** One of each shape: with a button and a day, in two languages, with a code, for staff, with an hour, without a button. */
const shapes = ['contract.ready', 'invitation', 'code.sign_in', 'staff.invitation', 'meeting.booked', 'person.disabled'];

for (const language of ['kk', 'ru'] as const) {
  for (const width of [360, 1280]) {
    test(`the pages of notices, in ${language} at ${width} px`, async ({ stage }) => {
      const person = await stage.staff({ language, width }, 'coordinator');
      await person.open('/notices', person.t('centre.title'));
      await person.open('/profile/notices', person.t('centre.settings.title'));
      await person.page.getByLabel(person.t('centre.settings.from')).fill('22:00');
      await person.page.getByRole('button', { name: person.t('centre.settings.save') }).click();
      await expect(person.page.getByText(person.t('centre.settings.saved'))).toBeVisible();
      await person.open('/unsubscribe/AAAA', person.t('centre.unsubscribe.title'));
      await person.open('/desk/notices', person.t('desk.deliveries.failed'));
      await person.open('/desk/notices?state=letters', person.t('delivery.letters'));
      await person.open('/desk/templates', person.t('desk.templates'));
      await expect(person.page.frameLocator('iframe').locator('h1').first()).toBeVisible();
      await person.page.context().close();
    });
  }
}

test('mails read aloud, and show themselves without pictures, at 360 px', async ({ stage }) => {
  const desk = await stage.staff({ language: 'ru', width: 360 }, 'coordinator');
  await desk.open('/desk', desk.t('desk.title'));
  const mail = await desk.page.context().newPage();
  await mail.setViewportSize({ width: 360, height: 740 });
  const asked: string[] = [];
  mail.on('request', (request) => asked.push(request.url()));
  for (const name of shapes)
    for (const language of languages) {
      const reply = await desk.page.request.get(`/api/desk/templates?name=${name}&language=${language}`);
      await mail.setContent(((await reply.json()) as TemplatePreview).html);
      const { violations } = await new AxeBuilder({ page: mail })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .setLegacyMode()
        .analyze();
      expect
        .soft(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
          `${name} ${language}`,
        )
        .toEqual([]);
      const beyond = await mail.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect.soft(beyond, `${name} ${language} runs out at the side`).toBeLessThanOrEqual(0);
    }
  expect(asked).toEqual([]);
  await desk.page.context().close();
});
