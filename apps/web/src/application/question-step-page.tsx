import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Navigate, useLocation, useNavigate, useParams } from 'react-router';
import { type ApplicationView, SaveAnswers, type SaveApplication } from '#contract';
import { Problem, sentAway } from '../api.js';
import { type Complaints, useComplaints } from '../complaints.js';
import { NotFoundPage } from '../layout/not-found-page.js';
import { Failure } from '../parts/failure.js';
import { QuestionPage } from '../parts/question-page.js';
import { QuickExit } from '../parts/quick-exit.js';
import { Waiting } from '../parts/waiting.js';
import { useSession } from '../session.js';
import { useText } from '../words.js';
import { changesIn } from './answers-from-form.js';
import { useApplication, useSaveAnswers } from './application.js';
import { type Step, type StepId, steps } from './steps.js';
import { forgetTyped, keepWhenEnded, typedBy, withTyped } from './typed.js';

/** Few applications come back: the others' pages do not carry it. */
const FieldNote = lazy(() => import('./field-note.js').then((it) => ({ default: it.FieldNote })));
const FieldReply = lazy(() => import('./field-note.js').then((it) => ({ default: it.FieldReply })));

const TypedNote = lazy(() => import('./typed-note.js').then((it) => ({ default: it.TypedNote })));

/** /apply/CASE/STEP: one question of a draft, with its answer as it was last saved. */
export function QuestionStepPage() {
  const { caseId = '' } = useParams();
  const { pathname } = useLocation();
  const found = useApplication(caseId);
  const step = steps.find(({ id }) => pathname.endsWith(`/${id}`));
  if (!step) return <NotFoundPage />;
  if (found.isPending) return <Waiting />;
  if (found.isError) return <Failure of={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.state !== 'DRAFT' && found.data.state !== 'RETURNED') return <Navigate replace to={`/apply/${caseId}/sent`} />;
  return <Question key={step.id} step={step} application={found.data} />;
}

function Question({ step, application }: { step: Step; application: ApplicationView }) {
  const t = useText('application');
  const navigate = useNavigate();
  const { caseId, answers, savedAt, returnFields } = application;
  const { complaints, attempt, check, take, note } = useComplaints({ amountKzt: 'number' });
  const saving = useSaveAnswers(caseId);
  const [shown, setShown] = useState(answers); // what the fields were filled with; `answers` may be newer
  const { box, typed, isKept } = useTyped(step, caseId, shown);
  const returned = returnFields.filter(({ field }) => stepOf(field) === step);
  const at = steps.indexOf(step);
  const home = useSession()?.role === 'coordinator' ? '/desk' : '/cases';
  const back = at === 0 ? home : `/apply/${caseId}/${steps[at - 1]?.id}`;
  const next = steps[at + 1] ? `/apply/${caseId}/${steps[at + 1]?.id}` : `/apply/${caseId}/check`;

  /** The rules are the server's: it saves whatever was written, says what is still missing, and only then the page goes on. */
  const save = (form: FormData, goTo: string, isFinished: boolean) => {
    const page = check(SaveAnswers, step.read(form, shown));
    if (page === null) return;
    saving.mutate(withReplies(changesIn(page, shown), form), {
      onError: (refusal) => (isKept && isOver(refusal) ? sentAway() : take(refusal)),
      onSuccess: ({ missing, answers: saved }) => {
        forgetTyped();
        setShown(saved);
        const here = isFinished ? missingHere(step, missing) : {};
        if (Object.keys(here).length > 0) note(here);
        else void navigate(goTo);
      },
    });
  };

  return (
    <div ref={box}>
      {step.id === 'safety' && <QuickExit />}
      <Suspense>{typed && <TypedNote />}</Suspense>
      <QuestionPage
        title={t(`application.${step.id}`)}
        tabTitle={step.id === 'safety' ? t('application.safety.tab') : t(`application.${step.id}`)}
        eyebrow={t('application.step', { at: at + 1, count: steps.length })}
        back={back}
        {...(step.hasWhy && { why: t(`application.${step.id as 'kind'}.why`) })}
        {...(step.id === 'contact' && { intro: t('application.contact.hint') })}
        whoSees={t(seenBy[step.id] ?? 'application.only')}
        savedAt={savedAt}
        {...{ complaints, attempt }}
        refusal={saving.error}
        busy={saving.isPending}
        send={t('common.saveAndContinue')}
        onSend={(form) => save(form, next, true)}
        onLeave={(form) => save(form, home, false)}
      >
        <Suspense>
          {returned.map((said) => (
            <FieldNote key={said.field} of={said} />
          ))}
        </Suspense>
        <step.Fields answers={withTyped(answers, typed?.answers ?? null)} complaints={complaints} />
        <Suspense>
          {returned.map((said) => (
            <FieldReply key={said.field} of={{ ...said, reply: typed?.replies[said.field] ?? said.reply }} />
          ))}
        </Suspense>
      </QuestionPage>
    </div>
  );
}

/** Who reads an answer, where it is not who reads the others. */
const seenBy: Partial<Record<StepId, 'application.only.claim' | 'application.safety.sees'>> = {
  story: 'application.only.claim',
  wish: 'application.only.claim',
  safety: 'application.safety.sees',
};

const isOver = (refusal: unknown) => refusal instanceof Problem && refusal.code === 'unauthenticated';

/** What was typed here when an earlier session of the same person ended; and what is typed now, should this one end. What was said about safety waits nowhere, and nothing does on the House's computer. */
function useTyped(step: Step, caseId: string, shown: SaveAnswers) {
  const session = useSession();
  const personId = session?.person.id ?? '';
  const isKept = !session?.atHouse && step.id !== 'safety';
  const where = `${caseId}/${step.id}`;
  const box = useRef<HTMLDivElement>(null);
  const [typed] = useState(() => typedBy(personId, where));
  useEffect(() => {
    const form = box.current?.querySelector('form');
    if (!form || !isKept) return undefined;
    return keepWhenEnded(() => ({
      personId,
      where,
      answers: step.read(new FormData(form), shown),
      replies: repliesIn(new FormData(form)),
    }));
  }, [personId, where, step, shown, isKept]);
  return { box, typed, isKept };
}

/** Beside the answers, why those that came back stay as they are; where nothing came back there is nothing to say. */
function withReplies(answers: SaveAnswers, form: FormData): SaveApplication {
  const replies = repliesIn(form);
  return Object.keys(replies).length === 0 ? { answers } : { answers, replies };
}

function repliesIn(form: FormData): Record<string, string> {
  const begins = 'replies.';
  const said = [...form.entries()].filter(([name]) => name.startsWith(begins));
  return Object.fromEntries(said.map(([name, text]) => [name.slice(begins.length), String(text)]));
}

/** What the server still misses of the answers this page asks for. The longest matching beginning owns an answer. */
export function missingHere(step: Step, missing: Complaints): Complaints {
  return Object.fromEntries(Object.entries(missing).filter(([field]) => stepOf(field) === step));
}

export function stepOf(field: string): Step | undefined {
  const fits = (path: string) => field === path || field.startsWith(`${path}.`);
  const length = (step: Step) => Math.max(0, ...step.asks.filter(fits).map((path) => path.length));
  return steps.toSorted((one, other) => length(other) - length(one)).find((step) => length(step) > 0);
}
