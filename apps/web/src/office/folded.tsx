import { type ReactNode, useState } from 'react';
import styles from './folded.module.css';

/** A section that stands open where there is room, and is one line on a phone until it is asked for. What is in it names itself by `title`. */
export function Folded({ title, children }: { title: string; children: ReactNode }) {
  const [isWide] = useState(() => matchMedia('(min-width: 48rem)').matches);
  return (
    <details className={styles.folded} open={isWide}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
