import type { SaveAnswers } from '#contract';

/** 486 000 is how people write it; what is no number goes as it is, so that the contract can complain. */
export function readAmount(form: FormData): SaveAnswers {
  const typed = String(form.get('amountKzt') ?? '').replace(/[\s\u00A0₸]/g, '');
  return { amountKzt: typed === '' ? null : /^\d+$/.test(typed) ? Number(typed) : (typed as unknown as number) };
}
