import { useQuery } from '@tanstack/react-query';
import { SafetyAnswers } from '#contract';
import { call } from '../api.js';
import { Card } from '../parts/card.js';
import { useDates, useText } from '../words.js';

/** What each side answered about safety, for the mediator alone. Nothing is shown where everybody feels safe or nobody was asked. */
export function SafetyCard({ caseId }: { caseId: string }) {
  const t = useText('mediator');
  const dates = useDates();
  const found = useQuery({ queryKey: ['case', caseId, 'safety'], queryFn: () => call(SafetyAnswers, `/cases/${caseId}/safety`) });
  const careful = (found.data ?? []).filter(({ safe }) => safe !== 'yes');
  if (careful.length === 0) return null;
  return (
    <Card kind="note" title={t('mediator.safety')}>
      <ul>
        {careful.map(({ side, safe, at }) => (
          <li key={`${side}${at}`}>
            {t(`mediator.safety.${side}`)}: {t(`mediator.safety.${safe as 'no' | 'unsure'}`)}{' '}
            <span className="small muted">{dates.moment(at)}</span>
          </li>
        ))}
      </ul>
      <p className="small">{t('mediator.safety.text')}</p>
    </Card>
  );
}
