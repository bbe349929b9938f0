import { type FormEvent, useState } from 'react';
import { MoveTraining, type TrainingView } from '#contract';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { DayFields } from './day-fields.js';
import { daysFromForm } from './plan-from-form.js';

type Props = { of: TrainingView; busy: boolean; onMove: (asked: MoveTraining, onError: (error: unknown) => void) => void };

/** Other days or another place, told to everybody enrolled. */
export function MoveForm({ of, busy, onMove }: Props) {
  const t = useText('training');
  const [isOpen, setOpen] = useState(false);
  const { complaints, attempt, check, take } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = check(MoveTraining, { ...daysFromForm(new FormData(event.currentTarget)), changes: of.changes });
    if (read && !busy) onMove(read, (error) => void take(error));
  };
  const shown: Record<string, string> = { ...complaints, ...(complaints['days'] ? { first: complaints['days'] } : {}) };
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('training.desk.change')}</summary>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={shown} attempt={attempt} />
        <p>{t('training.desk.change.text')}</p>
        <TextField name="place" label={t('training.desk.place')} maxLength={200} defaultValue={of.place} complaint={shown['place']} />
        <DayFields complaints={shown} kept={of} />
        <Actions>
          <Button type="submit" tone="second" busy={busy}>
            {t('training.desk.change.save')}
          </Button>
        </Actions>
      </form>
    </details>
  );
}
