import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Language } from '#contract';
import { startWire } from '../support/wire.js';
import type { Stage } from './house.js';
import { looker } from './look.js';
import { Person } from './person.js';
import config from './playwright.config.js';

/** Somebody at a computer of their own: a browser with its profile on a disk, and a line to the cabinet that can be cut or be weak. */
export async function sitAlone({ house }: Pick<Stage, 'house'>, { language, width }: { language: Language; width: number }) {
  const { hostname, port } = new URL(house.origin);
  const wire = await startWire([Number(port)]);
  const profile = mkdtempSync(join(tmpdir(), 'kelisim-profile-'));
  const { executablePath, args = [] } = config.use!.launchOptions!;
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executablePath!,
    args: [...args, `--host-resolver-rules=MAP ${hostname}:${port} 127.0.0.1:${wire.port}`],
    baseURL: house.origin,
    viewport: { width, height: width < 600 ? 740 : 900 },
    timezoneId: 'Asia/Almaty',
  });
  await context.addCookies([{ name: 'language', value: language, url: house.origin }]);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(60_000);
  const person = new Person(page, language, 'alone@example.kz', house.inbox, looker(page));
  return {
    person,
    wire,
    /** Closes the browser and looks through all that it has left on the disk. */
    leave: async () => {
      await context.close();
      await wire.stop();
    },
    /** In which files of the profile a phrase lies, however it is written down there. */
    left: (phrase: string) => filesBelow(profile).filter((file) => holds(readFileSync(file), phrase)),
    wipe: () => rmSync(profile, { recursive: true, force: true }),
  };
}

const holds = (bytes: Buffer, phrase: string) =>
  (['utf8', 'utf16le'] as const).some((encoding) => bytes.includes(Buffer.from(phrase, encoding))) ||
  bytes.includes(Buffer.from(phrase, 'utf16le').swap16());

const filesBelow = (path: string): string[] =>
  readdirSync(path).flatMap((name) => {
    const found = join(path, name);
    const kind = statSync(found, { throwIfNoEntry: false });
    return kind?.isDirectory() ? filesBelow(found) : kind?.isFile() ? [found] : [];
  });
