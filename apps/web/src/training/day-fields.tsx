import type { TrainingView } from '#contract';
import type { Complaints } from '../complaints.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** When a training is held: so many days in a row at the same hours, and until when one may ask for a seat. */
export function DayFields({ complaints, kept }: { complaints: Complaints; kept?: TrainingView }) {
  const t = useText('training');
  const [first] = kept?.days ?? [];
  const [from, to] = [first && atHouse(first.from), first && atHouse(first.to)];
  return (
    <>
      <TextField
        name="first"
        type="date"
        label={t('training.desk.first')}
        width="short"
        defaultValue={from?.day}
        complaint={complaints['first']}
      />
      <TextField
        name="count"
        type="number"
        min={1}
        max={20}
        defaultValue={kept?.days.length ?? 1}
        label={t('training.desk.days')}
        width="short"
      />
      <TextField name="from" type="time" defaultValue={from?.time ?? '09:00'} label={t('training.desk.from')} width="short" />
      <TextField name="to" type="time" defaultValue={to?.time ?? '17:00'} label={t('training.desk.to')} width="short" />
      <TextField
        name="enrolUntil"
        type="date"
        label={t('training.desk.enrolUntil')}
        width="short"
        defaultValue={kept && atHouse(kept.enrolUntil).day}
        complaint={complaints['enrolUntil']}
      />
    </>
  );
}

/** The House's own day and hour (UTC+5). */
function atHouse(moment: string) {
  const local = new Date(Date.parse(moment) + 5 * 3_600_000).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}
