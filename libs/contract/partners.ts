import { z } from 'zod';
import { Id, Instant, requiredText } from './problem.js';

/** What a machine of a partner may be let do. Nothing else is open to it. */
export const partnerScopes = ['referrals', 'caseload'] as const;
export type PartnerScope = (typeof partnerScopes)[number];
const mostDays = 366;

/** A token for a court's own system. It acts as one clerk of that court, who answers for it, and no longer than he holds his office. */
export const MakePartnerToken = z.object({
  name: requiredText(80),
  personId: Id,
  scopes: z.array(z.enum(partnerScopes)).min(1).max(partnerScopes.length),
  days: z.number().int().min(1).max(mostDays),
});
export type MakePartnerToken = z.infer<typeof MakePartnerToken>;
export const PartnerTokenRow = z.object({
  id: Id,
  name: z.string(),
  personId: Id,
  personName: z.string(),
  courtId: z.string(),
  scopes: z.array(z.enum(partnerScopes)),
  madeAt: Instant,
  expiresAt: Instant,
  lastUsedAt: Instant.nullable(),
  state: z.enum(['open', 'expired', 'revoked']),
});
export type PartnerTokenRow = z.infer<typeof PartnerTokenRow>;
/** The token itself is told here, once. */
export const MadePartnerToken = PartnerTokenRow.extend({ token: z.string() });
export type MadePartnerToken = z.infer<typeof MadePartnerToken>;

/** Where a court's own system is told of facts of that court's cases: signed by the Standard Webhooks rules, ids and states only. */
export const MakePartnerHook = z.object({
  name: requiredText(80),
  courtId: z.string().min(1).max(40),
  address: z
    .string()
    .trim()
    .max(2000)
    .pipe(z.url({ protocol: /^https?$/ }).regex(/^https?:\/\/[^/?#@]+(?:[/?#]|$)/i)), // no name or password in it
});
export type MakePartnerHook = z.infer<typeof MakePartnerHook>;
export const PartnerHookRow = z.object({
  id: Id,
  name: z.string(),
  courtId: z.string(),
  host: z.string(),
  madeAt: Instant,
  state: z.enum(['open', 'ended']),
  done: z.number(),
  waiting: z.number(),
  givenUp: z.number(),
  lastAt: Instant.nullable(),
});
export type PartnerHookRow = z.infer<typeof PartnerHookRow>;
/** The secret that signs is told here, once. */
export const MadePartnerHook = PartnerHookRow.extend({ secret: z.string() });
export type MadePartnerHook = z.infer<typeof MadePartnerHook>;
/** A call and what became of it. `failure`: `refused` with its status, or why there was none. */
export const HookCall = z.object({
  eventId: Id,
  state: z.enum(['waiting', 'done', 'given_up']),
  tries: z.number(),
  triedAt: Instant.nullable(),
  status: z.number().nullable(),
  failure: z.string().nullable(),
  nextAt: Instant.nullable(),
});
export type HookCall = z.infer<typeof HookCall>;
