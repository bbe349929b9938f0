import { useQuery } from '@tanstack/react-query';
import { Timeline as Entries } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Timeline } from '../parts/timeline.js';
import { useDates, useText } from '../words.js';

/** What happened in a case, newest first: facts, nobody's words. */
export function CaseTimeline({ caseId }: { caseId: string }) {
  const t = useText('events');
  const dates = useDates();
  const found = useQuery({ queryKey: ['timeline', caseId], queryFn: () => call(Entries, `/cases/${caseId}/timeline`) });
  if (!found.data) return null;
  const items = found.data
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .map(({ id, type, at }) => ({ id, when: dates.moment(at), text: t(`events.${type}` as TextKey<'events'>) }));
  return <Timeline items={items} />;
}
