import { useQuery } from '@tanstack/react-query';
import { type AuditRoot, AuditRootList } from '#contract';
import { wholeNumber } from '#language';
import { call } from '../api.js';
import { DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';

/** The roots of days: what anybody may keep, so that what happened cannot be written anew later. */
export function AuditPage() {
  const t = useText('audit');
  const dates = useDates();
  const found = useQuery({ queryKey: ['audit-roots'], queryFn: () => call(AuditRootList, '/audit-roots') });
  return (
    <>
      <PageHead title={t('audit.title')} />
      <p>{t('audit.text')}</p>
      <p>{t('audit.how')}</p>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable<AuditRoot>
          caption={t('audit.roots')}
          rows={found.data}
          rowKey={({ day }) => day}
          empty={<p>{t('audit.none')}</p>}
          columns={[
            { key: 'day', label: t('audit.day'), cell: ({ day }) => <span className="nw">{dates.withWeekday(day)}</span> },
            { key: 'chains', label: t('audit.chains'), number: true, cell: ({ chains }) => wholeNumber(chains) },
            { key: 'root', label: t('audit.root'), whole: true, cell: ({ root }) => <code>{root.match(/.{1,16}/g)?.join(' ')}</code> },
          ]}
        />
      )}
    </>
  );
}
