import { useMutation } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { z } from 'zod';
import { ShownCode } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { CodeInput } from '../parts/code-input.js';
import { CheckCard } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';

/** The other device: it has the link, and asks for the code that came to the contact. Opening it changes nothing. */
export function ResumeWithCodePage() {
  const t = useText('auth');
  const { codeId = '' } = useParams();
  const arrive = useArrive();
  const { complaints, attempt, check } = useComplaints({ code: 'code' });
  const entering = useMutation({
    mutationFn: (body: object) => call(z.unknown(), '/sessions', { method: 'POST', body: { method: 'code', ...body } }),
    onSuccess: arrive,
  });
  const send = (form: FormData) => {
    const read = check(ShownCode, { codeId, code: form.get('code') });
    if (read) entering.mutate({ ...read, ownDevice: form.has('ownDevice') });
  };
  return (
    <QuestionPage
      title={t('auth.resume')}
      intro={t('auth.resume.text')}
      back="/"
      {...{ complaints, attempt }}
      send={t('auth.code.enter')}
      refusal={entering.error}
      busy={entering.isPending}
      onSend={send}
    >
      <CodeInput label={t('auth.code.label')} complaint={complaints['code']} />
      <CheckCard name="ownDevice" label={t('auth.ownDevice')} hint={t('auth.ownDevice.hint')} />
    </QuestionPage>
  );
}
