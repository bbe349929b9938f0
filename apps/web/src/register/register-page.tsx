import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { EntriesPage, type EntryRow, registerShows } from '#contract';
import { call } from '../api.js';
import { More } from '../office/more.js';
import { Pills } from '../office/pills.js';
import { SearchForm } from '../office/search-form.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';

/** The register of mediators: who may take cases, who may not, whose certificate ends soon. */
export function RegisterPage() {
  const t = useText('register', 'mediators');
  const columns = useColumns();
  const [params, setParams] = useSearchParams();
  const show = registerShows.find((one) => one === params.get('show')) ?? 'all';
  const search = params.get('search') ?? '';
  const chosen = { show, ...(search && { search }) };
  const [limit] = useState(() => (matchMedia('(min-width: 48rem)').matches ? '50' : '10'));
  const found = useInfiniteQuery({
    queryKey: ['register', chosen],
    queryFn: ({ pageParam }) => call(EntriesPage, `/register?${new URLSearchParams({ ...chosen, limit, from: String(pageParam) })}`),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  return (
    <>
      <PageHead title={t('register.title')} lead={t('register.lead')} />
      <p>
        <Link to="/desk/register/new">{t('register.enter')}</Link> · <Link to="/desk/register/fairness">{t('register.fairness.link')}</Link>
      </p>
      <SearchForm label={t('register.search')} value={search} onSearch={(typed) => setParams({ show, ...(typed && { search: typed }) })} />
      <Pills
        label={t('register.show')}
        pills={registerShows.map((one) => ({
          to: `?${new URLSearchParams({ ...chosen, show: one })}`,
          label: t(`register.show.${one}`),
          isCurrent: one === show,
        }))}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <>
          <p aria-live="polite">{t('register.count', { count: found.data.pages[0]?.total ?? 0 })}</p>
          <DataTable
            caption={t('register.title')}
            columns={columns}
            rows={found.data.pages.flatMap(({ rows }) => rows)}
            rowKey={({ id }) => id}
            empty={<p>{t('register.none')}</p>}
          />
          <More of={found} />
        </>
      )}
    </>
  );
}

function useColumns(): Column<EntryRow>[] {
  const t = useText('register', 'mediators');
  const names = useNames();
  const certificate = useCertificate();
  return [
    {
      key: 'name',
      label: t('register.name'),
      whole: true,
      cell: ({ id, name, registerNumber }) => (
        <>
          <Link to={`/desk/register/${id}`}>
            <b>{name}</b>
          </Link>
          <br />
          <span className="small muted">{registerNumber}</span>
        </>
      ),
    },
    { key: 'kind', label: t('register.kind'), cell: ({ kind, district }) => `${t(`mediators.kind.${kind}`)}, ${names.district(district)}` },
    {
      key: 'standing',
      label: t('register.standing'),
      cell: ({ standing, hasAccount }) => (
        <>
          {standing === 'active' ? t('register.standing.active') : <b>{t(`register.standing.${standing}`)}</b>}
          {!hasAccount && (
            <>
              <br />
              <span className="small">{t('register.account.short')}</span>
            </>
          )}
        </>
      ),
    },
    { key: 'certificate', label: t('register.certificate'), cell: certificate },
    {
      key: 'load',
      label: t('register.load'),
      cell: ({ openCases: open, capacity }) => <span className="nw">{t('register.load.value', { open, capacity })}</span>,
    },
  ];
}

/** Until when he may mediate, or that he may not any more. */
export function useCertificate() {
  const t = useText('register');
  const dates = useDates();
  return ({ kind, certified, certifiedUntil }: Pick<EntryRow, 'kind' | 'certified' | 'certifiedUntil'>) => {
    if (kind === 'public') return t('register.certificate.none');
    const until = certifiedUntil && dates.inWords(certifiedUntil);
    return certified && until ? (
      t('register.certificate.until', { until })
    ) : (
      <b>{[t('register.certificate.expired'), until].filter(Boolean).join(': ')}</b>
    );
  };
}
