import type { ReactNode } from 'react';
import styles from './timeline.module.css';

export type TimelineItem = { id: string; when: string; text: ReactNode; /** Not yet: an empty mark. */ ahead?: boolean };

/** Newest first, what is ahead on top. */
export function Timeline({ items }: { items: TimelineItem[] }) {
  return (
    <ol className={styles.timeline}>
      {items.map(({ id, when, text, ahead }) => (
        <li key={id} className={ahead ? styles.ahead : undefined}>
          <span className={styles.when}>{when}</span>
          {text}
        </li>
      ))}
    </ol>
  );
}
