import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { type CourtBoard, courtBoardNames, courtCountedTo, CourtCounts, type CourtRow, CourtRows, courtTroubles } from '#contract';
import { call } from '../api.js';
import { Due } from '../office/due.js';
import { More } from '../office/more.js';
import { Pills } from '../office/pills.js';
import { ButtonLink } from '../parts/button.js';
import { type Column, DataTable } from '../parts/data-table.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { CaseloadFilters, courtFiltersIn } from './caseload-filters.js';
import { CourtChip } from './court-chip.js';
import styles from './court.module.css';
import { SecretNote } from './secret-note.js';
import { Troubles } from './troubles.js';
import { WatchBar } from './watch-bar.js';

/** The court's own cases, live: exceptions first, then by stage; state, who acts next, by when, and how old. All of it stands in the address. */
export function CaseloadPage() {
  const t = useText('court');
  const names = useNames();
  const court = useSession()?.courtId;
  const [search, setSearch] = useSearchParams();
  const filters = courtFiltersIn(search);
  const counts = useQuery({ queryKey: ['court', 'counts'], queryFn: () => call(CourtCounts, '/court/counts') }).data;
  return (
    <>
      <PageHead title={t('court.title')} eyebrow={[names.court(court), t('court.live')].filter(Boolean).join(' · ')} />
      <SecretNote />
      <p>
        <ButtonLink tone="second" to="/court/referrals/new">
          {t('court.refer')}
        </ButtonLink>
      </p>
      <Exceptions filters={filters} counts={counts} />
      <Boards filters={filters} counts={counts} />
      <CaseloadFilters filters={filters} onChange={setSearch} />
      <Caseload key={JSON.stringify(filters)} filters={filters} />
    </>
  );
}

type Filters = Record<string, string>;
type Shown = { filters: Filters; counts: CourtCounts | undefined };

const useCount = () => {
  const t = useText('court');
  return (count: number | undefined) =>
    count === undefined ? undefined : count >= courtCountedTo ? t('court.count.more', { count: courtCountedTo - 1 }) : String(count);
};

function Exceptions({ filters, counts }: Shown) {
  const t = useText('court');
  const count = useCount();
  return (
    <Pills
      label={t('court.troubles')}
      pills={[
        ...courtTroubles.map((trouble) => ({
          to: `?trouble=${trouble}`,
          label: t(`court.trouble.${trouble}`),
          count: count(counts?.troubles[trouble]),
          isCurrent: filters.trouble === trouble,
        })),
        { to: '?watched=yes', label: t('court.watched'), count: count(counts?.watched), isCurrent: filters.watched === 'yes' },
      ]}
    />
  );
}

function Boards({ filters: { board, trouble, watched, ...others }, counts }: Shown) {
  const t = useText('court');
  const count = useCount();
  const to = (one: CourtBoard | null) => `?${new URLSearchParams({ ...others, ...(one && { board: one }) })}`;
  return (
    <Pills
      label={t('court.boards')}
      pills={[
        { to: to(null), label: t('court.board.all'), isCurrent: !board && !trouble && !watched },
        ...courtBoardNames.map((one) => ({
          to: to(one),
          label: t(`court.board.${one}`),
          count: count(counts?.boards[one]),
          isCurrent: board === one,
        })),
      ]}
    />
  );
}

function Caseload({ filters }: { filters: Filters }) {
  const t = useText('court', 'states');
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const columns = useColumns(picked, setPicked);
  const found = useInfiniteQuery({
    queryKey: ['court', 'cases', filters],
    queryFn: ({ pageParam }) =>
      call(CourtRows, `/court/cases?${new URLSearchParams({ ...filters, ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const rows = found.data.pages.flatMap((page) => page.rows);
  const isNarrowed = Object.keys(filters).some((name) => name !== 'board' && name !== 'sort');
  return (
    <>
      {rows.length > 0 && <WatchBar rows={rows} picked={picked} onDone={() => setPicked(new Set())} />}
      <DataTable
        caption={t('court.caption')}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        empty={<p>{t(isNarrowed ? 'court.empty.filtered' : 'court.empty')}</p>}
      />
      <More of={found} />
    </>
  );
}

function useColumns(picked: ReadonlySet<string>, setPicked: (chosen: ReadonlySet<string>) => void): Column<CourtRow>[] {
  const t = useText('court', 'states');
  const names = useNames();
  const pick = (id: string) => setPicked(picked.has(id) ? new Set([...picked].filter((one) => one !== id)) : new Set([...picked, id]));
  return [
    {
      key: 'pick',
      label: t('court.pick'),
      cell: ({ id, courtCaseNumber, number }) => (
        <label className={styles.pick}>
          <input
            type="checkbox"
            checked={picked.has(id)}
            onChange={() => pick(id)}
            aria-label={t('court.pick.case', { number: courtCaseNumber ?? number })}
          />
        </label>
      ),
    },
    { key: 'case', label: t('court.case'), whole: true, cell: (row) => <CaseName row={row} /> },
    { key: 'category', label: t('court.category'), cell: ({ category }) => names.category(category) },
    { key: 'state', label: t('court.state'), cell: ({ state }) => <CourtChip state={state} /> },
    {
      key: 'actor',
      label: t('court.actor'),
      cell: ({ nextActor, ground }) => (ground ? names.ground(ground) : t(`states.actor.${nextActor}`)),
    },
    { key: 'mediator', label: t('court.mediator'), cell: ({ mediator }) => mediator ?? '–' },
    { key: 'due', label: t('court.due'), cell: ({ dueAt }) => (dueAt ? <Due named at={dueAt} /> : '–') },
    { key: 'age', label: t('court.age'), number: true, cell: ({ ageDays }) => ageDays },
  ];
}

function CaseName({ row: { id, number, courtCaseNumber, troubles, watched } }: { row: CourtRow }) {
  return (
    <>
      <Link className="nw num" to={`/court/cases/${id}`}>
        <b>{courtCaseNumber ?? number}</b>
      </Link>
      {courtCaseNumber && (
        <>
          <br />
          <span className="muted nw num">{number}</span>
        </>
      )}
      <Troubles troubles={troubles} watched={watched} />
    </>
  );
}
