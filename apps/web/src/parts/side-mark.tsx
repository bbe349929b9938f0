import type { ReactNode } from 'react';
import type { Side } from '#contract';
import { useText } from '../words.js';
import { classes } from './classes.js';
import styles from './side-mark.module.css';

/** Colour, shape and word of a side: circle = first party, square = second, two lines = mediator (and what is joint). */
export function SideMark({ side, children }: { side: Side | 'mediator'; children?: ReactNode }) {
  const t = useText();
  return <span className={classes(styles.side, styles[side])}>{children ?? t(`parts.side.${side}`)}</span>;
}
