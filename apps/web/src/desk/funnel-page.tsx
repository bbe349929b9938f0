import { useSearchParams } from 'react-router';
import { funnelSteps, type JoinFunnel } from '#contract';
import { Pills } from '../office/pills.js';
import { Card } from '../parts/card.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { FactList } from '../parts/fact-list.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { FunnelBars, useFunnel } from './funnel-card.js';

const periods = [30, 90, 365];

/** How far invitations come: invited, opened, understood, joined. A picture, and the same numbers in a table. */
export function FunnelPage() {
  const t = useText('desk');
  const [search] = useSearchParams();
  const days = periods.find((one) => String(one) === search.get('days')) ?? 30;
  const found = useFunnel(days);
  return (
    <>
      <PageHead title={t('desk.funnel')} back="/desk" backLabel={t('desk.toQueue')} />
      <Pills
        label={t('desk.funnel')}
        pills={periods.map((one) => ({ to: `?days=${one}`, label: t('desk.funnel.days', { days: one }), isCurrent: one === days }))}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (found.data.invited === 0 ? <p className="muted">{t('desk.funnel.none')}</p> : <Told of={found.data} />)}
    </>
  );
}

function Told({ of }: { of: JoinFunnel }) {
  const t = useText('desk');
  return (
    <div className="cols">
      <div className="stack">
        <p>{t('desk.funnel.lead', { invited: of.invited, joined: of.joined })}</p>
        <FunnelBars of={of} />
        <DataTable
          caption={t('desk.funnel.caption', { days: of.days })}
          rows={[...funnelSteps]}
          rowKey={(step) => step}
          columns={[
            { key: 'step', label: t('desk.funnel.step'), whole: true, cell: (step) => t(`desk.funnel.${step}`) },
            { key: 'count', label: t('desk.funnel.count'), number: true, cell: (step) => of[step] },
            { key: 'part', label: t('desk.funnel.part'), number: true, cell: (step) => `${Math.round((100 * of[step]) / of.invited)} %` },
          ]}
        />
      </div>
      <aside className="stack">
        <Card title={t('desk.funnel.others')}>
          <FactList
            facts={(['waiting', 'declined', 'silent'] as const).map((one) => ({ label: t(`desk.funnel.${one}`), value: of[one] }))}
          />
        </Card>
        <p className="small muted">
          {t('desk.funnel.joinedAfterNudge')}: {of.joinedAfterNudge}
        </p>
      </aside>
    </div>
  );
}
