import { type FormEvent, useState } from 'react';
import { type ConsultationView, DraftOffer } from '#contract';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import { useActOnConsultation } from './use-consultations.js';

/** For the mediator: words that may become a draft of who asked. */
export function OfferDraft({ of: { id, draft, category } }: { of: ConsultationView }) {
  const t = useText('consultation');
  const [writing, setWriting] = useState(false);
  const offering = useActOnConsultation(id);
  if (draft)
    return (
      <Card title={t('consultation.draft.offer')} live>
        <p>{t('consultation.draft.offered')}</p>
      </Card>
    );
  return (
    <Card title={t('consultation.draft.offer')}>
      <p className="small">{t('consultation.draft.offer.text')}</p>
      {offering.isError && <Failure of={offering.error} />}
      {writing ? (
        <DraftForm category={category} busy={offering.isPending} onOffer={(body) => offering.mutate({ act: 'draft', body })} />
      ) : (
        <Button small tone="second" onClick={() => setWriting(true)}>
          {t('consultation.draft.offer')}
        </Button>
      )}
    </Card>
  );
}

function DraftForm({ category, busy, onOffer }: { category: string; busy: boolean; onOffer: (draft: DraftOffer) => void }) {
  const t = useText('consultation');
  const language = useLanguage();
  const reference = useReference();
  const { complaints, attempt, check } = useComplaints();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const offered = check(DraftOffer, Object.fromEntries(new FormData(event.currentTarget)));
    if (offered && !busy) onOffer(offered);
  };
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <SelectField name="category" label={t('consultation.draft.category')} defaultValue={category} complaint={complaints['category']}>
        {reference?.categories.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      <TextField name="title" label={t('consultation.draft.name')} complaint={complaints['title']} />
      <TextArea name="claimText" label={t('consultation.draft.claim')} rows={5} complaint={complaints['claimText']} />
      <TextArea name="desiredOutcome" label={t('consultation.draft.outcome')} rows={3} optional complaint={complaints['desiredOutcome']} />
      <Actions>
        <Button type="submit" small busy={busy}>
          {t('consultation.draft.send')}
        </Button>
      </Actions>
    </form>
  );
}
