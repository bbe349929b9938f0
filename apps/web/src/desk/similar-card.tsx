import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { type LinkCase, SimilarCases } from '#contract';
import { call } from '../api.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { StatusChip } from '../parts/status-chip.js';
import { useText } from '../words.js';

const useSimilar = (caseId: string) =>
  useQuery({ queryKey: ['similar', caseId], queryFn: () => call(SimilarCases, `/cases/${caseId}/similar-cases`) });

/** Beside the decision, where the cases themselves stand elsewhere on the page. */
export function SimilarLine({ caseId }: { caseId: string }) {
  const t = useText('desk');
  const count = useSimilar(caseId).data?.length ?? 0;
  if (count === 0) return null;
  return (
    <p>
      <a href="#similar">{t('desk.similar.some', { count })}</a>
    </p>
  );
}

/** The same people or the same court case elsewhere: offered, linked by hand, and shown to no party. */
export function SimilarCard({ caseId }: { caseId: string }) {
  const t = useText('desk');
  const found = useSimilar(caseId);
  const linking = useCaseChange<LinkCase>(caseId, (body) => ({ path: `/cases/${caseId}/links`, body }));
  if (!found.data) return found.isError ? <Failure of={found.error} /> : null;
  return (
    <Card id="similar" title={t('desk.similar')}>
      {found.data.length === 0 && <p className="muted">{t('desk.similar.none')}</p>}
      {found.data.length > 0 && <p className="small muted">{t('desk.similar.hint')}</p>}
      <ul className="plain stack">
        {found.data.map(({ caseId: otherId, number, title, state, alike, linked }) => (
          <li key={otherId}>
            <p>
              <Link to={`/desk/cases/${otherId}`}>{number}</Link> <StatusChip state={state} />
              <br />
              {title}
              <br />
              <span className="small muted">
                {[linked && t('desk.similar.linked'), ...alike.map((one) => t(`desk.similar.${one}`))].filter(Boolean).join(', ')}
              </span>
            </p>
            <Button
              small
              tone={linked ? 'quiet' : 'second'}
              busy={linking.isPending}
              onClick={() => linking.mutate({ caseId: otherId, linked: !linked })}
            >
              {t(linked ? 'desk.similar.unlink' : 'desk.similar.link', { number: number ?? '' })}
            </Button>
          </li>
        ))}
      </ul>
      {linking.isError && <Failure of={linking.error} />}
    </Card>
  );
}
