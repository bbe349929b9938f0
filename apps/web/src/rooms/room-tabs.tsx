import { Link } from 'react-router';
import type { RoomView } from '#contract';
import { classes } from '../parts/classes.js';
import { Count } from '../parts/count.js';
import type { RoomShape } from '../parts/room-frame.js';
import { useText } from '../words.js';
import styles from './room-tabs.module.css';
import { useRoom } from './use-room.js';

type Tab = { room: RoomView; shape: RoomShape; label: string; to: string; isCurrent: boolean };

/** One's rooms, each in its shape; a room in another tab says how many new messages wait there. */
export function RoomTabs({ tabs, selfId, onlyNarrow = false }: { tabs: Tab[]; selfId: string; onlyNarrow?: boolean }) {
  const t = useText('rooms');
  return (
    <nav aria-label={t('rooms.title')} className={classes(styles.nav, onlyNarrow && styles.narrow)}>
      <ul className={styles.tabs}>
        {tabs.map((tab) => (
          <li key={tab.room.id}>
            <RoomTab {...tab} selfId={selfId} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function RoomTab({ room, shape, label, to, isCurrent, selfId }: Tab & { selfId: string }) {
  const t = useText('rooms');
  const { unread } = useRoom(room, selfId);
  return (
    <Link className={classes(styles.tab, styles[shape])} to={to} replace aria-current={isCurrent ? 'page' : undefined}>
      {shape !== 'joint' && <span className={styles.mark} aria-hidden />}
      <span>{label}</span>
      {unread > 0 && !isCurrent && (
        <>
          <span className={styles.count} aria-hidden>
            <Count>{String(unread)}</Count>
          </span>
          <span className="vh">{t('parts.room.unread', { count: unread })}</span>
        </>
      )}
    </Link>
  );
}
