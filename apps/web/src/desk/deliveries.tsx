import { useQuery } from '@tanstack/react-query';
import { DeliveryViews } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { DeliveryTable } from './delivery-table.js';

export function Deliveries({ caseId }: { caseId: string }) {
  const t = useText('desk');
  const found = useQuery({ queryKey: ['desk', 'notices', caseId], queryFn: () => call(DeliveryViews, `/cases/${caseId}/notices`) });
  return (
    <Card>
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && <DeliveryTable caption={t('desk.deliveries')} rows={found.data} empty={<p>{t('desk.deliveries.empty.case')}</p>} />}
    </Card>
  );
}
