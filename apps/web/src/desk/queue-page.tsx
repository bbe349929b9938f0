import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type CaseRow, CaseRows, type DeskQueue, deskQueues } from '#contract';
import { call } from '../api.js';
import { CaseItem } from '../office/case-item.js';
import { More } from '../office/more.js';
import { Pills } from '../office/pills.js';
import { SearchForm } from '../office/search-form.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';

const queues = Object.keys(deskQueues) as DeskQueue[];
const now = () => new Date().toISOString();

/** One queue: to screen, to chase, to assign. The kind of work and the search stand in the address. */
export function QueuePage() {
  const t = useText('desk');
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const queue = queues.find((one) => one === search.get('queue')) ?? null;
  const text = search.get('search') ?? '';

  return (
    <>
      <PageHead title={t('desk.title')} eyebrow={dates.withWeekday(now())} />
      <Pills
        label={t('desk.queue')}
        pills={[
          { to: '?', label: t('desk.queue.all'), isCurrent: queue === null },
          ...queues.map((one) => ({ to: `?queue=${one}`, label: t(`desk.queue.${one}`), isCurrent: queue === one })),
        ]}
      />
      <div className="cols">
        <div>
          <SearchForm
            label={t('desk.search')}
            value={text}
            onSearch={(typed) => setSearch({ ...(queue && { queue }), ...(typed && { search: typed }) })}
          />
          <Rows queue={queue} text={text} />
        </div>
        <aside className="stack">
          <p>
            <Link to="/desk/notices">{t('desk.deliveries.failed')}</Link>
          </p>
          <WhoSees not>{t('desk.hidden')}</WhoSees>
        </aside>
      </div>
    </>
  );
}

function Rows({ queue, text }: { queue: DeskQueue | null; text: string }) {
  const t = useText('desk');
  const asked = new URLSearchParams({ ...(queue && { queue }), ...(text && { search: text }) });
  const found = useInfiniteQuery({
    queryKey: ['cases', 'desk', queue, text],
    queryFn: ({ pageParam }) =>
      call(CaseRows, `/cases?${new URLSearchParams({ ...Object.fromEntries(asked), ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0) return <p className="muted">{t(text ? 'desk.empty.search' : `desk.empty.${queue ?? 'all'}`)}</p>;
  return (
    <>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      <More of={found} />
    </>
  );
}

function Row({ row }: { row: CaseRow }) {
  const t = useText('desk');
  const kind = queues.find((one) => (deskQueues[one] as readonly string[]).includes(row.state));
  const to = `/desk/cases/${row.id}`;
  return (
    <CaseItem
      row={row}
      level={2}
      to={to}
      act={t(`desk.act.${kind ?? 'open'}`)}
      actTo={kind === 'assign' ? `${to}/mediator` : to}
      isUrgent={kind === 'screen' || kind === 'assign'}
    />
  );
}
