import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { AskConsultation, consultationSources } from '#contract';
import { timeInWords } from '#language';
import { newId } from '../application/new-draft.js';
import { useComplaints } from '../complaints.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { BackLink, PageHead } from '../parts/page-head.js';
import { QuestionPage } from '../parts/question-page.js';
import { SelectField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useReference } from '../reference.js';
import { useSession } from '../session.js';
import { useDates, useLanguage, useText } from '../words.js';
import { useAskConsultation, useConsultationHours } from './use-consultations.js';

/** A way to a mediator before, or instead of, an application: from the first page, from where triage ends, from any refusal. */
export function AskPage() {
  const session = useSession();
  if (session === undefined) return <Waiting />;
  return session?.role === 'citizen' ? <AskForm /> : <Invitation />;
}

/** What it is, and the way in, for who has not signed in. */
function Invitation() {
  const t = useText('consultation');
  const { search } = useAsked();
  const next = encodeURIComponent(`/consultation${search}`);
  return (
    <div className="cols">
      <div>
        <BackLink to="/" />
        <PageHead title={t('consultation.title')} lead={t('consultation.lead')} />
        <p>{t('consultation.why')}</p>
        <h2>{t('consultation.signIn')}</h2>
        <Actions>
          <ButtonLink to={`/register?next=${next}`}>{t('consultation.register')}</ButtonLink>
          <ButtonLink tone="second" to={`/sign-in?next=${next}`}>
            {t('consultation.known')}
          </ButtonLink>
        </Actions>
      </div>
      <aside className="stack">
        <DutyHours />
        <WhoSees>{t('consultation.sees')}</WhoSees>
      </aside>
    </div>
  );
}

function AskForm() {
  const t = useText('consultation');
  const language = useLanguage();
  const dates = useDates();
  const navigate = useNavigate();
  const { source } = useAsked();
  const reference = useReference();
  const hours = useConsultationHours();
  const asking = useAskConsultation();
  const [id] = useState(newId);
  const [when, setWhen] = useState('now');
  const { complaints, attempt, check, take } = useComplaints();
  const starts = hours.data?.starts ?? [];
  const send = (form: FormData) => {
    const asked = check(AskConsultation, {
      id,
      language,
      source,
      category: form.get('category') ?? '',
      ...(form.get('district') && { district: form.get('district') }),
      ...(when === 'hour' && { startsAt: form.get('startsAt') }),
    });
    if (asked)
      asking.mutate(asked, {
        onSuccess: (view) => void navigate(`/consultations/${view.id}`, { replace: true }),
        onError: (error) => void take(error),
      });
  };
  return (
    <QuestionPage
      title={t('consultation.title')}
      intro={t('consultation.lead')}
      back="/consultations"
      why={t('consultation.why')}
      whoSees={t('consultation.sees')}
      aside={<DutyHours />}
      {...{ complaints, attempt }}
      refusal={asking.error}
      busy={asking.isPending}
      send={t('consultation.ask')}
      onSend={send}
    >
      <SelectField name="category" label={t('consultation.about')} width="middle" complaint={complaints['category']}>
        <option value="">{t('consultation.about.other')}</option>
        {reference?.categories.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      <SelectField name="district" label={t('consultation.district')} width="middle" optional>
        <option value="">{t('consultation.district.none')}</option>
        {reference?.districts.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </SelectField>
      {starts.length > 0 && (
        <RadioCards
          name="when"
          legend={t('consultation.when')}
          chosen={when}
          onChange={({ target }) => setWhen(target.value)}
          options={(['now', 'hour'] as const).map((value) => ({
            value,
            label: t(`consultation.when.${value}`),
            hint: t(`consultation.when.${value}.hint`),
          }))}
        />
      )}
      {when === 'hour' && (
        <SelectField name="startsAt" label={t('consultation.hour')} width="middle" complaint={complaints['startsAt']}>
          {starts.map((start) => (
            <option key={start} value={start}>
              {dates.moment(start)}
            </option>
          ))}
        </SelectField>
      )}
    </QuestionPage>
  );
}

/** Is somebody there now, and when otherwise: no names. */
function DutyHours() {
  const t = useText('consultation');
  const dates = useDates();
  const found = useConsultationHours();
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  const { onDuty, hours } = found.data;
  return (
    <Card title={t('consultation.hours')}>
      <p>{t(onDuty ? 'consultation.now' : 'consultation.later')}</p>
      {hours.length === 0 && <p>{t('consultation.hours.none')}</p>}
      <ul className="plain">
        {hours.slice(0, 7).map(({ from, to }) => (
          <li key={from}>
            {dates.withWeekday(from)},{' '}
            <span className="nw">
              {timeInWords(from)}–{timeInWords(to)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function useAsked() {
  const [params] = useSearchParams();
  const source = consultationSources.find((one) => one === params.get('from')) ?? 'start';
  return { source, search: source === 'start' ? '' : `?from=${source}` };
}
