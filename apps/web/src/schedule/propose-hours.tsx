import { type FormEvent, useState } from 'react';
import { v7 as newId } from 'uuid';
import { meetingModes, moveGrounds, type ProposeMeeting } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { type About, lengths, proposalFrom } from './proposal-from-form.js';
import styles from './schedule.module.css';
import { SlotFields } from './slot-fields.js';
import { WhatBinds } from './what-binds.js';

type Props = { caseId: string; level: 2 | 3; about?: About; onDone: () => void };
const most = 3;
const oftenest = [1, 2, 3, 4, 6, 8] as const;

/** Hours that the cabinet finds, or one to three by hand, by Oskemen's clock; anew, instead of others, or for a meeting that moves. */
export function ProposeHours({ caseId, level, about = {}, onDone }: Props) {
  const t = useText('calendar');
  const Heading = `h${level}` as const;
  const [id] = useState(() => newId());
  const [by, setBy] = useState('find');
  const { complaints, attempt, note, take } = useComplaints();
  const propose = useCaseChange<ProposeMeeting>(caseId, (body) => ({ path: `/cases/${caseId}/proposals`, method: 'POST', body }), onDone);
  const [slots, setSlots] = useState([0]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { proposal, faults } = proposalFrom(new FormData(event.currentTarget), id, slots, Date.now(), about);
    note(faults);
    if (proposal && !propose.isPending) propose.mutate(proposal, { onError: take });
  };

  return (
    <form noValidate onSubmit={submit}>
      <Heading>{t(about.moves ? 'calendar.move.title' : about.counters ? 'calendar.counter' : 'calendar.propose')}</Heading>
      {about.moves && <p>{t('calendar.move.text')}</p>}
      <ErrorSummary complaints={complaints} attempt={attempt} />
      {about.moves && (
        <SelectField name="ground" label={t('calendar.ground')} hint={t('calendar.ground.hint')} width="middle">
          {moveGrounds.map((ground) => (
            <option key={ground} value={ground}>
              {t(`calendar.ground.${ground}`)}
            </option>
          ))}
        </SelectField>
      )}
      <RadioCards
        name="by"
        legend={t('calendar.by')}
        options={[
          { value: 'find', label: t('calendar.by.find'), hint: t('calendar.by.find.hint') },
          { value: 'hand', label: t('calendar.by.hand'), hint: t('calendar.propose.text') },
        ]}
        chosen={by}
        onChange={({ target }) => setBy(target.value)}
      />
      {by === 'find' ? <LengthField /> : <Slots {...{ slots, setSlots, complaints }} />}
      <HowFields withWeeks={!about.moves} />
      {propose.error && Object.keys(complaints).length === 0 && (
        <WhatBinds caseId={caseId} of={propose.error} {...(propose.variables?.minutes ? { asked: propose.variables } : {})} />
      )}
      <Actions>
        <Button type="submit" busy={propose.isPending}>
          {t(by === 'find' ? 'calendar.find.send' : 'calendar.propose.send')}
        </Button>
        <Button tone="quiet" onClick={onDone}>
          {t('common.cancel')}
        </Button>
      </Actions>
    </form>
  );
}

function LengthField() {
  const t = useText('calendar');
  return (
    <SelectField name="minutes" label={t('calendar.propose.length')} width="middle" defaultValue={60}>
      {lengths.map((length) => (
        <option key={length} value={length}>
          {t(`calendar.length.${length}`)}
        </option>
      ))}
    </SelectField>
  );
}

function HowFields({ withWeeks }: { withWeeks: boolean }) {
  const t = useText('calendar');
  return (
    <>
      <SelectField name="mode" label={t('calendar.mode')} width="middle">
        {meetingModes.map((mode) => (
          <option key={mode} value={mode}>
            {t(`calendar.mode.${mode}`)}
          </option>
        ))}
      </SelectField>
      {withWeeks && (
        <SelectField name="weeks" label={t('calendar.weeks')} width="middle">
          {oftenest.map((n) => (
            <option key={n} value={n}>
              {n === 1 ? t('calendar.weeks.1') : t('calendar.weeks.many', { n })}
            </option>
          ))}
        </SelectField>
      )}
    </>
  );
}

type SlotsProps = { slots: number[]; setSlots: (slots: number[]) => void; complaints: Record<string, string> };

function Slots({ slots, setSlots, complaints }: SlotsProps) {
  const t = useText('calendar');
  return (
    <>
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
    </>
  );
}
