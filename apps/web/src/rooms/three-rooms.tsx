import { useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router';
import type { RoomView } from '#contract';
import { classes } from '../parts/classes.js';
import type { RoomShape } from '../parts/room-frame.js';
import { useText } from '../words.js';
import { RoomPanel } from './room-panel.js';
import { RoomTabs } from './room-tabs.js';
import styles from './three-rooms.module.css';

const order: RoomShape[] = ['A', 'joint', 'B'];
const narrow = matchMedia('(max-width: 59.99rem)');
const useIsNarrow = () =>
  useSyncExternalStore(
    (changed) => {
      narrow.addEventListener('change', changed);
      return () => narrow.removeEventListener('change', changed);
    },
    () => narrow.matches,
  );
const shapeOf = ({ kind, side }: RoomView): RoomShape => (kind === 'joint' ? 'joint' : (side ?? 'A'));

/** A mediator's rooms: first party left, joint in the middle, second party right, never in another order; on a narrow screen in tabs. */
export function ThreeRooms({ rooms, selfId }: { rooms: RoomView[]; selfId: string }) {
  const t = useText('rooms');
  const [search] = useSearchParams();
  const isNarrow = useIsNarrow();
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const shown = rooms
    .filter(({ kind, isClosed }) => kind === 'joint' || !isClosed)
    .toSorted((one, other) => order.indexOf(shapeOf(one)) - order.indexOf(shapeOf(other)));
  const asked = search.get('room');
  const current = shown.find((room) => shapeOf(room) === asked) ?? shown.find(({ kind }) => kind === 'joint') ?? shown[0];

  const tabs = shown.map((room) => ({
    room,
    shape: shapeOf(room),
    label: t(`rooms.tab.${shapeOf(room)}`),
    to: `?room=${shapeOf(room)}`,
    isCurrent: room === current,
  }));
  return (
    <>
      <RoomTabs tabs={tabs} selfId={selfId} onlyNarrow />
      <div className={styles.three}>
        {shown.map((room) => (
          <div
            key={room.id}
            className={classes(styles.one, room === current && styles.current)}
            onFocusCapture={() => setLookedAt(room.id)}
            onPointerDownCapture={() => setLookedAt(room.id)}
          >
            <RoomPanel room={room} rooms={shown} selfId={selfId} isLookedAt={isNarrow ? room === current : lookedAt === room.id} />
          </div>
        ))}
      </div>
    </>
  );
}
