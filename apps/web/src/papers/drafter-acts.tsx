import { useNavigate } from 'react-router';
import type { PaperView } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';

/** What the mediator may still do with a text: send it, change it, let it go. */
export function DrafterActs({ paper: { id, caseId, kind, frozen, method } }: { paper: PaperView }) {
  const t = useText('papers');
  const navigate = useNavigate();
  const freeze = useCaseChange(caseId, () => ({ path: `/papers/${id}/freezing` }));
  const abandon = useCaseChange(
    caseId,
    () => ({ path: `/papers/${id}`, method: 'DELETE' }),
    () => void navigate(`/mediator/cases/${caseId}`),
  );
  const refusal = freeze.error ?? abandon.error;

  return (
    <div className="stack">
      {!frozen && method !== null && (
        <Confirm
          tone="primary"
          label={t('papers.freeze')}
          question={t('papers.freeze.question')}
          text={t('papers.freeze.text')}
          confirmLabel={t('papers.freeze')}
          busy={freeze.isPending}
          onConfirm={() => freeze.mutate()}
        />
      )}
      {kind !== 'contract' && (
        <>
          {kind === 'settlement' && (
            <Actions>
              <ButtonLink tone="second" to={`/mediator/cases/${caseId}/settlement`}>
                {t(frozen ? 'papers.redraft' : 'papers.edit')}
              </ButtonLink>
            </Actions>
          )}
          <Confirm
            tone="quiet"
            label={t('papers.abandon')}
            question={t('papers.abandon.question')}
            text={t('papers.abandon.text')}
            confirmLabel={t('papers.abandon')}
            busy={abandon.isPending}
            onConfirm={() => abandon.mutate()}
          />
        </>
      )}
      {refusal && <Failure of={refusal} />}
    </div>
  );
}
