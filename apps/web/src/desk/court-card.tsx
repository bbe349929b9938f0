import type { FormEvent } from 'react';
import { type CaseView, NameCourt } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { WhoSees } from '../parts/who-sees.js';
import { useNames, useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';

/** The court case, once there is one: that court's staff then see state and dates. */
export function CourtCard({ found: { court, id } }: { found: CaseView }) {
  const t = useText('desk');
  const names = useNames();
  return (
    <Card title={t('desk.court')}>
      <p>
        {court ? (
          <>
            <b>{names.court(court.id)}</b>
            {court.caseNumber && (
              <>
                <br />
                <span className="nw num">{court.caseNumber}</span>
              </>
            )}
          </>
        ) : (
          t('desk.court.none')
        )}
      </p>
      {(!court || !court.caseNumber) && (
        <details>
          <summary>{t('desk.court.save')}</summary>
          <CourtForm caseId={id} courtId={court?.id ?? ''} />
        </details>
      )}
    </Card>
  );
}

function CourtForm({ caseId, courtId }: { caseId: string; courtId: string }) {
  const t = useText('desk');
  const language = useLanguage();
  const courts = useReference()?.courts ?? [];
  const { complaints, check, take } = useComplaints({ caseNumber: 'court_number' });
  const name = useCaseChange<NameCourt>(caseId, (body) => ({ path: `/cases/${caseId}/court`, body }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(NameCourt.required(), Object.fromEntries(new FormData(event.currentTarget)));
    if (asked && !name.isPending) name.mutate(asked, { onError: take });
  };
  return (
    <form noValidate onSubmit={submit}>
      <SelectField name="courtId" label={t('desk.court.name')} complaint={complaints['courtId'] && 'choose'} defaultValue={courtId}>
        <option value="">{t('desk.court.choose')}</option>
        {courts.map((court) => (
          <option key={court.id} value={court.id}>
            {court.name[language]}
          </option>
        ))}
      </SelectField>
      <TextField
        name="caseNumber"
        label={t('desk.court.number')}
        hint={t('desk.court.number.hint')}
        complaint={complaints['caseNumber']}
        width="middle"
        maxLength={60}
      />
      {name.error && Object.keys(complaints).length === 0 && <Failure of={name.error} />}
      <WhoSees>{t('desk.court.note')}</WhoSees>
      <Actions>
        <Button type="submit" tone="second" busy={name.isPending}>
          {t('desk.court.save')}
        </Button>
      </Actions>
    </form>
  );
}
