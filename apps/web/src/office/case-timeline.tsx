import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { Timeline as Entries, type TimelineEntry } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Timeline } from '../parts/timeline.js';
import { type Say, useDates, useText } from '../words.js';

/** What happened in a case, newest first: facts, nobody's words. */
export function CaseTimeline({ caseId }: { caseId: string }) {
  const t = useText('events', 'states');
  const dates = useDates();
  const found = useQuery({ queryKey: ['timeline', caseId], queryFn: () => call(Entries, `/cases/${caseId}/timeline`) });
  if (!found.data) return null;
  const items = found.data
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .map(({ id, type, at, by }) => ({
      id,
      when: [dates.moment(at), who(t, by)].filter(Boolean).join(' · '),
      text: t(`events.${type}` as TextKey<'events'>),
    }));
  return <Timeline items={items} />;
}

function who(t: Say<'events' | 'states'>, by: z.infer<typeof TimelineEntry>['by']): string | null {
  if (by === 'system') return null;
  return by === 'you' ? t('parts.side.you') : t(`states.actor.${by}`);
}
