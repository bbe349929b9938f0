import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { DeliveryPage } from '#contract';
import { call } from '../api.js';
import { More } from '../office/more.js';
import { Pills } from '../office/pills.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { DeliveryHealth } from './delivery-health.js';
import { DeliveryTable } from './delivery-table.js';

/** What did not reach somebody, over all cases: first what failed. */
export function DeliveriesPage() {
  const t = useText('desk');
  const [search] = useSearchParams();
  const state = search.get('state') === 'waiting' ? 'waiting' : 'failed';
  const found = useInfiniteQuery({
    queryKey: ['desk', 'notices', state],
    queryFn: ({ pageParam }) =>
      call(DeliveryPage, `/desk/notices?${new URLSearchParams({ state, ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <>
      <PageHead title={t('desk.deliveries.failed')} back="/desk" backLabel={t('desk.toQueue')} />
      <Pills
        label={t('desk.deliveries')}
        pills={[
          { to: '?', label: t('desk.delivery.failed'), isCurrent: state === 'failed' },
          { to: '?state=waiting', label: t('desk.deliveries.waiting'), isCurrent: state === 'waiting' },
        ]}
      />
      <DeliveryHealth />
      <p className="muted small">
        {t('desk.deliveries.lead')} <Link to="/desk/templates">{t('desk.templates')}</Link>
      </p>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <>
          <DeliveryTable
            withCase
            caption={t(state === 'failed' ? 'desk.deliveries.failed' : 'desk.deliveries.waiting')}
            rows={found.data.pages.flatMap(({ rows }) => rows)}
            empty={<p>{t('desk.deliveries.empty')}</p>}
          />
          <More of={found} />
        </>
      )}
    </>
  );
}
