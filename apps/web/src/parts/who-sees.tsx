import { IconEye, IconEyeOff, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Icon } from './icon.js';
import styles from './who-sees.module.css';

/** One line beside what is written: who reads it, or who does not. */
export function WhoSees({ not = false, id, children }: { not?: boolean; id?: string; children: ReactNode }) {
  return (
    <SideLine icon={not ? IconEyeOff : IconEye} id={id}>
      {children}
    </SideLine>
  );
}

export function SideLine({ icon, id, children }: { icon: TablerIcon; id?: string | undefined; children: ReactNode }) {
  return (
    <p className={styles.line} id={id}>
      <Icon of={icon} />
      <span>{children}</span>
    </p>
  );
}
