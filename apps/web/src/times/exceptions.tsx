import { type FormEvent, useState } from 'react';
import type { WorkingHours } from '#contract';
import { timeInWords } from '#language';
import { useComplaints } from '../complaints.js';
import { dayOf } from '../meetings/calendar-days.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useDates, useText } from '../words.js';
import { exceptionFrom } from './times-from-form.js';
import styles from './times.module.css';
import { useKeepWorkingHours } from './use-times.js';

type Exception = WorkingHours['exceptions'][number];
const thisDay = () => dayOf(Date.now());

/** Days that are not as the week says: absences, and hours offered besides. Kept after every press. */
export function Exceptions({ hours }: { hours: WorkingHours }) {
  const t = useText('times');
  const keep = useKeepWorkingHours();
  const change = (exceptions: Exception[]) => keep.mutate({ ...hours, exceptions });
  return (
    <Card title={t('times.work.away')} live>
      {hours.exceptions.length === 0 && <p>{t('times.work.away.none')}</p>}
      <ul className="plain">
        {hours.exceptions.map((one) => (
          <Marked
            key={`${one.from} ${one.to}`}
            exception={one}
            busy={keep.isPending}
            onRemove={() => change(hours.exceptions.filter((other) => other !== one))}
          />
        ))}
      </ul>
      {keep.error && <Failure of={keep.error} />}
      <Add key={hours.exceptions.length} busy={keep.isPending} onAdd={(one) => change([...hours.exceptions, one])} />
    </Card>
  );
}

function Marked({ exception: { from, to, open }, busy, onRemove }: { exception: Exception; busy: boolean; onRemove: () => void }) {
  const t = useText('times');
  const dates = useDates();
  const last = new Date(Date.parse(to) - 1);
  const days = dayOf(from) === dayOf(last.getTime()) ? dates.dayAndMonth(from) : `${dates.dayAndMonth(from)} – ${dates.dayAndMonth(last)}`;
  const what = `${days}${open ? `, ${timeInWords(from)}–${timeInWords(to)}` : ''}: ${t(open ? 'times.work.away.open' : 'times.work.away.off')}`;
  return (
    <li className={styles.marked}>
      <span>{what}</span>
      <Button small tone="quiet" busy={busy} onClick={onRemove} aria-label={t('times.remove', { what })}>
        {t('common.remove')}
      </Button>
    </li>
  );
}

function Add({ busy, onAdd }: { busy: boolean; onAdd: (exception: Exception) => void }) {
  const t = useText('times');
  const [kind, setKind] = useState('off');
  const { complaints, attempt, note } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { faults, exception } = exceptionFrom(new FormData(event.currentTarget), thisDay());
    note(faults);
    if (exception && !busy) onAdd(exception);
  };
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <SelectField
        name="kind"
        label={t('times.work.away.kind')}
        width="middle"
        value={kind}
        onChange={({ target }) => setKind(target.value)}
      >
        <option value="off">{t('times.work.away.off')}</option>
        <option value="open">{t('times.work.away.open')}</option>
      </SelectField>
      <div className={styles.fields}>
        <TextField
          name="from"
          type="date"
          width="middle"
          label={t(kind === 'off' ? 'times.from' : 'common.date')}
          complaint={complaints['from']}
        />
        {kind === 'off' ? (
          <TextField name="to" type="date" width="middle" optional label={t('times.to')} complaint={complaints['to']} />
        ) : (
          <>
            <TextField name="since" type="time" width="short" label={t('times.hours.from')} complaint={complaints['since']} />
            <TextField name="until" type="time" width="short" label={t('times.hours.to')} complaint={complaints['until']} />
          </>
        )}
      </div>
      <Actions>
        <Button type="submit" tone="second" busy={busy}>
          {t('times.keep')}
        </Button>
      </Actions>
    </form>
  );
}
