import { Count } from '../parts/count.js';
import { useRoomName } from '../rooms/room-words.js';
import { useRooms } from '../rooms/use-room.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';

/** How many messages wait in each room of a case; nothing where there are no rooms yet. */
export function UnreadInRooms({ caseId }: { caseId: string }) {
  const t = useText();
  const nameOf = useRoomName(useSession()?.person.id ?? '');
  const waiting = (useRooms(caseId).data ?? []).filter(({ unread }) => unread > 0);
  return waiting.map((room) => (
    <p key={room.id} className="small">
      {nameOf(room)} <Count>{t('parts.room.unread', { count: room.unread })}</Count>
    </p>
  ));
}
