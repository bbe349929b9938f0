import { type ReactNode, useId } from 'react';
import styles from './card.module.css';
import { classes } from './classes.js';

type Props = { title?: ReactNode; level?: 2 | 3; kind?: 'card' | 'panel' | 'note'; id?: string; live?: boolean; children: ReactNode };

/** `panel` is for the one thing to do now, `note` for what is good to know, `card` for the rest. */
export function Card({ title, level = 2, kind = 'card', id, live = false, children }: Props) {
  const own = useId();
  const Heading = `h${level}` as const;
  return (
    <section id={id} className={classes(styles[kind])} aria-labelledby={title ? own : undefined} aria-live={live ? 'polite' : undefined}>
      {title && (
        <Heading id={own} className={styles.title}>
          {title}
        </Heading>
      )}
      {children}
    </section>
  );
}
