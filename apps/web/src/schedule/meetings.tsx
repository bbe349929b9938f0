import { useState } from 'react';
import { Link } from 'react-router';
import type { MeetingView } from '#contract';
import { nowMs } from '../clock.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { DateBlock } from '../parts/date-block.js';
import { useDates, useText } from '../words.js';
import { CallOff } from './call-off.js';
import { ProposeHours } from './propose-hours.js';
import { Hours } from './hours.js';
import styles from './schedule.module.css';

const isPast = ({ to }: MeetingView) => Date.parse(to) < nowMs();
export const isComing = (meeting: MeetingView) => !meeting.cancelled && !isPast(meeting);

/** Coming meetings first, each with a way out; then, in small, what was. */
export function Meetings({
  meetings,
  caseId,
  level,
  mayMove,
}: {
  meetings: MeetingView[];
  caseId: string;
  level: 2 | 3;
  mayMove: boolean;
}) {
  const t = useText('calendar');
  const coming = meetings.filter(isComing);
  const gone = meetings.filter((meeting) => !isComing(meeting));
  return (
    <Card title={t('calendar.booked')} level={level}>
      {coming.length === 0 && <p>{t('calendar.booked.none')}</p>}
      {coming.map((meeting) => (
        <Meeting key={meeting.id} {...{ meeting, caseId, level, mayMove }} more={comesAgain(meeting, coming)} />
      ))}
      {gone.length > 0 && <Gone meetings={gone} />}
    </Card>
  );
}

type MeetingProps = { meeting: MeetingView; caseId: string; level: 2 | 3; mayMove: boolean; more: number };

/** How many more of its series are still to come. */
const comesAgain = ({ id, seriesId }: MeetingView, coming: MeetingView[]) =>
  seriesId ? coming.filter((one) => one.seriesId === seriesId && one.id !== id).length : 0;

function Meeting({ meeting, caseId, level, mayMove, more }: MeetingProps) {
  const t = useText('calendar');
  const { id, from, to, mode, place, interpreter, afterTerm, movesLeft } = meeting;
  const [isMoving, setMoving] = useState(false);
  const how = [t(`calendar.mode.${mode}`), place, interpreter && t('calendar.interpreter'), afterTerm && t('calendar.afterTerm')];
  if (isMoving) return <ProposeHours {...{ caseId, level }} about={{ moves: id }} onDone={() => setMoving(false)} />;
  return (
    <div className={styles.meeting}>
      <DateBlock at={from} />
      <div>
        <p>
          <Hours from={from} to={to} mode={how.filter(Boolean).join(', ')} />
          <br />
          <Link to={`/meetings/${id}`}>{t('calendar.page')}</Link>
        </p>
        <Actions>
          {mayMove && movesLeft !== 0 && (
            <Button tone="second" small onClick={() => setMoving(true)}>
              {t('calendar.move')}
            </Button>
          )}
        </Actions>
        {mayMove && movesLeft !== null && (
          <p className="small muted">{movesLeft > 0 ? t('calendar.move.left', { count: movesLeft }) : t('calendar.move.none')}</p>
        )}
      </div>
      <div className={styles.whole}>
        <CallOff meeting={meeting} more={more} />
      </div>
    </div>
  );
}

function Gone({ meetings }: { meetings: MeetingView[] }) {
  const t = useText('calendar');
  const dates = useDates();
  return (
    <ul className="plain small muted">
      {meetings.map(({ id, from, cancelled }) => (
        <li key={id}>
          {dates.moment(from)}: {t(cancelled ? 'calendar.cancelled' : 'calendar.past')}
        </li>
      ))}
    </ul>
  );
}
