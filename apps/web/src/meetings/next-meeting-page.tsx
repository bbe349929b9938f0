import { Navigate, useParams } from 'react-router';
import { ButtonLink } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { useMyMeetings } from './use-my-meetings.js';

const halfYear = 180 * 24 * 3_600_000;
/** To the minute, so that the question stays the same while the page is drawn again. */
const thisMinute = () => Math.floor(Date.now() / 60_000) * 60_000;

/** Where a reminder leads: the nearest meeting there is now, of this case if it names one. It may have moved since, or be off. */
export function NextMeetingPage() {
  const t = useText('meetings');
  const { caseId } = useParams();
  const now = thisMinute();
  const found = useMyMeetings(new Date(now).toISOString(), new Date(now + halfYear).toISOString());
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const next = found.data.find((meeting) => !caseId || meeting.caseId === caseId);
  if (next) return <Navigate replace to={`/meetings/${next.id}`} />;
  return (
    <>
      <PageHead title={t('meetings.none.title')} lead={t('meetings.none.text')} />
      <ButtonLink to={caseId ? `/cases/${caseId}/meetings` : '/meetings'}>{t('meetings.none.all')}</ButtonLink>
    </>
  );
}
