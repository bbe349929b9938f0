import type { TextKey } from '#language';
import { useText } from '../words.js';

/** `2026-Q3` as people say it. */
export function usePeriodName() {
  const t = useText('reports');
  return (code: string) => {
    const [from, to] = code.split('..');
    return from && to ? `${named(from)} – ${named(to)}` : named(code);
  };
  function named(code: string): string {
    const [year = '', rest = ''] = code.split('-');
    const month = (digits: string) => t(`reports.month.${Number(digits)}` as TextKey<'reports'>);
    if (!rest) return t('reports.year', { year });
    if (rest.startsWith('Q')) return t('reports.quarter', { year, n: rest.slice(1) });
    if (rest.startsWith('H')) return t('reports.half', { year, n: rest.slice(1) });
    if (rest.startsWith('T')) return t('reports.running', { year, month: month(rest.slice(1)) });
    return t('reports.period.month', { year, month: month(rest) });
  }
}
