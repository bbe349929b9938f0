import { IconClock, IconMessages } from '@tabler/icons-react';
import { useParams } from 'react-router';
import type { MeetingDay } from '#contract';
import { useLive } from '../live/use-live.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { DateBlock } from '../parts/date-block.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { Rich } from '../parts/rich.js';
import { Waiting } from '../parts/waiting.js';
import { SideLine } from '../parts/who-sees.js';
import { Hours } from '../schedule/hours.js';
import { useDates, useText } from '../words.js';
import { AttendanceForm } from './attendance-form.js';
import { CannotAttend } from './cannot-attend.js';
import { MeetingLead } from './meeting-lead.js';
import { MeetingPeople } from './meeting-people.js';
import styles from './meeting.module.css';
import { useMeeting } from './use-meeting.js';

/** One meeting, before, during and after. Its title tells nothing: it stands in the browser's tab and in its history. */
export function MeetingPage() {
  const { meetingId = '' } = useParams();
  const found = useMeeting(meetingId);
  useLive();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <Day day={found.data} isLost={found.isLost} />;
}

function Day({ day, isLost }: { day: MeetingDay; isLost: boolean }) {
  const t = useText('meetings', 'calendar', 'papers');
  const isMediator = day.viewerIs === 'mediator';
  const home = isMediator ? `/mediator/cases/${day.caseId}` : `/cases/${day.caseId}`;
  const mayRecord = day.actions.includes('record');
  return (
    <div className="cols">
      <div className="stack">
        <PageHead
          title={t('meetings.one')}
          eyebrow={day.number && t('meetings.number', { number: day.number })}
          back={home}
          backLabel={t('papers.backToCase')}
        />
        <div className={styles.when}>
          <DateBlock at={day.from} />
          <p>
            <Hours from={day.from} to={day.to} mode={[t(`calendar.mode.${day.mode}`), day.place].filter(Boolean).join(', ')} />
            <br />
            <span className="small muted">{t('calendar.zone')}</span>
          </p>
        </div>
        <Standing day={day} />
        {day.actions.includes('excuse') && <CannotAttend day={day} />}
        {isMediator && <MeetingLead day={day} />}
        {mayRecord && <AttendanceForm key={day.state} day={day} />}
      </div>
      <aside className="stack">
        {day.state !== 'cancelled' && <MeetingPeople day={day} isLost={isLost} />}
        <SideLine icon={IconClock}>{t(isMediator ? 'meetings.sees.mediator' : 'meetings.sees')}</SideLine>
      </aside>
    </div>
  );
}

/** How it stands, who acts next, and the one door that is open now. */
function Standing({ day: { state, actions, viewerIs, caseId, opensAt, minutes, againFree } }: { day: MeetingDay }) {
  const t = useText('meetings');
  const dates = useDates();
  const isOpen = actions.includes('wait');
  const key = state === 'booked' ? (isOpen ? 'booked.open' : 'booked') : state;
  const rooms = viewerIs === 'mediator' ? `/mediator/cases/${caseId}` : `/cases/${caseId}/rooms`;
  const isOn = isOpen && state !== 'missed' && state !== 'held';
  return (
    <Card kind="panel" live>
      <p className={styles.sentence}>
        <Rich>{t(`meetings.state.${key}`, { when: dates.moment(opensAt), minutes })}</Rich>
      </p>
      {state === 'missed' && <p>{t(againFree ? 'meetings.missed.free' : 'meetings.missed.again')}</p>}
      <Actions>
        {isOn && (
          <ButtonLink to={rooms}>
            <Icon of={IconMessages} /> {t('meetings.rooms')}
          </ButtonLink>
        )}
        {(state === 'missed' || state === 'cancelled') && <ButtonLink to={`/cases/${caseId}/meetings`}>{t('meetings.another')}</ButtonLink>}
      </Actions>
    </Card>
  );
}
