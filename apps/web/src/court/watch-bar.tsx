import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type CourtRow, type WatchCases, WatchedCases } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import styles from './court.module.css';

export function useWatch(onDone: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: WatchCases) => call(WatchedCases, '/court/watches', { method: 'PUT', body }),
    onSuccess: onDone,
    onSettled: () => cache.invalidateQueries({ queryKey: ['court'] }),
  });
}

/** Many cases are taken under watch, or let go, at one press. */
export function WatchBar({ rows, picked, onDone }: { rows: CourtRow[]; picked: ReadonlySet<string>; onDone: () => void }) {
  const t = useText('court');
  const watch = useWatch(onDone);
  const caseIds = rows.filter(({ id }) => picked.has(id)).map(({ id }) => id);
  const act = (watched: boolean) => caseIds.length > 0 && watch.mutate({ caseIds, watched });
  return (
    <div className={styles.bar}>
      <p aria-live="polite">{caseIds.length > 0 ? t('court.picked', { count: caseIds.length }) : t('court.watch.none')}</p>
      {caseIds.length > 0 && (
        <>
          <Button small tone="second" busy={watch.isPending} onClick={() => act(true)}>
            {t('court.watch')}
          </Button>
          <Button small tone="quiet" onClick={() => act(false)}>
            {t('court.unwatch')}
          </Button>
        </>
      )}
      {watch.isError && <Failure of={watch.error} />}
    </div>
  );
}
