import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const wcag22 = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const builder = createRequire(import.meta.url).resolve('@axe-core/playwright');
const axe = readFileSync(createRequire(builder).resolve('axe-core/axe.min.js'), 'utf8');

type Found = { violations: { id: string; nodes: { html: string }[] }[] };

/**
 * What axe complains of in a page as it stands. It is brought into each document once and asked for faults alone: its own builder brings
 * its half megabyte anew at each look, several times, which took half of the time of the browser journeys.
 */
export async function faultsOf(page: Page, most = 160): Promise<string[]> {
  for (const frame of page.frames()) {
    const isThere = await frame.evaluate('"axe" in globalThis');
    if (!isThere) await frame.evaluate(axe);
  }
  const options = JSON.stringify({ runOnly: { type: 'tag', values: wcag22 }, resultTypes: ['violations'] });
  const found = async () => {
    await atRest(page);
    const { violations } = await page.evaluate<Found>(`axe.run(document, ${options})`);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, most)).join(' | ')}`);
  };
  const faults = await found();
  // A colour on its way to another, as something came under the pointer just then, is none: what stays is a fault.
  return faults.length > 0 ? found() : faults;
}

/** When nothing on the page is moving. */
export const atRest = (page: Page) =>
  page.evaluate(() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))));

/** By how much a page runs out at the side. */
export const beyondTheSide = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Looks at a page as it stands: nothing for axe to complain of, and nothing that runs out at the side. A page's fault is told and the way goes on. */
export const looker = (page: Page) => async () => {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  const where = `${new URL(page.url()).pathname} at ${page.viewportSize()?.width} px`;
  expect.soft(await faultsOf(page), `axe on ${where}`).toEqual([]);
  expect.soft(await beyondTheSide(page), `runs out at the side of ${where}`).toBeLessThanOrEqual(0);
};
