import { useNavigate } from 'react-router';
import type { DraftOffer } from '#contract';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { SummaryList } from '../parts/summary-list.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import { useActOnConsultation } from './use-consultations.js';

/** The mediator's words for an application, carried over only if who asked agrees. */
export function DraftCard({ id, draft }: { id: string; draft: DraftOffer }) {
  const t = useText('consultation');
  const { category } = useNames();
  const navigate = useNavigate();
  const answering = useActOnConsultation(id);
  /** The answer takes this card off the page, which may come first: the way on does not hang on the card. */
  const answer = (agrees: boolean) =>
    void answering.mutateAsync({ act: 'draft-answer', body: { agrees } }).then(
      ({ draftCaseId }) => draftCaseId && navigate(`/apply/${draftCaseId}`),
      () => undefined,
    );
  const lines = [
    ['category', category(draft.category)],
    ['name', draft.title],
    ['claim', draft.claimText],
    ['outcome', draft.desiredOutcome],
  ] as const;
  return (
    <Card title={t('consultation.draft.title')} live>
      <p>{t('consultation.draft.text')}</p>
      <SummaryList rows={lines.filter(([, text]) => text).map(([name, value]) => ({ label: t(`consultation.draft.${name}`), value }))} />
      {answering.isError && <Failure of={answering.error} />}
      <Actions>
        <Button busy={answering.isPending} onClick={() => answer(true)}>
          {t('consultation.draft.yes')}
        </Button>
        <Button tone="quiet" busy={answering.isPending} onClick={() => answer(false)}>
          {t('consultation.draft.no')}
        </Button>
      </Actions>
    </Card>
  );
}
