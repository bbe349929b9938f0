import type { ReactNode } from 'react';
import type { TrainingView } from '#contract';
import { timeInWords } from '#language';
import { Card } from '../parts/card.js';
import { DateBlock } from '../parts/date-block.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import styles from './training.module.css';

/** Is it gone by, on this device's clock? What counts is the server's. */
export const isPast = (moment: string) => Date.parse(moment) <= Date.now();

/** The name of a course, with its field where it has one. */
export function useCourseName() {
  const t = useText('training');
  const { category } = useNames();
  return ({ course, field }: Pick<TrainingView, 'course' | 'field'>) =>
    [t(`training.course.${course}`), field ? category(field) : ''].filter(Boolean).join(': ');
}

/** One training: what, when, where, how many seats; below what the reader may do with it. */
export function TrainingCard({ of, children }: { of: TrainingView; children?: ReactNode }) {
  const t = useText('training', 'mediators');
  const dates = useDates();
  const name = useCourseName();
  const { language } = useMediatorWords();
  const { days, place, hours, seats, free, enrolUntil, cancelled } = of;
  return (
    <Card title={name(of)}>
      <div className={styles.card}>
        <DateBlock at={days[0]!.from} />
        <div>
          {cancelled && (
            <p>
              <b>{t('training.cancelled')}</b>
            </p>
          )}
          <ul className={styles.days}>
            {days.map(({ from, to }) => (
              <li key={from}>
                {dates.withWeekday(from)},{' '}
                <span className="nw">
                  {timeInWords(from)}–{timeInWords(to)}
                </span>
              </li>
            ))}
          </ul>
          <p>
            <b>{t('training.place')}:</b> {place}
          </p>
          <p className="small">
            {t('training.language')}: {language(of.language)} · {t('training.hours.n', { n: hours })}
          </p>
          {!cancelled && (
            <p className="small">
              {t('training.seats')}: {free > 0 ? t('training.seats.n', { free, seats }) : t('training.seats.full')} · {t('training.until')}{' '}
              {dates.moment(enrolUntil)}
            </p>
          )}
          {children}
        </div>
      </div>
    </Card>
  );
}
