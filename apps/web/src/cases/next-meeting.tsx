import { Link } from 'react-router';
import { type CaseView, liveStates, type MeetingView } from '#contract';
import { nowMs } from '../clock.js';
import { Card } from '../parts/card.js';
import { DateBlock } from '../parts/date-block.js';
import { Hours } from '../schedule/hours.js';
import { useText } from '../words.js';
import { useSchedule } from './cases.js';
import styles from './next-meeting.module.css';

/** The nearest meeting, or the times that wait for an answer. */
export function NextMeeting({ found: { id, state } }: { found: CaseView }) {
  const t = useText('case');
  const isLive = (liveStates as readonly string[]).includes(state);
  const schedule = useSchedule(id, isLive).data;
  const next = schedule?.meetings.filter(isAhead).toSorted((one, other) => one.from.localeCompare(other.from))[0];
  if (!isLive || !schedule) return null;
  const waits = schedule.proposal && !schedule.proposal.answeredByViewer && !schedule.proposal.proposedByViewer;
  return (
    <>
      <h2>{t('case.meeting')}</h2>
      <Card>
        {next ? <Meeting meeting={next} /> : <p>{t('case.meeting.none')}</p>}
        <p className={styles.ways}>
          <Link to={`/cases/${id}/meetings`}>{t(waits ? 'case.meeting.answer' : next ? 'case.meeting.all' : 'case.meeting.propose')}</Link>
        </p>
      </Card>
    </>
  );
}

const isAhead = ({ to, cancelled }: MeetingView) => !cancelled && Date.parse(to) > nowMs();

function Meeting({ meeting: { from, to, mode } }: { meeting: MeetingView }) {
  const t = useText('case');
  return (
    <div className={styles.meeting}>
      <DateBlock at={from} />
      <p>
        <Hours from={from} to={to} mode={t(`case.meeting.mode.${mode}`)} />
        <br />
        <span className="small muted">{t('common.zone')}</span>
      </p>
    </div>
  );
}
