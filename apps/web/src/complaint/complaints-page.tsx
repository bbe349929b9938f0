import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { z } from 'zod';
import { AnswerComplaint, complaintOutcomes, ComplaintView } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextArea } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import { ComplaintForm } from './complaint-form.js';

export const complaintsKey = ['complaints'];

/** One's own complaints, with what the House answered. */
export function OwnComplaintsPage() {
  const t = useText('complaints');
  const found = useAll();
  return (
    <>
      <PageHead title={t('complaints.title')} lead={t('complaints.lead')} back="/cases" />
      <div className="stack">
        <ComplaintForm key={found.data?.length ?? 0} />
        <Complaints of={found} />
      </div>
    </>
  );
}

/** Those that wait for an answer of who reads, the longest due first, then those that were answered. */
export function ReceivedComplaintsPage() {
  const t = useText('complaints');
  const found = useAll();
  return (
    <>
      <PageHead title={t('complaints.received')} lead={t('complaints.received.lead')} />
      <Complaints of={found} />
    </>
  );
}

const useAll = () => useQuery({ queryKey: complaintsKey, queryFn: () => call(z.array(ComplaintView), '/complaints') });

function Complaints({ of: found }: { of: ReturnType<typeof useAll> }) {
  const t = useText('complaints');
  return (
    <>
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p>{t('complaints.none')}</p>}
      <div className="stack">
        {found.data?.map((complaint) => (
          <Complaint key={complaint.id} of={complaint} />
        ))}
      </div>
    </>
  );
}

function Complaint({ of }: { of: ComplaintView }) {
  const { id, about, by, isOwn, mediator, number, words, at, due, isOverdue, outcome, withdrawn, answer } = of;
  const t = useText('complaints');
  const dates = useDates();
  const title = mediator ? t('complaints.about', { name: mediator }) : t(`complaints.about.${about}`);
  const when = dates.inWords(due);
  return (
    <Card title={title} kind={outcome || isOwn ? 'card' : 'panel'}>
      <p className="small muted">{[!isOwn && by, number, dates.moment(at)].filter(Boolean).join(' · ')}</p>
      <p>{words}</p>
      {outcome ? (
        <>
          <p>
            <b>{t(`complaints.outcome.${outcome}`)}</b>
          </p>
          <p>{answer}</p>
        </>
      ) : (
        <p>
          <b>
            {withdrawn
              ? t('complaints.withdrawn')
              : t(isOverdue ? 'complaints.overdue' : isOwn ? 'complaints.waits' : 'complaints.due', { when })}
          </b>
        </p>
      )}
      {!outcome && !isOwn && <Answer id={id} />}
      {!outcome && isOwn && !withdrawn && <Withdraw id={id} />}
    </Card>
  );
}

function Withdraw({ id }: { id: string }) {
  const t = useText('complaints');
  const cache = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => call(z.unknown(), `/complaints/${id}`, { method: 'DELETE' }),
    onSettled: () => cache.invalidateQueries({ queryKey: complaintsKey }),
  });
  return (
    <>
      {withdraw.error && <Failure of={withdraw.error} />}
      <Confirm
        tone="quiet"
        label={t('complaints.withdraw')}
        question={t('complaints.withdraw.question')}
        text={t('complaints.withdraw.text')}
        confirmLabel={t('complaints.withdraw')}
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate()}
      />
    </>
  );
}

function Answer({ id }: { id: string }) {
  const t = useText('complaints');
  const cache = useQueryClient();
  const { complaints, attempt, check } = useComplaints();
  const answer = useMutation({
    mutationFn: (body: AnswerComplaint) => call(z.unknown(), `/complaints/${id}/answer`, { method: 'PUT', body }),
    onSettled: () => cache.invalidateQueries({ queryKey: complaintsKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = check(AnswerComplaint, { outcome: form.get(`outcome-${id}`), words: form.get(`words-${id}`) });
    if (read && !answer.isPending) answer.mutate(read);
  };
  const named = Object.fromEntries(Object.entries(complaints).map(([field, fault]) => [`${field}-${id}`, fault]));
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={named} attempt={attempt} />
      <SelectField name={`outcome-${id}`} label={t('complaints.outcome')} width="middle" complaint={named[`outcome-${id}`]}>
        <option value="">–</option>
        {complaintOutcomes.map((one) => (
          <option key={one} value={one}>
            {t(`complaints.outcome.${one}`)}
          </option>
        ))}
      </SelectField>
      <TextArea name={`words-${id}`} label={t('complaints.answer')} rows={4} maxLength={4000} complaint={named[`words-${id}`]} />
      {answer.error && <Failure of={answer.error} />}
      <Actions>
        <Button type="submit" busy={answer.isPending}>
          {t('complaints.answer.send')}
        </Button>
      </Actions>
    </form>
  );
}
