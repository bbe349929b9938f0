import { z } from 'zod';

/** What speaks for a mediator: names of data (libs/assignment/data/terms.json). In words: `assignment.why.TERM.SAYS`. */
export const assignmentTerms = ['language', 'field', 'district', 'load', 'waiting', 'hour', 'continuity'] as const;
export type AssignmentTerm = (typeof assignmentTerms)[number];
/** Those that say nothing of other cases: a party reads them of its own mediator. */
export const openTerms = ['language', 'district', 'hour'] as const satisfies AssignmentTerm[];

export const TermPoints = z.object({
  code: z.enum(assignmentTerms),
  points: z.number(),
  of: z.number(),
  says: z.string(),
  n: z.number().nullable(),
});
export type TermPoints = z.infer<typeof TermPoints>;
