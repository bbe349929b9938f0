import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { type CourtGroup, courtGroups, type CourtRow, CourtRows } from '#contract';
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
import { CourtChip } from './court-chip.js';
import { SecretNote } from './secret-note.js';

const groups = Object.keys(courtGroups) as CourtGroup[];

/** The court's own cases, live: state, who acts next, by when, and how old. */
export function CaseloadPage() {
  const t = useText('court');
  const names = useNames();
  const court = useSession()?.courtId;
  const [search] = useSearchParams();
  const group = groups.find((one) => one === search.get('group')) ?? null;
  return (
    <>
      <PageHead title={t('court.title')} eyebrow={[names.court(court), t('court.live')].filter(Boolean).join(' · ')} />
      <SecretNote />
      <p>
        <ButtonLink tone="second" to="/court/referrals/new">
          {t('court.refer')}
        </ButtonLink>
      </p>
      <Pills
        label={t('court.groups')}
        pills={[
          { to: '?', label: t('court.group.all'), isCurrent: group === null },
          ...groups.map((one) => ({ to: `?group=${one}`, label: t(`court.group.${one}`), isCurrent: group === one })),
        ]}
      />
      <Caseload group={group} />
    </>
  );
}

function Caseload({ group }: { group: CourtGroup | null }) {
  const t = useText('court', 'states');
  const columns = useColumns();
  const found = useInfiniteQuery({
    queryKey: ['court', 'cases', group],
    queryFn: ({ pageParam }) =>
      call(CourtRows, `/court/cases?${new URLSearchParams({ ...(group && { group }), ...(pageParam && { after: pageParam }) })}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <DataTable
        caption={t('court.caption')}
        columns={columns}
        rows={found.data.pages.flatMap(({ rows }) => rows)}
        rowKey={({ id }) => id}
        empty={<p>{t('court.empty')}</p>}
      />
      <More of={found} />
    </>
  );
}

function useColumns(): Column<CourtRow>[] {
  const t = useText('court', 'states');
  const names = useNames();
  return [
    { key: 'case', label: t('court.case'), whole: true, cell: (row) => <CaseName row={row} /> },
    { key: 'category', label: t('court.category'), cell: ({ category }) => names.category(category) },
    { key: 'state', label: t('court.state'), cell: ({ state }) => <CourtChip state={state} /> },
    {
      key: 'actor',
      label: t('court.actor'),
      cell: ({ nextActor, ground }) => (ground ? names.ground(ground) : t(`states.actor.${nextActor}`)),
    },
    { key: 'due', label: t('court.due'), cell: ({ dueAt }) => (dueAt ? <Due at={dueAt} /> : '–') },
    { key: 'age', label: t('court.age'), number: true, cell: ({ ageDays }) => ageDays },
  ];
}

function CaseName({ row: { id, number, courtCaseNumber } }: { row: CourtRow }) {
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
    </>
  );
}
