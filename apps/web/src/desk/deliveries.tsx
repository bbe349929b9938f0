import { useQuery } from '@tanstack/react-query';
import { type CaseView, DeliveryViews } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { DeliveryTable } from './delivery-table.js';
import { NoticeProof } from './notice-proof.js';

export const useDeliveries = (caseId: string) =>
  useQuery({ queryKey: ['desk', 'notices', caseId], queryFn: () => call(DeliveryViews, `/cases/${caseId}/notices`) });

export function Deliveries({ found: { id, number, parties, desk } }: { found: CaseView }) {
  const t = useText('desk');
  const found = useDeliveries(id);
  return (
    <Card title={t('desk.deliveries')}>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DeliveryTable titled caption={t('desk.deliveries')} rows={found.data} empty={<p>{t('desk.deliveries.empty.case')}</p>} />
      )}
      {number && <NoticeProof caseId={id} parties={parties} isCallDue={desk?.invitation?.callDue ?? false} />}
    </Card>
  );
}
