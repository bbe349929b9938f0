import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { conflictQuestions, type OfferView } from '#contract';
import { Problem } from '../api.js';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Banner } from '../parts/banner.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { TextArea } from '../parts/text-field.js';
import { useText } from '../words.js';
import { ConflictQuestions } from './conflict-questions.js';

const questions = [...conflictQuestions, 'acquainted'] as const;

/** Five questions, each answered. A "yes" to the first four can't be accepted; an acquaintance is told to the parties, who decide. */
export function ConflictForm({ offer }: { offer: OfferView }) {
  const t = useText('mediator', 'conflicts');
  const navigate = useNavigate();
  const [said, setSaid] = useState<Record<string, string>>({});
  const { complaints, attempt, note } = useComplaints();
  const declaration = Object.fromEntries(conflictQuestions.map((question) => [question, said[question] === 'yes']));
  const hasConflict = conflictQuestions.some((question) => said[question] === 'yes');
  const knows = said['acquainted'] === 'yes';
  const answer = useCaseChange<string>(
    offer.caseId,
    (words) => ({
      path: `/offers/${offer.id}/answer`,
      body: words ? { answer: 'disclosed', declaration, words } : { answer: 'accepted', declaration },
    }),
    () => void navigate(knows ? '/offers' : `/mediator/cases/${offer.caseId}`),
  );

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const words = String(new FormData(event.currentTarget).get('words') ?? '').trim();
    const open = questions.filter((question) => !said[question]);
    const missing = knows && !words ? [['words', 'required']] : [];
    note(Object.fromEntries([...open.map((question) => [question, 'choose']), ...missing]));
    if (open.length === 0 && !hasConflict && (words || !knows) && !answer.isPending) answer.mutate(knows ? words : '');
  };

  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <ConflictQuestions of={questions} complaints={complaints} onAnswer={(question, answer) => setSaid({ ...said, [question]: answer })} />
      {knows && !hasConflict && (
        <TextArea
          name="words"
          label={t('conflicts.declare.words')}
          hint={t('conflicts.declare.words.hint')}
          complaint={complaints['words']}
          maxLength={600}
          rows={4}
        />
      )}
      <div aria-live="polite">{hasConflict && <Banner icon={IconAlertTriangle}>{t('mediator.declare.yes')}</Banner>}</div>
      {mustDisclose(answer.error) ? (
        <Banner icon={IconAlertTriangle}>{t('conflicts.declare.must')}</Banner>
      ) : (
        answer.error && <Failure of={answer.error} />
      )}
      {!hasConflict && !isGone(answer.error) && (
        <Actions>
          <Button type="submit" wide busy={answer.isPending}>
            {t(knows ? 'conflicts.declare.disclose' : 'mediator.declare.accept')}
          </Button>
        </Actions>
      )}
    </form>
  );
}

const isGone = (refusal: unknown) => refusal instanceof Problem && refusal.code === 'offer.expired';
const mustDisclose = (refusal: unknown) =>
  refusal instanceof Problem && refusal.code === 'mediator.conflict' && String(refusal.details['conflicts']) === 'disclose';
