import { useParams } from 'react-router';
import type { ConsultationView } from '#contract';
import { useLive } from '../live/use-live.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { BackLink } from '../parts/page-head.js';
import { usePageTitle } from '../parts/page-title.js';
import { Waiting } from '../parts/waiting.js';
import { RoomPanel } from '../rooms/room-panel.js';
import styles from '../rooms/rooms-page.module.css';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { DraftCard, EndCard, OfferDraft, RoomPeople } from './room-parts.js';
import { useStanding } from './item.js';
import { useConsultation, useConsultationRoom } from './use-consultations.js';

/** One question and its room, for who asked and for the mediator who took it. */
export function ConsultationRoomPage() {
  const { id = '' } = useParams();
  const found = useConsultation(id);
  useLive();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  return <Consulting of={found.data} />;
}

function Consulting({ of }: { of: ConsultationView }) {
  const t = useText('consultation');
  const selfId = useSession()?.person.id;
  const room = useConsultationRoom(of.roomId);
  const heading = usePageTitle(t('consultation.room'));
  const isAsker = of.viewerIs === 'asker';
  return (
    <>
      <div className={styles.head}>
        <BackLink to={isAsker ? '/consultations' : '/mediator'} label={t(isAsker ? 'consultation.list' : 'parts.nav.today')} />
      </div>
      {room.isPending && <Waiting />}
      {room.isError && <Failure of={room.error} onRetry={() => void room.refetch()} />}
      {room.data && selfId && (
        <div className={styles.grid}>
          <div className={styles.room}>
            <RoomPanel room={room.data} rooms={[room.data]} selfId={selfId} level={1} heading={heading} />
          </div>
          <aside className={styles.side}>
            <Standing of={of} />
            {isAsker && of.draft && <DraftCard id={of.id} draft={of.draft} />}
            {!isAsker && !of.endedAt && <OfferDraft key={String(of.draft === null)} of={of} />}
            <RoomPeople room={room.data} selfId={selfId} />
            {!of.endedAt && <EndCard of={of} />}
          </aside>
        </div>
      )}
    </>
  );
}

function Standing({ of }: { of: ConsultationView }) {
  const t = useText('consultation');
  const standing = useStanding();
  const { outcome, takenAt, viewerIs, draftCaseId } = of;
  const text = outcome === 'expired' ? 'expired' : outcome ? 'ended' : takenAt ? 'taken' : 'waiting';
  const isAsker = viewerIs === 'asker';
  return (
    <Card kind="panel" title={standing(of)} live>
      {(isAsker || outcome) && <p>{t(`consultation.${text}.text`)}</p>}
      {isAsker && draftCaseId && <ButtonLink to={`/apply/${draftCaseId}`}>{t('consultation.toDraft')}</ButtonLink>}
      {isAsker && outcome && !draftCaseId && (
        <p className="row">
          <ButtonLink small to="/consultation">
            {t('consultation.again')}
          </ButtonLink>
          <ButtonLink small tone="second" to="/apply">
            {t('consultation.file')}
          </ButtonLink>
        </p>
      )}
    </Card>
  );
}
