import { z } from 'zod';

/** What was opened of a case. Nothing of a room is among it. */
export const lookWhats = ['application', 'case', 'paper', 'file', 'chain'] as const;
export type LookWhat = (typeof lookWhats)[number];
export const lookCapacities = ['coordinator', 'mediator', 'co_mediator', 'offered', 'court', 'administrator'] as const;
/** One hour in which somebody of an office, a court, or a mediator opened something of one's own case. */
export const CaseLook = z.object({
  capacity: z.enum(lookCapacities),
  /** A mediator's; of everybody else there is the office alone. */
  name: z.string().nullable(),
  courtId: z.string().nullable(),
  what: z.enum(lookWhats),
  hour: z.iso.datetime(),
});
export type CaseLook = z.infer<typeof CaseLook>;
export const CaseLookList = z.array(CaseLook);
