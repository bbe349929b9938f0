import { z } from 'zod';
import { Id } from './problem.js';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
/** A case's chain of facts as it is given out; `npm run verify -- FILE` checks it without the cabinet. */
export const AuditExport = z.object({
  format: z.literal('kelisim-audit-1'),
  chain: Id,
  number: z.string(),
  facts: z.array(
    z.object({
      id: Id,
      seq: z.number().int(),
      type: z.string(),
      actorId: Id.nullable(),
      actorRole: z.string(),
      /** As hashed: UTC with microseconds. */
      at: z.string(),
      /** As hashed: what PostgreSQL prints of its jsonb. */
      data: z.string(),
      hash: Hash,
    }),
  ),
  /** The way from the head that this chain had at the end of a day to that day's published root. */
  proof: z
    .object({
      day: z.iso.date(),
      seq: z.number().int().min(1),
      path: z.array(z.object({ side: z.enum(['left', 'right']), hash: Hash })),
      previous: Hash,
      root: Hash,
    })
    .nullable(),
});
export type AuditExport = z.infer<typeof AuditExport>;
export const AuditVerdict = z.object({
  holds: z.boolean(),
  facts: z.number(),
  /** The first fact that is not what was recorded. */
  brokenAt: z.number().nullable(),
  root: z.enum(['matches', 'differs', 'unknown']),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
export const AuditReport = AuditVerdict.extend({ day: z.iso.date().nullable() });
export type AuditReport = z.infer<typeof AuditReport>;
export const AuditRoot = z.object({ day: z.iso.date(), chains: z.number(), root: Hash });
export type AuditRoot = z.infer<typeof AuditRoot>;
export const AuditRootList = z.array(AuditRoot);
