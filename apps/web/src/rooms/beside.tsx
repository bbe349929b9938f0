import { Link } from 'react-router';
import type { RoomView } from '#contract';
import { GatheringQuestions } from '../gatherings/questions.js';
import { LeaveSmallRoom } from '../gatherings/small-rooms.js';
import { useText } from '../words.js';
import { HandoverCard } from './handover-card.js';
import { RoomPeople } from './room-people.js';
import { StopCard } from './stop-card.js';

type Props = { caseId: string; rooms: RoomView[]; room: RoomView; selfId: string; isParty: boolean };

/** What stands beside a room: what is asked of its reader, who is there, the way out. */
export function Beside({ caseId, rooms, room, selfId, isParty }: Props) {
  const t = useText('rooms');
  return (
    <>
      {isParty && <GatheringQuestions caseId={caseId} />}
      <HandoverCard room={room} />
      <RoomPeople room={room} selfId={selfId} />
      <LeaveSmallRoom room={room} selfId={selfId} />
      {isParty && (
        <p>
          <Link to={`/cases/${caseId}/said`}>{t('rooms.tools')}</Link>
        </p>
      )}
      {isParty && rooms.some(({ state }) => state !== 'read_only') && <StopCard caseId={caseId} />}
    </>
  );
}
