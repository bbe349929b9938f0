import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { type CaseView, DisclosureView } from '#contract';
import { call } from '../api.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { useDates, useText } from '../words.js';

export const useDisclosures = (caseId: string, isAsked: boolean) =>
  useQuery({
    enabled: isAsked,
    queryKey: ['disclosures', caseId],
    queryFn: () => call(z.array(DisclosureView), `/cases/${caseId}/disclosures`),
  });

/** What the offered mediator told of himself, and the party's free answer. Nobody else learns who answered what. */
export function DisclosureCard({ found: { id: caseId, state } }: { found: CaseView }) {
  const told = useDisclosures(caseId, state === 'MEDIATOR_OFFERED').data?.find(({ outcome }) => outcome === null);
  return told ? <Told caseId={caseId} told={told} /> : null;
}

function Told({ caseId, told: { id, mediator, words, until, agrees } }: { caseId: string; told: DisclosureView }) {
  const t = useText('conflicts');
  const dates = useDates();
  const answer = useCaseChange<boolean>(caseId, (body) => ({ path: `/disclosures/${id}/answer`, body: { agrees: body } }));
  return (
    <Card kind="panel" title={t('conflicts.told.title')}>
      <p>{t('conflicts.told.who', { name: mediator.name })}</p>
      <blockquote>{words}</blockquote>
      {agrees ? (
        <p>
          <b>{t('conflicts.told.mine')}</b>
        </p>
      ) : (
        <>
          <p className="small">{t('conflicts.told.free')}</p>
          <Actions>
            <Button busy={answer.isPending} onClick={() => answer.mutate(true)}>
              {t('conflicts.told.agree')}
            </Button>
            <Confirm
              label={t('conflicts.told.refuse')}
              tone="second"
              question={t('conflicts.told.refuse.question')}
              text={t('conflicts.told.refuse.text')}
              confirmLabel={t('conflicts.told.refuse')}
              busy={answer.isPending}
              onConfirm={() => answer.mutate(false)}
            />
          </Actions>
        </>
      )}
      {until && <p className="small">{t('conflicts.told.until', { when: dates.moment(until) })}</p>}
      {answer.error && <Failure of={answer.error} />}
    </Card>
  );
}
