import { z } from 'zod';

/** RFC 9457 problem details. `fields` name the answers to mend: path -> code of libs/language `fields.CODE`. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  requestId: z.string().optional(),
  retryAfter: z.number().optional(),
  fields: z.record(z.string(), z.string()).optional(),
});
export type Problem = z.infer<typeof Problem>;

export const Id = z.uuid();
/** Control characters but for tab and line ends, and the marks that turn text around. */
// oxlint-disable-next-line no-control-regex -- these are the very characters to take out
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** What people type: trimmed, without control characters and without the marks that turn text around. */
export const plainText = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(unwanted, '').trim())
    .pipe(z.string().max(max));
export const requiredText = (max: number) => plainText(max).pipe(z.string().min(1));
export const Instant = z.iso.datetime({ offset: true });
export const Page = z.object({ after: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(20) });
export type Page = z.infer<typeof Page>;
