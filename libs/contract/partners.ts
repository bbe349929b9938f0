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
