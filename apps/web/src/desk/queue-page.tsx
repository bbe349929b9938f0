import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type BulkAction, type CaseListRow, CaseRows, countedTo, DeskCounts, deskPiles, deskQueues } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { CaseItem } from '../office/case-item.js';
import { More } from '../office/more.js';
import { Pills } from '../office/pills.js';
import { ButtonLink } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import { FunnelCard } from './funnel-card.js';
import { filtersIn, QueueFilters } from './queue-filters.js';
import styles from './queue-page.module.css';

const piles = Object.keys(deskPiles) as (keyof typeof deskPiles)[];
const now = () => new Date().toISOString();

/** One queue: to screen, to chase, to assign, stuck. The kind of work, the filters and the search stand in the address. */
export function QueuePage() {
  const t = useText('desk');
  const dates = useDates();
  const [search, setSearch] = useSearchParams();
  const queue = deskQueues.find((one) => one === search.get('queue')) ?? null;
  const counts = useQuery({ queryKey: ['cases', 'desk', 'counts'], queryFn: () => call(DeskCounts, '/desk/counts') }).data;
  const filters = filtersIn(search);
  const to = (one: string | null) => `?${new URLSearchParams({ ...(one && { queue: one }), ...filters })}`;
  const count = (one: keyof DeskCounts) => {
    const n = counts?.[one];
    return n === undefined ? undefined : n >= countedTo ? t('desk.count.more', { count: countedTo - 1 }) : String(n);
  };

  return (
    <>
      <PageHead title={t('desk.title')} eyebrow={dates.withWeekday(now())} />
      <Pills
        label={t('desk.queue')}
        pills={[
          { to: to(null), label: t('desk.queue.all'), isCurrent: queue === null },
          ...deskQueues.map((one) => ({ to: to(one), label: t(`desk.queue.${one}`), count: count(one), isCurrent: queue === one })),
        ]}
      />
      <div className="cols">
        <div>
          <QueueFilters filters={filters} onChange={(chosen) => setSearch({ ...(queue && { queue }), ...chosen })} />
          <ManyAtOnce queue={queue} filters={filters} />
          <Rows queue={queue} filters={filters} />
        </div>
        <aside className="stack">
          <div className={styles.doors}>
            <ButtonLink small tone="second" to="/apply">
              {t('desk.file')}
            </ButtonLink>
            <ButtonLink small tone="second" to="/desk/receiving">
              {t('desk.receive')}
            </ButtonLink>
            <ButtonLink small tone="second" to="/desk/imports">
              {t('desk.toImports')}
            </ButtonLink>
          </div>
          <FunnelCard />
          <WhoSees not>{t('desk.hidden')}</WhoSees>
        </aside>
      </div>
    </>
  );
}

const bulkOf: Partial<Record<string, BulkAction>> = { assign: 'offer', chase: 'reinvite', all: 'close' };

/** The one act that makes sense for a whole pile; it is previewed before anything happens. */
function ManyAtOnce({ queue, filters }: { queue: string | null; filters: Record<string, string> }) {
  const t = useText('desk');
  const action = bulkOf[queue ?? 'all'];
  if (!action) return null;
  return (
    <p className="small">
      <Link to={`/desk/bulk?${new URLSearchParams({ action, ...(queue && { queue }), ...filters })}`}>{t(`desk.bulk.${action}`)}</Link>
    </p>
  );
}

function Rows({ queue, filters }: { queue: string | null; filters: Record<string, string> }) {
  const t = useText('desk');
  const asked = { ...(queue && { queue }), ...filters };
  const found = useInfiniteQuery({
    queryKey: ['cases', 'desk', asked],
    queryFn: ({ pageParam }) => call(CaseRows, `/cases?${new URLSearchParams({ ...asked, ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return (
      <p className="muted">
        {t(Object.keys(filters).length > 0 ? 'desk.empty.search' : (`desk.empty.${queue ?? 'all'}` as 'desk.empty.all'))}
      </p>
    );
  return (
    <>
      {rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
      <More of={found} />
    </>
  );
}

function Row({ row }: { row: CaseListRow }) {
  const t = useText('desk');
  const kind =
    row.stuck?.code === 'CALL'
      ? 'call'
      : row.stuck
        ? 'stuck'
        : piles.find((one) => (deskPiles[one] as readonly string[]).includes(row.state));
  const to = `/desk/cases/${row.id}`;
  return (
    <CaseItem
      row={row}
      level={2}
      to={to}
      act={t(`desk.act.${kind ?? 'open'}`)}
      actTo={kind === 'assign' ? `${to}/mediator` : to}
      isUrgent={kind !== undefined && kind !== 'chase'}
      turn={kind === 'call' ? t('desk.turn.call') : undefined}
      more={<Beside row={row} />}
    />
  );
}

/** How it came in, and what it is stuck by. */
function Beside({ row: { door, stuck } }: { row: CaseListRow }) {
  const t = useText('desk');
  const dates = useDates();
  const code = stuck?.code === 'HANDOVER' || stuck?.code === 'CALL' ? stuck.code : 'other';
  return (
    <>
      {door && door !== 'self' && <p className="small muted">{t(`desk.door.${door}` as TextKey<'desk'>)}</p>}
      {stuck && (
        <p className="small">
          <b>{t('desk.stuck.since', { when: dates.moment(stuck.since) })}</b>: {t(`desk.stuck.${code}`)}
        </p>
      )}
    </>
  );
}
