import { useParams } from 'react-router';
import { useLive } from '../live/use-live.js';
import { PageHead } from '../parts/page-head.js';
import { useText } from '../words.js';
import { SchedulePanel } from './schedule-panel.js';

/** The hours of a case on a page of their own. */
export function SchedulePage() {
  const t = useText('calendar', 'papers');
  const { caseId = '' } = useParams();
  useLive();
  return (
    <>
      <PageHead title={t('calendar.title')} back={`/cases/${caseId}`} backLabel={t('papers.backToCase')} />
      <SchedulePanel caseId={caseId} level={2} />
    </>
  );
}
