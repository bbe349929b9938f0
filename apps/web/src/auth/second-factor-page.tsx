import { useMutation } from '@tanstack/react-query';
import { z } from 'zod';
import { SecondFactorCode } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { QuestionPage } from '../parts/question-page.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';

/** The second step for mediators and offices: the code their app shows. */
export function SecondFactorPage() {
  const t = useText('auth');
  const arrive = useArrive();
  const { complaints, attempt, check } = useComplaints({ code: 'code' });
  const showing = useMutation({
    mutationFn: (body: object) => call(z.unknown(), '/sessions/current/second-factor', { method: 'PUT', body }),
    onSuccess: arrive,
  });
  const send = (form: FormData) => {
    const read = check(SecondFactorCode, { code: form.get('code') });
    if (read) showing.mutate(read);
  };
  return (
    <QuestionPage
      title={t('auth.second.title')}
      eyebrow={t('auth.second.step')}
      intro={t('auth.second.text')}
      {...{ complaints, attempt }}
      refusal={showing.error}
      busy={showing.isPending}
      send={t('auth.code.enter')}
      onSend={send}
      aside={
        <>
          <Card kind="note" title={t('auth.second.why.title')}>
            <p>{t('auth.second.why')}</p>
          </Card>
          <Card kind="note" title={t('auth.second.lost.title')}>
            <p>{t('auth.second.lost')}</p>
          </Card>
        </>
      }
    >
      <CodeInput label={t('auth.code.label')} hint={t('auth.second.hint')} complaint={complaints['code']} />
    </QuestionPage>
  );
}
