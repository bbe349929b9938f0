import { type Browser, chromium, type Page } from '@playwright/test';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { translate } from '#language';
import { arrangeMediation, openSession } from '../../test/support/mediation.js';
import { openRoomsOf } from '../../test/browser/arranged.js';
import config from '../../test/browser/playwright.config.js';
import buildTheStage from '../../test/browser/global-setup.js';
import type { House } from '../../test/scenarios/house.js';
import pg from 'pg';
import { v7 as newId } from 'uuid';
import { median, type Row, show, tell } from '../results.js';

/**
 * `npm run bench -- web [--short]`: how long it takes until one can write in a room, and the pages before it, in Chromium over lines that
 * Chromium itself slows, with an empty cache and with a full one; and how much came over the line for it (the way of an application: `bench -- intake web`).
 * Chromium and the built pages must be there.
 */
const isShort = process.argv.includes('--short');
const times = isShort ? 1 : 3;

const slow3g = { name: 'slow 3G (400 kbit/s, 400 ms)', bytes: 400_000 / 8, ms: 400 };
const field = { name: '50 kbit/s, 600 ms', bytes: 50_000 / 8, ms: 600 };
type Line = typeof slow3g;
const said = 'Бейсенбіде келе аламын.';

// The house runs as it is delivered, from dist.
buildTheStage();
const built = pathToFileURL(resolve('dist/test/scenarios/house.js')).href;
const { openHouse } = (await import(built)) as { openHouse: () => Promise<House> };
const house = await openHouse();
house.setClock(new Date());
const pool = new pg.Pool({ connectionString: house.adminUrl, max: 2 });
const admin = async <T>(sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows as T[];
const { caseId, a } = await arrangeMediation({ admin });
await openRoomsOf(house, admin, caseId);
const { cookie } = await openSession(admin, a, new Date().toISOString());

await saySomething();

const say = translate.bind(null, 'kk');
const pages = {
  'sign in': { path: '/sign-in', isThere: (page: Page) => page.getByRole('textbox').first().waitFor() },
  'page of a case': {
    path: `/cases/${caseId}`,
    isThere: (page: Page) => page.locator(`a[href="/cases/${caseId}/rooms"]`).first().waitFor(),
  },
  'joint room, to read': {
    path: `/cases/${caseId}/rooms`,
    isThere: (page: Page) => page.getByText(said).first().waitFor(),
  },
  'joint room, answered': {
    path: `/cases/${caseId}/rooms`,
    isThere: async (page: Page) => {
      const field = page.getByLabel(say('rooms.label.joint'), { exact: true });
      await field.fill('Жарайды.');
      await page.getByRole('button', { name: say('rooms.send.joint'), exact: true }).click();
      await page.getByText(say('rooms.sent'), { exact: true }).first().waitFor();
    },
  },
  'joint room, with all its acts': {
    path: `/cases/${caseId}/rooms`,
    isThere: (page: Page) => page.locator('#main').getByLabel(say('rooms.label.joint'), { exact: true }).waitFor(),
  },
};
type Name = keyof typeof pages;

const browser = await chromium.launch(config.use!.launchOptions!);
const samples: Record<string, number[]> = {};
const rows: Row[] = [];
const runs: [Name, Line][] = [
  ['sign in', slow3g],
  ['page of a case', slow3g],
  ['joint room, to read', slow3g],
  ['joint room, answered', slow3g],
  ['joint room, with all its acts', slow3g],
  ['joint room, to read', field],
  ['joint room, answered', field],
  ['joint room, with all its acts', field],
];
for (const [name, line] of runs) {
  const [cold, warm, kilobytes] = [[], [], []] as [number[], number[], number[]];
  for (let time = 0; time < (line === field ? 1 : times); time += 1) await visitTwice(browser, name, line, { cold, warm, kilobytes });
  add(`${name}: usable, first visit, ${line.name}`, 's', cold);
  // Who left as soon as there was something to read took no program along.
  if (!name.endsWith('to read') && !name.endsWith('answered')) add(`${name}: usable, again, ${line.name}`, 's', warm);
  add(`${name}: came over the line, first visit`, 'kB', kilobytes);
}
await browser.close();
await pool.end();
await house.close();
if (isShort) show(rows);
else tell('web', rows, samples);
process.exit(0);

/** The last words of a room can be read before one can answer. */
async function saySomething() {
  const headers = { cookie, origin: house.origin, 'content-type': 'application/json' };
  const rooms = (await (await fetch(`${house.origin}/api/cases/${caseId}/rooms`, { headers })).json()) as { id: string; kind: string }[];
  const { id } = rooms.find(({ kind }) => kind === 'joint')!;
  await fetch(`${house.origin}/api/rooms/${id}/messages`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ clientId: newId(), body: said }),
  });
}

function add(what: string, unit: string, values: number[]) {
  samples[what] = values;
  rows.push({ what, value: median(values), unit, peer: null, ratio: null, bar: null, pass: null });
}

async function visitTwice(from: Browser, name: Name, line: Line, into: { cold: number[]; warm: number[]; kilobytes: number[] }) {
  const context = await from.newContext({ baseURL: house.origin, viewport: { width: 360, height: 740 } });
  await context.addCookies([
    { name: 'language', value: 'kk', url: house.origin },
    { name: 'kelisim', value: cookie.slice(cookie.indexOf('=') + 1), url: house.origin },
  ]);
  for (const kind of ['cold', 'warm'] as const) {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    let bytes = 0;
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.ms,
      downloadThroughput: line.bytes,
      uploadThroughput: line.bytes,
    });
    session.on('Network.loadingFinished', ({ encodedDataLength }) => void (bytes += encodedDataLength));
    const began = performance.now();
    await page.goto(pages[name].path, { waitUntil: 'commit', timeout: 200_000 });
    page.setDefaultTimeout(200_000);
    await pages[name].isThere(page);
    into[kind].push((performance.now() - began) / 1000);
    if (kind === 'cold') into.kilobytes.push(bytes / 1000);
    await page.close();
  }
  await context.close();
}
