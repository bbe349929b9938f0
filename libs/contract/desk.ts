import { z } from 'zod';
import { CaseRow } from './cases.js';
import { email, phoneKz } from './identifiers.js';
import { Id, Instant, Page, plainText } from './problem.js';
import { type CaseState, caseStates } from './states.js';

/** What the desk works through: to decide on an application, to reach somebody who has not answered, to choose a mediator. The database derives the same (cases.desk_queue). */
export const deskPiles = {
  screen: ['SUBMITTED'],
  chase: ['RETURNED', 'INVITED', 'NO_RESPONSE'],
  assign: ['CONSENTED'],
} as const satisfies Record<string, CaseState[]>;
/** And what got stuck: a time ran out, or a mediator was lost, and nobody has moved it since. */
export const deskQueues = [...(Object.keys(deskPiles) as (keyof typeof deskPiles)[]), 'stuck'] as const;
export const DeskQueue = z.enum(deskQueues);
export type DeskQueue = z.infer<typeof DeskQueue>;
export const doors = ['self', 'desk', 'court'] as const;

/** `queue` and the filters are for the desk alone. `search`: a number in any spelling, or a part of a party's name. `unsent`: what the asker himself has begun and not sent. */
export const CaseQuery = Page.extend({
  queue: DeskQueue.optional(),
  category: z.string().max(40).optional(),
  district: z.string().max(40).optional(),
  door: z.enum(doors).optional(),
  search: plainText(80).optional(),
  unsent: z.literal('own').optional(),
});
export type CaseQuery = z.infer<typeof CaseQuery>;

export const CaseListRow = CaseRow.extend({
  /** For the desk: how it came in, and since when it is stuck, by the code of the time that ran out or HANDOVER. */
  door: z.enum(doors).optional(),
  stuck: z.object({ since: Instant, code: z.string() }).nullable().optional(),
});
export type CaseListRow = z.infer<typeof CaseListRow>;
export const CaseRows = z.object({ rows: z.array(CaseListRow), next: z.string().nullable() });
export type CaseRows = z.infer<typeof CaseRows>;

/** Filed cases that look alike: the same people by number or contact, or the same case of a court; and those linked by a coordinator. */
export const similarities = ['people', 'contacts', 'court'] as const;
export const SimilarCases = z.array(
  z.object({
    caseId: Id,
    number: z.string().nullable(),
    state: z.enum(caseStates),
    title: z.string(),
    filedAt: Instant.nullable(),
    alike: z.array(z.enum(similarities)),
    linked: z.boolean(),
  }),
);
export type SimilarCases = z.infer<typeof SimilarCases>;
/** The power of attorney of one party is given back, or its principal has withdrawn it. */
export const EndAttorney = z.object({ partyId: Id });
export type EndAttorney = z.infer<typeof EndAttorney>;
/** What a party that nobody acts for told the desk: an address, a telephone, or both. */
export const TakeContact = z
  .object({ partyId: Id, email: email.optional(), phone: phoneKz.optional() })
  .refine(({ email: address, phone: number }) => Boolean(address ?? number), { path: ['phone'], message: 'required' });
export type TakeContact = z.infer<typeof TakeContact>;
export const LinkCase = z.object({ caseId: Id, linked: z.boolean() });
export type LinkCase = z.infer<typeof LinkCase>;

/** Which invited party's letter to print. */
export const PrintLetter = z.object({ partyId: Id });
export type PrintLetter = z.infer<typeof PrintLetter>;

/** Of the invitations of so many days: how many came how far. Each step counts those who went further too. */
export const FunnelQuery = z.object({ days: z.coerce.number().int().min(1).max(366).default(30) });
export type FunnelQuery = z.infer<typeof FunnelQuery>;
export const funnelSteps = ['invited', 'opened', 'understood', 'joined'] as const;
export const JoinFunnel = z.object({
  days: z.number(),
  invited: z.number(),
  opened: z.number(),
  understood: z.number(),
  joined: z.number(),
  declined: z.number(),
  silent: z.number(),
  waiting: z.number(),
  /** Of those who joined: after a reminder. */
  joinedAfterNudge: z.number(),
});
export type JoinFunnel = z.infer<typeof JoinFunnel>;

/** How much lies on each pile, counted up to `countedTo`. */
export const countedTo = 100;
export const DeskCounts = z.record(DeskQueue, z.number());
export type DeskCounts = z.infer<typeof DeskCounts>;

/** Acts that one coordinator may do for many cases at once, after having seen what will happen to each. */
export const bulkActions = ['offer', 'reinvite', 'close'] as const;
export type BulkAction = (typeof bulkActions)[number];
export const BulkAsk = z.object({ action: z.enum(bulkActions), caseIds: z.array(Id).min(1).max(50) });
export type BulkAsk = z.infer<typeof BulkAsk>;
export const BulkRow = z.object({
  caseId: Id,
  number: z.string().nullable(),
  title: z.string(),
  /** The case as it was looked at: what has moved since is left alone. */
  since: Instant.nullable(),
  possible: z.boolean(),
  reason: z.enum(['absent', 'state', 'no_mediator']).nullable(),
  mediator: z.object({ id: Id, name: z.string() }).nullable(),
});
export type BulkRow = z.infer<typeof BulkRow>;
/** `batchId`: the choice for all of them together, kept as it was shown; offering refers to it. */
export const BulkPreview = z.object({ batchId: Id.nullable(), rows: z.array(BulkRow) });
export type BulkPreview = z.infer<typeof BulkPreview>;
export const BulkDo = z.object({
  action: z.enum(bulkActions),
  batchId: Id.optional(),
  cases: z
    .array(z.object({ id: Id, since: Instant }))
    .min(1)
    .max(50),
});
export type BulkDo = z.infer<typeof BulkDo>;
/** `code`: why it was not done, in the words of errors.CODE. */
export const BulkDone = z.array(z.object({ caseId: Id, done: z.boolean(), code: z.string().nullable() }));
export type BulkDone = z.infer<typeof BulkDone>;
