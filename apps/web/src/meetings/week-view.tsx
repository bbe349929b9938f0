import { classes } from '../parts/classes.js';
import { useDates } from '../words.js';
import type { ViewProps } from './calendar.js';
import styles from './calendar.module.css';
import { dayOf, daysFrom, mondayOf } from './calendar-days.js';
import { Entry } from './entry.js';

/** Seven days side by side; below each other on a phone, the empty ones in one line each. */
export function WeekView({ place: { day, today, go }, items, labelledBy }: ViewProps) {
  const dates = useDates();
  return (
    <ol className={classes('plain', styles.week)} aria-labelledby={labelledBy}>
      {daysFrom(mondayOf(day), 7).map((one) => (
        <li key={one} className={classes(styles.column, one === today && styles.today)} aria-current={one === today ? 'date' : undefined}>
          <h3>
            <button type="button" className={styles.head} onClick={() => go({ view: 'day', day: one })}>
              {dates.parts(one).weekday}, <span className="nw">{dates.dayAndMonth(one)}</span>
            </button>
          </h3>
          {items
            .filter((item) => dayOf(item.from) === one)
            .map((item) => (
              <Entry key={item.id} item={item} />
            ))}
        </li>
      ))}
    </ol>
  );
}
