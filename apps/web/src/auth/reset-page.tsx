import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { ResetPassword } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, ButtonLink } from '../parts/button.js';
import { PageHead } from '../parts/page-head.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { CodeQuestion } from './code-question.js';
import { ContactQuestion, type Sent } from './contact-question.js';

/** A new password, for one who has forgotten it or never had one: contact, then code and password. */
export function ResetPage() {
  const t = useText('auth');
  const [sent, setSent] = useState<Sent | null>(null);
  const [isDone, setDone] = useState(false);
  if (isDone) return <ResetDone />;
  if (sent) return <NewPassword sent={sent} onAgain={() => setSent(null)} onDone={() => setDone(true)} />;
  return (
    <ContactQuestion
      purpose="reset_password"
      title={t('auth.password.reset')}
      hint={t('auth.contact.hint')}
      back="/sign-in/password"
      onSent={setSent}
    />
  );
}

function NewPassword({ sent, onAgain, onDone }: { sent: Sent; onAgain: () => void; onDone: () => void }) {
  const t = useText('auth');
  const { complaints, attempt, check, take } = useComplaints({ code: 'code', password: 'password' });
  const saving = useMutation({
    mutationFn: (body: ResetPassword) => call(z.unknown(), '/passwords', { method: 'POST', body }),
    onSuccess: onDone,
    onError: take,
  });
  const send = (form: FormData) => {
    const read = check(ResetPassword, { ...Object.fromEntries(form), codeId: sent.codeId });
    if (read) saving.mutate(read);
  };
  return (
    <CodeQuestion
      {...{ sent, complaints, attempt, onAgain }}
      mayBeUnknown
      send={t('auth.password.save')}
      refusal={saving.error}
      busy={saving.isPending}
      onSend={send}
    >
      <TextField
        name="password"
        type="password"
        label={t('auth.password.new')}
        hint={t('auth.password.hint')}
        complaint={complaints['password']}
        autoComplete="new-password"
      />
    </CodeQuestion>
  );
}

function ResetDone() {
  const t = useText('auth');
  return (
    <>
      <PageHead title={t('auth.password.done')} />
      <p>{t('auth.password.done.text')}</p>
      <Actions>
        <ButtonLink to="/sign-in/password">{t('auth.password.enter')}</ButtonLink>
      </Actions>
    </>
  );
}
