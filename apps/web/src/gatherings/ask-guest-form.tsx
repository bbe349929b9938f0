import { type FormEvent, useRef, useState } from 'react';
import { AskGuest, guestCapacities } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

const spoken = ['kk', 'ru', 'en', 'tr', 'de', 'zh', 'sgn'] as const;

/** A co-mediator, an interpreter between two languages, or an observer, by a contact of their own. */
export function AskGuestForm({ caseId }: { caseId: string }) {
  const t = useText('gatherings');
  const form = useRef<HTMLFormElement>(null);
  const [capacity, setCapacity] = useState<AskGuest['capacity']>('interpreter');
  const { complaints, check, take } = useComplaints();
  const ask = useCaseChange<AskGuest>(
    caseId,
    (body) => ({ path: `/cases/${caseId}/guests`, method: 'POST', body }),
    () => form.current?.reset(),
  );
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const languages = capacity === 'interpreter' ? [String(typed.get('from')), String(typed.get('to'))] : [];
    const asked = { id: crypto.randomUUID(), capacity, name: typed.get('name'), contact: typed.get('contact'), languages };
    const read = check(AskGuest, asked);
    if (read && !ask.isPending) ask.mutate(read, { onError: (refusal) => void take(refusal) });
  };
  return (
    <Card title={t('gatherings.guests.ask')}>
      <form ref={form} noValidate onSubmit={submit}>
        <RadioCards
          name="capacity"
          legend={t('gatherings.guests.as')}
          options={guestCapacities.map((value) => ({ value, label: t(`gatherings.capacity.${value}`) }))}
          chosen={capacity}
          onChange={({ currentTarget }) => setCapacity(currentTarget.value as AskGuest['capacity'])}
        />
        {capacity === 'interpreter' && (
          <>
            <Languages name="from" label={t('gatherings.guests.from')} chosen="tr" complaint={complaints['languages']} />
            <Languages name="to" label={t('gatherings.guests.to')} chosen="ru" complaint={undefined} />
          </>
        )}
        <TextField
          name="name"
          label={t('gatherings.guests.name')}
          hint={t('gatherings.guests.name.hint')}
          complaint={complaints['name']}
          maxLength={160}
        />
        <TextField
          name="contact"
          label={t('gatherings.guests.contact')}
          hint={t('gatherings.guests.contact.hint')}
          complaint={complaints['contact']}
          maxLength={254}
        />
        <Button type="submit" busy={ask.isPending}>
          {t('gatherings.guests.send')}
        </Button>
        {ask.error && <Failure of={ask.error} />}
      </form>
    </Card>
  );
}

type Chosen = { name: string; label: string; chosen: (typeof spoken)[number]; complaint: string | undefined };

function Languages({ name, label, chosen, complaint }: Chosen) {
  const t = useText('gatherings');
  return (
    <SelectField name={name} label={label} width="middle" defaultValue={chosen} complaint={complaint}>
      {spoken.map((one) => (
        <option key={one} value={one}>
          {t(`gatherings.guests.language.${one}`)}
        </option>
      ))}
    </SelectField>
  );
}
