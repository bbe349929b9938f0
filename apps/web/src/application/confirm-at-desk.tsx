import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { z } from 'zod';
import { CodeSent, dataConsent } from '#contract';
import { timeInWords } from '#language';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { Failure } from '../parts/failure.js';
import { CheckCard } from '../parts/option-cards.js';
import { useText } from '../words.js';

/** The operator reads the answers out; the citizen's own code sends them. */
export function ConfirmAtDesk({ caseId }: { caseId: string }) {
  const t = useText('application');
  const ask = useMutation({ mutationFn: () => call(CodeSent, `/cases/${caseId}/filing-codes`, { method: 'POST', body: {} }) });
  return (
    <Card kind="panel" title={t('application.desk.title')} live>
      <p>{t('application.desk.text')}</p>
      {ask.error && <Failure of={ask.error} />}
      {ask.data ? (
        <TypeCode key={ask.data.codeId} caseId={caseId} sent={ask.data} />
      ) : (
        <Actions>
          <Button busy={ask.isPending} onClick={() => ask.mutate()}>
            {t('application.desk.ask')}
          </Button>
        </Actions>
      )}
    </Card>
  );
}

function TypeCode({ caseId, sent }: { caseId: string; sent: CodeSent }) {
  const t = useText('application', 'auth');
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { complaints, note } = useComplaints();
  const confirm = useMutation({
    mutationFn: (code: string) =>
      call(z.unknown(), `/cases/${caseId}/filing`, {
        method: 'PUT',
        body: { codeId: sent.codeId, code, consent: { version: dataConsent.version } },
      }),
    onSuccess: () => {
      cache.removeQueries({ queryKey: ['cases'] });
      return navigate(`/desk/cases/${caseId}`, { replace: true });
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code')).replaceAll(/\s/g, '');
    const found = { ...(/^\d{6}$/.test(code) ? {} : { code: 'code' }), ...(form.has('consent') ? {} : { consent: 'consent' }) };
    note(found);
    if (Object.keys(found).length === 0) confirm.mutate(code);
  };
  return (
    <form noValidate onSubmit={submit}>
      <p>{t(`application.desk.sent.${sent.channel}`, { time: timeInWords(sent.expiresAt) })}</p>
      <CodeInput label={t('auth.code.label')} complaint={complaints['code']} />
      <CheckCard name="consent" label={t('application.desk.consent')} complaint={complaints['consent']} />
      {confirm.error && <Failure of={confirm.error} />}
      <Actions>
        <Button type="submit" busy={confirm.isPending}>
          {t('application.desk.send')}
        </Button>
      </Actions>
    </form>
  );
}
