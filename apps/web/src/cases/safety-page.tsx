import { useMutation } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { z } from 'zod';
import { SafetyAnswer } from '#contract';
import { call } from '../api.js';
import { SafetyFields } from '../application/circumstance-fields.js';
import { useComplaints } from '../complaints.js';
import { QuestionPage } from '../parts/question-page.js';
import { QuickExit } from '../parts/quick-exit.js';
import { useText } from '../words.js';

/** The same question to whoever did not write the application. The answer comes back to no screen, not even to this one. */
export function SafetyPage() {
  const t = useText('application');
  const { caseId = '' } = useParams();
  const navigate = useNavigate();
  const { complaints, attempt, note } = useComplaints();
  const answering = useMutation({
    mutationFn: (body: SafetyAnswer) => call(z.unknown(), `/cases/${caseId}/safety`, { method: 'PUT', body }),
    onSuccess: () => navigate(`/cases/${caseId}`, { replace: true }),
  });
  const send = (form: FormData) => {
    const chosen = form.get('flags.violence');
    const read = SafetyAnswer.safeParse({ safe: chosen === 'yes' ? 'no' : chosen === 'no' ? 'yes' : chosen });
    note(read.success ? {} : { 'flags.violence': 'choose' });
    if (read.success) answering.mutate(read.data);
  };
  return (
    <>
      <QuickExit />
      <QuestionPage
        title={t('application.safety')}
        tabTitle={t('application.safety.tab')}
        back={`/cases/${caseId}`}
        why={t('application.safety.why')}
        whoSees={t('application.safety.sees')}
        {...{ complaints, attempt }}
        refusal={answering.error}
        busy={answering.isPending}
        onSend={send}
      >
        <SafetyFields complaints={complaints} />
      </QuestionPage>
    </>
  );
}
