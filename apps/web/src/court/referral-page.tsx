import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { type PartyAnswer, ReferCase, ReferredCase } from '#contract';
import { call } from '../api.js';
import { answersFrom } from '../application/answers-from-form.js';
import { OnePerson } from '../application/more-people.js';
import { type Complaints, useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { CheckCard } from '../parts/option-cards.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { useReference } from '../reference.js';
import { useLanguage, useText } from '../words.js';
import { SecretNote } from './secret-note.js';

const sides = ['sideA', 'sideB'] as const;
const nobody: PartyAnswer = { kind: 'person' };

/** A court refers a dispute: case, ruling, term, and the parties. There is no field for what the dispute is about. */
export function ReferralPage() {
  const t = useText('court', 'application');
  const language = useLanguage();
  const navigate = useNavigate();
  const { complaints, attempt, check, take } = useComplaints({ termDays: 'number' });
  const [key] = useState(() => String(Math.random()).slice(2) + Date.now());
  const sending = useMutation({
    mutationFn: (body: ReferCase) => call(ReferredCase, '/court/referrals', { method: 'POST', body, key }),
    onSuccess: ({ caseId }) => navigate(`/court/cases/${caseId}`, { replace: true }),
    onError: (refusal) => take(refusal),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = read(new FormData(event.currentTarget));
    const asked = check(ReferCase, { ...typed, language }, gapsIn(typed));
    if (asked && !sending.isPending) sending.mutate(asked);
  };
  return (
    <div className="narrow">
      <PageHead title={t('court.refer')} back="/court" hasErrors={Object.keys(complaints).length > 0} />
      <SecretNote />
      <p>{t('court.refer.text')}</p>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <form noValidate onSubmit={submit}>
        <CaseFields complaints={complaints} />
        {sides.map((side) => (
          <fieldset key={side}>
            <legend>
              <h2>{t(`court.refer.${side}`)}</h2>
            </legend>
            <OnePerson path={`${side}.0`} whose={t(`court.refer.${side}`)} party={nobody} answers={{}} complaints={complaints} />
          </fieldset>
        ))}
        <CheckCard name="safeProcess" label={t('court.refer.safe')} hint={t('court.refer.safe.hint')} />
        {sending.isError && Object.keys(complaints).length === 0 && <Failure of={sending.error} />}
        <Actions>
          <Button type="submit" busy={sending.isPending}>
            {t('court.refer.send')}
          </Button>
        </Actions>
      </form>
    </div>
  );
}

function CaseFields({ complaints }: { complaints: Record<string, string> }) {
  const t = useText('court', 'application');
  const language = useLanguage();
  const { categories = [], districts = [] } = useReference() ?? {};
  const field = (name: string) => ({ name, complaint: complaints[name], autoComplete: 'off' });
  const list = (rows: { code: string; name: Record<string, string> }[]) => [
    <option key="" value="">
      {t('application.place.choose')}
    </option>,
    ...rows.map(({ code, name }) => (
      <option key={code} value={code}>
        {name[language]}
      </option>
    )),
  ];
  return (
    <>
      <TextField
        {...field('caseNumber')}
        width="middle"
        label={t('application.court.number')}
        hint={t('court.refer.number.hint')}
        maxLength={60}
      />
      <TextField {...field('judge')} optional label={t('court.refer.judge')} maxLength={160} />
      <DayField {...field('rulingOn')} label={t('court.refer.ruling')} />
      <TextField {...field('termDays')} inputMode="numeric" width="short" label={t('court.refer.term')} defaultValue="30" />
      <SelectField {...field('category')} label={t('application.kind.label')} defaultValue="">
        {list(categories)}
      </SelectField>
      <SelectField {...field('district')} label={t('application.place.label')} defaultValue="">
        {list(districts)}
      </SelectField>
    </>
  );
}

function read(form: FormData) {
  const { sideA, sideB, termDays, judge, ...rest } = answersFrom(form) as Record<string, unknown>;
  const people = (side: unknown) =>
    Object.values((side ?? {}) as Record<string, PartyAnswer>).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([, value]) => value !== '')),
    );
  return {
    ...rest,
    ...(judge ? { judge } : {}),
    termDays: /^\d+$/.test(String(termDays)) ? Number(termDays) : termDays,
    safeProcess: form.has('safeProcess'),
    sideA: people(sideA),
    sideB: people(sideB),
  };
}

type Typed = ReturnType<typeof read> & { category?: string; district?: string; rulingOn?: string };

/** What is left empty, all of it at once; what is wrong in it the server says. */
function gapsIn({ category, district, rulingOn, ...typed }: Typed): Complaints {
  const parties = sides.flatMap((side) => typed[side].map((party, at) => [`${side}.${at}`, party as PartyAnswer] as const));
  const needed = (party: PartyAnswer) => (party.kind === 'organisation' ? (['organisation'] as const) : (['surname', 'given'] as const));
  return {
    ...(!rulingOn && { rulingOn: 'required' }),
    ...(!category && { category: 'choose' }),
    ...(!district && { district: 'choose' }),
    ...Object.fromEntries(
      parties.flatMap(([path, party]) => [
        ...needed(party).flatMap((name) => (party[name] ? [] : [[`${path}.${name}`, 'required']])),
        ...(party.phone || party.email || party.address ? [] : [[`${path}.phone`, 'way_needed']]),
      ]),
    ),
  };
}
