import { randomBytes } from 'node:crypto';

/** Of the house, sealed with the contact ring: the worker calls, and reads no content. */
export const hookKey = { scope: 'person', id: '00000000-0000-0000-0000-000000000000' } as const;
/** What binds a sealed text to its place. */
export const labels = { address: (id: string) => `hook-address:${id}`, secret: (id: string) => `hook-secret:${id}` };

/** As the Standard Webhooks rules write one: 256 random bits. */
export const newHookSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
export const hookSecret = (told: string) => Buffer.from(told.replace(/^whsec_/, ''), 'base64');
