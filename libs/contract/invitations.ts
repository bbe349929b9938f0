import { z } from 'zod';
import { Attorney } from './application.js';
import { DataConsent, Names, Password, ShownCode } from './people.js';
import { Id, Instant, plainText } from './problem.js';
import { Language } from './roles.js';

/** What the invited person sees behind the code: who invites, neutral words, what can be done. Never the claim. */
export const InvitationView = z.object({
  inviter: z.string(),
  invited: z.string(),
  summary: z.string(),
  category: z.string(),
  language: Language,
  expiresAt: Instant,
  understood: z.boolean(),
  state: z.enum(['open', 'consented', 'declined', 'expired', 'withdrawn']),
  /** Where the one-time code goes unless another one of `channels` is asked for. */
  channel: z.enum(['email', 'sms']).nullable(),
  channels: z.array(z.enum(['email', 'sms'])),
  hasAccount: z.boolean(),
  caseId: Id.nullable(),
  /** Others of the same side whom the same contact was given for: answered with this one, each by itself. */
  also: z.array(z.object({ invitationId: Id, invited: z.string() })),
});
export type InvitationView = z.infer<typeof InvitationView>;
/** A one-time code to the invited contact, by the way it prefers. */
export const AskInvitationCode = z.object({ channel: z.enum(['email', 'sms']).optional() }).default({});
export type AskInvitationCode = z.infer<typeof AskInvitationCode>;
export const ShowInvitationCode = z.object({ code: z.string().trim().max(40) });
export type ShowInvitationCode = z.infer<typeof ShowInvitationCode>;
/** The answer for one more of the side. Who acts by a power of attorney says for each what his gives. */
export const AlsoAnswered = z.discriminatedUnion('answer', [
  z.object({ invitationId: Id, answer: z.literal('consent'), attorney: Attorney.optional() }),
  z.object({ invitationId: Id, answer: z.literal('decline'), reason: plainText(4000).optional() }),
]);
export type AlsoAnswered = z.infer<typeof AlsoAnswered>;
export const AnswerInvitation = z.discriminatedUnion('answer', [
  z.object({
    answer: z.literal('consent'),
    ...ShownCode.shape,
    consent: DataConsent,
    language: Language,
    /** Names of the person who joins: for an organisation, its signatory. */
    ...Names.shape,
    password: Password.optional(),
    /** Somebody who acts by a power of attorney says what it gives. */
    attorney: Attorney.optional(),
    also: z.array(AlsoAnswered).max(50).optional(),
  }),
  z.object({ answer: z.literal('decline'), ...ShownCode.shape, reason: plainText(4000).optional() }),
]);
export type AnswerInvitation = z.infer<typeof AnswerInvitation>;
