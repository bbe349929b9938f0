import type { CaseView } from '#contract';
import type { TextKey } from '#language';
import { Failure } from '../parts/failure.js';
import { Rich } from '../parts/rich.js';
import { Timeline, type TimelineItem } from '../parts/timeline.js';
import { useDates, useText } from '../words.js';
import { useTimeline } from './cases.js';

/** What has happened, newest first, with the end of the term above it while it runs. */
export function CaseCourse({ found: { id, termEndsAt, contractAt, ground } }: { found: CaseView }) {
  const t = useText('case', 'events');
  const dates = useDates();
  const told = useTimeline(id);
  const ahead: TimelineItem[] =
    termEndsAt && contractAt && !ground
      ? [{ id: 'term', when: dates.until(termEndsAt), text: <Rich>{t('case.course.term')}</Rich>, ahead: true }]
      : [];
  const past = (told.data ?? [])
    .toReversed() // of one moment, the later stands above
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .map((entry) => ({ id: entry.id, when: dates.moment(entry.at), text: t(`events.${entry.type}` as TextKey<'events'>) }));
  return (
    <>
      <h2>{t('case.course')}</h2>
      {told.isError && <Failure of={told.error} onRetry={() => void told.refetch()} />}
      <Timeline items={[...ahead, ...past]} />
    </>
  );
}
