import type { RoomView } from '#contract';
import { Card } from '../parts/card.js';
import { SideMark } from '../parts/side-mark.js';
import { useText } from '../words.js';
import styles from './room-people.module.css';
import { useRoom } from './use-room.js';

type RoomMember = RoomView['members'][number];
const partiesFirst = (one: RoomMember, other: RoomMember) => (one.side ?? 'Z').localeCompare(other.side ?? 'Z');

/** Who is in a room, by side and name, and who is in the cabinet just now. */
export function RoomPeople({ room, selfId }: { room: RoomView; selfId: string }) {
  const t = useText('rooms');
  const { state } = useRoom(room, selfId);
  return (
    <Card title={t('rooms.people')}>
      <ul className={`plain ${styles.people}`}>
        {room.members.toSorted(partiesFirst).map(({ personId, name, side, capacity }) => (
          <li key={personId}>
            <SideMark side={capacity === 'asker' ? 'A' : (side ?? 'mediator')}>
              {capacity === 'asker'
                ? t('rooms.consultation.asker')
                : capacity === 'interpreter' || capacity === 'observer' || capacity === 'co_mediator'
                  ? t(`rooms.capacity.${capacity}`)
                  : undefined}
            </SideMark>
            <br />
            {personId === selfId ? t('rooms.self', { name }) : name}
            {personId !== selfId && state.present.includes(personId) && (
              <>
                <br />
                <span className={styles.online}>{t('rooms.online')}</span>
              </>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
