import type { CaseView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';

/** A refusal takes two: who proposed it waits, another coordinator decides. */
export function RefusalCard({ found: { id, desk } }: { found: CaseView }) {
  const t = useText('desk');
  const names = useNames();
  const settle = useCaseChange<boolean>(id, (confirm) => ({ path: `/cases/${id}/refusal`, body: { confirm } }));
  if (!desk) return null;
  return (
    <section className="stack">
      <h3>{t('desk.refusal')}</h3>
      <p>{names.refusal(desk.refusalCode)}</p>
      {desk.refusalProposedBy && <p className="small muted">{t('desk.refusal.by', { name: desk.refusalProposedBy })}</p>}
      {settle.error && <Failure of={settle.error} />}
      {desk.mayConfirmRefusal ? (
        <>
          <Confirm
            label={t('desk.refusal.confirm')}
            question={t('desk.refusal.confirm.question')}
            text={t('desk.refusal.confirm.text')}
            confirmLabel={t('desk.refusal.confirm')}
            busy={settle.isPending}
            onConfirm={() => settle.mutate(true)}
          />
          <Actions>
            <Button tone="second" busy={settle.isPending} onClick={() => settle.mutate(false)}>
              {t('desk.refusal.reject')}
            </Button>
          </Actions>
        </>
      ) : (
        <p>{t('desk.refusal.own')}</p>
      )}
    </section>
  );
}
