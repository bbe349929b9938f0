import type { TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './banner.module.css';
import { Icon } from './icon.js';

/** Sun with ink: "not sent yet", "your turn", a paste warning. Nothing else is yellow. */
export function Banner({ icon, children }: { icon: TablerIcon; children: ReactNode }) {
  return (
    <p className={styles.banner}>
      <Icon of={icon} />
      <span>{children}</span>
    </p>
  );
}

/** Something good to know, in the brand's soft ground. */
export function Notice({ icon, children }: { icon: TablerIcon; children: ReactNode }) {
  return (
    <div className={styles.notice}>
      <Icon of={icon} large />
      <div>{children}</div>
    </div>
  );
}
