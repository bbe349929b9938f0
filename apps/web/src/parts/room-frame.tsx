import { IconEye, IconLock } from '@tabler/icons-react';
import { type ReactNode, type Ref, useId } from 'react';
import { classes } from './classes.js';
import { Icon } from './icon.js';
import styles from './room-frame.module.css';

/** Open lines = joint, closed frame = private; round = first party, square = second. */
export type RoomShape = 'joint' | 'A' | 'B';
type Props = {
  shape: RoomShape;
  title: string;
  audience: ReactNode;
  level?: 1 | 2;
  heading?: Ref<HTMLHeadingElement> | undefined;
  head?: ReactNode;
  box?: Ref<HTMLElement>;
  children: ReactNode;
};

/** A room: its colour and shape and words say who hears what is written in it. */
export function RoomFrame({ shape, title, audience, level = 2, heading, head, box, children }: Props) {
  const id = useId();
  const Heading = `h${level}` as const;
  return (
    <section ref={box} className={classes(styles.room, styles[shape])} aria-labelledby={id}>
      <header className={styles.head}>
        <Heading id={id} ref={heading} tabIndex={-1}>
          <span className={styles.shape} aria-hidden />
          {title}
        </Heading>
        <p>
          <Icon of={shape === 'joint' ? IconEye : IconLock} />
          <span>{audience}</span>
        </p>
        {head}
      </header>
      {children}
    </section>
  );
}

/** The same shapes, small: a way into the room from the case's page. */
export function RoomDoor({ shape, children }: { shape: RoomShape; children: ReactNode }) {
  return <li className={classes(styles.door, styles[`door${shape}`])}>{children}</li>;
}
