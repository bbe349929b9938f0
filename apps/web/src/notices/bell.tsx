import { IconBell } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLive } from '../live/use-live.js';
import { Count } from '../parts/count.js';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './bell.module.css';
import { useKeptDevice } from './use-device.js';
import { useUnreadNotices } from './use-notices.js';

/** The way to one's notices, with how many are new. It keeps the line open on which the cabinet says that something changed. */
export function Bell() {
  const t = useText('centre');
  const unread = useUnreadNotices();
  useLive();
  useKeptDevice();
  const name = unread > 0 ? t('centre.bell', { count: unread }) : t('centre.bell.none');
  return (
    <Link className={styles.bell} to="/notices" aria-label={name} title={name}>
      <Icon of={IconBell} />
      {unread > 0 && <Count>{String(unread)}</Count>}
    </Link>
  );
}
