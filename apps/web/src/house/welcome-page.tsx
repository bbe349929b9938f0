import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import { call } from '../api.js';
import { ConsentTick, untickedIn, useConsentVersion } from '../auth/consent.js';
import { useComplaints } from '../complaints.js';
import { QuestionPage } from '../parts/question-page.js';
import { useSession } from '../session.js';
import { fullName } from '#language';
import { useText } from '../words.js';

/** The first page at the House's computer: whose time it is now, and his own consent. */
export function WelcomePage() {
  const t = useText('house', 'auth');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const session = useSession();
  const version = useConsentVersion();
  const { complaints, attempt, note } = useComplaints();
  const agreeing = useMutation({
    mutationFn: () => call(z.unknown(), '/people/me/consent', { method: 'PUT', body: { version } }),
    onSuccess: () => navigate(search.has('new') ? '/apply' : '/cases', { replace: true }),
  });
  const send = (form: FormData) => {
    note(untickedIn(form));
    if (form.has('consent')) agreeing.mutate();
  };
  return (
    <QuestionPage
      title={t('house.welcome', { name: session ? fullName(session.person) : '' })}
      tabTitle={t('house.bar')}
      intro={t('house.welcome.text')}
      why={t('house.welcome.why')}
      {...{ complaints, attempt }}
      refusal={agreeing.error}
      busy={agreeing.isPending}
      onSend={send}
    >
      <ConsentTick complaint={complaints['consent']} />
    </QuestionPage>
  );
}
