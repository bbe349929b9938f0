import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { PeoplePage as People, type PersonRow } from '#contract';
import { call } from '../api.js';
import { More } from '../office/more.js';
import { SearchForm } from '../office/search-form.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { PersonActs } from './person-acts.js';

/** Accounts: who holds which role, who is shut out, who has lost the second factor. */
export function PeoplePage() {
  const t = useText('admin');
  const columns = useColumns();
  const [search, setSearch] = useSearchParams();
  const name = search.get('name') ?? '';
  const found = useInfiniteQuery({
    queryKey: ['people', name],
    queryFn: ({ pageParam }) =>
      call(People, `/people?${new URLSearchParams({ ...(name && { name }), ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  return (
    <>
      <PageHead title={t('admin.title')} />
      <p className="muted small">{t('admin.lead')}</p>
      <SearchForm label={t('admin.search')} value={name} onSearch={(typed) => setSearch(typed ? { name: typed } : {})} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <>
          <DataTable
            caption={t('admin.caption')}
            columns={columns}
            rows={found.data.pages.flatMap(({ rows }) => rows)}
            rowKey={({ id }) => id}
            empty={<p>{t('admin.empty')}</p>}
          />
          <More of={found} />
        </>
      )}
    </>
  );
}

function useColumns(): Column<PersonRow>[] {
  const t = useText('admin');
  return [
    { key: 'name', label: t('admin.name'), whole: true, cell: ({ name }) => <b>{name}</b> },
    { key: 'roles', label: t('admin.roles'), cell: ({ roles }) => roles.map((role) => t(`common.role.${role}`)).join(', ') },
    {
      key: 'factor',
      label: t('admin.factor'),
      cell: ({ hasSecondFactor }) => t(hasSecondFactor ? 'admin.factor.set' : 'admin.factor.none'),
    },
    {
      key: 'state',
      label: t('admin.state'),
      cell: ({ disabled, openWork }) => (
        <span>
          {t(disabled ? 'admin.state.disabled' : 'admin.state.open')}
          {openWork > 0 && (
            <>
              <br />
              <b>{t('admin.work', { count: openWork })}</b>
            </>
          )}
        </span>
      ),
    },
    { key: 'acts', label: t('admin.acts'), cell: (person) => <PersonActs person={person} /> },
  ];
}
