import { type FormEvent, useState } from 'react';
import type { MeetingDay, RecordAttendance } from '#contract';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { attendanceFrom } from './attendance-from-form.js';
import styles from './meeting.module.css';
import { useMeetingAct } from './use-meeting.js';

/** What the page counted, to be mended; for a meeting by telephone or in person there is nothing but this. */
export function AttendanceForm({ day }: { day: MeetingDay }) {
  const t = useText('meetings');
  const isOver = day.state === 'held' || day.state === 'missed';
  const [isOpen, setOpen] = useState(!isOver && (day.mode === 'phone' || day.mode === 'in_person'));
  const [held, setHeld] = useState(day.state === 'missed' ? 'no' : 'yes');
  const { complaints, attempt, note } = useComplaints();
  const record = useMeetingAct<RecordAttendance>(day.id, (body) => ({ path: 'attendance', body }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { attendance, faults } = attendanceFrom(new FormData(event.currentTarget), day.people);
    note(faults);
    if (attendance && !record.isPending) record.mutate(attendance);
  };
  if (!isOpen)
    return (
      <div>
        <Button tone="quiet" onClick={() => setOpen(true)}>
          {t(isOver ? 'meetings.record.mend' : 'meetings.record')}
        </Button>
      </div>
    );
  return (
    <Card title={t(isOver ? 'meetings.record.mend' : 'meetings.record')}>
      <p className="small">{t('meetings.record.text')}</p>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} />
        <RadioCards
          name="held"
          legend={t('meetings.record.held')}
          options={[
            { value: 'yes', label: t('meetings.record.yes') },
            { value: 'no', label: t('meetings.record.no'), hint: t('meetings.record.no.hint') },
          ]}
          chosen={held}
          onChange={({ target }) => setHeld(target.value)}
        />
        {day.people.map(({ personId, name, isViewer, attended, minutes }) => (
          <fieldset key={personId} className={styles.attendee}>
            <legend>{isViewer ? t('parts.side.you') : name}</legend>
            <SelectField
              name={`was-${personId}`}
              label={t('meetings.record.was')}
              width="middle"
              defaultValue={attended === false ? 'no' : 'yes'}
            >
              <option value="yes">{t('meetings.was')}</option>
              <option value="no">{t('meetings.wasNot')}</option>
            </SelectField>
            {held === 'yes' && (
              <TextField
                name={`minutes-${personId}`}
                label={t('meetings.record.minutes')}
                optional
                width="short"
                inputMode="numeric"
                defaultValue={minutes ?? ''}
                complaint={complaints[`minutes-${personId}`]}
              />
            )}
          </fieldset>
        ))}
        {record.error && <Failure of={record.error} />}
        {record.isSuccess && <output>{t('meetings.record.kept')}</output>}
        <Actions>
          <Button type="submit" tone={isOver ? 'second' : 'primary'} busy={record.isPending}>
            {t('meetings.record.save')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
