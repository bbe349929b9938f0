import { IconAlertTriangle, IconEye } from '@tabler/icons-react';
import type { CourtTrouble } from '#contract';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import styles from './court.module.css';

/** What is out of order with a case, in words; and that somebody keeps an eye on it. */
export function Troubles({ troubles, watched }: { troubles: CourtTrouble[]; watched: boolean }) {
  const t = useText('court');
  if (troubles.length === 0 && !watched) return null;
  return (
    <ul className={styles.troubles}>
      {troubles.map((trouble) => (
        <li key={trouble}>
          <Icon of={IconAlertTriangle} /> <b>{t(`court.trouble.${trouble}`)}</b>
        </li>
      ))}
      {watched && (
        <li>
          <Icon of={IconEye} /> {t('court.watched')}
        </li>
      )}
    </ul>
  );
}
