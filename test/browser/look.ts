import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const wcag22 = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Looks at a page as it stands: nothing for axe to complain of, and nothing that runs out at the side. A page's fault is told and the way goes on. */
export const looker = (page: Page) => async () => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));
  const where = new URL(page.url()).pathname;
  const { violations } = await new AxeBuilder({ page }).withTags(wcag22).setLegacyMode().analyze();
  const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect.soft(faults, `axe on ${where}`).toEqual([]);
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(beyond, `runs out at the side of ${where}`).toBeLessThanOrEqual(0);
};
