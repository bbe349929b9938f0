import { IconCalendarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CommonHours, type ProposeMeeting } from '#contract';
import { call, Problem } from '../api.js';
import { Notice } from '../parts/banner.js';
import { Failure } from '../parts/failure.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';

type Props = { caseId: string; of: unknown; asked?: ProposeMeeting };

/** Why nothing was proposed. What keeps all from one hour is named for the mediator; a party is told only that there is none. */
export function WhatBinds({ caseId, of, asked }: Props) {
  const t = useText('calendar');
  const isMediator = useSession()?.role === 'mediator';
  const query = new URLSearchParams({ mode: asked?.mode ?? 'room', minutes: String(asked?.minutes), weeks: String(asked?.weeks ?? 1) });
  const found = useQuery({
    queryKey: ['common-hours', caseId, query.toString()],
    queryFn: () => call(CommonHours, `/cases/${caseId}/common-hours?${query}`),
    enabled: asked !== undefined && isMediator && of instanceof Problem && of.code === 'meeting.no_common_hour',
    staleTime: 0,
  });
  if (found.isLoading) return null;
  if (!found.data || found.data.binding.length === 0) return <Failure of={of} />;
  return (
    <div role="alert">
      <Notice icon={IconCalendarOff}>
        <b>{t('calendar.binds')}</b>
        <ul>
          {found.data.binding.map((binding) => (
            <li key={binding}>{t(`calendar.binds.${binding}`)}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}
