import { type FormEvent, useState } from 'react';
import { type CaseView, Screen } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { SelectField, TextArea } from '../parts/text-field.js';
import { notesFrom, ReturnNotes } from './return-fields.js';
import { WhoSees } from '../parts/who-sees.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';

const decisions = ['allow', 'return', 'refuse'] as const;
type Decision = (typeof decisions)[number];

/** Invite, send back, or propose a refusal: what has to be written follows from the choice. */
export function DecisionForm({ found: { id } }: { found: CaseView }) {
  const t = useText('desk');
  const [chosen, setChosen] = useState<Decision | null>(null);
  const { complaints, attempt, check, note, take } = useComplaints();
  const decide = useCaseChange<Screen>(id, (body) => ({ path: `/cases/${id}/screening`, body }));

  const choose = (decision: Decision) => {
    setChosen(decision);
    note({});
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!chosen) return note({ decision: 'choose' });
    const typed = new FormData(event.currentTarget);
    const form = { ...Object.fromEntries(typed), ...(chosen === 'return' && { fields: notesFrom(typed) }) } as Record<string, unknown>;
    if (chosen === 'refuse' && !form['code']) return note({ code: 'choose' });
    const asked = check(Screen, { ...form, decision: chosen });
    if (asked && !decide.isPending) decide.mutate(asked, { onError: take });
  };

  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <RadioCards
        name="decision"
        legend={t('desk.decision')}
        complaint={complaints['decision']}
        options={decisions.map((value) => ({ value, label: t(`desk.decision.${value}`), hint: t(`desk.decision.${value}.hint`) }))}
        onChange={({ target }) => choose(target.value as Decision)}
      />
      {chosen && <Words of={chosen} complaints={complaints} />}
      {decide.error && <Failure of={decide.error} />}
      <Actions>
        <Button type="submit" busy={decide.isPending}>
          {t(chosen ? `desk.send.${chosen}` : 'common.continue')}
        </Button>
      </Actions>
    </form>
  );
}

function Words({ of, complaints }: { of: Decision; complaints: Record<string, string> }) {
  const t = useText('desk');
  if (of === 'return')
    return (
      <>
        <ReturnNotes complaints={complaints} />
        <TextArea name="notes" label={t('desk.notes')} hint={t('desk.notes.hint')} maxLength={4000} complaint={complaints['notes']} />
      </>
    );
  if (of === 'refuse') return <Ground complaint={complaints['code'] && 'choose'} />;
  return (
    <>
      <TextArea name="summary" label={t('desk.summary')} hint={t('desk.summary.hint')} maxLength={600} complaint={complaints['summary']} />
      <WhoSees>{t('desk.summary.sees')}</WhoSees>
    </>
  );
}

/** A list cuts long grounds off: the chosen one stands below it in full, as the applicant reads it. */
function Ground({ complaint }: { complaint: string | undefined }) {
  const t = useText('desk');
  const language = useLanguage();
  const refusals = useReference()?.refusals ?? [];
  const [chosen, setChosen] = useState('');
  const ground = refusals.find(({ code }) => code === chosen);
  return (
    <>
      <SelectField
        name="code"
        label={t('desk.ground')}
        complaint={complaint}
        value={chosen}
        onChange={({ target }) => setChosen(target.value)}
      >
        <option value="">{t('desk.ground.choose')}</option>
        {refusals.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      <div aria-live="polite">
        {ground && (
          <p>
            <span className="small muted">{t('desk.refusal.reads')}</span>
            <br />
            {ground.name[language]}
          </p>
        )}
      </div>
    </>
  );
}
