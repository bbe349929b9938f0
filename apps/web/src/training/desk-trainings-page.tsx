import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { courses, languages, PlanTraining } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button, ButtonLink } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useMediatorWords } from '../public/use-mediator-words.js';
import { useNames, useReference } from '../reference.js';
import { useText } from '../words.js';
import { DayFields } from './day-fields.js';
import { planFromForm } from './plan-from-form.js';
import { TrainingCard } from './training-card.js';
import { useTrainings } from './trainings-page.js';

/** The desk plans a course and opens each to see who comes. */
export function DeskTrainingsPage() {
  const t = useText('training');
  const found = useTrainings();
  return (
    <>
      <PageHead title={t('training.desk.title')} lead={t('training.desk.lead')} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      <div className="cols">
        <div className="stack">
          <h2>{t('training.desk.list')}</h2>
          {found.data?.length === 0 && <p>{t('training.none')}</p>}
          {found.data?.map((one) => (
            <TrainingCard key={one.id} of={one}>
              <Actions>
                <ButtonLink small tone="second" to={`/desk/trainings/${one.id}`}>
                  {t('training.desk.open')}
                </ButtonLink>
              </Actions>
            </TrainingCard>
          ))}
        </div>
        <aside>
          <Plan key={found.data?.length} />
        </aside>
      </div>
    </>
  );
}

/** One id for one form: pressed twice, or sent again over a bad line, it is one training. */
function Plan() {
  const t = useText('training');
  const cache = useQueryClient();
  const [id] = useState(() => newId());
  const { complaints, attempt, check, take } = useComplaints();
  const plan = useMutation({
    mutationFn: (body: PlanTraining) => call(z.unknown(), '/trainings', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['trainings'] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const read = check(PlanTraining, planFromForm(new FormData(event.currentTarget), id));
    if (read && !plan.isPending) plan.mutate(read, { onError: (error) => void take(error) });
  };
  const shown: Record<string, string> = { ...complaints, ...(complaints['days'] ? { first: complaints['days'] } : {}) };
  return (
    <Card title={t('training.desk.add')}>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={shown} attempt={attempt} />
        {Object.keys(complaints).length === 0 && plan.error && <Failure of={plan.error} />}
        <What complaints={shown} />
        <TextField name="place" label={t('training.desk.place')} maxLength={200} complaint={shown['place']} />
        <TextField name="seats" type="number" min={1} max={500} label={t('training.desk.seats')} width="short" complaint={shown['seats']} />
        <DayFields complaints={shown} />
        <Actions>
          <Button type="submit" busy={plan.isPending}>
            {t('training.desk.save')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}

function What({ complaints }: { complaints: Record<string, string> }) {
  const t = useText('training', 'mediators');
  const names = useNames();
  const words = useMediatorWords();
  const categories = useReference()?.categories ?? [];
  return (
    <>
      <SelectField name="course" label={t('training.desk.course')}>
        {courses.map((code) => (
          <option key={code} value={code}>
            {t(`training.course.${code}`)}
          </option>
        ))}
      </SelectField>
      <SelectField name="field" label={t('training.desk.field')} hint={t('training.desk.field.hint')} complaint={complaints['field']}>
        <option value="">{t('training.desk.field.none')}</option>
        {categories.map(({ code }) => (
          <option key={code} value={code}>
            {names.category(code)}
          </option>
        ))}
      </SelectField>
      <SelectField name="language" label={t('training.desk.language')}>
        {languages.map((code) => (
          <option key={code} value={code}>
            {words.language(code)}
          </option>
        ))}
      </SelectField>
    </>
  );
}
