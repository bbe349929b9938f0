import { type FormEvent, useState } from 'react';
import { v7 as newId } from 'uuid';
import { meetingModes, type ProposeMeeting } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { proposalFrom } from './proposal-from-form.js';
import styles from './schedule.module.css';
import { SlotFields } from './slot-fields.js';

type Props = { caseId: string; level: 2 | 3; onDone: () => void };
const most = 3;

/** One to three hours by day, beginning and length, by Oskemen's clock. */
export function ProposeHours({ caseId, level, onDone }: Props) {
  const t = useText('calendar');
  const Heading = `h${level}` as const;
  const [id] = useState(() => newId());
  const [slots, setSlots] = useState([0]);
  const { complaints, attempt, note } = useComplaints();
  const propose = useCaseChange<ProposeMeeting>(caseId, (body) => ({ path: `/cases/${caseId}/proposals`, method: 'POST', body }), onDone);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { proposal, faults } = proposalFrom(new FormData(event.currentTarget), id, slots);
    note(faults);
    if (proposal && !propose.isPending) propose.mutate(proposal);
  };

  return (
    <form noValidate onSubmit={submit}>
      <Heading>{t('calendar.propose')}</Heading>
      <p>{t('calendar.propose.text')}</p>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      {slots.map((slot, at) => (
        <SlotFields
          key={slot}
          slot={slot}
          legend={t('calendar.propose.slot', { n: at + 1 })}
          complaints={complaints}
          {...(slots.length > 1 && {
            removeLabel: t('calendar.propose.remove', { n: at + 1 }),
            onRemove: () => setSlots(slots.filter((one) => one !== slot)),
          })}
        />
      ))}
      {slots.length < most && (
        <p className={styles.add}>
          <Button small tone="second" onClick={() => setSlots([...slots, Math.max(...slots) + 1])}>
            {t('calendar.propose.add')}
          </Button>
        </p>
      )}
      <SelectField name="mode" label={t('calendar.mode')} width="middle">
        {meetingModes.map((mode) => (
          <option key={mode} value={mode}>
            {t(`calendar.mode.${mode}`)}
          </option>
        ))}
      </SelectField>
      {propose.error && <Failure of={propose.error} />}
      <Actions>
        <Button type="submit" busy={propose.isPending}>
          {t('calendar.propose.send')}
        </Button>
        <Button tone="quiet" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </Actions>
    </form>
  );
}
