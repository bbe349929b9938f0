import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { Candidates, type Candidate } from '#contract';
import { call } from '../api.js';
import { useCase } from '../cases/cases.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { CandidateCard } from './candidate-card.js';

/** Who could take the case, in the order of the rules, each with the reasons; one press offers it. */
export function CandidatesPage() {
  const t = useText('desk');
  const { caseId = '' } = useParams();
  const navigate = useNavigate();
  const number = useCase(caseId).data?.number;
  const found = useQuery({ queryKey: ['desk', 'candidates', caseId], queryFn: () => call(Candidates, `/cases/${caseId}/candidates`) });
  const offer = useCaseChange<string>(
    caseId,
    (mediatorId) => ({ path: `/cases/${caseId}/offer`, body: { mediatorId } }),
    () => void navigate(`/desk/cases/${caseId}`),
  );
  const fitting = found.data?.filter(({ eligible }) => eligible) ?? [];
  const others = found.data?.filter(({ eligible }) => !eligible) ?? [];

  return (
    <>
      <PageHead
        title={t('desk.candidates')}
        eyebrow={number}
        lead={t('desk.candidates.lead')}
        back={`/desk/cases/${caseId}`}
        backLabel={t('desk.toCase')}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {offer.error && <Failure of={offer.error} />}
      {found.data?.length === 0 && <p>{t('desk.candidates.empty')}</p>}
      {others.length > 0 && fitting.length === 0 && <p>{t('desk.candidates.none')}</p>}
      {fitting.map((candidate, at) => (
        <CandidateCard
          key={candidate.mediatorId}
          candidate={candidate}
          place={t('desk.candidates.place', { n: at + 1, count: fitting.length })}
          isFirst={at === 0}
          isBusy={offer.isPending}
          onOffer={() => offer.mutate(candidate.mediatorId)}
        />
      ))}
      {others.length > 0 && <Others candidates={others} isOpen={fitting.length === 0} />}
    </>
  );
}

function Others({ candidates, isOpen }: { candidates: Candidate[]; isOpen: boolean }) {
  const t = useText('desk');
  return (
    <details open={isOpen}>
      <summary>{t('desk.candidates.others', { count: candidates.length })}</summary>
      <ul className="small">
        {candidates.map(({ mediatorId, name, reasons }) => (
          <li key={mediatorId}>
            <b>{name}:</b> {reasons.map((code) => t(`desk.obstacle.${code}`)).join(', ')}
          </li>
        ))}
      </ul>
    </details>
  );
}
