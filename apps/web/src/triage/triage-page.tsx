import { Navigate, useLocation, useNavigate } from 'react-router';
import { z } from 'zod';
import { triage, type TriageQuestion, triageQuestions } from '#contract';
import type { TextKey } from '#language';
import { useComplaints } from '../complaints.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { RadioCards } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { QuickExit } from '../parts/quick-exit.js';
import { useText } from '../words.js';
import { answer, answersGiven, before, nextPath, placeOf } from './triage-answers.js';

/** /triage, /triage/QUESTION: "is mediation for me?", one question a page, before any account. */
export function TriagePage() {
  const asked = useLocation().pathname.split('/')[2] ?? 'about';
  const question = triageQuestions.find(({ id }) => id === asked);
  if (!question) return <NotFoundPage />;
  const due = triage(before(question.id));
  if (!('ask' in due) || due.ask !== question.id) return <Navigate replace to={nextPath()} />;
  return <Question key={question.id} id={question.id} options={Object.keys(question.options)} />;
}

function Question({ id, options }: { id: TriageQuestion; options: string[] }) {
  const t = useText('triage');
  const say = (key: string) => t(`triage.${key}` as TextKey<'triage'>);
  const navigate = useNavigate();
  const { complaints, attempt, check } = useComplaints();
  const at = placeOf(id);
  const send = (form: FormData) => {
    const read = check(z.object({ [id]: z.enum(options) }), Object.fromEntries(form));
    if (read === null) return;
    answer(id, String(read[id]));
    void navigate(nextPath());
  };
  const hintOf = (option: string) => {
    const hint = say(`${id}.${option}.hint`);
    return hint.startsWith('triage.') ? undefined : hint;
  };
  return (
    <>
      {id === 'safety' && <QuickExit />}
      <QuestionPage
        title={say(id)}
        tabTitle={id === 'safety' ? t('triage.safety.tab') : say(id)}
        eyebrow={t('triage.step', { at: at + 1, count: triageQuestions.length })}
        back={at === 0 ? '/' : `/triage/${triageQuestions[at - 1]!.id}`}
        why={say(`${id}.why`)}
        whoSees={t('triage.secret')}
        {...{ complaints, attempt }}
        onSend={send}
      >
        <RadioCards
          name={id}
          labelledBy="question"
          hint={id === 'about' ? t('triage.about.hint') : undefined}
          complaint={complaints[id]}
          chosen={answersGiven()[id]}
          options={options.map((value) => ({
            value,
            label: say(`${id}.${value}`),
            hint: hintOf(value),
            apart: `${id}.${value}` === 'about.court',
          }))}
        />
      </QuestionPage>
    </>
  );
}
