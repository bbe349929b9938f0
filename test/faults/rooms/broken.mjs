import { register } from 'node:module';

/** `--import` this to get a build that emits and acknowledges before the commit: the audit must find it out. */
register('./broken.hooks.mjs', import.meta.url);
