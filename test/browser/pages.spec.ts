import { expect } from '@playwright/test';
import { test } from './house.js';

const pages = [
  '/',
  '/about',
  '/warnings',
  '/check',
  '/privacy',
  '/scorecard',
  '/accessibility',
  '/mediators',
  '/reader',
  '/triage',
  '/apply',
  '/consultation',
  '/i',
  '/sign-in',
  '/sign-in/password',
  '/register',
  '/password',
];
const offices = { clerk: '/court', coordinator: '/desk' };
const seats = [
  { language: 'kk', width: 360, also: 1280 },
  { language: 'ru', width: 1280, also: 360 },
] as const;

for (const { language, width, also } of seats) {
  test(`pages that everybody may open, in ${language} at 360 and 1280 px`, async ({ stage }) => {
    const visitor = await stage.visitor({ language, width }, 'reader@example.kz');
    for (const path of pages) {
      await visitor.open(path, /\S/);
      await expect.soft(visitor.page.locator('html'), path).toHaveAttribute('lang', language);
      await visitor.lookAt(also);
    }
    await visitor.page.context().close();
  });

  test(`where the offices begin, in ${language} at 360 and 1280 px`, async ({ stage }) => {
    for (const [name, path] of Object.entries(offices)) {
      const person = await stage.staff({ language, width }, name);
      await person.open(path, person.t(name === 'clerk' ? 'court.title' : 'desk.title'));
      await expect.soft(person.page.locator('html'), path).toHaveAttribute('lang', language);
      await person.lookAt(also);
      await person.page.context().close();
    }
  });
}
