import { z } from 'zod';
import { Zone } from './zones.js';
import { Id, Instant } from './problem.js';
import { Language } from './roles.js';

export const noticeChannels = ['in_app', 'email', 'sms', 'push', 'letter'] as const;
export const noticeStates = ['waiting', 'sent', 'failed', 'suppressed'] as const;

/** One line of the person's own centre: the words are libs/language, key `notices.TEMPLATE`, filled with `variables`. */
export const NoticeView = z.object({
  id: Id,
  template: z.string(),
  variables: z.record(z.string(), z.string()),
  caseId: Id.nullable(),
  createdAt: Instant,
  read: z.boolean(),
});
export type NoticeView = z.infer<typeof NoticeView>;
export const NoticePage = z.object({ rows: z.array(NoticeView), unread: z.number(), next: z.string().nullable() });
export type NoticePage = z.infer<typeof NoticePage>;
/** Everything up to and with this notice has been seen. */
export const MarkNoticesRead = z.object({ upTo: Id });
export type MarkNoticesRead = z.infer<typeof MarkNoticesRead>;

/** Sorts of courtesy notices that a person may want or not; what is legal is always sent. */
export const noticeKinds = ['case', 'meeting', 'room', 'account'] as const;
export const NoticeKind = z.enum(noticeKinds);
export type NoticeKind = z.infer<typeof NoticeKind>;
export const wishChannels = ['email', 'sms', 'push'] as const;
export type WishChannel = (typeof wishChannels)[number];
export const Wish = z.object({ kind: NoticeKind, channel: z.enum(wishChannels), wanted: z.boolean() });
export type Wish = z.infer<typeof Wish>;
const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
/** Between these hours of the person's own zone no courtesy goes out; equal hours mean never quiet. */
export const NoticeHours = z.object({ zone: Zone, quietFrom: TimeOfDay, quietTo: TimeOfDay });
export type NoticeHours = z.infer<typeof NoticeHours>;
/** What holds now, said or usual; `reach`: by which channels this person can be reached at all. */
export const NoticeSettings = z.object({ hours: NoticeHours, wishes: z.array(Wish), reach: z.array(z.enum(wishChannels)) });
export type NoticeSettings = z.infer<typeof NoticeSettings>;
export const SaveNoticeSettings = z.object({
  hours: NoticeHours.optional(),
  wishes: z
    .array(Wish)
    .max(noticeKinds.length * wishChannels.length)
    .default([]),
});
export type SaveNoticeSettings = z.infer<typeof SaveNoticeSettings>;

/** A browser's own words (W3C Push API, PushSubscription.toJSON). */
export const PushDevice = z.object({
  endpoint: z.url().max(1_000),
  keys: z.object({ p256dh: z.string().regex(/^[\w-]{80,100}={0,2}$/), auth: z.string().regex(/^[\w-]{20,30}={0,2}$/) }),
});
export type PushDevice = z.infer<typeof PushDevice>;
/** `publicKey`: what a browser subscribes with (RFC 8292); null where this cabinet sends none. */
export const PushState = z.object({ publicKey: z.string().nullable(), devices: z.number().int() });
export type PushState = z.infer<typeof PushState>;

export const TemplateQuery = z.object({ name: z.string().max(60).optional(), language: Language.default('kk') });
export type TemplateQuery = z.infer<typeof TemplateQuery>;
/** One message with made-up data, and the names of all. */
export const TemplatePreview = z.object({
  names: z.array(z.string()),
  name: z.string(),
  language: Language,
  subject: z.string(),
  sender: z.string(),
  text: z.string(),
  html: z.string(),
  sms: z.string(),
  smsParts: z.number().int(),
  push: z.string(),
});
export type TemplatePreview = z.infer<typeof TemplatePreview>;

/** What a mail provider tells afterwards of a mail, by its Message-ID; `status`: RFC 3463. */
export const MailEvent = z.object({
  type: z.enum(['email.delivered', 'email.delayed', 'email.bounced', 'email.complained']),
  messageId: z
    .string()
    .max(200)
    .transform((id) => /^<?([0-9a-f-]{36})@[^@>\s]+>?$/i.exec(id)?.[1])
    .pipe(Id),
  status: z
    .string()
    .regex(/^[245]\.\d{1,3}\.\d{1,3}$/)
    .or(z.literal(''))
    .default(''),
});
export type MailEvent = z.infer<typeof MailEvent>;

