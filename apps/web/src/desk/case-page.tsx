import { lazy, Suspense } from 'react';
import { useParams } from 'react-router';
import type { CaseView } from '#contract';
import { useCase } from '../cases/cases.js';
import { CaseFiles } from '../files/case-files.js';
import { DeadlinesCard } from '../cases/deadlines-card.js';
import { Due } from '../office/due.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { StatusChip, TurnFlag } from '../parts/status-chip.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useNames } from '../reference.js';
import { useText } from '../words.js';
import { ApplicationCard } from './application-card.js';
import { AssignmentCard } from './assignment-card.js';
import { AssignmentHistory } from './assignment-history.js';
import styles from './case-page.module.css';
import { ChoosingDeskCard } from './choosing-desk-card.js';
import { ConflictCards } from './conflict-cards.js';
import { AuditCard } from './audit-card.js';
import { CallCard } from './call-card.js';
import { CourtCard } from './court-card.js';
import { Deliveries } from './deliveries.js';
import { DeskTimeline } from './desk-timeline.js';
import { EndingCard } from './ending-card.js';
import { InvitationCard } from './invitation-card.js';
import { PartnerCard } from './partner-card.js';
import { PartiesCard } from './parties-card.js';
import { PowerFiles } from './power-files.js';
import { ScreeningCard } from './screening-card.js';
import { SimilarCard } from './similar-card.js';

const AnewCard = lazy(() => import('../cases/anew-card.js').then((it) => ({ default: it.AnewCard })));

/** A case at the desk: what was applied for, what the program proposes, what the desk may do now. Never what is said inside. */
export function DeskCasePage() {
  const { caseId = '' } = useParams();
  const found = useCase(caseId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <DeskCase found={found.data} />;
}

function DeskCase({ found }: { found: CaseView }) {
  const t = useText('desk', 'states');
  const names = useNames();
  return (
    <>
      <PageHead
        title={found.title}
        eyebrow={[found.number ?? t('desk.noNumber'), names.category(found.category), names.district(found.district)].join(' · ')}
        back="/desk"
        backLabel={t('desk.toQueue')}
      />
      <p className={styles.state}>
        <StatusChip state={found.state} />
        <Turn of={found} />
        <span>{t(`states.next.${found.nextActor}`)}</span>
        <Due at={found.dueAt} />
      </p>
      {found.ground && <p>{names.ground(found.ground)}</p>}
      <div className="cols">
        <div className="stack">
          <Suspense fallback={null}>{found.state === 'COURT_REFUSED' && <AnewCard found={found} />}</Suspense>
          <ScreeningCard found={found} />
          <AssignmentCard found={found} />
          <ChoosingDeskCard found={found} />
          <ConflictCards found={found} />
          <CallCard found={found} />
          <InvitationCard found={found} />
          <ApplicationCard found={found} />
          <CaseFiles caseId={found.id} purposes={['application']} />
          {!['DRAFT', 'CLOSED', 'ARCHIVED'].includes(found.state) ? (
            <PowerFiles found={found} />
          ) : (
            <CaseFiles caseId={found.id} purposes={['power']} />
          )}
          <Deliveries found={found} />
          <CourtCard found={found} />
          <EndingCard found={found} />
        </div>
        <aside className="stack">
          <PartiesCard found={found} />
          <DeadlinesCard found={found} />
          <AssignmentHistory caseId={found.id} />
          <SimilarCard caseId={found.id} />
          <Card title={t('desk.timeline')}>
            <DeskTimeline caseId={found.id} />
          </Card>
          <PartnerCard caseId={found.id} />
          <AuditCard caseId={found.id} />
          <WhoSees not>{t('desk.hidden')}</WhoSees>
        </aside>
      </div>
    </>
  );
}

/** A call is due, or it is the desk's turn: but not that of who proposed a refusal, which another confirms. */
function Turn({ of: { yourTurn, desk } }: { of: CaseView }) {
  const t = useText('desk');
  if (desk?.invitation?.callDue) return <TurnFlag act={t('desk.turn.call')} />;
  const waitsForOther = desk?.refusalProposedBy && !desk.mayConfirmRefusal;
  return yourTurn && !waitsForOther ? <TurnFlag /> : null;
}
