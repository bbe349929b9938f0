import styles from './count.module.css';

/** How many are new, in sun: with its words, never a bare number. */
export function Count({ children }: { children: string }) {
  return <b className={styles.count}>{children}</b>;
}
