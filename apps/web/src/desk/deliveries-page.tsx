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

const piles = ['failed', 'letters', 'waiting'] as const;

/** What did not reach somebody, over all cases: first what failed. */
export function DeliveriesPage() {
  const t = useText('desk', 'delivery');
  const [search] = useSearchParams();
  const state = piles.find((one) => one === search.get('state')) ?? 'failed';
  const titles = { failed: t('desk.deliveries.failed'), waiting: t('desk.deliveries.waiting'), letters: t('delivery.letters') };
  const found = useInfiniteQuery({
    queryKey: ['desk', 'notices', state],
    queryFn: ({ pageParam }) =>
      call(DeliveryPage, `/desk/notices?${new URLSearchParams({ state, ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <>
      <PageHead title={titles[state]} back="/desk" backLabel={t('desk.toQueue')} />
      <Pills
        label={t('desk.deliveries')}
        pills={piles.map((one) => ({ to: one === 'failed' ? '?' : `?state=${one}`, label: titles[one], isCurrent: one === state }))}
      />
      {state !== 'letters' && <DeliveryHealth />}
      <p className="muted small">
        {t(state === 'letters' ? 'delivery.letters.lead' : 'desk.deliveries.lead')}{' '}
        <Link to="/desk/notices/templates">{t('desk.templates')}</Link>
      </p>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <>
          <DeliveryTable
            withCase
            caption={titles[state]}
            rows={found.data.pages.flatMap(({ rows }) => rows)}
            empty={<p>{t(state === 'letters' ? 'delivery.letters.empty' : 'desk.deliveries.empty')}</p>}
          />
          <More of={found} />
        </>
      )}
    </>
  );
}
