import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type CaseRow, liveStates } from '#contract';
import { Card } from '../parts/card.js';
import { DateBlock } from '../parts/date-block.js';
import { Hours } from '../schedule/hours.js';
import { isComing } from '../schedule/meetings.js';
import { scheduleQuery } from '../schedule/use-schedule.js';
import { useText } from '../words.js';
import styles from './coming-meetings.module.css';

const isLive = ({ state }: CaseRow) => (liveStates as readonly string[]).includes(state);

/** What is booked in one's cases, the earliest first. */
export function ComingMeetings({ rows }: { rows: CaseRow[] }) {
  const t = useText('mediator', 'calendar');
  const live = rows.filter(isLive);
  const schedules = useQueries({ queries: live.map(({ id }) => scheduleQuery(id)) });
  const meetings = schedules
    .flatMap(({ data }) => data?.meetings ?? [])
    .filter(isComing)
    .toSorted((one, other) => one.from.localeCompare(other.from));
  return (
    <Card title={t('mediator.meetings')}>
      {meetings.length === 0 && <p>{t('mediator.meetings.none')}</p>}
      {meetings.map(({ id, caseId, from, to, mode }) => (
        <div key={id} className={styles.meeting}>
          <DateBlock at={from} />
          <p>
            <Hours from={from} to={to} mode={t(`calendar.mode.${mode}`)} />
            <br />
            <Link to={`/mediator/cases/${caseId}`}>{live.find((row) => row.id === caseId)?.title}</Link>
          </p>
        </div>
      ))}
    </Card>
  );
}
