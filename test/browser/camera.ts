import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { atRest, beyondTheSide, faultsOf } from './look.js';
import type { Person } from './person.js';

const gallery = resolve(import.meta.dirname, '../../dist/gallery');
const folder = `${gallery}/intake`;
const widths = [360, 1280] as const;
type Camera = { into: string; looks: Record<string, string>; faultsOf?: (page: Page) => Promise<unknown[]> };

/** Pictures of the whole page at both widths and in each look; what is wrong in one of them is told of, and the way goes on. */
const camera =
  ({ into, looks, faultsOf }: Camera) =>
  async ({ page, language }: Person, state: string) => {
    const was = page.viewportSize()!;
    mkdirSync(into, { recursive: true });
    for (const width of widths) {
      await page.setViewportSize({ width, height: width < 600 ? 740 : 900 });
      for (const [look, theme] of Object.entries(looks)) {
        const name = [state, language, width, ...(look ? [look] : [])].join('-');
        await page.evaluate((to) => (document.documentElement.dataset['theme'] = to), theme);
        await atRest(page);
        await page.screenshot({ path: `${into}/${name}.png`, fullPage: true });
        if (faultsOf) expect.soft(await faultsOf(page), name).toEqual([]);
        expect.soft(await beyondTheSide(page), `${name} runs out at the side`).toBeLessThanOrEqual(0);
      }
    }
    await page.evaluate(() => (document.documentElement.dataset['theme'] = ''));
    await page.setViewportSize(was);
  };

/** Of a room, while it may be waiting for what is held back; axe looks at each, too. */
export const shootRoom = camera({ into: gallery, looks: { light: '', contrast: 'hc-dark' }, faultsOf });

const ofIntake = camera({ into: folder, looks: { '': '' }, faultsOf });
/** Of a page on the way to a mediation, when all of it is there; axe looks at each. */
export async function shoot(person: Person, state: string) {
  await person.page.waitForLoadState('networkidle');
  await ofIntake(person, state);
}

/** What the cabinet makes to be printed. */
export async function keepPaper({ page, language }: Person, name: string, path: string, body?: object) {
  const origin = new URL(page.url()).origin;
  const reply = await page.request.fetch(`/api${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { origin },
    ...(body && { data: body }),
  });
  expect(reply.ok(), `${name}: ${reply.status()}`).toBe(true);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/${name}-${language}.pdf`, await reply.body());
}
