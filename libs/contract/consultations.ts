import { z } from 'zod';
import { Id, Instant, plainText, requiredText } from './problem.js';
import { Language } from './roles.js';

/** From where somebody came to ask. */
export const consultationSources = ['start', 'triage', 'refusal'] as const;
export const consultationOutcomes = ['advice', 'draft', 'nothing', 'withdrawn', 'expired'] as const;
/** `startsAt`: an hour of the roster instead of now. The browser makes the id, so that pressing twice asks once. */
export const AskConsultation = z.object({
  id: Id,
  language: Language,
  category: z.string().max(40).default(''),
  /** Only for the totals by district; who asks may leave it out. */
  district: z.string().max(40).optional(),
  source: z.enum(consultationSources).default('start'),
  startsAt: Instant.optional(),
});
export type AskConsultation = z.infer<typeof AskConsultation>;

/** What of an application a mediator may write down for who asked, to be carried over only if they agree. */
export const DraftOffer = z.object({
  category: requiredText(40),
  title: requiredText(160),
  claimText: requiredText(4000),
  desiredOutcome: plainText(4000).default(''),
});
export type DraftOffer = z.infer<typeof DraftOffer>;
export const AnswerDraft = z.object({ agrees: z.boolean() });
export type AnswerDraft = z.infer<typeof AnswerDraft>;
/** A mediator ends with advice or nothing; who asked takes the question back. */
export const EndConsultation = z.object({ outcome: z.enum(['advice', 'nothing', 'withdrawn']) });
export type EndConsultation = z.infer<typeof EndConsultation>;

const Hour = z.object({ from: Instant, to: Instant });
export const ConsultationView = z.object({
  id: Id,
  roomId: Id,
  viewerIs: z.enum(['asker', 'mediator']),
  language: Language,
  category: z.string(),
  askedAt: Instant,
  takenAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  outcome: z.enum(consultationOutcomes).nullable(),
  hour: Hour.nullable(),
  draft: DraftOffer.nullable(),
  /** For who asked: the draft it became. */
  draftCaseId: Id.nullable(),
});
export type ConsultationView = z.infer<typeof ConsultationView>;
export const Consultations = z.object({
  own: z.array(ConsultationView),
  /** For a mediator on duty: what nobody has taken yet. Not who asks, nor a word. */
  waiting: z.array(z.object({ id: Id, language: Language, category: z.string(), askedAt: Instant })),
  onDutyUntil: Instant.nullable(),
});
export type Consultations = z.infer<typeof Consultations>;
/** For anybody: when questions are answered, and beginnings of hours that are still free. */
export const ConsultationHours = z.object({ onDuty: z.boolean(), hours: z.array(Hour), starts: z.array(Instant) });
export type ConsultationHours = z.infer<typeof ConsultationHours>;

export const KeepDuty = Hour.extend({ mediatorId: Id });
export type KeepDuty = z.infer<typeof KeepDuty>;
export const DutyView = KeepDuty.extend({ id: Id, mediator: z.string() });
export type DutyView = z.infer<typeof DutyView>;
/** Of the last thirty days, counted apart from mediations. */
export const DeskConsultations = z.object({
  totals: z.object({
    asked: z.number(),
    waiting: z.number(),
    open: z.number(),
    advice: z.number(),
    draft: z.number(),
    nothing: z.number(),
    withdrawn: z.number(),
    expired: z.number(),
  }),
  oldestWaiting: Instant.nullable(),
  duties: z.array(DutyView),
  mediators: z.array(z.object({ id: Id, name: z.string() })),
});
export type DeskConsultations = z.infer<typeof DeskConsultations>;
