import { Link } from 'react-router';
import styles from './pills.module.css';

type Pill = { to: string; label: string; count?: string | undefined; isCurrent: boolean };

/** Kinds of work, one of them shown. */
export function Pills({ label, pills }: { label: string; pills: Pill[] }) {
  return (
    <nav aria-label={label}>
      <ul className={styles.pills}>
        {pills.map(({ to, label: name, count, isCurrent }) => (
          <li key={name}>
            <Link className={styles.pill} to={to} aria-current={isCurrent ? 'page' : undefined}>
              {name}
              {count !== undefined && <b className={styles.count}>{count}</b>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
