import { renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, expect, test as base } from '@playwright/test';
import { generate } from 'otplib';
import type { Language, Reference } from '#contract';
import type { House } from '../scenarios/house.js';
import { looker } from './look.js';
import { Person } from './person.js';

type Seat = { language: Language; width: number; timezoneId?: string };
type Kept = Awaited<ReturnType<Awaited<ReturnType<Browser['newContext']>>['storageState']>>;

/** The cabinet of this run, and the people who sit down at a browser in it. */
export type Stage = {
  house: House;
  reference: Reference;
  /** Somebody at a browser of their own, with an address where their codes arrive. */
  visitor: (seat: Seat, contact: string) => Promise<Person>;
  /** Somebody of the staff, signed in: each signs in once, as a second factor's step opens once. */
  staff: (seat: Seat, name: string) => Promise<Person>;
};

export const test = base.extend<object, { stage: Stage }>({
  stage: [
    async ({ browser }, use) => {
      const house = await openHouse();
      const ticking = keepTime(house);
      const reference = (await (await fetch(`${house.origin}/api/reference`)).json()) as Reference;
      const kept = new Map<string, Kept>();
      const sit = async ({ language, width, timezoneId = 'Asia/Almaty' }: Seat, contact: string, more: BrowserContextOptions = {}) => {
        const context = await browser.newContext({
          baseURL: house.origin,
          viewport: { width, height: width < 600 ? 740 : 900 },
          timezoneId,
          ...more,
        });
        await context.addCookies([{ name: 'language', value: language, url: house.origin }]);
        const page = await context.newPage();
        page.setDefaultTimeout(60_000);
        return new Person(page, language, contact, house.inbox, looker(page));
      };
      await use({
        house,
        reference,
        visitor: (seat, contact) => sit(seat, contact),
        staff: async (seat, name) => {
          const account = house.accounts.get(name);
          if (!account) throw new Error(`nobody here is called ${name}`);
          const storageState = kept.get(name);
          const person = await sit(seat, account.login, storageState ? { storageState } : {});
          if (!storageState || !(await isSignedIn(person))) {
            await signIn(person, account, () => house.now());
            kept.set(name, await person.page.context().storageState());
          }
          return person;
        },
      });
      clearInterval(ticking);
      await house.close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

async function openHouse(): Promise<House> {
  const built = pathToFileURL(resolve(import.meta.dirname, '../../dist/test/scenarios/house.js')).href;
  return ((await import(built)) as { openHouse: () => Promise<House> }).openHouse();
}

/** Browser and server agree on the time. The file is replaced whole, so that nobody reads half an instant. */
function keepTime({ dir }: House) {
  const tick = () => {
    writeFileSync(join(dir, 'clock.next'), new Date().toISOString());
    renameSync(join(dir, 'clock.next'), join(dir, 'clock'));
  };
  tick();
  return setInterval(tick, 500);
}

/** Handing the desk's computer over ends the session that was kept. */
async function isSignedIn({ page }: Person): Promise<boolean> {
  const reply = await page.request.get('/api/sessions/current');
  return ((await reply.json()) as { session: object | null }).session !== null;
}

async function signIn(
  person: Person,
  { login, password, totpSecret }: { login: string; password: string; totpSecret: string },
  now: () => Date,
) {
  const { t } = person;
  await person.open('/sign-in/password', t('auth.password.title'));
  await person.field(t('auth.contact')).fill(login);
  await person.field(t('auth.password')).fill(password);
  await person.press(t('auth.password.enter'));
  await person.arrive(t('auth.second.title'));
  await person.field(t('auth.code.label')).fill(await generate({ secret: totpSecret, epoch: Math.floor(now().getTime() / 1000) }));
  await person.press(t('auth.code.enter'));
  await expect(person.page).not.toHaveURL(/sign-in/);
  await person.look();
}
