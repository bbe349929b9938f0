import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { type CourtFact, CourtFacts, CourtRow } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Due } from '../office/due.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SummaryList } from '../parts/summary-list.js';
import { Timeline } from '../parts/timeline.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useDates, useText } from '../words.js';
import { ActsCard } from './acts-card.js';
import { CourtChip } from './court-chip.js';
import { SecretNote } from './secret-note.js';
import { Troubles } from './troubles.js';
import { useWatch } from './watch-bar.js';

export function CourtCardPage() {
  const { caseId = '' } = useParams();
  const found = useQuery({ queryKey: ['court', 'case', caseId], queryFn: () => call(CourtRow, `/court/cases/${caseId}`) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <CourtCard row={found.data} />;
}

/** Facts of one case; people are not among them, but for the mediator who took it. */
function CourtCard({ row }: { row: CourtRow }) {
  const t = useText('court', 'states');
  const dates = useDates();
  const names = useNames();
  const watch = useWatch(() => undefined);
  return (
    <>
      <PageHead title={row.courtCaseNumber ?? row.number} back="/court" backLabel={t('court.toList')} />
      <SecretNote />
      <Troubles troubles={row.troubles} watched={row.watched} />
      <SummaryList
        rows={[
          { label: t('court.state'), value: <CourtChip state={row.state} /> },
          { label: t('court.since'), value: dates.withWeekday(row.since) },
          { label: t('court.actor'), value: t(`states.actor.${row.nextActor}`) },
          { label: t('court.due'), value: row.dueAt ? <Due named at={row.dueAt} /> : '–' },
          ...(row.termAt ? [{ label: t('court.termAt'), value: dates.withWeekday(row.termAt) }] : []),
          { label: t('court.mediator'), value: row.mediator ?? t('court.mediator.none') },
          { label: t('court.age'), value: t('court.age.text', { count: row.ageDays }) },
          { label: t('court.filed'), value: dates.withWeekday(row.filedAt) },
          { label: t('court.category'), value: names.category(row.category) },
          ...(row.ground ? [{ label: t('court.ground'), value: names.ground(row.ground) }] : []),
          { label: t('court.number'), value: <span className="num">{row.number}</span> },
        ]}
      />
      <p>
        <Button tone="second" small busy={watch.isPending} onClick={() => watch.mutate({ caseIds: [row.id], watched: !row.watched })}>
          {t(row.watched ? 'court.unwatch' : 'court.watch')}
        </Button>
      </p>
      <ActsCard row={row} />
      <Facts caseId={row.id} />
    </>
  );
}

/** Facts that other readers are told with the side in them. */
const ownWords = new Set(['case.submitted', 'case.invited', 'case.consented', 'case.not_started']);

/** What happened and when, the latest first. */
function Facts({ caseId }: { caseId: string }) {
  const t = useText('court', 'events');
  const dates = useDates();
  const found = useQuery({ queryKey: ['court', 'facts', caseId], queryFn: () => call(CourtFacts, `/court/cases/${caseId}/facts`) });
  const words = ({ type }: CourtFact) =>
    t(ownWords.has(type) ? (`court.fact.${type}` as TextKey<'court'>) : (`events.${type}` as TextKey<'events'>));
  if (!found.data) return null;
  return (
    <Card title={t('court.facts')}>
      <Timeline
        items={found.data.toReversed().map((fact) => ({
          id: fact.id,
          when: dates.moment(fact.at),
          text: [words(fact), fact.dueAt && t('court.fact.until', { when: dates.moment(fact.dueAt) })].filter(Boolean).join(', '),
        }))}
      />
    </Card>
  );
}
