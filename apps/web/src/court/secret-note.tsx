import { IconEyeOff } from '@tabler/icons-react';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './court.module.css';

/** Stands on every page of a court: states and dates, never words. */
export function SecretNote() {
  const t = useText('court');
  return (
    <p className={styles.secret}>
      <Icon of={IconEyeOff} />
      <span>{t('court.secret')}</span>
    </p>
  );
}
