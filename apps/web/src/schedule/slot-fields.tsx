import type { Complaints } from '../complaints.js';
import { Button } from '../parts/button.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { lengths } from './proposal-from-form.js';
import styles from './schedule.module.css';

type Props = { slot: number; legend: string; complaints: Complaints; removeLabel?: string; onRemove?: () => void };

const today = () => new Date(Date.now() + 5 * 3_600_000).toISOString().slice(0, 10);

/** Day, beginning, length: the browser's own fields, which every phone and reader knows. */
export function SlotFields({ slot, legend, complaints, removeLabel, onRemove }: Props) {
  const t = useText('calendar');
  return (
    <fieldset className={styles.fields}>
      <legend>{legend}</legend>
      <TextField
        name={`date-${slot}`}
        type="date"
        min={today()}
        label={t('calendar.propose.date')}
        complaint={complaints[`date-${slot}`]}
        width="short"
      />
      <TextField
        name={`time-${slot}`}
        type="time"
        step={900}
        label={t('calendar.propose.from')}
        complaint={complaints[`time-${slot}`]}
        width="short"
      />
      <SelectField name={`length-${slot}`} label={t('calendar.propose.length')} defaultValue="90" width="short">
        {lengths.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t(`calendar.length.${minutes}`)}
          </option>
        ))}
      </SelectField>
      {onRemove && (
        <Button small tone="quiet" onClick={onRemove}>
          {removeLabel}
        </Button>
      )}
    </fieldset>
  );
}
