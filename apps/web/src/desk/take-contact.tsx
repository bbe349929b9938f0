import type { FormEvent } from 'react';
import { TakeContact } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** An address or a telephone of somebody who has none here yet; what waits for him goes there at once. */
export function TakeContactForm({ caseId, partyId }: { caseId: string; partyId: string }) {
  const t = useText('desk', 'auth');
  const { complaints, check, take } = useComplaints();
  const taking = useCaseChange<TakeContact>(caseId, (body) => ({ path: `/cases/${caseId}/contacts`, body }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = [...new FormData(event.currentTarget)].filter(([, value]) => value !== '');
    const taken = check(TakeContact, { partyId, ...Object.fromEntries(typed) });
    if (taken) taking.mutate(taken, { onError: take });
  };
  return (
    <details>
      <summary>{t('desk.party.contact')}</summary>
      <form noValidate onSubmit={submit} autoComplete="off">
        <p className="small muted">{t('desk.party.contact.text')}</p>
        <TextField name="phone" label={t('desk.party.phone')} inputMode="tel" complaint={complaints['phone']} maxLength={40} />
        <TextField name="email" label={t('desk.party.email')} inputMode="email" complaint={complaints['email']} maxLength={254} />
        {taking.error && <Failure of={taking.error} />}
        <Button type="submit" small tone="second" busy={taking.isPending}>
          {t('desk.party.contact.send')}
        </Button>
      </form>
    </details>
  );
}