/** The code printed in every message; anyone may ask whether it is ours. */
export const CheckMessage = z.object({ code: z.string().trim().min(4).max(20) });
export type CheckMessage = z.infer<typeof CheckMessage>;
export const MessageCheck = z.object({
  real: z.boolean(),
  channel: z.enum(noticeChannels).nullable(),
  sentAt: Instant.nullable(),
  kind: z.string().nullable(),
});
export type MessageCheck = z.infer<typeof MessageCheck>;

/** How a notice of a case fares, for the desk: facts of delivery, never an address or a text. */
export const DeliveryView = z.object({
  id: Id,
  /** The fact it tells of: an entry of the case's timeline. */
  sourceId: Id,
  caseId: Id,
  caseNumber: z.string().nullable(),
  recipient: z.enum(['party_a', 'party_b', 'mediator', 'house', 'other']),
  template: z.string(),
  channel: z.enum(noticeChannels),
  state: z.enum(noticeStates),
  legal: z.boolean(),
  createdAt: Instant,
  dueAt: Instant,
  sentAt: Instant.nullable(),
  attempts: z.number().int(),
  lastError: z.string().nullable(),
  history: z.array(
    z.object({
      at: Instant,
      /** `desk`: somebody at the desk asked for another try. */
      provider: z.string(),
      outcome: z.enum(['sent', 'retry', 'failed']),
      receipt: z.string().nullable(),
      error: z.string().nullable(),
      /** Who at the desk posted the letter. */
      by: z.string().nullable(),
    }),
  ),
});
export type DeliveryView = z.infer<typeof DeliveryView>;
export const DeliveryViews = z.array(DeliveryView);
export const DeliveryQuery = z.object({
  /** `letters`: what is to be printed and posted. */
  state: z.enum(['failed', 'waiting', 'letters']).default('failed'),
  after: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type DeliveryQuery = z.infer<typeof DeliveryQuery>;
export const DeliveryPage = z.object({ rows: z.array(DeliveryView), next: z.string().nullable() });
export type DeliveryPage = z.infer<typeof DeliveryPage>;

/** A letter was taken to the post; the number of a registered one (UPU S10) is the receipt. */
export const PostLetter = z.object({
  track: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}\d{9}[A-Z]{2}$/)
    .or(z.literal(''))
    .default(''),
});
export type PostLetter = z.infer<typeof PostLetter>;

/** How delivery fares, in totals of the last day and of this moment. */
export const DeliveryHealth = z.object({
  lines: z.array(
    z.object({
      channel: z.enum(noticeChannels),
      state: z.enum(['waiting', 'failed']),
      legal: z.boolean(),
      count: z.number().int(),
      oldestSeconds: z.number().int(),
    }),
  ),
  providers: z.array(
    z.object({
      channel: z.enum(noticeChannels),
      provider: z.string(),
      sent: z.number().int(),
      retried: z.number().int(),
      failed: z.number().int(),
      lastSentAt: Instant.nullable(),
      lastError: z.string().nullable(),
      restsSince: Instant.nullable(),
    }),
  ),
});
export type DeliveryHealth = z.infer<typeof DeliveryHealth>;
/** A provider that rests is asked last. */
export const RestProvider = z.object({ provider: z.string().trim().min(1).max(120), rests: z.boolean() });
export type RestProvider = z.infer<typeof RestProvider>;
export const callOutcomes = ['reached', 'no_answer', 'wrong_number', 'refused'] as const;
/** The desk tried to reach a party by telephone. */
export const LogCall = z.object({ partyId: Id, outcome: z.enum(callOutcomes) });
export type LogCall = z.infer<typeof LogCall>;
/** For the court: what one side was told, when and by which way. */
export const CertifyNotice = z.object({ side: z.enum(['A', 'B']) });
export type CertifyNotice = z.infer<typeof CertifyNotice>;

/**
 * What the worker tells the api processes over Redis (channel `${QUEUE_PREFIX}:live`): ids of who may look again, nothing of what there is to see.
 * `desk`: every coordinator; `courtId`: the staff of that court; `notice`: the persons' own centre has something new.
 */
export const LiveHint = z.object({
  caseId: Id.nullable(),
  personIds: z.array(Id),
  courtId: z.string().nullable(),
  desk: z.boolean(),
  notice: z.boolean(),
});
export type LiveHint = z.infer<typeof LiveHint>;
