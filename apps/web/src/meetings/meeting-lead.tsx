import type { MeetingDay, SteerMeeting } from '#contract';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { useMeetingAct } from './use-meeting.js';

/** The mediator begins, pauses and ends; only the end is asked for twice. */
export function MeetingLead({ day: { id, actions } }: { day: MeetingDay }) {
  const t = useText('meetings');
  const steer = useMeetingAct<SteerMeeting['state']>(id, (state) => ({ path: 'course', body: { state } }));
  const may = (act: MeetingDay['actions'][number]) => actions.includes(act);
  if (!['start', 'pause', 'resume', 'end'].some((act) => may(act as MeetingDay['actions'][number]))) return null;
  return (
    <Card title={t('meetings.lead')}>
      {steer.error && <Failure of={steer.error} />}
      <Actions>
        {may('start') && (
          <Button busy={steer.isPending} onClick={() => steer.mutate('running')}>
            {t('meetings.start')}
          </Button>
        )}
        {may('resume') && (
          <Button busy={steer.isPending} onClick={() => steer.mutate('running')}>
            {t('meetings.resume')}
          </Button>
        )}
        {may('pause') && (
          <Button tone="second" busy={steer.isPending} onClick={() => steer.mutate('paused')}>
            {t('meetings.pause')}
          </Button>
        )}
        {may('end') && (
          <Confirm
            tone="quiet"
            label={t('meetings.end')}
            question={t('meetings.end.question')}
            text={t('meetings.end.text')}
            confirmLabel={t('meetings.end')}
            busy={steer.isPending}
            onConfirm={() => steer.mutate('held')}
          />
        )}
      </Actions>
    </Card>
  );
}
