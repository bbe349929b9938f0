import type { MeetingView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { DateBlock } from '../parts/date-block.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';
import { Hours } from './hours.js';
import styles from './schedule.module.css';

const isPast = ({ to }: MeetingView) => Date.parse(to) < Date.now();
export const isComing = (meeting: MeetingView) => !meeting.cancelled && !isPast(meeting);

/** Coming meetings first, each with a way out; then, in small, what was. */
export function Meetings({ meetings, caseId, level }: { meetings: MeetingView[]; caseId: string; level: 2 | 3 }) {
  const t = useText('calendar');
  const coming = meetings.filter(isComing);
  const gone = meetings.filter((meeting) => !isComing(meeting));
  return (
    <Card title={t('calendar.booked')} level={level}>
      {coming.length === 0 && <p>{t('calendar.booked.none')}</p>}
      {coming.map((meeting) => (
        <Meeting key={meeting.id} meeting={meeting} caseId={caseId} />
      ))}
      {gone.length > 0 && <Gone meetings={gone} />}
    </Card>
  );
}

function Meeting({ meeting: { id, from, to, mode }, caseId }: { meeting: MeetingView; caseId: string }) {
  const t = useText('calendar');
  const cancel = useCaseChange(caseId, () => ({ path: `/meetings/${id}`, method: 'DELETE' }));
  return (
    <div className={styles.meeting}>
      <DateBlock at={from} />
      <div>
        <p>
          <Hours from={from} to={to} mode={t(`calendar.mode.${mode}`)} />
        </p>
        {cancel.error && <Failure of={cancel.error} />}
        <Confirm
          tone="quiet"
          label={t('calendar.cancel')}
          question={t('calendar.cancel.question')}
          text={t('calendar.cancel.text')}
          confirmLabel={t('calendar.cancel.confirm')}
          busy={cancel.isPending}
          onConfirm={() => cancel.mutate()}
        />
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
