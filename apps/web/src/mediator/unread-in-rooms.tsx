import { Count } from '../parts/count.js';
import { useRooms } from '../rooms/use-room.js';
import { useText } from '../words.js';

/** How many messages wait in the rooms of a case; nothing where there are no rooms yet. */
export function UnreadInRooms({ caseId }: { caseId: string }) {
  const t = useText('mediator');
  const unread = (useRooms(caseId).data ?? []).reduce((sum, room) => sum + room.unread, 0);
  return unread > 0 ? <Count>{t('mediator.unread', { count: unread })}</Count> : null;
}
