import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useText } from '../words.js';
import styles from './summary-list.module.css';

export type SummaryRow = {
  label: string;
  value: ReactNode;
  /** The page where the answer is changed, or what opens it. */
  change?: string;
  onChange?: () => void;
};

/** What was answered, row by row, each with the way to change it. */
export function SummaryList({ rows }: { rows: SummaryRow[] }) {
  const t = useText();
  return (
    <dl className={styles.list}>
      {rows.map(({ label, value, change, onChange }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
          {change && (
            <dd className={styles.change}>
              <Link to={change}>
                {t('common.change')}
                <span className="vh">: {label}</span>
              </Link>
            </dd>
          )}
          {onChange && (
            <dd className={styles.change}>
              <button type="button" onClick={onChange}>
                {t('common.change')}
                <span className="vh">: {label}</span>
              </button>
            </dd>
          )}
        </div>
      ))}
    </dl>
  );
}
