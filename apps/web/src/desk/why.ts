import type { TermPoints } from '#contract';
import type { TextKey } from '#language';
import type { Say } from '../words.js';

/** One reason in the reader's words. The codes come from the rules of assignment, and each has its text (libs/language, `assignment.why`). */
export const whyIn = <A extends 'assignment'>(t: Say<A>, { code, says, n }: Pick<TermPoints, 'code' | 'says' | 'n'>) =>
  (t as Say<'assignment'>)(`assignment.why.${code}.${says}` as TextKey<'assignment'>, n === null ? {} : { count: n });
