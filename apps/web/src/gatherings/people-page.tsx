import { useParams } from 'react-router';
import type { RoomView } from '#contract';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useRooms } from '../rooms/use-room.js';
import { useText } from '../words.js';
import { AskGuestForm } from './ask-guest-form.js';
import { GuestList } from './guest-list.js';
import { MeetCard } from './meet-card.js';
import { MuteCard } from './mute-card.js';
import { SmallRooms } from './small-rooms.js';

type Member = RoomView['members'][number];

/** The mediator's: who talks with whom in a case. */
export function RoomPeoplePage() {
  const t = useText('gatherings', 'rooms');
  const { caseId = '' } = useParams();
  const found = useRooms(caseId);
  const rooms = found.data ?? [];
  return (
    <>
      <PageHead
        title={t('gatherings.people.title')}
        lead={t('gatherings.people.lead')}
        back={`/mediator/cases/${caseId}`}
        backLabel={t('rooms.toCase')}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <div className="cols">
          <div className="stack">
            <GuestList caseId={caseId} />
            <AskGuestForm caseId={caseId} />
            <SmallRooms caseId={caseId} rooms={rooms} parties={partiesIn(rooms)} />
          </div>
          <div className="stack">
            <MeetCard caseId={caseId} />
            <MuteCard caseId={caseId} joint={rooms.find(({ kind, isClosed }) => kind === 'joint' && !isClosed)} />
          </div>
        </div>
      )}
    </>
  );
}

/** Every party once, whichever room she sits in. */
function partiesIn(rooms: RoomView[]): Member[] {
  const all = rooms.flatMap(({ members }) => members).filter(({ capacity }) => capacity === 'party');
  const byId = new Map(all.map((one) => [one.personId, one]));
  return [...byId.values()].toSorted((one, other) => (one.side ?? '').localeCompare(other.side ?? ''));
}
