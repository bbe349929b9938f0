import type { FormEvent } from 'react';
import { type AvailabilityView, houseZone } from '#contract';
import { timeInWords } from '#language';
import { useComplaints } from '../complaints.js';
import { dayOf, plusDays } from '../meetings/calendar-days.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { TextField } from '../parts/text-field.js';
import { Hours } from '../schedule/hours.js';
import { useDates, useText } from '../words.js';
import { horizon } from './add-time.js';
import { pickFrom } from './times-from-form.js';
import styles from './times.module.css';

const thisDay = () => dayOf(Date.now());
type Pick = AvailabilityView['picks'][number];
type Props = { zone: string; picks: Pick[]; busy: boolean; onKeep: (picks: Pick[]) => void };

/** The other way round: the only hours at which somebody can. While there are any, no other hour is proposed. */
export function Picks({ zone, picks, busy, onKeep }: Props) {
  const t = useText('times');
  const dates = useDates();
  return (
    <Card title={t('times.picks')} live>
      <p>{t('times.picks.text')}</p>
      <ul className="plain">
        {picks.map((pick) => {
          const day = dates.dayAndMonth(pick.from);
          return (
            <li key={pick.from + pick.to} className={styles.marked}>
              <span>
                <Hours {...pick} mode={day} />
              </span>
              <Button
                small
                tone="quiet"
                busy={busy}
                onClick={() => onKeep(picks.filter((one) => one !== pick))}
                aria-label={t('times.remove', { what: `${day}, ${timeInWords(pick.from)}` })}
              >
                {t('common.remove')}
              </Button>
            </li>
          );
        })}
      </ul>
      {picks.length > 0 && <p>{t('times.picks.only')}</p>}
      <Add
        key={picks.length}
        {...{ zone, busy }}
        onAdd={(pick) => onKeep([...picks, pick].toSorted((a, b) => (a.from < b.from ? -1 : 1)))}
      />
    </Card>
  );
}

function Add({ zone, busy, onAdd }: { zone: string; busy: boolean; onAdd: (pick: Pick) => void }) {
  const t = useText('times');
  const { complaints, attempt, note } = useComplaints();
  const today = thisDay();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { faults, pick } = pickFrom(new FormData(event.currentTarget), zone, Date.now());
    note(faults);
    if (pick && !busy) onAdd(pick);
  };
  const named = (name: string) => ({ name, complaint: complaints[name] });
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <div className={styles.fields}>
        <TextField
          {...named('pick-day')}
          type="date"
          label={t('times.picks.day')}
          min={today}
          max={plusDays(today, horizon)}
          width="middle"
        />
        <TextField {...named('pick-since')} type="time" label={t('times.hours.from')} width="short" />
        <TextField {...named('pick-until')} type="time" label={t('times.hours.to')} width="short" />
      </div>
      <p className="small muted">
        {t('times.picks.clock', { zone: zone === houseZone ? t('times.zone.house') : zone.replaceAll('_', ' ') })}
      </p>
      <Actions>
        <Button type="submit" tone="second" busy={busy}>
          {t('times.picks.keep')}
        </Button>
      </Actions>
    </form>
  );
}
