import { timeInWords } from '#language';
import { classes } from '../parts/classes.js';
import { useText } from '../words.js';
import type { CalendarItem, ViewProps } from './calendar.js';
import styles from './calendar.module.css';
import { startOf } from './calendar-days.js';
import { Entry } from './entry.js';

/** The hours the House keeps open; earlier and later ones show when something stands there. */
const [opens, closes] = [9, 18];
const hourMs = 3_600_000;

export function DayView({ place: { day }, items }: ViewProps) {
  const t = useText('meetings');
  const midnight = Date.parse(startOf(day));
  const hourOf = (instant: string) => Math.floor((Date.parse(instant) - midnight) / hourMs);
  const first = Math.min(opens, ...items.map(({ from }) => hourOf(from)));
  const last = Math.max(closes, ...items.map(({ from }) => hourOf(from) + 1));
  const covers = (item: CalendarItem, hour: number) =>
    Date.parse(item.from) < midnight + (hour + 1) * hourMs && Date.parse(item.to) > midnight + hour * hourMs;
  return (
    <ol className={classes('plain', styles.day)}>
      {Array.from({ length: last - first }, (_, at) => first + at).map((hour) => {
        const here = items.filter(({ from }) => hourOf(from) === hour);
        const isFree = !items.some((item) => covers(item, hour));
        return (
          <li key={hour} className={styles.hour}>
            <span className={classes('small', 'muted', 'num')}>{timeInWords(new Date(midnight + hour * hourMs))}</span>
            <div>
              {here.map((item) => (
                <Entry key={item.id} item={item} />
              ))}
              {isFree && <span className="small muted">{t('meetings.free')}</span>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
