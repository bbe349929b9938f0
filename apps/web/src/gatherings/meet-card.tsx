import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useRooms } from '../rooms/use-room.js';
import { useText } from '../words.js';
import { useJointRoom } from './use-gatherings.js';

/** Together, apart until all agree, or apart for good: the mediator's alone to know and to change. */
export function MeetCard({ caseId }: { caseId: string }) {
  const t = useText('gatherings');
  const joint = useJointRoom(caseId).data;
  const isOpen = (useRooms(caseId).data ?? []).some(({ kind, isClosed }) => kind === 'joint' && !isClosed);
  const ask = useCaseChange<boolean>(caseId, (asked) => ({ path: `/cases/${caseId}/joint-room`, body: { asked } }));
  const part = useCaseChange(caseId, () => ({ path: `/cases/${caseId}/separation` }));
  if (!joint) return null;
  const words = isOpen ? 'together' : joint.apart === 'required' ? 'never' : joint.isAsked ? 'asked' : 'apart';
  return (
    <Card title={t('gatherings.meet.title')}>
      <p>{t(`gatherings.meet.${words}`)}</p>
      {joint.apart === 'default' && !isOpen && (
        <Actions>
          <Button small tone="second" busy={ask.isPending} onClick={() => ask.mutate(!joint.isAsked)}>
            {t(joint.isAsked ? 'gatherings.meet.unask' : 'gatherings.meet.ask')}
          </Button>
        </Actions>
      )}
      {isOpen && (
        <Confirm
          label={t('gatherings.meet.part')}
          question={t('gatherings.meet.part.question')}
          text={t('gatherings.meet.part.text')}
          confirmLabel={t('gatherings.meet.part.yes')}
          busy={part.isPending}
          onConfirm={() => part.mutate()}
        />
      )}
      {(ask.error ?? part.error) && <Failure of={(ask.error ?? part.error)!} />}
    </Card>
  );
}
