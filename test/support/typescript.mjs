import { register } from 'node:module';

/** `node --conditions=source --import ./test/support/typescript.mjs FILE.ts`: runs our sources as a process of their own, without a build. */
register('./typescript.hooks.mjs', import.meta.url);
