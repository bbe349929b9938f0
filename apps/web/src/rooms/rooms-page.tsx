import { useLocation, useParams, useSearchParams } from 'react-router';
import type { RoomView } from '#contract';
import { useLive } from '../live/use-live.js';
import { ButtonLink } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { PhoneLink } from '../parts/help-block.js';
import { BackLink, PageHead } from '../parts/page-head.js';
import { usePageTitle } from '../parts/page-title.js';
import { Waiting } from '../parts/waiting.js';
import { useReference } from '../reference.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { RoomPanel } from './room-panel.js';
import { Beside, MeetingPresence, RoomSteps } from './room-parts.js';
import { RoomTabs } from './room-tabs.js';
import { shapeOf, useRoomName } from './room-words.js';
import styles from './rooms-page.module.css';
import { useRooms } from './use-room.js';

/** One's rooms in a case: the joint one first, the own private one second, never another. Who is asked in beside the parties has the same page. */
export function RoomsPage() {
  const t = useText('rooms');
  const isParty = useLocation().pathname.startsWith('/cases/');
  const { caseId = '' } = useParams();
  const selfId = useSession()?.person.id;
  const found = useRooms(caseId);
  useLive();

  return (
    <>
      <div className={styles.head}>
        {isParty ? <BackLink to={`/cases/${caseId}`} label={t('rooms.toCase')} /> : <BackLink to="/guest" />}
        <a href="#help">{t('rooms.help')}</a>
      </div>
      {isParty && <MeetingPresence caseId={caseId} />}
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && selfId && <OwnRooms {...{ rooms: found.data ?? [], caseId, selfId, isParty }} />}
    </>
  );
}

function NoRooms({ caseId }: { caseId: string | null }) {
  const t = useText('rooms');
  return (
    <div className={styles.none}>
      <PageHead title={t('rooms.none.title')} lead={t('rooms.none.text')} />
      {caseId && <ButtonLink to={`/cases/${caseId}`}>{t('rooms.none.act')}</ButtonLink>}
    </div>
  );
}

type Own = { rooms: RoomView[]; caseId: string; selfId: string; isParty: boolean };

function OwnRooms({ rooms, caseId, selfId, isParty }: Own) {
  const t = useText('rooms');
  const nameOf = useRoomName(selfId);
  const [search] = useSearchParams();
  const asked = search.get('room');
  const shown = rooms.find((room) => wayTo(room) === asked) ?? rooms.find(({ kind }) => kind === 'joint') ?? rooms[0];
  const heading = usePageTitle(shown ? nameOf(shown) : t('rooms.title'));
  if (!shown) return <NoRooms caseId={isParty ? caseId : null} />;

  const tabs = rooms.map((room) => ({
    room,
    shape: shapeOf(room),
    label: room.kind === 'caucus' && isParty ? t(room.isClosed ? 'rooms.tab.former' : 'rooms.tab.own') : nameOf(room),
    to: room.kind === 'joint' ? '?' : `?room=${wayTo(room)}`,
    isCurrent: room === shown,
  }));
  return (
    <>
      {tabs.length > 1 && (
        <div className={styles.tabs}>
          <RoomTabs tabs={tabs} selfId={selfId} />
        </div>
      )}
      {isParty && <RoomSteps caseId={caseId} />}
      <div className={styles.grid}>
        <div className={styles.room}>
          <RoomPanel key={shown.id} room={shown} rooms={rooms} selfId={selfId} level={1} heading={heading} />
        </div>
        <aside className={styles.side}>
          <Beside {...{ caseId, rooms, room: shown, selfId, isParty }} />
          <HelpLine />
        </aside>
      </div>
    </>
  );
}

/** The one private room has a plain address; a smaller one, and one that another mediator left behind, go by their ids. */
const wayTo = ({ kind, isClosed, id }: RoomView) => (kind === 'joint' ? null : kind === 'sub' || isClosed ? id : 'own');

function HelpLine() {
  const t = useText('rooms');
  const house = useReference()?.house;
  return (
    <p className="small" id="help">
      {t('rooms.help')}: {house && <PhoneLink number={house.phone} />}
    </p>
  );
}
