import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CaseView } from '#contract';
import { download } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { CallForm } from './call-form.js';

type Props = { caseId: string; parties: CaseView['parties']; /** Then the form stands above, in a card of its own. */ isCallDue: boolean };

/** What the desk can show of how a side was told, and where it writes down that it telephoned. */
export function NoticeProof({ caseId, parties, isCallDue }: Props) {
  const t = useText('desk');
  return (
    <>
      <h3>{t('desk.proof')}</h3>
      <p className="small muted">{t('desk.proof.lead')}</p>
      <Actions>
        {(['A', 'B'] as const)
          .filter((side) => parties.some((party) => party.side === side))
          .map((side) => (
            <Certificate key={side} caseId={caseId} side={side} />
          ))}
      </Actions>
      {!isCallDue && (
        <details>
          <summary>{t('desk.call.log')}</summary>
          <CallForm caseId={caseId} parties={parties} />
        </details>
      )}
    </>
  );
}

function Certificate({ caseId, side }: { caseId: string; side: 'A' | 'B' }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () => download(`/cases/${caseId}/notice-certificates`, { side }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['timeline', caseId] }),
  });
  return (
    <div>
      {save.error && <Failure of={save.error} />}
      <Button small tone="second" busy={save.isPending} onClick={() => save.mutate()}>
        {t(`desk.proof.${side}`)}
      </Button>
    </div>
  );
}
