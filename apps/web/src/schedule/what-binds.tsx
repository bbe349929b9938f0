import { useQuery } from '@tanstack/react-query';
import { CommonHours, type ProposeMeeting } from '#contract';
import { call, Problem } from '../api.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';

/** What keeps all from one hour, by name: for the mediator. A party is told only that there is none. */
export function WhatBinds({ caseId, of, asked: { mode, minutes, weeks } }: { caseId: string; of: unknown; asked: ProposeMeeting }) {
  const t = useText('calendar');
  const isMediator = useSession()?.role === 'mediator';
  const query = new URLSearchParams({ mode, minutes: String(minutes), weeks: String(weeks ?? 1) });
  const found = useQuery({
    queryKey: ['common-hours', caseId, query.toString()],
    queryFn: () => call(CommonHours, `/cases/${caseId}/common-hours?${query}`),
    enabled: isMediator && of instanceof Problem && of.code === 'meeting.no_common_hour',
    staleTime: 0,
  });
  if (!found.data || found.data.binding.length === 0) return null;
  return (
    <>
      <p>{t('calendar.binds')}</p>
      <ul>
        {found.data.binding.map((binding) => (
          <li key={binding}>{t(`calendar.binds.${binding}`)}</li>
        ))}
      </ul>
    </>
  );
}
