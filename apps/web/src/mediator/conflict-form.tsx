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
import { RadioCards } from '../parts/option-cards.js';
import { useText } from '../words.js';

/** Four questions, each answered; a "yes" to any of them can't be accepted. */
export function ConflictForm({ offer }: { offer: OfferView }) {
  const t = useText('mediator');
  const navigate = useNavigate();
  const [said, setSaid] = useState<Record<string, string>>({});
  const { complaints, attempt, note } = useComplaints();
  const declaration = Object.fromEntries(conflictQuestions.map((question) => [question, said[question] === 'yes']));
  const hasConflict = Object.values(said).includes('yes');
  const accept = useCaseChange(
    offer.caseId,
    () => ({ path: `/offers/${offer.id}/answer`, body: { answer: 'accepted', declaration } }),
    () => void navigate(`/mediator/cases/${offer.caseId}`),
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const open = conflictQuestions.filter((question) => !said[question]);
    note(Object.fromEntries(open.map((question) => [question, 'choose'])));
    if (open.length === 0 && !hasConflict && !accept.isPending) accept.mutate();
  };

  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      {conflictQuestions.map((question) => (
        <RadioCards
          key={question}
          name={question}
          legend={t(`mediator.declare.${question}`)}
          complaint={complaints[question]}
          options={[
            { value: 'no', label: t('common.no') },
            { value: 'yes', label: t('common.yes') },
          ]}
          onChange={({ target }) => setSaid({ ...said, [question]: target.value })}
        />
      ))}
      <div aria-live="polite">{hasConflict && <Banner icon={IconAlertTriangle}>{t('mediator.declare.yes')}</Banner>}</div>
      {accept.error && <Failure of={accept.error} />}
      {!hasConflict && !isGone(accept.error) && (
        <Actions>
          <Button type="submit" wide busy={accept.isPending}>
            {t('mediator.declare.accept')}
          </Button>
        </Actions>
      )}
    </form>
  );
}

const isGone = (refusal: unknown) => refusal instanceof Problem && refusal.code === 'offer.expired';
