import type { TablerIcon } from '@tabler/icons-react';
import styles from './icon.module.css';

/** A drawing that always stands beside its word, so readers aloud skip it. */
export function Icon({ of: Drawing, large = false }: { of: TablerIcon; large?: boolean }) {
  return <Drawing className={large ? styles.large : styles.icon} stroke={1.75} aria-hidden focusable={false} />;
}
