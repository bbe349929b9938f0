import { useMutation } from '@tanstack/react-query';
import { Link, useLocation } from 'react-router';
import { z } from 'zod';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Card } from '../parts/card.js';
import { CheckCard } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { TextField } from '../parts/text-field.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';

const Typed = z.object({ login: z.string().trim().min(3).max(254), password: z.string().min(1).max(200) });

export function PasswordPage() {
  const t = useText('auth');
  const { search } = useLocation();
  const arrive = useArrive();
  const { complaints, attempt, check } = useComplaints();
  const entering = useMutation({
    mutationFn: (body: object) => call(z.unknown(), '/sessions', { method: 'POST', body: { method: 'password', ...body } }),
    onSuccess: arrive,
  });
  const send = (form: FormData) => {
    const read = check(Typed, Object.fromEntries(form));
    if (read) entering.mutate({ ...read, ownDevice: form.has('ownDevice') });
  };

  return (
    <QuestionPage
      title={t('auth.password.title')}
      back={`/sign-in${search}`}
      {...{ complaints, attempt }}
      refusal={entering.error}
      busy={entering.isPending}
      send={t('auth.password.enter')}
      onSend={send}
      aside={
        <Card kind="note" title={t('auth.password.forgot')}>
          <p>
            <Link to="/password">{t('auth.password.reset')}</Link>
          </p>
        </Card>
      }
    >
      <TextField name="login" label={t('auth.contact')} complaint={complaints['login']} autoComplete="username" />
      <TextField
        name="password"
        type="password"
        label={t('auth.password')}
        complaint={complaints['password']}
        autoComplete="current-password"
      />
      <CheckCard name="ownDevice" label={t('auth.ownDevice')} hint={t('auth.ownDevice.hint')} />
    </QuestionPage>
  );
}
