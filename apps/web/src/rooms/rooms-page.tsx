import { useParams, useSearchParams } from 'react-router';
import type { RoomView } from '#contract';
import { useLive } from '../live/use-live.js';
import { MeetingPresence } from '../meetings/meeting-presence.js';
import { ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PhoneLink } from '../parts/help-block.js';
import { BackLink, PageHead } from '../parts/page-head.js';
import { usePageTitle } from '../parts/page-title.js';
import { Waiting } from '../parts/waiting.js';
import { useReference } from '../reference.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { HandoverCard } from './handover-card.js';
import { RoomPanel } from './room-panel.js';
import { RoomPeople } from './room-people.js';
import { RoomTabs } from './room-tabs.js';
import styles from './rooms-page.module.css';
import { useRooms } from './use-room.js';

/** A party's rooms: the joint one first, the own private one second, never another. */
export function RoomsPage() {
  const t = useText('rooms');
  const { caseId = '' } = useParams();
  const selfId = useSession()?.person.id;
  const found = useRooms(caseId);
  useLive();

  return (
    <>
      <div className={styles.head}>
        <BackLink to={`/cases/${caseId}`} label={t('rooms.toCase')} />
        <a href="#help">{t('rooms.help')}</a>
      </div>
      <MeetingPresence caseId={caseId} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && selfId && <PartysRooms rooms={found.data ?? []} caseId={caseId} selfId={selfId} />}
    </>
  );
}

function NoRooms() {
  const t = useText('rooms');
  return (
    <div className={styles.none}>
      <PageHead title={t('rooms.none.title')} lead={t('rooms.none.text')} />
    </div>
  );
}

function PartysRooms({ rooms, caseId, selfId }: { rooms: RoomView[]; caseId: string; selfId: string }) {
  const t = useText('rooms');
  const [search] = useSearchParams();
  const asked = search.get('room');
  const shown = rooms.find((room) => wayTo(room) === asked) ?? rooms.find(({ kind }) => kind === 'joint') ?? rooms[0];
  const title = t(shown?.kind === 'joint' ? 'parts.room.joint' : 'parts.room.caucus');
  const heading = usePageTitle(title);
  if (!shown) return <NoRooms />;

  const tabs = rooms
    .toSorted((one) => (one.kind === 'joint' ? -1 : 1))
    .map((room) => ({
      room,
      shape: room.kind === 'joint' ? ('joint' as const) : (room.side ?? 'A'),
      label: t(room.kind === 'joint' ? 'parts.room.joint' : room.isClosed ? 'rooms.tab.former' : 'rooms.tab.own'),
      to: room.kind === 'joint' ? '?' : `?room=${wayTo(room)}`,
      isCurrent: room === shown,
    }));
  return (
    <>
      <div className={styles.tabs}>
        <RoomTabs tabs={tabs} selfId={selfId} />
      </div>
      <div className={styles.grid}>
        <div className={styles.room}>
          <RoomPanel key={shown.id} room={shown} rooms={rooms} selfId={selfId} level={1} heading={heading} />
        </div>
        <aside className={styles.side}>
          <HandoverCard room={shown} />
          <RoomPeople room={shown} selfId={selfId} />
          {shown.state !== 'read_only' && <StopCard caseId={caseId} />}
          <HelpLine />
        </aside>
      </div>
    </>
  );
}

/** The one private room has a plain address; one that another mediator left behind goes by its id. */
const wayTo = ({ kind, isClosed, id }: RoomView) => (kind === 'joint' ? null : isClosed ? id : 'own');

function StopCard({ caseId }: { caseId: string }) {
  const t = useText('rooms');
  return (
    <Card title={t('rooms.stop.title')}>
      <p className="small">{t('rooms.stop.text')}</p>
      <ButtonLink small tone="quiet" to={`/cases/${caseId}/end`}>
        {t('rooms.stop.link')}
      </ButtonLink>
    </Card>
  );
}

function HelpLine() {
  const t = useText('rooms');
  const house = useReference()?.house;
  return (
    <p className="small" id="help">
      {t('rooms.help')}: {house && <PhoneLink number={house.phone} />}
    </p>
  );
}
