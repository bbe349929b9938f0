import { chromium } from '@playwright/test';
import { median, type Row } from '../results.js';
import type { House } from './house.js';

/** Slow 3G as WebPageTest has it: 400 kbit/s either way, 400 ms there and back. */
const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000, connectionType: 'cellular3g' } as const;
/** Where filing begins, and what has to be there to go on: the heading is painted and the first answer can be given. */
const pages = [
  ['/', 'a[href="/apply"]'],
  ['/apply', 'input[name="category"]'],
] as const;

/** Each page in a browser that has never been here, until its first control answers: seconds from the address to that. */
export async function onSlowLine(house: House, rounds: number) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  const samples: Record<string, number[]> = {};
  for (let round = 0; round < rounds; round += 1)
    for (const [path, control] of pages) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
      await context.addCookies([{ name: 'language', value: 'ru', url: `http://127.0.0.1:${house.ours.port}` }]);
      const page = await context.newPage();
      await (await context.newCDPSession(page)).send('Network.emulateNetworkConditions', slow);
      const begun = performance.now();
      await page.goto(`http://127.0.0.1:${house.ours.port}${path}`, { waitUntil: 'commit' });
      await page.locator(control).first().click({ trial: true, timeout: 60_000 });
      (samples[`slow 3G ${path} s`] ??= []).push((performance.now() - begun) / 1_000);
      await context.close();
    }
  await browser.close();
  const rows = pages.map(([path]): Row => {
    const value = median(samples[`slow 3G ${path} s`]!);
    return {
      what: `${path} can be used on slow 3G, never seen before`,
      value,
      unit: 's',
      peer: null,
      ratio: null,
      bar: '<= 5 s',
      pass: value <= 5,
    };
  });
  return { samples, rows };
}
