import { useQuery } from '@tanstack/react-query';
import { z } from 'zod';
import { WhyMediator } from '#contract';
import { call } from '../api.js';
import { whyIn } from '../desk/why.js';
import { useText } from '../words.js';

/** Why this mediator: what anybody in this case may know of the choice. */
export function WhyThisMediator({ caseId }: { caseId: string }) {
  const t = useText('assignment');
  const found = useQuery({ queryKey: ['why', caseId], queryFn: () => call(z.array(WhyMediator), `/cases/${caseId}/mediator-reasons`) });
  const [why] = found.data ?? [];
  if (!why?.terms.length) return null;
  return (
    <details>
      <summary>{t('assignment.title')}</summary>
      <ul className="small">
        {why.terms.map((term) => (
          <li key={term.code}>{whyIn(t, term)}</li>
        ))}
      </ul>
      <p className="small muted">{t('assignment.lead')}</p>
    </details>
  );
}
