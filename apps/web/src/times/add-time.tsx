import { type FormEvent, useState } from 'react';
import type { Unavailable } from '#contract';
import { useComplaints } from '../complaints.js';
import { dayOf, plusDays } from '../meetings/calendar-days.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { unavailableFrom } from './times-from-form.js';
import styles from './times.module.css';
import { useWeekdays, weekdays } from './use-weekdays.js';

export const horizon = 92;
const hours = ['all', 'morning', 'afternoon', 'own'] as const;
const thisDay = () => dayOf(Date.now());

export function AddTime({ busy, onAdd }: { busy: boolean; onAdd: (time: Unavailable) => void }) {
  const t = useText('times');
  const weekday = useWeekdays();
  const today = thisDay();
  const [chosen, setChosen] = useState('all');
  const { complaints, attempt, note } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { faults, time } = unavailableFrom(new FormData(event.currentTarget), today);
    note(faults);
    if (time && !busy) onAdd(time);
  };
  const span = { type: 'date', min: today, max: plusDays(today, horizon), width: 'middle' } as const;
  return (
    <Card title={t('times.add')}>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} />
        <div className={styles.fields}>
          <TextField name="from" label={t('times.from')} complaint={complaints['from']} {...span} />
          <TextField name="to" label={t('times.to')} hint={t('times.to.hint')} optional complaint={complaints['to']} {...span} />
        </div>
        <fieldset>
          <legend className={styles.legend}>{t('times.weekdays')}</legend>
          <p className="small muted">{t('times.weekdays.hint')}</p>
          <div className={styles.days}>
            {weekdays.map((day) => (
              <label key={day} className={styles.day} htmlFor={`weekday-${day}`}>
                <input type="checkbox" id={`weekday-${day}`} name="weekdays" value={day} /> {weekday(day)}
              </label>
            ))}
          </div>
        </fieldset>
        <SelectField name="hours" label={t('times.hours')} width="middle" value={chosen} onChange={({ target }) => setChosen(target.value)}>
          {hours.map((one) => (
            <option key={one} value={one}>
              {t(`times.hours.${one}`)}
            </option>
          ))}
        </SelectField>
        {chosen === 'own' && (
          <div className={styles.fields}>
            <TextField name="since" type="time" label={t('times.hours.from')} width="short" complaint={complaints['since']} />
            <TextField name="until" type="time" label={t('times.hours.to')} width="short" complaint={complaints['until']} />
          </div>
        )}
        <Actions>
          <Button type="submit" busy={busy}>
            {t('times.keep')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
