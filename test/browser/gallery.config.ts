import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/**
 * `npm run gallery [-- intake] [-- -g "in kk"]`: how the states of the rooms, and the pages on the way to a mediation, look, as pictures in
 * dist/gallery. No part of the tests: it is there to be looked at.
 */
export default defineConfig({ ...base, testMatch: '*.shots.ts', workers: 1, expect: { timeout: 15_000 } });
