import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { CourtRow } from '#contract';
import { call } from '../api.js';
import { Due } from '../office/due.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { CourtChip } from './court-chip.js';
import { SecretNote } from './secret-note.js';

export function CourtCardPage() {
  const { caseId = '' } = useParams();
  const found = useQuery({ queryKey: ['court', 'case', caseId], queryFn: () => call(CourtRow, `/court/cases/${caseId}`) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <CourtCard row={found.data} />;
}

/** Facts of one case; people are not among them. */
function CourtCard({ row }: { row: CourtRow }) {
  const t = useText('court', 'states');
  const dates = useDates();
  const names = useNames();
  return (
    <>
      <PageHead title={row.courtCaseNumber ?? row.number} back="/court" backLabel={t('court.toList')} />
      <SecretNote />
      <SummaryList
        rows={[
          { label: t('court.state'), value: <CourtChip state={row.state} /> },
          { label: t('court.since'), value: dates.withWeekday(row.since) },
          { label: t('court.actor'), value: t(`states.actor.${row.nextActor}`) },
          { label: t('court.due'), value: row.dueAt ? <Due at={row.dueAt} /> : '–' },
          { label: t('court.age'), value: t('court.age.text', { count: row.ageDays }) },
          { label: t('court.category'), value: names.category(row.category) },
          ...(row.ground ? [{ label: t('court.ground'), value: names.ground(row.ground) }] : []),
          { label: t('court.number'), value: <span className="num">{row.number}</span> },
        ]}
      />
    </>
  );
}
