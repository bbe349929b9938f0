import { IconChevronRight, type TablerIcon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useText } from '../words.js';
import { Icon } from './icon.js';
import styles from './link-rows.module.css';

export type LinkRow = { to: string; icon: TablerIcon; name: string; hint?: string };

/** Other ways, below the first one: icon, name, one line about it. */
export function LinkRows({ rows, or = true }: { rows: LinkRow[]; or?: boolean }) {
  const t = useText();
  return (
    <div className={styles.ways}>
      {or && <div className={styles.or}>{t('common.or')}</div>}
      <ul className="plain">
        {rows.map(({ to, icon, name, hint }) => (
          <li key={to}>
            <Link to={to}>
              <Icon of={icon} />
              <span>
                <b>{name}</b>
                {hint && <small>{hint}</small>}
              </span>
              <Icon of={IconChevronRight} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
