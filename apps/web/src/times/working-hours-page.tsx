import { type FormEvent } from 'react';
import { meetingModes, type WorkingHours } from '#contract';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCards } from '../parts/option-cards.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { Exceptions } from './exceptions.js';
import { OutsideCalendar } from './outside-calendar.js';
import { weekFrom } from './times-from-form.js';
import styles from './times.module.css';
import { useKeepWorkingHours, useWorkingHours } from './use-times.js';
import { useWeekdays, weekdays } from './use-weekdays.js';

const buffers = [0, 10, 15, 20, 30, 45, 60, 90, 120];
const mostADay = 24;

/** A mediator's week, modes, pauses and limit; then the days that are not as the week says. */
export function WorkingHoursPage() {
  const t = useText('times', 'meetings');
  const found = useWorkingHours();
  return (
    <>
      <PageHead title={t('times.work.title')} lead={t('times.work.lead')} back="/meetings" backLabel={t('meetings.title')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <div className="stack">
          <WeekForm hours={found.data} />
          <Exceptions hours={found.data} />
          <OutsideCalendar />
        </div>
      )}
    </>
  );
}

function WeekForm({ hours }: { hours: WorkingHours }) {
  const t = useText('times', 'calendar');
  const keep = useKeepWorkingHours();
  const { complaints, attempt, note } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const { faults, weekly } = weekFrom(form);
    const modes = form.getAll('modes') as WorkingHours['modes'];
    const dailyLimit = Number(form.get('dailyLimit'));
    if (modes.length === 0) faults['modes'] = 'choose';
    if (!(Number.isInteger(dailyLimit) && dailyLimit >= 1 && dailyLimit <= mostADay)) faults['dailyLimit'] = 'number';
    note(faults);
    if (Object.keys(faults).length === 0 && !keep.isPending)
      keep.mutate({ ...hours, weekly, modes, dailyLimit, bufferMinutes: Number(form.get('bufferMinutes')) });
  };
  return (
    <form noValidate onSubmit={submit}>
      <h2>{t('times.work.week')}</h2>
      <p className="small muted">{t('times.work.day.hint')}</p>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      {weekdays.map((day) => (
        <DayFields key={day} day={day} weekly={hours.weekly} complaints={complaints} />
      ))}
      <CheckCards
        name="modes"
        legend={t('times.work.modes')}
        options={meetingModes.map((mode) => ({ value: mode, label: t(`calendar.mode.${mode}`) }))}
        chosen={hours.modes}
        complaint={complaints['modes']}
      />
      <div className={styles.fields}>
        <SelectField name="bufferMinutes" label={t('times.work.buffer')} width="short" defaultValue={hours.bufferMinutes}>
          {[...new Set([...buffers, hours.bufferMinutes])]
            .toSorted((a, b) => a - b)
            .map((minutes) => (
              <option key={minutes}>{minutes}</option>
            ))}
        </SelectField>
        <TextField
          name="dailyLimit"
          label={t('times.work.limit')}
          inputMode="numeric"
          width="short"
          defaultValue={hours.dailyLimit}
          complaint={complaints['dailyLimit']}
        />
      </div>
      {keep.error && <Failure of={keep.error} />}
      {keep.isSuccess && <output>{t('times.work.saved')}</output>}
      <Actions>
        <Button type="submit" busy={keep.isPending}>
          {t('times.save')}
        </Button>
      </Actions>
    </form>
  );
}

type DayProps = { day: number; weekly: WorkingHours['weekly']; complaints: Record<string, string> };

/** Two spans a day: before the break and after it. */
function DayFields({ day, weekly, complaints }: DayProps) {
  const t = useText('times');
  const name = useWeekdays()(day);
  const lines = weekly.filter((line) => line.day === day).toSorted((a, b) => a.from.localeCompare(b.from));
  return (
    <fieldset className={styles.weekday}>
      <legend>{name}</legend>
      {[0, 1].map((half) => (
        <div key={half} className={styles.halves}>
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              name={`${end}-${day}-${half}`}
              type="time"
              width="short"
              label={
                <>
                  <span className="vh">{half === 1 ? `${name}, ${t('times.work.second')}: ` : `${name}: `}</span>
                  {t(`times.work.day.${end}`)}
                </>
              }
              defaultValue={lines[half]?.[end] ?? ''}
              complaint={complaints[`${end}-${day}-${half}`]}
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}
