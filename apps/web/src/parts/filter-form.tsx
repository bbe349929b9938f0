import type { FormEvent, ReactNode } from 'react';
import { useText } from '../words.js';
import styles from './filter-form.module.css';

type Props = {
  label?: string;
  /** What is always in sight: the words that are looked for. */
  search: ReactNode;
  /** What narrows further; on a telephone it is folded away until somebody asks for it or has chosen something. */
  more: ReactNode;
  chosen: number;
  acts: ReactNode;
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
};

/** Chosen together, shown at one press. */
export function FilterForm({ label, search, more, chosen, acts, onSubmit }: Props) {
  const t = useText();
  const isWide = window.matchMedia('(min-width: 48rem)').matches;
  return (
    <search aria-label={label}>
      <form className={styles.form} onSubmit={onSubmit}>
        {search}
        <details open={isWide || chosen > 0}>
          <summary className={styles.fold}>{t('parts.filters')}</summary>
          <div className={styles.more}>{more}</div>
        </details>
        <div className={styles.acts}>{acts}</div>
      </form>
    </search>
  );
}
