import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { CaseView } from '#contract';
import { call } from '../api.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';

/** The confirmation: its address may be kept, it says the same tomorrow. */
export function SentPage() {
  const t = useText('application', 'states');
  const dates = useDates();
  const { caseId = '' } = useParams();
  const isAtHouse = useSession()?.atHouse;
  const found = useQuery({ queryKey: ['case', caseId], queryFn: () => call(CaseView, `/cases/${caseId}`) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const { number, filedAt, state, dueAt } = found.data;
  return (
    <div className="narrow stack">
      <PageHead title={t('application.sent')} />
      <Card
        kind="panel"
        title={
          <>
            <Icon of={IconCircleCheck} /> {t(`states.${state}.sentence`)}
          </>
        }
      >
        <SummaryList
          rows={[
            { label: t('application.sent.number'), value: number ?? '' },
            ...(filedAt ? [{ label: t('application.sent.when'), value: dates.moment(filedAt) }] : []),
          ]}
        />
        <p>
          {t(`states.${state}.next`)} {dueAt && t('parts.until', { date: dates.withWeekday(dueAt) })}
        </p>
      </Card>
      {!isAtHouse && <p className="small muted">{t('application.sent.text')}</p>}
      <Actions>
        <ButtonLink to={`/cases/${caseId}`}>{t('application.sent.open')}</ButtonLink>
        {!isAtHouse && (
          <a href={`/api/cases/${caseId}/receipt`} download>
            {t('application.sent.receipt')}
          </a>
        )}
      </Actions>
    </div>
  );
}
