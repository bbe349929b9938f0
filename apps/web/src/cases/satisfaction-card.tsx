import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { z } from 'zod';
import { type AnswerSatisfaction, type CaseView, SatisfactionAsked, type SatisfactionQuestion, satisfactionQuestions } from '#contract';
import type { TextKey } from '#language';
import { call } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { Mistake } from '../parts/field.js';
import { useText } from '../words.js';
import styles from './satisfaction-card.module.css';

type Stage = AnswerSatisfaction['stage'];

/** After a stage, when nothing hurries: one press to choose, one to send. Three more questions wait behind a line for who has more to say. */
export function SatisfactionCard({ found: { id: caseId, state } }: { found: CaseView }) {
  const asked = useQuery({
    enabled: state !== 'DRAFT',
    queryKey: ['satisfaction', caseId, state],
    queryFn: () => call(SatisfactionAsked, `/cases/${caseId}/satisfaction`),
  });
  const stage = asked.data?.stage;
  return stage ? <Questions key={stage} caseId={caseId} stage={stage} /> : null;
}

function Questions({ caseId, stage }: { caseId: string; stage: Stage }) {
  const t = useText('case');
  const cache = useQueryClient();
  const [isMissing, setMissing] = useState(false);
  const send = useMutation({
    mutationFn: (answers: AnswerSatisfaction['answers']) =>
      call(z.unknown(), `/cases/${caseId}/satisfaction`, { method: 'PUT', body: { stage, answers } }),
    onSuccess: (_, answers) => (answers ? undefined : cache.invalidateQueries({ queryKey: ['satisfaction', caseId] })),
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const given = satisfactionQuestions.flatMap((one) => (form.get(one) ? [[one, Number(form.get(one))] as const] : []));
    setMissing(!form.get('overall'));
    if (form.get('overall')) send.mutate(Object.fromEntries(given) as AnswerSatisfaction['answers']);
  };
  if (send.isSuccess && send.variables)
    return (
      <Card kind="note" live>
        <p>{t('case.satisfaction.thanks')}</p>
      </Card>
    );
  return (
    <Card title={t('case.satisfaction.title')}>
      <p>
        <b>{t(`case.satisfaction.stage.${stage}`)}</b>
      </p>
      <p className="small">{t('case.satisfaction.text')}</p>
      <form noValidate onSubmit={submit}>
        <Question name="overall" isMissing={isMissing} />
        <details>
          <summary className={styles.more}>{t('case.satisfaction.more')}</summary>
          {satisfactionQuestions.slice(1).map((one) => (
            <Question key={one} name={one} />
          ))}
        </details>
        <Actions>
          <Button type="submit" tone="second" busy={send.isPending}>
            {t('case.satisfaction.send')}
          </Button>
          <Button tone="quiet" busy={send.isPending} onClick={() => send.mutate(null)}>
            {t('case.satisfaction.none')}
          </Button>
        </Actions>
      </form>
      {send.error && <Failure of={send.error} />}
    </Card>
  );
}

function Question({ name, isMissing = false }: { name: SatisfactionQuestion; isMissing?: boolean }) {
  const t = useText('case');
  return (
    <fieldset className={styles.question} aria-describedby={isMissing ? `${name}-mistake` : undefined}>
      <legend>{t(`case.satisfaction.${name}`)}</legend>
      <Mistake of={name} complaint={isMissing ? 'choose' : undefined} />
      <div className={styles.scores}>
        {[5, 4, 3, 2, 1].map((score) => (
          <label key={score} className={styles.score}>
            <input type="radio" name={name} value={score} />
            {t(`case.satisfaction.score.${score}` as TextKey<'case'>)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
