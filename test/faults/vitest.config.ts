import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** Crashes, cuts and restarts. Each file brings what it breaks, servers and all, of its own; one at a time, because they count. */
export default defineConfig({
  ...base,
  test: {
    include: ['test/faults/**/*.fault.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 600_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    disableConsoleIntercept: true,
  },
});
