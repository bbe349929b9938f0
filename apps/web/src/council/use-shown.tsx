import type { ReportLine } from '#contract';
import { wholeNumber } from '#language';
import { useText } from '../words.js';
import styles from './report.module.css';

/** As the page says a number; a hidden one has a sign and, for who listens, a word. */
export function useShown() {
  const t = useText('reports');
  return (n: number | null | undefined, { unit }: Pick<ReportLine, 'unit'>) => {
    if (n === null || n === undefined)
      return (
        <>
          <span aria-hidden="true">{t('reports.hiddenCell')}</span>
          <span className={styles.spoken}>{t('reports.hiddenWord')}</span>
        </>
      );
    const number = Number.isInteger(n) ? wholeNumber(n) : String(n).replace('.', ',');
    return unit === 'percent' ? `${number} %` : number;
  };
}
