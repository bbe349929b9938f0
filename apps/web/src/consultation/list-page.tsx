import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { ConsultationItem } from './item.js';
import { useConsultations } from './use-consultations.js';

/** All a person has asked, the open one first. */
export function ConsultationsPage() {
  const t = useText('consultation');
  const found = useConsultations();
  const rows = found.data?.own ?? [];
  return (
    <>
      <PageHead title={t('consultation.list')} lead={t('consultation.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      <div className="stack narrow">
        {found.isSuccess && rows.length === 0 && (
          <Card kind="note">
            <p>{t('consultation.list.none')}</p>
          </Card>
        )}
        {rows.map((row) => (
          <ConsultationItem key={row.id} of={row} />
        ))}
      </div>
      {!rows.some(({ endedAt }) => endedAt === null) && found.isSuccess && (
        <Actions>
          <ButtonLink to="/consultation">{t('consultation.title')}</ButtonLink>
        </Actions>
      )}
    </>
  );
}
