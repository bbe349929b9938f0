import type { TermPoints } from '#contract';
import type { TextKey } from '#language';

type SayWhy = (key: TextKey<'assignment'>, values?: Record<string, string | number>) => string;

/** One reason in the reader's words. The codes come from the rules of assignment, and each has its text (libs/language, `assignment.why`). */
export const whyIn = (t: SayWhy, { code, says, n }: Pick<TermPoints, 'code' | 'says' | 'n'>) =>
  n === 0 && says === 'days' && code === 'hour'
    ? t('assignment.why.hour.today')
    : t(`assignment.why.${code}.${says}` as TextKey<'assignment'>, n === null ? {} : { count: n });
