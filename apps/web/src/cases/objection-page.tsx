import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { z } from 'zod';
import { MakeObjection, ObjectionView } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { TextArea } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { WhoSees } from '../parts/who-sees.js';
import { useDates, useText } from '../words.js';

/** A party's doubt about the mediator, and what the House decided. The mediator and the other side learn nothing of it. */
export function ObjectionPage() {
  const t = useText('conflicts', 'case');
  const { caseId = '' } = useParams();
  const found = useObjections(caseId);
  const isOpen = found.data?.some(({ outcome }) => outcome === null);
  return (
    <>
      <PageHead title={t('conflicts.objection.title')} lead={t('conflicts.objection.lead')} back={`/cases/${caseId}`} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && !isOpen && <ObjectionForm caseId={caseId} />}
      <div className="stack">
        {found.data?.map((objection) => (
          <Objection key={objection.id} of={objection} />
        ))}
      </div>
    </>
  );
}

export const useObjections = (caseId: string) =>
  useQuery({ queryKey: ['objections', caseId], queryFn: () => call(z.array(ObjectionView), `/cases/${caseId}/objections`) });

function ObjectionForm({ caseId }: { caseId: string }) {
  const t = useText('conflicts');
  const { complaints, attempt, note } = useComplaints();
  const make = useCaseChange<MakeObjection>(caseId, (body) => ({ path: `/cases/${caseId}/objections`, method: 'POST', body }));
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const read = MakeObjection.safeParse({ reason: String(new FormData(event.currentTarget).get('reason') ?? '') });
        note(read.success ? {} : { reason: 'required' });
        if (read.success && !make.isPending) make.mutate(read.data);
      }}
    >
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <TextArea name="reason" label={t('conflicts.objection.reason')} complaint={complaints['reason']} maxLength={2000} rows={6} />
      <WhoSees>{t('conflicts.objection.sees')}</WhoSees>
      {make.error && <Failure of={make.error} />}
      <Actions>
        <Button type="submit" busy={make.isPending}>
          {t('conflicts.objection.send')}
        </Button>
      </Actions>
    </form>
  );
}

function Objection({ of: { mediator, reason, due, outcome, answer } }: { of: ObjectionView }) {
  const t = useText('conflicts');
  const dates = useDates();
  return (
    <Card title={mediator}>
      <p>{reason}</p>
      <p>
        <b>{outcome ? t(`conflicts.objection.${outcome}`) : t('conflicts.objection.open', { when: dates.moment(due) })}</b>
      </p>
      {answer && <p>{answer}</p>}
    </Card>
  );
}
