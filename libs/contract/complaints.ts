import { z } from 'zod';
import { Id, Instant, requiredText } from './problem.js';

export const complaintSubjects = ['mediator', 'desk'] as const;
export const complaintOutcomes = ['founded', 'unfounded'] as const;

/** Of a mediator one complains in a case that he leads or led; of the desk, of any case or none. `id` is the browser's: sent twice it is one. */
export const MakeComplaint = z
  .object({
    id: Id,
    about: z.enum(complaintSubjects),
    caseId: Id.nullable(),
    mediatorId: Id.nullable(),
    words: requiredText(4000),
  })
  .refine(({ about, mediatorId, caseId }) => (about === 'mediator') === (mediatorId !== null && caseId !== null), {
    path: ['mediatorId'],
    message: 'choose',
  });
export type MakeComplaint = z.infer<typeof MakeComplaint>;
export const AnswerComplaint = z.object({ outcome: z.enum(complaintOutcomes, 'choose'), words: requiredText(4000) });
export type AnswerComplaint = z.infer<typeof AnswerComplaint>;

export const ComplaintView = z.object({
  id: Id,
  about: z.enum(complaintSubjects),
  /** Who complains; for who receives it. */
  by: z.string(),
  isOwn: z.boolean(),
  mediator: z.string().nullable(),
  number: z.string().nullable(),
  words: z.string(),
  at: Instant,
  due: Instant,
  isOverdue: z.boolean(),
  /** Taken back by who made it: nobody else sees it any more. */
  withdrawn: z.boolean(),
  outcome: z.enum(complaintOutcomes).nullable(),
  answer: z.string().nullable(),
});
export type ComplaintView = z.infer<typeof ComplaintView>;
/** Of whom somebody may complain: the mediators of his cases. */
export const ComplaintSubject = z.object({ caseId: Id, number: z.string().nullable(), mediatorId: Id, mediator: z.string() });
export type ComplaintSubject = z.infer<typeof ComplaintSubject>;
