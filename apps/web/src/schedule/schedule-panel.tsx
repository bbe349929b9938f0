import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { liveStates, type ProposalView, type Schedule } from '#contract';
import { useCase } from '../cases/cases.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { Notice } from '../parts/banner.js';
import { Rich } from '../parts/rich.js';
import { Waiting } from '../parts/waiting.js';
import { SideLine, WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import { AnswerProposal } from './answer-proposal.js';
import { Meetings } from './meetings.js';
import { ProposeHours } from './propose-hours.js';
import { useSchedule } from './use-schedule.js';

type Props = { caseId: string; level?: 2 | 3 };

/** Hours of a case: what is booked, what is proposed and waits for whom, and a way to propose. */
export function SchedulePanel({ caseId, level = 2 }: Props) {
  const t = useText('calendar');
  const found = useSchedule(caseId);
  const state = useCase(caseId).data?.state;
  const isLive = (liveStates as readonly (string | undefined)[]).includes(state);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;

  const { proposal, meetings } = found.data ?? { proposal: null, meetings: [] };
  return (
    <div className="stack">
      <Meetings meetings={meetings} caseId={caseId} level={level} mayMove={isLive && !proposal} />
      {proposal && <Proposal proposal={proposal} caseId={caseId} level={level} />}
      {isLive && !proposal && <Propose caseId={caseId} level={level} />}
      {!isLive && state && <p className="muted">{t('calendar.notNow')}</p>}
      <SideLine icon={IconClock}>{t('calendar.zone')}</SideLine>
      {proposal && <WhoSees not>{t('calendar.whoSees')}</WhoSees>}
    </div>
  );
}

function Proposal({ proposal, caseId, level }: { proposal: NonNullable<Schedule['proposal']>; caseId: string; level: 2 | 3 }) {
  const t = useText('calendar');
  const [isChanging, setChanging] = useState(false);
  const [isCountering, setCountering] = useState(false);
  if (isCountering) return <ProposeHours {...{ caseId, level }} about={{ counters: proposal.id }} onDone={() => setCountering(false)} />;
  if (!proposal.answeredByViewer || isChanging)
    return (
      <AnswerProposal
        key={proposal.id}
        {...{ proposal, caseId, level }}
        onSent={() => setChanging(false)}
        onCounter={() => setCountering(true)}
      />
    );
  return (
    <>
      <Notice icon={IconClock}>
        <p>
          <Rich>{t(proposal.proposedByViewer ? 'calendar.proposed' : 'calendar.answered')}</Rich>
        </p>
        <Until proposal={proposal} />
      </Notice>
      <div>
        <Actions>
          <Button small tone="second" onClick={() => setChanging(true)}>
            {t('calendar.change')}
          </Button>
          <Button small tone="quiet" onClick={() => setCountering(true)}>
            {t('calendar.counter')}
          </Button>
        </Actions>
      </div>
    </>
  );
}

export function Until({ proposal }: { proposal: ProposalView }) {
  const t = useText('calendar');
  const dates = useDates();
  return <p className="small">{t('calendar.choose.until', { when: dates.moment(proposal.expiresAt) })}</p>;
}

function Propose({ caseId, level }: { caseId: string; level: 2 | 3 }) {
  const t = useText('calendar');
  const [isOpen, setOpen] = useState(false);
  if (isOpen) return <ProposeHours caseId={caseId} level={level} onDone={() => setOpen(false)} />;
  return (
    <div>
      <Button tone="second" onClick={() => setOpen(true)}>
        {t('calendar.propose')}
      </Button>
    </div>
  );
}
