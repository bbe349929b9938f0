import { z } from 'zod';
import { Id, Instant } from './problem.js';

export const NoticeView = z.object({
  id: Id,
  template: z.string(),
  variables: z.record(z.string(), z.string()),
  caseId: Id.nullable(),
  createdAt: Instant,
  read: z.boolean(),
});
export const NoticePage = z.object({ rows: z.array(NoticeView), unread: z.number(), next: z.string().nullable() });
/** The code printed in every message; anyone may ask whether it is ours. */
export const CheckMessage = z.object({ code: z.string().trim().min(4).max(20) });
export const MessageCheck = z.object({
  real: z.boolean(),
  channel: z.enum(['email', 'sms', 'push', 'letter', 'in_app']).nullable(),
  sentAt: Instant.nullable(),
  kind: z.string().nullable(),
});
