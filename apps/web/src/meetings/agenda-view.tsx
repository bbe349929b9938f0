import { useDates } from '../words.js';
import type { ViewProps } from './calendar.js';
import styles from './calendar.module.css';
import { dayOf } from './calendar-days.js';
import { Entry } from './entry.js';

/** What is coming, day by day; days without anything are left out. */
export function AgendaView({ items }: ViewProps) {
  const dates = useDates();
  const days = [...new Set(items.map(({ from }) => dayOf(from)))];
  return days.map((day) => (
    <section key={day} className={styles.agenda} aria-label={dates.withWeekday(day)}>
      <h3>{dates.withWeekday(day)}</h3>
      {items
        .filter(({ from }) => dayOf(from) === day)
        .map((item) => (
          <Entry key={item.id} item={item} />
        ))}
    </section>
  ));
}
