import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { DirectoryPage, type PublicMediator } from '#contract';
import { call } from '../api.js';
import { More } from '../office/more.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import { directoryFiltersIn, MediatorFilters } from './mediator-filters.js';
import styles from './mediators-page.module.css';
import { useMediatorWords } from './use-mediator-words.js';

/** The public directory: what is chosen stands in the address, so that a list can be sent to somebody. */
export function MediatorsPage() {
  const t = useText('mediators');
  const [search, setSearch] = useSearchParams();
  const filters = directoryFiltersIn(search);
  const found = useInfiniteQuery({
    queryKey: ['mediators', filters],
    queryFn: ({ pageParam }) => call(DirectoryPage, `/mediators?${new URLSearchParams({ ...filters, from: String(pageParam) })}`),
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
  const first = found.data?.pages[0];
  return (
    <>
      <PageHead title={t('mediators.title')} lead={t('mediators.lead')} />
      <MediatorFilters filters={filters} languages={first?.languages ?? []} days={first?.freeDays ?? []} onChange={setSearch} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {first && (
        <>
          <p aria-live="polite">{first.total > 0 ? t('mediators.count', { count: first.total }) : t('mediators.none')}</p>
          <ul className={`plain ${styles.list}`}>
            {found.data?.pages
              .flatMap(({ mediators }) => mediators)
              .map((mediator) => (
                <Row key={mediator.id} mediator={mediator} />
              ))}
          </ul>
        </>
      )}
      <More of={found} />
      <p>
        <Link to="/trainings">{t('mediators.trainings')}</Link>
      </p>
    </>
  );
}

function Row({ mediator: { id, name, kind, languages, fields, district, freeDays } }: { mediator: PublicMediator }) {
  const t = useText('mediators');
  const names = useNames();
  const words = useMediatorWords();
  return (
    <li className={styles.row}>
      <h2 className={styles.name}>
        <Link to={`/mediators/${id}`}>{name}</Link>
      </h2>
      <p>
        {t(`mediators.kind.${kind}`)} · {names.district(district)}
      </p>
      <p className="small">
        <b>{t('mediators.languages')}:</b> {languages.map(words.language).join(', ')}
      </p>
      <p className="small">
        <b>{t('mediators.fields')}:</b> {fields.map(names.category).join(', ')}
      </p>
      <p className="small">
        <b>{t('mediators.freeDays')}:</b> {words.days(freeDays.slice(0, 3))}
      </p>
    </li>
  );
}
