import { z } from 'zod';
import { eventTypes } from './events.js';
import { Id } from './problem.js';
import { caseStates } from './states.js';

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
/** With why an administrator opened the metadata of the case, in his words. */
export const CaseLooks = z.object({
  looks: z.array(CaseLook),
  openings: z.array(z.object({ at: z.iso.datetime(), until: z.iso.datetime(), ground: z.string() })),
});
export type CaseLooks = z.infer<typeof CaseLooks>;

/** For how long an administrator may ask to see the metadata of a case. */
export const openingMinutes = [15, 30, 60] as const;
export const OpenMetadata = z
  .object({
    number: z.string().trim().min(1).max(40),
    ground: z.string().trim().min(20).max(1000),
    minutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
  })
  .strict();
export type OpenMetadata = z.infer<typeof OpenMetadata>;
export const MadeOpening = z.object({ id: Id });
export const MetadataOpening = z.object({
  id: Id,
  by: z.string(),
  own: z.boolean(),
  ground: z.string(),
  openedAt: z.iso.datetime(),
  until: z.iso.datetime(),
  open: z.boolean(),
});
export type MetadataOpening = z.infer<typeof MetadataOpening>;
const Moment = z.iso.datetime().nullable();
/** All that an opening shows. There is no name and no word in it. */
export const OpenedMetadata = z.object({
  number: z.string(),
  state: z.enum(caseStates),
  category: z.string(),
  district: z.string(),
  door: z.string(),
  language: z.string(),
  filedAt: Moment,
  stateSince: Moment,
  contractAt: Moment,
  termEndsAt: Moment,
  closedAt: Moment,
  courtId: z.string().nullable(),
  hasMediator: z.boolean(),
  dueAt: Moment,
  undelivered: z.boolean(),
  facts: z.array(z.object({ type: z.enum(eventTypes), at: z.iso.datetime() })),
});
export type OpenedMetadata = z.infer<typeof OpenedMetadata>;
