import { Link } from 'react-router';
import { type CaseView, liveStates, type RoomView } from '#contract';
import { Count } from '../parts/count.js';
import { RoomDoor } from '../parts/room-frame.js';
import { SideMark } from '../parts/side-mark.js';
import { useText } from '../words.js';
import { shapeOf } from '../rooms/room-words.js';
import { useRoomDoors } from './cases.js';

const before: readonly string[] = ['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'];

/** The ways into the rooms: the joint one first, the own private one second. */
export function CaseRooms({ found: { id, state, contractAt } }: { found: CaseView }) {
  const t = useText('case');
  const rooms = useRoomDoors(id, contractAt !== null).data ?? [];
  const isSoon = before.includes(state);
  if (rooms.length === 0 && !isSoon) return null;
  return (
    <>
      <h2>{t('case.rooms')}</h2>
      {rooms.length === 0 && <p className="muted">{t('case.rooms.none')}</p>}
      <ul className="plain">
        {rooms
          .toSorted((one, other) => Number(other.kind === 'joint') - Number(one.kind === 'joint'))
          .map((room) => (
            <Door key={room.id} room={room} isLive={(liveStates as readonly string[]).includes(state)} />
          ))}
      </ul>
    </>
  );
}

function Door({ room, isLive }: { room: RoomView; isLive: boolean }) {
  const t = useText('case');
  const { id, caseId, kind, unread, state, isClosed } = room;
  const shape = shapeOf(room);
  const way = kind === 'joint' ? '' : `?room=${kind === 'sub' || isClosed ? id : 'own'}`;
  return (
    <RoomDoor shape={shape}>
      <Link to={`/cases/${caseId}/rooms${way}`}>
        <SideMark side={shape === 'joint' ? 'mediator' : shape}>
          {t(kind === 'joint' ? 'parts.room.joint' : kind === 'sub' ? 'case.rooms.sub' : 'parts.room.caucus.own')}
        </SideMark>
        {unread > 0 ? <Count>{t('parts.room.unread', { count: unread })}</Count> : <span />}
        <span>
          {t('case.rooms.sees', {
            who: t(
              kind === 'joint' ? 'parts.room.joint.audience' : kind === 'sub' ? 'case.rooms.sub.audience' : 'parts.room.caucus.audience',
            ),
          })}
          {(!isLive || state === 'read_only') && ` ${t('case.rooms.readOnly')}`}
        </span>
      </Link>
    </RoomDoor>
  );
}
