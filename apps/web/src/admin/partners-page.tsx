import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { PartnerTokenRow } from '#contract';
import { call } from '../api.js';
import { Confirm } from '../parts/confirm.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { HooksSection } from './hooks-section.js';
import { PartnerForm } from './partner-form.js';

/** Tokens with which courts' own systems refer cases: made here, shown once, revoked at once. */
export function PartnersPage() {
  const t = useText('admin');
  const columns = useColumns();
  const found = useQuery({ queryKey: ['partners'], queryFn: () => call(z.array(PartnerTokenRow), '/partner-tokens') });
  return (
    <>
      <PageHead title={t('admin.partners')} />
      <p>{t('admin.partners.lead')}</p>
      <PartnerForm />
      <hr />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <DataTable
          caption={t('admin.partners.caption')}
          columns={columns}
          rows={found.data}
          rowKey={({ id }) => id}
          empty={<p>{t('admin.partners.none')}</p>}
        />
      )}
      <hr />
      <HooksSection />
    </>
  );
}

function useColumns(): Column<PartnerTokenRow>[] {
  const t = useText('admin');
  const dates = useDates();
  return [
    { key: 'name', label: t('admin.partners.name'), whole: true, cell: ({ name }) => <b>{name}</b> },
    { key: 'person', label: t('admin.partners.person'), cell: ({ personName }) => personName },
    {
      key: 'scopes',
      label: t('admin.partners.scopes'),
      cell: ({ scopes }) => scopes.map((scope) => t(`admin.partners.scope.${scope}`)).join(', '),
    },
    { key: 'until', label: t('admin.partners.until'), cell: ({ expiresAt }) => dates.inWords(expiresAt) },
    {
      key: 'used',
      label: t('admin.partners.used'),
      cell: ({ lastUsedAt }) => (lastUsedAt ? dates.moment(lastUsedAt) : t('admin.partners.never')),
    },
    { key: 'state', label: t('admin.state'), cell: ({ state }) => t(`admin.partners.state.${state}`) },
    { key: 'acts', label: t('admin.acts'), cell: (row) => (row.state === 'open' ? <Revoke row={row} /> : null) },
  ];
}

function Revoke({ row: { id, name } }: { row: PartnerTokenRow }) {
  const t = useText('admin');
  const cache = useQueryClient();
  const revoke = useMutation({
    mutationFn: () => call(z.unknown(), `/partner-tokens/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['partners'] }),
  });
  return (
    <Confirm
      tone="quiet"
      label={t('admin.partners.revoke')}
      question={t('admin.partners.revoke.question', { name })}
      text={t('admin.partners.revoke.text')}
      confirmLabel={t('admin.partners.revoke')}
      busy={revoke.isPending}
      onConfirm={() => revoke.mutate()}
    />
  );
}
