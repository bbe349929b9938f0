import { type KeyboardEvent, useRef } from 'react';
import { timeInWords } from '#language';
import { Link } from 'react-router';
import { classes } from '../parts/classes.js';
import { useDates, useText } from '../words.js';
import type { CalendarItem, ViewProps } from './calendar.js';
import styles from './calendar.module.css';
import { type Day, dayByKey, dayOf, monthOf, weeksOf } from './calendar-days.js';

const most = 3;

/** A month in whole weeks. One day holds the focus; the keys lead from day to day, over the edge into the next month. */
export function MonthView({ place: { day, today, go }, items, labelledBy }: ViewProps) {
  const dates = useDates();
  const table = useRef<HTMLTableElement>(null);
  const weeks = weeksOf(day);
  const follow = (event: KeyboardEvent, from: Day) => {
    const next = dayByKey(event.key, from);
    if (!next) return;
    event.preventDefault();
    go({ day: next });
    requestAnimationFrame(() => table.current?.querySelector<HTMLElement>(`[data-day="${next}"]`)?.focus());
  };
  return (
    <table className={styles.month} ref={table} aria-labelledby={labelledBy}>
      <thead>
        <tr>
          {weeks[0]!.map((one) => {
            const { weekday } = dates.parts(one);
            return (
              <th key={one} scope="col" abbr={weekday}>
                <span className={styles.long}>{weekday}</span>
                <span className={styles.short} aria-hidden>
                  {dates.parts(one).brief}
                </span>
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((one) => (
              <td
                key={one}
                className={classes(monthOf(one) !== monthOf(day) && styles.other, one === today && styles.today)}
                aria-current={one === today ? 'date' : undefined}
              >
                <DayButton
                  day={one}
                  isFocused={one === day}
                  count={items.filter((item) => dayOf(item.from) === one).length}
                  onOpen={() => go({ view: 'day', day: one })}
                  onKeyDown={(event) => follow(event, one)}
                />
                <Items items={items.filter((item) => dayOf(item.from) === one)} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayProps = { day: Day; isFocused: boolean; count: number; onOpen: () => void; onKeyDown: (event: KeyboardEvent) => void };

function DayButton({ day, isFocused, count, onOpen, onKeyDown }: DayProps) {
  const t = useText('meetings');
  const name = useDates().withWeekday(day);
  return (
    <button
      type="button"
      className={styles.number}
      data-day={day}
      tabIndex={isFocused ? 0 : -1}
      aria-label={count > 0 ? t('meetings.onDay', { day: name, count }) : t('meetings.onDay.none', { day: name })}
      onClick={onOpen}
      onKeyDown={onKeyDown}
    >
      {Number(day.slice(8))}
      {count > 0 && <span className={styles.dot} aria-hidden />}
    </button>
  );
}

function Items({ items }: { items: CalendarItem[] }) {
  if (items.length === 0) return null;
  return (
    <ul className={classes('plain', styles.items)}>
      {items.slice(0, most).map((item) => (
        <li key={item.id} className={styles.item}>
          <Named item={item} />
        </li>
      ))}
      {items.length > most && <li className="small muted">+{items.length - most}</li>}
    </ul>
  );
}

/** The hour and the name, and the way there if there is one. */
export function Named({ item: { from, name, link } }: { item: CalendarItem }) {
  const words = `${timeInWords(from)} ${name}`;
  return link ? <Link to={link}>{words}</Link> : <span>{words}</span>;
}
