import { useCase } from '../cases/cases.js';
import { useMove } from '../live/use-case-change.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';

/** Mediation ends by a party's word alone, in two presses, without a reason; its rooms are closed at that moment. */
export function StopCard({ caseId }: { caseId: string }) {
  const t = useText('rooms', 'case');
  const move = useMove(caseId);
  if (!useCase(caseId).data?.actions.includes('terminate')) return null;
  return (
    <Card title={t('rooms.stop.title')}>
      <p className="small">{t('rooms.stop.text')}</p>
      <Confirm
        tone="quiet"
        label={t('case.leave')}
        question={t('case.leave.question')}
        text={t('case.leave.text')}
        confirmLabel={t('case.leave.confirm')}
        busy={move.isPending}
        onConfirm={() => move.mutate({ action: 'terminate', ground: '4' })}
      />
      {move.error && <Failure of={move.error} />}
    </Card>
  );
}
