import { useNavigate } from 'react-router';
import { useComplaints } from '../complaints.js';
import { QuestionPage } from '../parts/question-page.js';
import { StandingWarnings } from '../public/standing-warnings.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { answersFrom } from './answers-from-form.js';
import { KindFields } from './dispute-fields.js';
import { beginDraft } from './new-draft.js';

/** The first question, before any account. Its answer is kept in memory alone until the draft is opened. */
export function BeginPage() {
  const t = useText('application');
  const session = useSession();
  const navigate = useNavigate();
  const { complaints, attempt, note } = useComplaints();
  const send = (form: FormData) => {
    const answers = answersFrom(form);
    if (!answers.category) return note({ category: 'choose' });
    beginDraft(answers);
    void navigate(session ? '/apply/new' : '/register?next=/apply/new');
  };
  return (
    <QuestionPage
      title={t('application.kind')}
      eyebrow={t('application.fit')}
      back="/"
      why={t('application.kind.why')}
      whoSees={session ? t('application.only') : t('application.fit.secret')}
      {...{ complaints, attempt }}
      onSend={send}
      aside={<StandingWarnings />}
    >
      <KindFields answers={{}} complaints={complaints} />
      {session === null && <p className="small muted">{t('application.fit.account')}</p>}
    </QuestionPage>
  );
}
