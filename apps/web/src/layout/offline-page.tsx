import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Actions, Button } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { countUnsent } from '../rooms/unsent-here.js';
import { useText } from '../words.js';
import styles from './offline-page.module.css';

/** The cabinet was opened without a line: nobody can say who is signed in, so nothing of anybody is shown but that it waits. */
export function OfflinePage() {
  const t = useText('rooms');
  const cache = useQueryClient();
  const [unsent, setUnsent] = useState(0);
  const ask = () => void cache.refetchQueries({ queryKey: ['session'] });
  useEffect(() => void countUnsent().then(setUnsent, () => undefined), []);
  return (
    <div className={styles.page} aria-live="polite">
      <PageHead title={t('rooms.offline.title')} />
      <p>{t('rooms.offline.text')}</p>
      {unsent > 0 && (
        <p>
          <b>{t('rooms.offline.unsent', { count: unsent })}</b> {t('rooms.offline.kept')}
        </p>
      )}
      <Actions>
        <Button onClick={ask}>{t('common.retry')}</Button>
      </Actions>
    </div>
  );
}
