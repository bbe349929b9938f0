import { useParams } from 'react-router';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { useChoosings } from './choosing-card.js';
import { ChoosingForm } from './choosing-form.js';

/** Both sides strike and rank from one list. What one side says stays with it. */
export function ChoosingPage() {
  const t = useText('choosing');
  const { caseId = '' } = useParams();
  const found = useChoosings(caseId);
  const [latest] = found.data ?? [];
  return (
    <>
      <PageHead title={t('choosing.title')} lead={latest?.open ? t('choosing.lead') : undefined} back={`/cases/${caseId}`} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {latest?.open && <ChoosingForm key={latest.id} caseId={caseId} round={latest} />}
      {found.data && !latest?.open && <p>{t(latest ? 'choosing.closed' : 'choosing.none')}</p>}
    </>
  );
}
