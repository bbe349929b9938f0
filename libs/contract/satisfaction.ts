import { z } from 'zod';

/** After which stage of a case a party is asked. */
export const satisfactionStages = ['intake', 'contract', 'mediation', 'performance'] as const;
export type SatisfactionStage = (typeof satisfactionStages)[number];
/** The four questions; the first is the answer, the others are asked for beside it. */
export const satisfactionQuestions = ['overall', 'clear', 'heard', 'timely'] as const;
export type SatisfactionQuestion = (typeof satisfactionQuestions)[number];
export const SatisfactionAsked = z.object({ stage: z.enum(satisfactionStages).nullable() });
export type SatisfactionAsked = z.infer<typeof SatisfactionAsked>;
const Score = z.number().int().min(1).max(5);
/** `null`: would rather not say. */
export const AnswerSatisfaction = z
  .object({
    stage: z.enum(satisfactionStages),
    answers: z.object({ overall: Score, clear: Score.optional(), heard: Score.optional(), timely: Score.optional() }).strict().nullable(),
  })
  .strict();
export type AnswerSatisfaction = z.infer<typeof AnswerSatisfaction>;
