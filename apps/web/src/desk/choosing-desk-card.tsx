import type { CaseView } from '#contract';
import { useChoosings } from '../cases/choosing-card.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

/** Whether the sides choose their mediator themselves: who has answered, never what. */
export function ChoosingDeskCard({ found: { id: caseId, state } }: { found: CaseView }) {
  const t = useText('choosing');
  const dates = useDates();
  const isSought = state === 'CONSENTED';
  const rounds = useChoosings(caseId, isSought || state === 'MEDIATOR_OFFERED');
  const [latest] = rounds.data ?? [];
  const open = useCaseChange(caseId, () => ({ path: `/cases/${caseId}/choosings`, method: 'POST' }));
  const { answered = [], outcome = null } = latest?.desk ?? {};
  if (!latest && !isSought) return null;
  return (
    <Card title={t('choosing.title')}>
      {rounds.error && <Failure of={rounds.error} onRetry={() => void rounds.refetch()} />}
      {latest?.open && (
        <>
          <p>{t('choosing.desk.waiting', { when: dates.moment(latest.until) })}</p>
          <ul>
            {answered.length === 0 && <li>{t('choosing.desk.answered.none')}</li>}
            {answered.map((side) => (
              <li key={side}>{t(`choosing.desk.answered.${side}`)}</li>
            ))}
          </ul>
        </>
      )}
      {outcome && <p>{t(`choosing.desk.${outcome}`)}</p>}
      {isSought && !latest?.open && (
        <>
          <p className="small">{t('choosing.desk.offer.text')}</p>
          {open.error && <Failure of={open.error} />}
          <Actions>
            <Button tone="second" small busy={open.isPending} onClick={() => open.mutate()}>
              {t('choosing.desk.offer')}
            </Button>
          </Actions>
        </>
      )}
    </Card>
  );
}
