import type { CaseView } from '#contract';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { useMoveCase } from './cases.js';

/** What was settled while a court case is open goes to that court: a party's step as much as the mediator's (lifecycle.md section 3). */
export function ToCourtCard({ found: { id, actions } }: { found: CaseView }) {
  const t = useText('case');
  const moving = useMoveCase(id);
  if (!actions.includes('send_to_court')) return null;
  return (
    <Card title={t('case.toCourt')}>
      <Confirm
        tone="primary"
        label={t('case.toCourt')}
        question={t('case.toCourt.question')}
        text={t('case.toCourt.text')}
        confirmLabel={t('case.toCourt.confirm')}
        busy={moving.isPending}
        onConfirm={() => moving.mutate({ action: 'send_to_court' })}
      />
      {moving.isError && <Failure of={moving.error} />}
    </Card>
  );
}
