import { useDates } from '../words.js';
import styles from './date-block.module.css';

/** One date, large: month, day, weekday. */
export function DateBlock({ at }: { at: string }) {
  const { month, day, weekday } = useDates().parts(at);
  return (
    <div className={styles.block}>
      <span>{month}</span>
      <b>{day}</b>
      <small>{weekday}</small>
    </div>
  );
}
