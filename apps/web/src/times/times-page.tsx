import { useRef } from 'react';
import type { Availability, AvailabilityView, Unavailable } from '#contract';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';
import { AddTime } from './add-time.js';
import { NeedsForm } from './needs-form.js';
import { Picks } from './picks.js';
import styles from './times.module.css';
import { useWeekdays } from './use-weekdays.js';
import { useKeepTimes, useTimes } from './use-times.js';

/** When a party can't: kept after every press, so that an old phone loses nothing. */
export function TimesPage() {
  const t = useText('times', 'meetings');
  const found = useTimes();
  return (
    <>
      <PageHead title={t('times.title')} lead={t('times.lead')} back="/meetings" backLabel={t('meetings.title')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && <Times said={found.data} />}
    </>
  );
}

/** What has passed is kept no longer. */
const isToCome = ({ from }: AvailabilityView['picks'][number]) => Date.parse(from) > Date.now();

function Times({ said }: { said: AvailabilityView }) {
  const t = useText('times');
  const keep = useKeepTimes();
  const list = useRef<HTMLDivElement>(null);
  const { zone, unavailable, picks, needs } = said;
  const coming = picks.filter(isToCome);
  const change = (changes: Partial<Availability>) =>
    keep.mutate({ zone, unavailable, picks: coming, needs, ...changes }, { onSuccess: () => list.current?.focus() });
  return (
    <div className="stack">
      <div ref={list} tabIndex={-1}>
        <Card title={t('times.list')} live>
          {unavailable.length === 0 && <p>{t('times.list.none')}</p>}
          <ul className="plain">
            {unavailable.map((time) => (
              <Marked
                key={JSON.stringify(time)}
                time={time}
                busy={keep.isPending}
                onRemove={() => change({ unavailable: unavailable.filter((one) => one !== time) })}
              />
            ))}
          </ul>
          {keep.isSuccess && <output>{t('times.kept')}</output>}
          <WhoSees not>{t('times.sees')}</WhoSees>
        </Card>
      </div>
      {keep.error && <Failure of={keep.error} />}
      <AddTime key={unavailable.length} busy={keep.isPending} onAdd={(time) => change({ unavailable: [...unavailable, time] })} />
      <Picks {...{ zone, busy: keep.isPending }} picks={coming} onKeep={(only) => change({ picks: only })} />
      <NeedsForm {...{ zone, needs }} busy={keep.isPending} onKeep={change} />
    </div>
  );
}

function Marked({ time, busy, onRemove }: { time: Unavailable; busy: boolean; onRemove: () => void }) {
  const t = useText('times');
  const dates = useDates();
  const weekday = useWeekdays();
  const { from, to, weekdays, times } = time;
  const days = t(from === to ? 'times.days.one' : 'times.days.more', { from: dates.dayAndMonth(from), to: dates.dayAndMonth(to) });
  const which = from === to ? '' : weekdays.length > 0 ? weekdays.map((day) => weekday(day)).join(', ') : t('times.everyDay');
  const what = [days, which, times ? `${times.from}–${times.to}` : t('times.allDay')].filter(Boolean).join('; ');
  return (
    <li className={styles.marked}>
      <span>{what}</span>
      <Button small tone="quiet" busy={busy} onClick={onRemove} aria-label={t('times.remove', { what })}>
        {t('common.remove')}
      </Button>
    </li>
  );
}
