import { expect } from '@playwright/test';
import { mediationOf } from './arranged.js';
import { test } from './house.js';
import type { Person } from './person.js';

const seats = [
  { language: 'kk', width: 360 },
  { language: 'ru', width: 1280 },
] as const;

for (const seat of seats)
  test(`two parties and a mediator agree on an hour, move it, lose it and find another, in ${seat.language}`, async ({ stage }) => {
    const world = await mediationOf(stage);
    const abroad = { ...seat, timezoneId: 'Europe/Berlin' };
    const [a, b, m] = [await world.sit(world.a, seat), await world.sit(world.b, abroad), await world.sit(world.mediator, seat)];
    const plan = `/cases/${world.caseId}/meetings`;

    await test.step('an hour is found and agreed on', async () => {
      await find(m, plan);
      for (const person of [a, b]) await acceptFirst(person, plan);
      await isBooked(b);
      await b.look();
      const ownClock = (person: Person) => person.page.getByText(person.t('calendar.zone.yours', { when: '' }).trim());
      await expect(ownClock(b)).toBeVisible();
      await a.page.goto(plan);
      await isBooked(a);
      await expect(ownClock(a)).toHaveCount(0);
    });

    await test.step('it is moved once', async () => {
      await b.press(b.t('calendar.move'));
      await b.page.getByLabel(b.t('calendar.ground')).selectOption('work');
      await b.look();
      await b.press(b.t('calendar.find.send'));
      await expect(b.page.getByRole('button', { name: b.t('calendar.change') })).toBeVisible();
      for (const person of [a, m]) await acceptFirst(person, plan);
      await isBooked(m);
    });

    await test.step('one says "I cannot attend" in one tap', async () => {
      await a.open('/m', a.t('meetings.one'));
      await a.press(a.t('meetings.excuse'));
      await expect(a.page.getByRole('link', { name: a.t('meetings.another') })).toBeVisible();
      await a.look();
    });

    await test.step('a second hour is found', async () => {
      await find(a, plan);
      for (const person of [b, m]) await acceptFirst(person, plan);
      await isBooked(m);
      await m.open('/meetings?view=agenda', m.t('meetings.title'));
      await expect(m.page.getByRole('link', { name: m.t('meetings.one'), exact: true })).toHaveCount(1);
      for (const view of ['month', 'week', 'day'] as const) {
        await m.press(m.t(`meetings.view.${view}`));
        await m.look();
      }
      expect(m.received.some((text) => text.includes(`"number":"26-${world.caseId.slice(-12)}"`))).toBe(true);
    });

    await test.step('a mediator names another calendar', async () => {
      await m.open('/working-hours', m.t('times.work.title'));
      await m.field(m.t('times.outside.address')).fill('nothing');
      await m.press(m.t('times.outside.save'));
      await expect(m.page.getByRole('alert')).toContainText(m.t('fields.web_address'));
      await m.field(m.t('times.outside.address')).fill('webcal://127.0.0.1/mine.ics');
      await m.press(m.t('times.outside.save'));
      const isNamed = m.page.getByText(m.t('times.outside.soon')).or(m.page.getByText(m.t('times.outside.failure.private_address')));
      await expect(isNamed.first()).toBeVisible();
    });

    await test.step('what is typed into the own times stays, and what does not fit is named', async () => {
      await b.open('/times', b.t('times.title'));
      await b.press(b.t('times.keep'));
      await expect(b.page.getByRole('alert')).toContainText(b.t('fields.required'));
      await b.look();
      await b.field(b.t('times.from')).fill(new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10));
      await b.press(b.t('times.keep'));
      await expect(b.page.getByText(b.t('times.kept'))).toBeVisible();
      await b.field(b.t('times.picks.day')).fill(new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10));
      await b.page.locator('[name=pick-since]').fill('10:00');
      await b.page.locator('[name=pick-until]').fill('12:00');
      await b.press(b.t('times.picks.keep'));
      await expect(b.page.getByText(b.t('times.picks.only'))).toBeVisible();
      await b.look();
    });

    await test.step('the last hour is called off with a ground', async () => {
      await m.page.goto(plan);
      await m.press(m.t('calendar.cancel'));
      await m.page.getByLabel(m.t('calendar.ground')).selectOption('preparation');
      await m.look();
      await m.page.getByRole('region', { name: m.t('calendar.cancel.question') }).getByRole('button', { name: m.t('calendar.cancel.confirm') }).click(); // prettier-ignore
      await expect(m.page.getByRole('link', { name: m.t('calendar.page') })).toHaveCount(0);
    });

    await test.step('and hears, when it has been looked at, what is wrong with it', async () => {
      await m.open('/working-hours', m.t('times.work.title'));
      await expect(m.page.getByText(m.t('times.outside.failure.private_address'))).toBeVisible();
      await m.look();
      await m.pressTwice(m.t('times.outside.remove'), m.t('times.outside.remove.question'), m.t('times.outside.remove'));
      await expect(m.page.getByText(m.t('times.outside.failure.private_address'))).toHaveCount(0);
    });
    for (const person of [a, b, m]) await person.page.context().close();
    await world.close();
  });

async function find({ page, press, t }: Person, plan: string) {
  await page.goto(plan);
  await press(t('calendar.propose'));
  await press(t('calendar.find.send'));
  await expect(page.getByRole('button', { name: t('calendar.change') })).toBeVisible();
}

async function acceptFirst({ page, press, t }: Person, plan: string) {
  await page.goto(plan);
  await page.getByRole('checkbox').first().check();
  await press(t('calendar.send'));
  await expect(page.getByRole('button', { name: t('calendar.send') })).toHaveCount(0);
}

const isBooked = ({ page, t }: Person) => expect(page.getByRole('link', { name: t('calendar.page') })).toHaveCount(1);
