import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { z } from 'zod';
import { Names, Password, Register } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Card } from '../parts/card.js';
import { QuestionPage } from '../parts/question-page.js';
import { useArrive } from '../session.js';
import { useLanguage, useText } from '../words.js';
import { CodeQuestion } from './code-question.js';
import { untickedIn, useConsentVersion } from './consent.js';
import { ContactQuestion, type Sent } from './contact-question.js';
import { NameFields } from './name-fields.js';

const WhoIAm = Names.extend({ password: Password.optional() });
type WhoIAm = z.infer<typeof WhoIAm>;

/** Contact, name, code: three short pages. A password is offered, never asked for. */
export function RegisterPage() {
  const t = useText('auth');
  const { search } = useLocation();
  const [sent, setSent] = useState<Sent | null>(null);
  const [who, setWho] = useState<WhoIAm | null>(null);
  if (sent && who) return <Finish sent={sent} who={who} onAgain={() => setSent(null)} />;
  if (sent) return <Name sent={sent} onNamed={setWho} />;
  return (
    <ContactQuestion
      purpose="register"
      title={t('auth.register.title')}
      hint={t('auth.register.hint')}
      why={t('auth.register.why')}
      onSent={setSent}
      aside={
        <Card kind="note" title={t('auth.register.have')}>
          <p>
            <Link to={`/sign-in${search}`}>{t('auth.title')}</Link>
          </p>
        </Card>
      }
    />
  );
}

function Name({ sent, onNamed }: { sent: Sent; onNamed: (who: WhoIAm) => void }) {
  const t = useText('auth');
  const { complaints, attempt, check } = useComplaints({ password: 'password' });
  const send = (form: FormData) => {
    const typed = Object.fromEntries(form);
    const read = check(WhoIAm, { ...typed, password: typed['password'] || undefined }, untickedIn(form));
    if (read) onNamed(read);
  };
  return (
    <QuestionPage title={t('auth.register.names')} intro={t('auth.register.names.hint')} {...{ complaints, attempt }} onSend={send}>
      <NameFields complaints={complaints} offerPassword={sent.channel === 'email'} />
    </QuestionPage>
  );
}

function Finish({ sent, who, onAgain }: { sent: Sent; who: WhoIAm; onAgain: () => void }) {
  const t = useText('auth');
  const language = useLanguage();
  const version = useConsentVersion();
  const arrive = useArrive();
  const { complaints, attempt, check, take } = useComplaints({ code: 'code' });
  const registering = useMutation({
    mutationFn: (body: Register) => call(z.unknown(), '/people', { method: 'POST', body }),
    onSuccess: arrive,
    onError: take,
  });
  const send = (form: FormData) => {
    const read = check(Register, { ...who, codeId: sent.codeId, code: form.get('code'), language, consent: { version } });
    if (read) registering.mutate(read);
  };
  return (
    <CodeQuestion
      {...{ sent, complaints, attempt, onAgain }}
      send={t('auth.register.finish')}
      refusal={registering.error}
      busy={registering.isPending}
      onSend={send}
    />
  );
}
