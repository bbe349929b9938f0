import { useParams } from 'react-router';
import type { CaseView } from '#contract';
import { useCase } from '../cases/cases.js';
import { MeetingPresence } from '../meetings/meeting-presence.js';
import { Due } from '../office/due.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { StatusChip } from '../parts/status-chip.js';
import { Waiting } from '../parts/waiting.js';
import { useNames } from '../reference.js';
import { ThreeRooms } from '../rooms/three-rooms.js';
import { useRooms } from '../rooms/use-room.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { CaseActs } from './case-acts.js';
import styles from './case-page.module.css';
import { SafetyCard } from './safety-card.js';
import { UnderRooms } from './under-rooms.js';

/** The mediator's workbench: the case in one line, what may be done, three rooms, and below them papers, hours and the application. */
export function MediatorCasePage() {
  const { caseId = '' } = useParams();
  const found = useCase(caseId);
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <Workbench found={found.data} />;
}

function Workbench({ found }: { found: CaseView }) {
  const t = useText('mediator', 'states');
  const names = useNames();
  const rooms = useRooms(found.id, found.contractAt !== null).data ?? [];
  const selfId = useSession()?.person.id;
  /** Else he stands beside the mediator whose case it is, reads it and leads in the rooms that he is let into. */
  const isOwn = found.mediator?.id === selfId;
  return (
    <div className={styles.workbench}>
      <div className={styles.head}>
        <div>
          <PageHead
            title={found.title}
            eyebrow={[found.number, names.category(found.category)].filter(Boolean).join(' · ')}
            back="/mediator"
            backLabel={t('mediator.cases')}
          />
        </div>
        <dl className={styles.facts}>
          <div>
            <dt>{t('mediator.fact.state')}</dt>
            <dd>
              <StatusChip state={found.state} />
            </dd>
          </div>
          {(found.termEndsAt ?? found.dueAt) && (
            <div>
              <dt>{t('mediator.fact.term')}</dt>
              <dd>
                <Due named at={found.termEndsAt ?? found.dueAt} />
              </dd>
            </div>
          )}
        </dl>
        <CaseActs found={found} isOwn={isOwn} />
      </div>
      {selfId && rooms.length > 0 && <ThreeRooms rooms={rooms} selfId={selfId} />}
      {isOwn && <SafetyCard caseId={found.id} />}
      <UnderRooms found={found} isOwn={isOwn} />
      {isOwn && <MeetingPresence caseId={found.id} />}
    </div>
  );
}
