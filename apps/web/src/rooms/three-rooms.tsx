import { useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router';
import type { RoomView } from '#contract';
import { classes } from '../parts/classes.js';
import type { RoomShape } from '../parts/room-frame.js';
import { useText } from '../words.js';
import { RoomPanel } from './room-panel.js';
import { shapeOf, useRoomName } from './room-words.js';
import { RoomTabs } from './room-tabs.js';
import { Shortcuts } from './shortcuts.js';
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

/** One of the three goes by its shape, a smaller room by its id. */
const wayTo = (room: RoomView) => (room.kind === 'sub' ? room.id : shapeOf(room));

/** A mediator's rooms: first party left, joint in the middle, second party right, never in another order; on a narrow screen in tabs. */
export function ThreeRooms({ rooms, selfId }: { rooms: RoomView[]; selfId: string }) {
  const t = useText('rooms');
  const [search] = useSearchParams();
  const isNarrow = useIsNarrow();
  const [lookedAt, setLookedAt] = useState<string | null>(null);
  const nameOf = useRoomName(selfId);
  const three = rooms
    .filter(({ kind, isClosed }) => kind === 'joint' || (kind !== 'sub' && !isClosed))
    .toSorted((one, other) => order.indexOf(shapeOf(one)) - order.indexOf(shapeOf(other)));
  const small = rooms.filter(({ kind, isClosed }) => kind === 'sub' && !isClosed);
  const shown = [...three, ...small];
  const asked = search.get('room');
  const current = shown.find((room) => wayTo(room) === asked) ?? shown.find(({ kind }) => kind === 'joint') ?? shown[0];

  const tabs = shown.map((room) => ({
    room,
    shape: shapeOf(room),
    label: room.kind === 'sub' ? nameOf(room) : t(`rooms.tab.${shapeOf(room)}`),
    to: `?room=${wayTo(room)}`,
    isCurrent: room === current,
  }));
  return (
    <Shortcuts>
      <RoomTabs tabs={tabs} selfId={selfId} onlyNarrow />
      {[three, small].map((row, at) => (
        <div key={at === 0 ? 'three' : 'small'} className={classes(styles.three, at > 0 && styles.small)}>
          {row.map((room) => (
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
      ))}
    </Shortcuts>
  );
}
