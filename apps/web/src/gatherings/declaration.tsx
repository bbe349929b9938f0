import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { conflictQuestions, type PledgeGuest } from '#contract';
import { useComplaints } from '../complaints.js';
import { ConflictQuestions } from '../mediator/conflict-questions.js';
import { Banner } from '../parts/banner.js';
import { Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { useText } from '../words.js';

type Props = { parties: string[]; busy: boolean; onDeclared: (declaration: NonNullable<PledgeGuest['declaration']>) => void };

/** A co-mediator declares as a mediator does when a case is offered to him, and pledges secrecy with the same press. */
export function Declaration({ parties, busy, onDeclared }: Props) {
  const t = useText('gatherings', 'mediator');
  const [said, setSaid] = useState<Record<string, string>>({});
  const { complaints, attempt, note } = useComplaints();
  const hasConflict = Object.values(said).includes('yes');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const open = conflictQuestions.filter((question) => !said[question]);
    note(Object.fromEntries(open.map((question) => [question, 'choose'])));
    if (open.length === 0 && !hasConflict)
      onDeclared(Object.fromEntries(conflictQuestions.map((question) => [question, false])) as Parameters<Props['onDeclared']>[0]);
  };
  return (
    <form noValidate onSubmit={submit}>
      <p>{t('gatherings.declare.parties', { names: parties.join(', ') })}</p>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <ConflictQuestions complaints={complaints} onAnswer={(question, answer) => setSaid({ ...said, [question]: answer })} />
      <div aria-live="polite">{hasConflict && <Banner icon={IconAlertTriangle}>{t('gatherings.declare.conflict')}</Banner>}</div>
      <p>{t('gatherings.mine.pledge.text')}</p>
      {!hasConflict && (
        <Button type="submit" busy={busy}>
          {t('gatherings.declare.pledge')}
        </Button>
      )}
    </form>
  );
}
