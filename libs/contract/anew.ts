import { z } from 'zod';
import { Instant } from './problem.js';
import { Side } from './roles.js';

/** After the court did not approve a settlement: who of the parties wants to settle anew, and until when that can be. */
export const AnewAgreements = z.object({
  open: z.boolean(),
  until: Instant.nullable(),
  parties: z.array(z.object({ name: z.string(), side: Side, agreedAt: Instant.nullable() })),
  mayAgree: z.boolean(),
});
export type AnewAgreements = z.infer<typeof AnewAgreements>;
