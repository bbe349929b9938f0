import { expect } from '@playwright/test';
import { languages, type TemplatePreview } from '#contract';
import { test } from './house.js';
import { beyondTheSide, faultsOf } from './look.js';

/** One of each shape: with a button and a day, in two languages, with a code, for staff, with an hour, without a button. */
const shapes = ['contract.ready', 'invitation', 'code.sign_in', 'staff.invitation', 'meeting.booked', 'person.disabled'];

const seats = [
  { language: 'kk', width: 360, also: 1280 },
  { language: 'ru', width: 1280, also: 360 },
] as const;

for (const { language, width, also } of seats)
  test(`the pages of notices, in ${language} at 360 and 1280 px`, async ({ stage }) => {
    const person = await stage.staff({ language, width }, 'coordinator');
    const { t, page } = person;
    const openBoth = async (path: string, title: string) => {
      await person.open(path, title);
      await person.lookAt(also);
    };
    await openBoth('/notices', t('centre.title'));
    await openBoth('/profile/notices', t('centre.settings.title'));
    await page.getByLabel(t('centre.settings.from')).fill('22:00');
    await page.getByRole('button', { name: t('centre.settings.save') }).click();
    await expect(page.getByText(t('centre.settings.saved'))).toBeVisible();
    await openBoth('/unsubscribe/AAAA', t('centre.unsubscribe.title'));
    await openBoth('/desk/notices', t('desk.deliveries.failed'));
    await openBoth('/desk/notices?state=letters', t('delivery.letters'));
    await openBoth('/desk/notices/templates', t('desk.templates'));
    await expect(page.frameLocator('iframe').locator('h1').first()).toBeVisible();
    await page.context().close();
  });

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
      expect.soft(await faultsOf(mail, 120), `${name} ${language}`).toEqual([]);
      expect.soft(await beyondTheSide(mail), `${name} ${language} runs out at the side`).toBeLessThanOrEqual(0);
    }
  expect(asked).toEqual([]);
  await desk.page.context().close();
});
