import { IconPassword, IconUserPlus } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { z } from 'zod';
import { ShownCode } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Card } from '../parts/card.js';
import { LinkRows } from '../parts/link-rows.js';
import { CheckCard } from '../parts/option-cards.js';
import { useArrive } from '../session.js';
import { useText } from '../words.js';
import { CodeQuestion } from './code-question.js';
import { ContactQuestion, type Sent } from './contact-question.js';

/** By phone or e-mail with a one-time code; a password for those who have one. */
export function SignInPage() {
  const t = useText('auth');
  const { search } = useLocation();
  const [sent, setSent] = useState<Sent | null>(null);
  if (sent) return <SignInCode sent={sent} onAgain={() => setSent(null)} />;
  return (
    <ContactQuestion
      purpose="sign_in"
      title={t('auth.title')}
      hint={t('auth.contact.hint')}
      onSent={setSent}
      aside={<OtherWays />}
      below={
        <LinkRows
          rows={[
            { to: `/sign-in/password${search}`, icon: IconPassword, name: t('auth.withPassword'), hint: t('auth.withPassword.hint') },
            { to: `/register${search}`, icon: IconUserPlus, name: t('auth.toRegister'), hint: t('auth.toRegister.hint') },
          ]}
        />
      }
    />
  );
}

function OtherWays() {
  const t = useText('auth');
  return (
    <>
      <Card kind="note" title={t('auth.first')}>
        <p>{t('auth.first.text')}</p>
      </Card>
      <Card kind="note" title={t('auth.letter')}>
        <p>{t('auth.letter.text')}</p>
        <p>
          <Link to="/i">{t('auth.letter.open')}</Link>
        </p>
      </Card>
    </>
  );
}

function SignInCode({ sent, onAgain }: { sent: Sent; onAgain: () => void }) {
  const t = useText('auth');
  const arrive = useArrive();
  const { complaints, attempt, check } = useComplaints({ code: 'code' });
  const entering = useMutation({
    mutationFn: (body: object) => call(z.unknown(), '/sessions', { method: 'POST', body: { method: 'code', ...body } }),
    onSuccess: arrive,
  });
  const send = (form: FormData) => {
    const read = check(ShownCode, { codeId: sent.codeId, code: form.get('code') });
    if (read) entering.mutate({ ...read, ownDevice: form.has('ownDevice') });
  };
  return (
    <CodeQuestion
      {...{ sent, complaints, attempt, onAgain }}
      mayBeUnknown
      send={t('auth.code.enter')}
      refusal={entering.error}
      busy={entering.isPending}
      onSend={send}
    >
      <CheckCard name="ownDevice" label={t('auth.ownDevice')} hint={t('auth.ownDevice.hint')} />
    </CodeQuestion>
  );
}
