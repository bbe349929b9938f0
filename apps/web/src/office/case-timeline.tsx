import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Timeline as Entries, type TimelineEntry } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Failure } from '../parts/failure.js';
import { Timeline } from '../parts/timeline.js';
import { Waiting } from '../parts/waiting.js';
import { type Say, useDates, useText } from '../words.js';

type Props = { caseId: string; /** What else the reader sees of an entry. */ more?: (entry: TimelineEntry) => ReactNode };

/** What happened in a case, newest first: facts, nobody's words. */
export function CaseTimeline({ caseId, more }: Props) {
  const t = useText('events', 'states', 'desk');
  const dates = useDates();
  const found = useQuery({ queryKey: ['timeline', caseId], queryFn: () => call(Entries, `/cases/${caseId}/timeline`) });
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.length === 0) return <p className="muted">{t('desk.timeline.none')}</p>;
  const items = found.data
    .toReversed() // of one moment, the later stands above
    .toSorted((one, other) => other.at.localeCompare(one.at))
    .map((entry) => ({
      id: entry.id,
      when: [dates.moment(entry.at), who(t, entry.by)].filter(Boolean).join(' · '),
      text: (
        <>
          {t(`events.${entry.type}` as TextKey<'events'>)}
          {more?.(entry)}
        </>
      ),
    }));
  return <Timeline items={items} />;
}

function who(t: Say<'desk' | 'events' | 'states'>, by: TimelineEntry['by']): string | null {
  if (by === 'system') return null;
  return by === 'you' ? t('parts.side.you') : t(`states.actor.${by}`);
}
