import { z } from 'zod';
import { eventTypes } from './events.js';
import { Id } from './problem.js';
import { Language } from './roles.js';
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

/** Somebody outside who is mailed the root of every day. */
export const NameWitness = z.object({ name: z.string().trim().min(2).max(120), email: z.email().max(200), language: Language }).strict();
export type NameWitness = z.infer<typeof NameWitness>;
export const AuditWitness = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  language: Language,
  since: z.iso.datetime(),
  until: z.iso.datetime().nullable(),
});
export type AuditWitness = z.infer<typeof AuditWitness>;

export const incidentKinds = ['access', 'disclosure', 'loss', 'change', 'outage'] as const;
export const tellingWhoms = ['authority', 'people', 'partners', 'management'] as const;
export const tellingWays = ['portal', 'letter', 'mail', 'phone', 'spoken'] as const;
export const ReportIncident = z
  .object({
    kind: z.enum(incidentKinds),
    /** Whether data of people are concerned: then the clock of the law runs. */
    personal: z.boolean(),
    people: z.number().int().min(0).max(10_000_000).nullish(),
    noticedAt: z.iso.datetime(),
    story: z.string().trim().min(20).max(4000),
  })
  .strict();
export type ReportIncident = z.infer<typeof ReportIncident>;
export const TellOfIncident = z
  .object({ whom: z.enum(tellingWhoms), way: z.enum(tellingWays), toldAt: z.iso.datetime(), number: z.string().trim().max(60).optional() })
  .strict();
export type TellOfIncident = z.infer<typeof TellOfIncident>;
export const CloseIncident = z.object({ measures: z.string().trim().min(20).max(4000) }).strict();
export type CloseIncident = z.infer<typeof CloseIncident>;
export const IncidentTelling = z.object({
  whom: z.enum(tellingWhoms),
  way: z.enum(tellingWays),
  toldAt: z.iso.datetime(),
  number: z.string().nullable(),
  by: z.string(),
});
export type IncidentTelling = z.infer<typeof IncidentTelling>;
export const Incident = z.object({
  id: Id,
  kind: z.enum(incidentKinds),
  personal: z.boolean(),
  people: z.number().nullable(),
  noticedAt: z.iso.datetime(),
  dueAt: z.iso.datetime().nullable(),
  reportedAt: z.iso.datetime(),
  reporter: z.string(),
  story: z.string(),
  measures: z.string().nullable(),
  closedAt: z.iso.datetime().nullable(),
  state: z.enum(['open', 'told', 'closed']),
  overdue: z.boolean(),
  tellings: z.array(IncidentTelling),
});
export type Incident = z.infer<typeof Incident>;

/** How long a backup that was restored for a try may be the last one. */
export const drillEveryDays = 30;
/** What a drill found: a backup was taken, restored beside the cabinet and compared. */
export const DrillReport = z.object({
  tables: z.number(),
  rows: z.number(),
  /** Tables whose rows differ, by name. */
  differing: z.array(z.string()),
  /** The chains of facts end alike, and lead to the same newest root. */
  chains: z.number(),
  rootsEqual: z.boolean(),
  /** Keys that were destroyed, and of them those that came back: none may. */
  shredded: z.number(),
  revived: z.number(),
  seconds: z.object({ backup: z.number(), restore: z.number(), compare: z.number() }),
});
export type DrillReport = z.infer<typeof DrillReport>;
export const Drill = z.object({ id: Id, begunAt: z.iso.datetime(), endedAt: z.iso.datetime(), holds: z.boolean(), report: DrillReport });
export type Drill = z.infer<typeof Drill>;
