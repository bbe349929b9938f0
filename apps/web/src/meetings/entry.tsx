import { Link } from 'react-router';
import { Hours } from '../schedule/hours.js';
import type { CalendarItem } from './calendar.js';
import styles from './calendar.module.css';

/** One meeting: its hours in words, with the reader's own clock where that differs, and a name that tells nothing. */
export function Entry({ item: { from, to, name, more, link } }: { item: CalendarItem }) {
  return (
    <div className={styles.entry}>
      <p>
        <Hours from={from} to={to} mode={more} />
        <br />
        {link ? <Link to={link}>{name}</Link> : name}
      </p>
    </div>
  );
}
