import { defineConfig } from '@playwright/test';
import base from './playwright.config.js';

/** `npm run gallery`: what every state of a room looks like, as pictures in dist/gallery. No part of the tests: it is there to be looked at. */
export default defineConfig({ ...base, testMatch: 'gallery.shots.ts', workers: 1 });
