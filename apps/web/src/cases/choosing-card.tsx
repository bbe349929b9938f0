import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { type CaseView, ChoosingView } from '#contract';
import { call } from '../api.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useDates, useText } from '../words.js';

export const useChoosings = (caseId: string, isAsked = true) =>
  useQuery({
    enabled: isAsked,
    queryKey: ['choosings', caseId],
    queryFn: () => call(z.array(ChoosingView), `/cases/${caseId}/choosings`),
  });

/** While both sides choose their mediator: what is asked, until when, and whether one's own side has answered. */
export function ChoosingCard({ found: { id: caseId, state } }: { found: CaseView }) {
  const t = useText('choosing');
  const dates = useDates();
  const round = useChoosings(caseId, state === 'CONSENTED').data?.find(({ open }) => open);
  if (!round) return null;
  return (
    <Card kind="panel" title={t('choosing.title')}>
      <p>{t(round.mine ? 'choosing.card.done' : 'choosing.card')}</p>
      <Actions>
        <ButtonLink tone={round.mine ? 'second' : 'primary'} to={`/cases/${caseId}/choosing`}>
          {t(round.mine ? 'choosing.card.change' : 'choosing.card.go')}
        </ButtonLink>
        <b>{t('choosing.until', { when: dates.moment(round.until) })}</b>
      </Actions>
    </Card>
  );
}
