import type { MeetingDay } from '#contract';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { useMeetingAct } from './use-meeting.js';

/** One press, no question why, and a word before it of what will come of it. */
export function CannotAttend({ day: { id, people } }: { day: MeetingDay }) {
  const t = useText('meetings');
  const excuse = useMeetingAct(id, () => ({ path: 'absence' }));
  const isSaid = people.some(({ isViewer, excused }) => isViewer && excused);
  if (isSaid) return <Card title={t('meetings.excuse.said')}>{<p>{t('meetings.excuse.stands')}</p>}</Card>;
  return (
    <Card title={t('meetings.excuse.title')}>
      <p>{t('meetings.excuse.text')}</p>
      {excuse.error && <Failure of={excuse.error} />}
      <Button tone="second" busy={excuse.isPending} onClick={() => excuse.mutate()}>
        {t('meetings.excuse')}
      </Button>
    </Card>
  );
}
