import { useNavigate, useParams } from 'react-router';
import type { CaseView, Ground } from '#contract';
import { useCase } from '../cases/cases.js';
import { useCaseChange, useMove } from '../live/use-case-change.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';

/** On which ground each may end it alone: a party by refusing to go on, the mediator by what he found (termination-grounds). */
const groundOf = { party_a: '4', party_b: '4', mediator: '2', coordinator: null } as const satisfies Record<
  CaseView['viewerIs'],
  Ground | null
>;

export function EndPage() {
  const t = useText('papers');
  const { caseId = '' } = useParams();
  const navigate = useNavigate();
  const found = useCase(caseId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return (
    <>
      <PageHead
        title={t('papers.end.title')}
        eyebrow={found.data.number}
        lead={t(found.data.viewerIs === 'mediator' ? 'papers.end.lead.mediator' : 'papers.end.lead')}
        back={`/cases/${caseId}`}
        backLabel={t('papers.backToCase')}
      />
      <EndMediation found={found.data} onEnded={() => void navigate(`/cases/${caseId}`)} />
      {found.data.viewerIs === 'mediator' && found.data.actions.includes('replace_mediator') && <StepBack caseId={caseId} />}
    </>
  );
}

/** The mediator goes, mediation does not. */
function StepBack({ caseId }: { caseId: string }) {
  const t = useText('papers');
  const navigate = useNavigate();
  const going = useCaseChange(
    caseId,
    () => ({ path: `/cases/${caseId}/recusal` }),
    () => void navigate('/mediator', { replace: true }),
  );
  return (
    <Card title={t('papers.recuse.title')}>
      <p>{t('papers.recuse.text')}</p>
      <Confirm
        label={t('papers.recuse.label')}
        question={t('papers.recuse.question')}
        text={t('papers.recuse.again')}
        confirmLabel={t('papers.recuse.confirm')}
        busy={going.isPending}
        onConfirm={() => going.mutate()}
      />
      {going.error && <Failure of={going.error} />}
    </Card>
  );
}

/** Two presses, neutral words, and what happens then. */
export function EndMediation({ found, onEnded }: { found: CaseView; onEnded: () => void }) {
  const t = useText('papers');
  const names = useNames();
  const move = useMove(found.id, onEnded);
  const ground = groundOf[found.viewerIs];
  if (!found.actions.includes('terminate') || !ground) return <p>{t('papers.end.not')}</p>;

  return (
    <div className="stack">
      <Card kind="note" title={t('papers.end.what')}>
        <ul>
          <li>{t('papers.end.rooms')}</li>
          <li>{t('papers.end.meetings')}</li>
          <li>{t('papers.end.told')}</li>
          <li>{t('papers.end.court')}</li>
        </ul>
        {found.viewerIs === 'mediator' && <p className="small">{t('papers.end.ground', { ground: names.ground(ground) })}</p>}
      </Card>
      {move.error && <Failure of={move.error} />}
      <Confirm
        label={t('papers.end.label')}
        question={t('papers.end.question')}
        text={t('papers.end.again')}
        confirmLabel={t('papers.end.confirm')}
        busy={move.isPending}
        onConfirm={() => move.mutate({ action: 'terminate', ground })}
      />
      <ButtonLink tone="quiet" to={`/cases/${found.id}/rooms`}>
        {t('papers.end.stay')}
      </ButtonLink>
    </div>
  );
}
