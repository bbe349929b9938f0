import { defineConfig } from '@playwright/test';

const fromDebian = [
  'no-sandbox',
  'disable-gpu',
  'disable-quic',
  'disable-background-networking',
  'disable-component-update',
  'disable-sync',
];

/** A cabinet for each of two workers, whose journeys go one after another; what fails once has failed. */
export default defineConfig({
  testDir: '.',
  outputDir: '../../dist/test/browser-results',
  globalSetup: './global-setup.ts',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 600_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    actionTimeout: 60_000,
    navigationTimeout: 60_000,
    timezoneId: 'Asia/Almaty',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: fromDebian.map((name) => `--${name}`),
    },
  },
});
